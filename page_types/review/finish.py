"""Where Wagtail's approval ends: `WAGTAIL_FINISH_WORKFLOW_ACTION`, read once in a class body.

Imports nothing at module level: Wagtail reads it while its own models are being defined.
"""


def publish_approved(workflow_state, user=None):
    """Publish the revision that stands at the last step, by the seals of its chain, or put it off.

    Core calls this inside the transaction of the last approval: what `publish()` refuses undoes
    the approval, and `PortalTask.on_action` tells the reviewer why.
    """
    from django.utils.translation import gettext as _

    from page_types.publication import schedule
    from page_types.publication.authorities import Sealed
    from page_types.publication.demo import played_date
    from page_types.publication.errors import PublicationRefused
    from page_types.publication.models import Chain, Event
    from page_types.publication.publish import publish
    from page_types.publication.texts import text_of

    chain = Chain.objects.filter(review_id=workflow_state.pk).first()
    if chain is None or workflow_state.current_task_state is None:
        raise PublicationRefused(_("这份稿件没有按审核链送审，不能发布。"))
    text = text_of(workflow_state.current_task_state.revision)
    if schedule.is_later(text):
        played = Event.Source.DEMO if played_date() else Event.Source.ORDINARY
        schedule.put_off(text, chain, who=user, source=played)
        return
    schedule.check_dates(text)
    publish(text, Sealed(chain), who=user)

"""Where Wagtail's approval ends: `WAGTAIL_FINISH_WORKFLOW_ACTION`, read once in a class body.

Imports nothing at module level: Wagtail reads it while its own models are being defined.
"""


def publish_approved(workflow_state, user=None):
    """Publish the revision that stands at the last step, by the seals of its chain."""
    from page_types.publication.authorities import Sealed
    from page_types.publication.models import Chain
    from page_types.publication.publish import publish
    from page_types.publication.texts import text_of

    chain = Chain.objects.get(review_id=workflow_state.pk)
    revision = workflow_state.current_task_state.revision
    publish(text_of(revision), Sealed(chain), who=user)

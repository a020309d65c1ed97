"""A text that was written on an older version: set aside, then put over the newer one, or not.

What is set aside is a revision of the page like any other, but not its newest: it stands in the
history, can be compared and taken up again in the editor.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from page_types.review.errors import ReviewRefused

SET_ASIDE = "review.set_aside"
#: Wagtail calls that revision the newest which has the latest time.
JUST_BEFORE = timedelta(microseconds=1)


def version_of(revision):
    """What tells that a revision is still the one somebody saw: autosave rewrites it in place."""
    return f"{revision.pk} {revision.created_at.isoformat()}" if revision else ""


def locked_newest(page_id):
    """The newest revision of the page, read under the lock that every save takes."""
    page = Page.objects.select_for_update().get(pk=page_id)
    return Revision.objects.filter(pk=page.latest_revision_id).first()


def set_aside(page, user, newest):
    """Keep the unsaved `page` object as a revision just before the newest; returns it."""
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=user,
        created_at=newest.created_at - JUST_BEFORE,
        content=page.serializable_data(),
        object_str=str(page),
    )
    log(instance=page, action=SET_ASIDE, user=user, revision=revision, content_changed=True)
    return revision


@transaction.atomic
def put_over(page, revision, user, seen):
    """Make what was set aside the newest text; the other one stays in the history.

    `seen` is the version (`version_of`) that stood beside it on the screen. Raises ReviewRefused.
    """
    newest = locked_newest(page.pk)
    page = Page.objects.get(pk=page.pk).specific
    if not page.permissions_for_user(user).can_edit():
        raise ReviewRefused(_("您不能修改这份稿件。"))
    if page.current_workflow_state and page.get_lock():
        raise ReviewRefused(_("稿件已送审，不能修改。请先撤回送审；您的文本保留在历史中。"))
    if seen != version_of(newest):
        raise ReviewRefused(_("他人又保存了新的版本，请重新对照。"))
    return revision.as_object().save_revision(
        user=user, log_action=True, previous_revision=revision, clean=False
    )

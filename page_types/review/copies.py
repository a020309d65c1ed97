"""复制为新草稿: last year's notice as the beginning of this year's, with one click."""

import re

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from page_types.publication.columns import column_of
from page_types.slugs import suggest

#: What a copy of a copy begins with again, so that the mark stands once.
_MARK = re.compile(r"（副本\d*）$")


def may_duplicate(page, user):
    """Whether the user may draft where the page stands, for the department that it is of."""
    parent = page.get_parent()
    return (
        page.permissions_for_user(user).can_copy()
        and parent is not None
        and parent.specific.permissions_for_user(user).can_add_subpage()
        and not page.is_root()
    )


@transaction.atomic
def duplicate(page, user):
    """A draft of the user's in the same column, made of the newest draft of `page`.

    Marked in its title, with an address of its own, without dates or schedule; nothing of it is
    public or under review. Raises PermissionDenied.
    """
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    if not may_duplicate(page, user):
        raise PermissionDenied(_("您不能在这个栏目复制这份稿件。"))
    parent = page.get_parent()
    source = page.get_latest_revision_as_object()
    title = _copied_title(source.title, parent)
    taken = set(parent.get_children().values_list("slug", flat=True))
    slug = suggest(title, column_of(parent).pk, None, taken)
    return source.copy(
        to=parent,
        copy_revisions=False,
        keep_live=False,
        user=user,
        update_attrs={
            "title": title,
            "draft_title": title,
            "slug": slug,
            "go_live_at": None,
            "expire_at": None,
            "latest_revision": None,
            "locked": False,
            "locked_by": None,
            "locked_at": None,
            **{name: source._meta.get_field(name).get_default() for name in source.not_copied},
        },
    )


def _copied_title(title, parent):
    """The title with a mark that no other page of the column bears, within the field's length."""
    bare = _MARK.sub("", title)
    number = 1
    while True:
        mark = f"（副本{number if number > 1 else ''}）"
        copied = bare[: 255 - len(mark)] + mark
        if not parent.get_children().filter(draft_title=copied).exists():
            return copied
        number += 1

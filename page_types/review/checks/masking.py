"""一键遮盖: hiding personal data in a draft, after showing what would change.

It makes a new revision by the editor, like any edit. The public text is not touched: what stands
there goes only by publication or withdrawal.
"""

import json
from copy import deepcopy
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from page_types.publication.texts import text_of
from page_types.review import rules
from page_types.review.checks import numbers
from page_types.review.checks.words import BREAK, own_pieces_of
from page_types.review.errors import ReviewRefused

MASKED = "review.masked"


@dataclass(frozen=True)
class Change:
    """What masking does to one piece of a text: its words before and after."""

    label: str
    before: str
    after: str
    path: tuple
    source: str


def kinds_in(text):
    """The kinds of what can be masked in the text, in the order of its words."""
    return list(
        dict.fromkeys(
            found.kind
            for piece in own_pieces_of(text)
            for found in numbers.find(piece.words, piece.context)
            if found.hidden
        )
    )


def changes_of(text, kinds=None):
    """What would be masked in the text itself, of all kinds or of some.

    Attachments and addresses are for people to mend.
    """
    changes = []
    for piece in own_pieces_of(text):
        hidden = {
            at: "*"
            for found in numbers.find(piece.words, piece.context)
            if kinds is None or found.kind in kinds
            for at in found.hidden
        }
        if hidden:
            masked = "".join(hidden.get(at, each) for at, each in enumerate(piece.words))
            before, after = (each.replace(BREAK, "\n") for each in (piece.words, masked))
            changes.append(Change(piece.label, before, after, piece.path, piece.replaced(hidden)))
    return changes


def why_not(page, user):
    """Why the user may not mask what is in the newest draft; empty if he may."""
    if not page.permissions_for_user(user).may_write():
        return _("您不是这份稿件的信息员，不能修改。")
    if page.get_lock():
        return _("稿件正在审核或已锁定，不能修改。请先撤回送审。")
    return ""


@transaction.atomic
def mask(page, user, digest, kinds=None):
    """Mask the newest draft, if its text has this digest; returns how many pieces were changed.

    Raises ReviewRefused where the user may not, or where the draft is another by now.
    """
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    if why := why_not(page, user):
        raise ReviewRefused(why)
    revision = page.get_latest_revision()
    with rules.told_as_refusal():
        text = text_of(revision)
    if text.digest != digest:
        raise ReviewRefused(_("稿件已变动，请重新核对要遮盖的内容。"))
    changes = changes_of(text, kinds)
    if not changes:
        raise ReviewRefused(_("没有可以遮盖的内容。"))
    content = deepcopy(revision.content)
    for change in changes:
        _put(content, change.path, change.source)
    draft = page.with_content_json(content)
    if not page.live:
        draft.save(clean=False)
    made = draft.save_revision(user=user, log_action=True, previous_revision=revision, clean=False)
    log(
        instance=page,
        action=MASKED,
        user=user,
        revision=made,
        content_changed=True,
        data={"places": [change.label for change in changes]},
    )
    return len(changes)


def _put(content, path, value):
    """Set one value of a revision's content, where streams are JSON within JSON."""
    name, *rest = path
    if not rest:
        content[name] = value
        return
    below = content[name]
    stored = isinstance(below, str)
    below = json.loads(below) if stored else below
    _put_below(below, rest, value)
    content[name] = json.dumps(below) if stored else below


def _put_below(below, path, value):
    first, *rest = path
    if not rest:
        below[first] = value
    elif isinstance(below[first], str):  # a stream of a row below the page
        inner = json.loads(below[first])
        _put_below(inner, rest, value)
        below[first] = json.dumps(inner)
    else:
        _put_below(below[first], rest, value)

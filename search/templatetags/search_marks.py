"""Marking what was found, and what a result of each kind shows."""

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

register = template.Library()

#: Kind -> (label, name in the document's facts) of what its result says below the title.
FACTS = {
    "service": [
        (_("办理期限"), "time_limit"), (_("收费"), "fee"), (_("办理地点"), "place"),
    ],
    "institution": [(_("电话"), "phone"), (_("地址"), "address")],
    "leader": [(_("职务"), "post")],
    "link": [(_("主办单位"), "organisation")],
    "republication": [(_("来源"), "source")],
    "statistics": [(_("统计时期"), "period")],
    "micropost": [(_("发布平台"), "platform")],
}  # fmt: skip


@register.filter
def facts_shown(document):
    """[(label, value)] of what a result of this kind says below its title."""
    facts = document.facts
    shown = [(label, facts.get(name)) for label, name in FACTS.get(document.kind, ())]
    if document.kind == "notice" and facts.get("deadline"):
        # Its day: the hour stands in the notice.
        shown.append((facts.get("deadline_of") or _("截止"), facts["deadline"][:10]))
    return [(label, value) for label, value in shown if value]


@register.simple_tag
def marked(text, marks):
    """The text, escaped, with `<mark>` around the places (start, end)."""
    pieces, last = [], 0
    for start, end in marks:
        pieces += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    pieces.append(escape(text[last:]))
    return mark_safe("".join(pieces))  # noqa: S308  every piece of text is escaped

"""Own panels of the editor: the 24-hour clock, and what is to be posted."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.admin.widgets import AdminAutoHeightTextInput

from page_types.publication.models import Entry
from page_types.publication.texts import rebuild


class PostTextarea(AdminAutoHeightTextInput):
    """The text of a post with a counter beside it; without script the form checks all the same."""

    def __init__(self, attrs=None):
        lengths = " ".join(f"{name}:{most}" for name, most in settings.PORTAL_POST_LENGTHS.items())
        words = {
            "data-post-lengths": lengths,
            "data-left": _("还可输入 %n 字"),
            "data-over": _("超出 %n 字，请删减"),
            "data-used": _("共 %n 字，该平台没有设定字数上限"),
            "data-changed": _("（原文已更换，保存后按新的链接计算）"),
        }
        super().__init__({**words, **(attrs or {})})

    @property
    def media(self):
        return super().media + forms.Media(
            js=["page_types/posts.js"], css={"all": ["page_types/panels.css"]}
        )


class ClockPanel(Panel):
    """How much of the 24 hours is left, or how long it took."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "page_types/admin/clock.html"

        class Media:
            css = {"all": ["page_types/panels.css"]}

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | clock_of(self.instance)


def clock_of(page):
    """Context of the clock: `due`, `left` (hours, rounded down), or `taken` once it is public."""
    limit = settings.PORTAL_REPUBLICATION_HOURS
    facts = {"limit": limit, "due": page.due}
    if page.due is None:
        return facts
    entry = Entry.objects.filter(pk=page.pk).only("first_published_at").first()
    if entry is None:
        left = page.hours_left()
        return facts | {"left": left, "over": -left}
    taken = page.hours_taken(entry.first_published_at)
    return facts | {"first": entry.first_published_at, "taken": taken, "over": taken - limit}


class CopyPanel(Panel):
    """The approved text of a post, link included, with a button to copy it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "page_types/admin/copy.html"

        class Media:
            css = {"all": ["page_types/panels.css"]}
            js = ["page_types/posts.js"]

        def get_context_data(self, parent_context=None):
            entry = Entry.objects.select_related("text").filter(pk=self.instance.pk).first()
            approved = rebuild(entry.text).whole_text() if entry else ""
            return super().get_context_data(parent_context) | {"approved": approved}

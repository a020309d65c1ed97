"""Own panels of the editor and of the admin's home: the 24-hour clock, and what is to be posted."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Page, WorkflowState

from page_types.organisation.duties import duties_of
from page_types.organisation.models import Post
from page_types.permissions import columns_by_path, may_draft_in
from page_types.publication.models import Entry
from page_types.publication.texts import rebuild

#: Lines that the admin's home shows.
SHOWN = 10


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


@dataclass(frozen=True)
class DueLine:
    """A republication that is not public yet: `left` is hours until `due`, rounded down (also below
    zero: an hour begun counts as overdue).
    """

    title: str
    url: str
    source: str
    due: datetime
    left: int
    in_review: bool

    @property
    def over(self):
        """Hours since `due`."""
        return -self.left


class DuePanel(Component):
    """Republications waiting, the most urgent first; for the centre and whoever writes them."""

    name, order = "republications-due", 15
    template_name = "page_types/admin/due.html"

    class Media:
        css = {"all": ["page_types/panels.css"]}

    def __init__(self, lines):
        self.lines = lines

    def get_context_data(self, parent_context):
        return {
            "lines": self.lines[:SHOWN],
            "total": len(self.lines),
            "more": max(0, len(self.lines) - SHOWN),
            "limit": settings.PORTAL_REPUBLICATION_HOURS,
        }


def watches_the_clock(user):
    """Whether the user answers for republications: the centre, and officers of such a column."""
    duties = duties_of(user)
    return Post.CENTRE in duties.posts or any(
        may_draft_in(column, department)
        for department in duties.officer_of
        for column in columns_by_path(user).values()
        if column.kind == "republication"
    )


def due_lines(user, now=None):
    """Republications that the user may see and that are not public yet, by the hour they are due.

    A draft's page row holds what was last saved, as long as the page has never been public.
    """
    from page_types.republication import RepublicationPage

    now, duties = now or timezone.now(), duties_of(user)
    pages = RepublicationPage.objects.exclude(pk__in=Entry.objects.values("pk"))
    if not duties.sees_all:
        pages = pages.filter(department_id__in=duties.departments)
    pages = list(pages.order_by("original_published_at", "pk"))
    in_review = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page.pk) for page in pages],
    ).values_list("object_id", flat=True)
    in_review = set(in_review)
    return [
        DueLine(
            title=page.draft_title or page.title,
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            source=page.source,
            due=page.due,
            left=page.hours_left(now),
            in_review=str(page.pk) in in_review,
        )
        for page in pages
    ]

"""Republications that wait for their 24 hours: a panel of the admin's home."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page, WorkflowState

from page_types.organisation.duties import duties_of
from page_types.organisation.models import Post
from page_types.permissions import columns_by_path, may_draft_in
from page_types.publication.models import Entry
from page_types.republication import RepublicationPage

#: Lines that the panel shows.
SHOWN = 10


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

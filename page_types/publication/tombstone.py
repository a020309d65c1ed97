"""What stands at the address of a withdrawn page: why there is nothing more, and where to go on."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from page_types.publication.addresses import path_of
from page_types.publication.models import Entry, Event, ReasonKind
from page_types.publication.models.events import page_subject
from page_types.publication.versions import PUBLICATIONS
from page_types.publication.views import door

#: What visitors are told. That a page held personal data is told no more than that it is gone.
TOLD = {
    ReasonKind.MOVED: _("这个页面的内容已迁移到其他页面。"),
    ReasonKind.SUPERSEDED: _("这个页面的内容已被新的页面取代。"),
    ReasonKind.EXPIRED: _("这个页面的公开期限已到，按期撤下。"),
    ReasonKind.WITHDRAWN: _("发布部门已将它撤下，原网址不再提供内容。"),
    ReasonKind.PERSONAL_DATA: _("发布部门已将它撤下，原网址不再提供内容。"),
}


def last_state(page_id):
    """The event that last made the page public or took it down; None if it never was public."""
    past = Event.objects.filter(
        subject=page_subject(page_id), what__in=[*PUBLICATIONS, Event.What.WITHDRAWN]
    )
    return past.select_related("text").defer("text__content").order_by("number").last()


def tombstone(request, site, node, page_id):
    """410 with the kind of reason and the successor's present address; 404 if it never was public.

    `node` is the column of the address that was asked for. Two queries at most.
    """
    event = last_state(page_id)
    if event is None:  # reserved at submission
        raise Http404
    said, there = event.detail, None
    if successor := said.get("successor"):
        there = Entry.objects.only("title", "column_id", "slug").filter(pk=successor).first()
    kind = said.get("reason_kind", ReasonKind.WITHDRAWN)
    context = {
        "title": "" if said.get("hidden") else event.title,
        "reason": TOLD[kind],
        "reason_kind": kind,
        "at": event.at if event.what == Event.What.WITHDRAWN else None,
        "successor": there and {"title": there.title, "url": path_of(site, there)},
        "column": node,
        "breadcrumbs": node.line if node else [],
    }
    return door(request, "publication/gone.html", request.path, context, status=410)

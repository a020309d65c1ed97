"""Lists of the room: the queue, and what I have approved."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from page_types.organisation.duties import duties_of
from page_types.publication.models import Entry, Seal
from page_types.review.panels import Desk

PER_PAGE = 25


@require_safe
def queue(request):
    """Everything that waits for me, and for office and centre everything in review."""
    desk = Desk(request.user)
    sees_all = desk.duties.sees_all
    lines = Paginator(desk.waiting, PER_PAGE)
    others = Paginator(desk.others if sees_all else [], PER_PAGE)
    return render(
        request,
        "review/queue.html",
        {
            "page_title": _("待我审核"),
            "header_icon": "tasks",
            "lines": lines.get_page(request.GET.get("p")),
            "others": others.get_page(request.GET.get("all")) if sees_all else None,
        },
    )


@require_safe
def approved(request):
    """What I have approved, and what became of it."""
    seals = Seal.objects.filter(by=request.user).select_related("chain__department")
    page = Paginator(seals.order_by("-at", "-pk"), PER_PAGE).get_page(request.GET.get("p"))
    numbers = {seal.chain.page_id for seal in page}
    titles = dict(Page.objects.filter(pk__in=numbers).values_list("pk", "draft_title"))
    titles.update(Entry.objects.filter(pk__in=numbers).values_list("pk", "title"))
    duties = duties_of(request.user)
    for seal in page:
        # Whoever has left the department keeps the record of his approval, not its drafts' titles.
        seen = duties.may_see(seal.chain.department_id)
        seal.title = titles.get(seal.chain.page_id, "") if seen else ""
    return render(
        request,
        "review/approved.html",
        {"page_title": _("我审核过的"), "header_icon": "tasks", "seals": page},
    )

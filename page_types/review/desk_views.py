"""An editor's own screens: copying a text, the columns and how they stand."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.models import Page

from page_types.review.copies import duplicate, may_duplicate
from page_types.review.panels import Desk

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate_page(request, page_id):
    """Asks without script; with it, core's button posts at once."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise Http404
    if not may_duplicate(page, request.user):
        raise PermissionDenied
    if request.method == "POST":
        copy = duplicate(page, request.user)
        messages.success(request, _("已复制为新草稿“%(title)s”。") % {"title": copy.draft_title})
        return redirect("wagtailadmin_pages:edit", copy.pk)
    context = {"page": page, "page_title": _("复制为新草稿"), "header_icon": "copy"}
    return render(request, "review/duplicate.html", context)


@require_safe
def columns(request):
    """All that is behind in the bureau, for those who watch over it; an officer's own columns."""
    desk = Desk(request.user)
    mine = not desk.duties.sees_all
    lines = Paginator(desk.columns if mine else desk.behind, PER_PAGE)
    context = {
        "page_title": _("我的栏目") if mine else _("逾期和空白的栏目"),
        "header_icon": "folder-open-inverse",
        "lines": lines.get_page(request.GET.get("p")),
        "mine": mine,
    }
    return render(request, "review/columns.html", context)

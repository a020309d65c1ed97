"""Both versions side by side, and the choice."""

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page

from page_types.comparison import fields_in_order, label_of
from page_types.publication.texts import text_of
from page_types.review.changes import words
from page_types.review.errors import ReviewRefused
from page_types.review.parallel import services


@require_http_methods(["GET", "HEAD", "POST"])
def screen(request, page_id, revision_id):
    """What was set aside beside the newest text: put mine over it, keep theirs, or merge."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    mine = get_object_or_404(page.revisions, pk=revision_id)
    if request.method == "POST":
        if request.POST.get("action") != "mine":
            messages.success(request, _("已保留对方的文本。您的文本在历史中，随时可以恢复。"))
            return redirect("wagtailadmin_pages:edit", page.pk)
        try:
            services.put_over(page, mine, request.user, request.POST.get("seen", ""))
        except ReviewRefused as refused:
            messages.error(request, refused.reason)
            return redirect("review:parallel", page.pk, mine.pk)
        messages.success(request, _("已用您的文本。对方的文本在历史中，随时可以恢复。"))
        return redirect("wagtailadmin_pages:edit", page.pk)
    theirs = page.get_latest_revision()
    return render(
        request,
        "review/parallel/screen.html",
        {
            "page_title": _("两人同时修改了这份稿件"),
            "page_subtitle": theirs.object_str,
            "header_icon": "warning",
            "page": page,
            "mine": mine,
            "theirs": theirs,
            "seen": services.version_of(theirs),
            "differences": _side_by_side(text_of(theirs), text_of(mine)),
            "in_review": bool(page.current_workflow_state and page.get_lock()),
        },
    )


def _side_by_side(theirs, mine):
    """(label, words of theirs, words of mine) of each field that differs, whole, to be copied."""
    model, old, new = apps.get_model(mine.type), theirs.data, mine.data
    return [
        (label_of(model, name), words(old.get(name)), words(new.get(name)))
        for name in fields_in_order(model, {**old, **new})
        if old.get(name) != new.get(name)
    ]

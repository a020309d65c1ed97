"""Files made in the background: how far they are, fetching them, taking them back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from exports import background
from exports.desk.rights import for_holders
from exports.downloads import attachment, file_name
from exports.models import ExportFile
from page_types.review.audit.downloads import note_download

#: Seconds after which the page of a file that is being made asks again.
AGAIN_S = 5


def _mine(request, pk):
    """A file of the user's own, which he still may have; others' are not there for him."""
    file = get_object_or_404(ExportFile, pk=pk, asked_by=request.user)
    if file.source is None:
        raise Http404
    file.asked_by = request.user
    if not file.may_be_had_by(request.user):
        raise PermissionDenied
    return file


@for_holders
@require_safe
def one(request, pk):
    """How far it is. The page asks again by itself, without script."""
    file = _mine(request, pk)
    response = render(
        request,
        "exports/desk/file.html",
        {
            "page_title": _("数据导出"),
            "page_subtitle": file.label,
            "header_icon": "download",
            "file": file,
            "again": AGAIN_S,
            "ahead": ExportFile.objects.filter(
                state__in=ExportFile.OPEN, asked_at__lt=file.asked_at
            ).count(),
        },
    )
    if file.is_open:
        response["Refresh"] = str(AGAIN_S)
    patch_cache_control(response, private=True, no_store=True)
    return response


@for_holders
@require_safe
def download(request, pk):
    """The file, with an entry in the audit trail each time."""
    file = _mine(request, pk)
    if not file.is_ready or not file.path.exists():
        messages.warning(request, _("这个文件现在不能下载，请看下面的说明。"))
        return redirect(file)
    wish = background.wish_of(file)
    content = file.path.open("rb")
    if request.method == "GET":
        note_download(request, file.dataset, file.form, file.done, filters=file.wish)
    response = attachment(content, file_name(file.source, wish, file.form), file.form)
    patch_cache_control(response, private=True, no_store=True)
    return response


@for_holders
@require_POST
def remove(request, pk):
    """Cancel a file that is to be made, or delete one that is there."""
    file = get_object_or_404(ExportFile, pk=pk, asked_by=request.user)
    background.remove(file)
    messages.success(request, _("已删除。"))
    return redirect("portal_exports:index")

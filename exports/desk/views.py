"""数据导出: choose a data set, then its period, filters and format; small files come at once."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exports.asking import FileForm
from exports.background import TooManyWaiting
from exports.desk.rights import dataset_for, datasets_of, for_holders
from exports.downloads import answer
from exports.formats import LIMIT, TooManyRows
from exports.models import KEPT, ExportFile
from exports.writing import Wish

#: Files of one's own that the list shows.
SHOWN = 30


@for_holders
@require_safe
def index(request):
    """The data sets that the user may have, and his files."""
    files = ExportFile.objects.filter(asked_by=request.user)[:SHOWN]
    for file in files:
        file.asked_by = request.user  # what he may have is read once
    return render(
        request,
        "exports/desk/index.html",
        {
            "page_title": _("数据导出"),
            "header_icon": "download",
            "datasets": datasets_of(request.user),
            "files": files,
        },
    )


@for_holders
@require_http_methods(["GET", "HEAD", "POST"])
def one(request, name):
    """What is to be exported of a data set; POST gives the file, or the page of one to come."""
    dataset = dataset_for(request.user, name)
    # A list of the admin leads here with its own filters.
    given = {key: value for key, value in request.GET.items() if value}
    form = FileForm(dataset, request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        start, end, filters = form.asked
        wish = Wish(start, end, filters)
        try:
            return answer(request, dataset, wish, form.cleaned_data["format"])
        except TooManyRows as why:
            form.add_error("format", str(why))
        except TooManyWaiting as why:
            form.add_error(None, str(why))
    shown = dataset.for_user(request.user)
    return render(
        request,
        "exports/desk/dataset.html",
        {
            "page_title": _("数据导出"),
            "page_subtitle": dataset.label,
            "header_icon": "download",
            "dataset": shown,
            "has_secrets": any(column.secret for column in shown.columns),
            "form": form,
            "limit": LIMIT,
            "days": KEPT.days,
        },
        status=422 if form.errors else 200,
    )

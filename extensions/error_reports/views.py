"""The public doors. A report's contact is shown on none of them."""

from django.conf import settings
from django.utils.translation import gettext as _

from extensions.base.public_forms import public_form, throttled, too_many
from extensions.error_reports import services
from extensions.error_reports.forms import ReportForm, StateForm, local_path
from page_types.publication.views import door


def privacy_facts():
    """Figures of the paragraph in the privacy notice."""
    return {"days": settings.ERROR_REPORT_CONTACT_DAYS}


@public_form
def report(request):
    """`/report-error/?page=<path>`: the form, the page filled in; without it the page come from."""
    host = request.get_host()
    if request.method != "POST":
        came_from = request.headers.get("Referer")
        page = local_path(request.GET.get("page"), host) or local_path(came_from, host) or ""
        return _form(request, ReportForm(initial={"page": page}, host=host))
    form = ReportForm(request.POST, host=host)
    if not form.is_valid():
        return _form(request, form, status=422)
    if throttled(request, "report-error", settings.ERROR_REPORT_RATE):
        return too_many(request)
    context = {"days": settings.ERROR_REPORT_ANSWER_DAYS}
    if not form.is_trapped:
        data = {k: v for k, v in form.cleaned_data.items() if k != "website"}
        context["report"], context["code"] = services.report(**data)
    return door(request, "ext_error_reports/thanks.html", "/report-error/", context)


def _form(request, form, status=200):
    context = {"form": form, "days": settings.ERROR_REPORT_ANSWER_DAYS}
    return door(request, "ext_error_reports/form.html", "/report-error/", context, status=status)


@public_form
def state(request):
    """`/report-error/state/`: state and answer to whoever has reference and code."""
    form, found, status = StateForm(request.POST or None), None, 200
    if request.method == "POST":
        if throttled(request, "error-report-state", settings.ERROR_REPORT_STATE_RATE):
            return too_many(request)
        if form.is_valid() and not form.is_trapped:
            found = services.of_reporter(form.cleaned_data["reference"], form.cleaned_data["code"])
            if found is None:
                form.add_error(None, _("没有这样的编号和查询码，请核对后重新填写。"))
        status = 200 if found else 422
    context = {"form": form, "report": found}
    return door(
        request, "ext_error_reports/state.html", "/report-error/state/", context, status=status
    )

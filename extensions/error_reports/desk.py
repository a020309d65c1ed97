"""The desk in the admin: the list with its filters, and one report with the two verbs."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.log_actions import registry

from extensions.error_reports import services
from extensions.error_reports.forms import AnswerForm, PassOnForm
from extensions.error_reports.models import ErrorReport
from page_types.organisation.models import Department

PER_PAGE = 25


def may_enter(user):
    """Whether the desk is this user's business at all."""
    return services.watches(user) or bool(services.answers_for(user))


@require_safe
def index(request):
    """The reports that the user may see, newest first, by state, kind, department or lateness."""
    if not may_enter(request.user):
        raise PermissionDenied
    chosen = {key: request.GET.get(key, "") for key in ("state", "kind", "department")}
    found = services.visible_to(request.user).select_related("department", "column")
    if chosen["state"] == "overdue":
        now, state = timezone.now(), ErrorReport.State
        found = found.filter(
            Q(state=state.RECEIVED, pass_on_due__lt=now)
            | Q(state=state.PASSED_ON, answer_due__lt=now)
        )
    elif chosen["state"] in ErrorReport.State.values:
        found = found.filter(state=chosen["state"])
    if chosen["kind"] in ErrorReport.Kind.values:
        found = found.filter(kind=chosen["kind"])
    if chosen["department"].isdecimal():
        found = found.filter(department_id=chosen["department"])
    departments = Department.objects.filter(active=True)
    if not services.watches(request.user):
        departments = departments.filter(pk__in=services.answers_for(request.user))
    return render(
        request,
        "ext_error_reports/admin/index.html",
        {
            "page_title": _("网站找错"),
            "header_icon": "warning",
            "lines": Paginator(found, PER_PAGE).get_page(request.GET.get("p")),
            "chosen": chosen,
            "query": urlencode({key: value for key, value in chosen.items() if value}),
            "states": [*ErrorReport.State.choices, ("overdue", _("已超期"))],
            "kinds": ErrorReport.Kind.choices,
            "departments": [(str(each.pk), each.name) for each in departments],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request, pk):
    """One report; its contact is for those who deal with it."""
    found = get_object_or_404(
        ErrorReport.objects.select_related("department", "column", "answered_by"), pk=pk
    )
    if not services.visible_to(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    owners = list(services.owners_of(found))
    passing = PassOnForm(initial={"department": owners[0].pk if len(owners) == 1 else None})
    answering = AnswerForm()
    if request.method == "POST":
        if request.POST.get("action") == "answer":
            bound = answering = AnswerForm(request.POST)
        else:
            bound = passing = PassOnForm(request.POST)
        if bound.is_valid() and _act(request, pk, bound):
            return redirect("error_reports:index")
    return render(
        request,
        "ext_error_reports/admin/detail.html",
        {
            "page_title": _("网站找错"),
            "page_subtitle": found.reference,
            "header_icon": "warning",
            "report": found,
            "owners": owners,
            "may_act": services.may_act(request.user, found),
            "passing": passing,
            "answering": answering,
            "history": registry.get_logs_for_instance(found).select_related("user"),
        },
    )


def _act(request, pk, form):
    """Whether the verb took effect; what is refused is told."""
    try:
        if isinstance(form, AnswerForm):
            services.answer(pk, request.user, form.cleaned_data["text"])
            messages.success(request, _("已答复，反映人凭编号和查询码可以看到。"))
        else:
            services.pass_on(pk, request.user, form.cleaned_data["department"])
            messages.success(request, _("已转办，承办部门会收到邮件。"))
    except services.ReportRefused as refused:
        messages.error(request, refused.reason)
        return False
    return True


app_name = "error_reports"
urlpatterns = [
    path("", index, name="index"),
    path("<int:pk>/", detail, name="detail"),
]

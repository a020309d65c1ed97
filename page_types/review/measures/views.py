"""Screens: what can be done with a page, asking for it, what waits for a decision, one measure."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.models import Page

from page_types.organisation.duties import duties_of
from page_types.publication.addresses import public_path
from page_types.publication.models import Event, Measure
from page_types.publication.snapshot import snapshot
from page_types.review.errors import ReviewRefused
from page_types.review.measures import rules, services
from page_types.review.measures.forms import AnswerForm, form_for
from page_types.review.measures.situation import Situation
from page_types.review.scheduled.services import why_not_unschedule

PER_PAGE = 25
Kind, State = Measure.Kind, Measure.State
#: What each kind does, for whoever is about to ask for it; in the order of the screen.
EXPLAINED = {
    Kind.PIN: gettext_lazy("列在本栏目列表的最前，到期自动取消。立即生效。"),
    Kind.UNPIN: gettext_lazy("回到按日期的顺序。立即生效。"),
    Kind.MOVE: gettext_lazy("网址改为新栏目的，原网址自动转到新网址；文本不变。由办公室决定。"),
    Kind.EARLIER: gettext_lazy("把以前公开过的一个文本重新公开，附件须未变动。由办公室决定。"),
    Kind.WITHDRAW: gettext_lazy(
        "原网址显示“已撤下”和原因类别；审核和定时随即终止，稿件回到草稿。由办公室决定。"
    ),
    Kind.EMERGENCY: gettext_lazy(
        "立即撤下，事后由办公室另一人或主要领导在一个工作日内会签；主要领导随即收到通知。"
    ),
    Kind.REINSTATE: gettext_lazy("把撤下前的文本原样重新公开，索引号和日期不变。由办公室决定。"),
    Kind.BLANK: gettext_lazy(
        "清除因个人信息隐藏的文本，连同撤下以前的草稿，不可恢复；摘要和记录保留。由办公室决定。"
    ),
    Kind.BREAK_GLASS: gettext_lazy(
        "审核链无法走完时，不待其余环节批准即公开审核中的稿件。由办公室决定，主要领导随即收到通知。"
    ),
}


def _page_or_404(request, page_id):
    page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
    if not page.permissions_for_user(request.user).may_see():
        raise Http404
    if not (duties_of(request.user).posts or request.user.is_superuser):
        raise PermissionDenied
    situation = Situation(page)
    if situation.column is None:
        raise Http404
    return situation


def _title(situation):
    return situation.entry.title if situation.entry else situation.page.get_admin_display_title()


@require_safe
def of_page(request, page_id):
    """What can be done with a page, by this user and now; why not; and what was done before."""
    situation = _page_or_404(request, page_id)
    user = request.user
    lines = [
        {
            "kind": kind,
            "explained": EXPLAINED[kind],
            "why_not": rules.why_not(kind, user, situation),
            "waiting": situation.asked.get(kind),
        }
        for kind in EXPLAINED
    ]
    schedules = [
        {"schedule": waiting, "why_not": why_not_unschedule(waiting, user)}
        for waiting in situation.schedules
    ]
    past = Measure.objects.filter(page_id=page_id).select_related("asked_by", "second_by")
    return render(
        request,
        "review/measures/page.html",
        {
            "page_title": _("处置"),
            "page_subtitle": _title(situation),
            "header_icon": "cogs",
            "situation": situation,
            "path": public_path(page_id),
            "lines": [line for line in lines if not line["why_not"]],
            "closed": [line for line in lines if line["why_not"]],
            "schedules": schedules,
            "past": Paginator(past, PER_PAGE).get_page(request.GET.get("p")),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, page_id, kind):
    """Asks for reason and facts, says what will happen, then records it or does it."""
    situation = _page_or_404(request, page_id)
    if kind not in EXPLAINED:
        raise Http404
    if why := rules.why_not(kind, request.user, situation):
        messages.error(request, why)
        return redirect("review:measures_of_page", page_id)
    form = form_for(kind)(request.POST or None, situation=situation)
    if request.method == "POST" and form.is_valid():
        try:
            measure = services.ask(
                kind,
                situation.page,
                request.user,
                reason=form.cleaned_data["reason"],
                **form.detail(),
            )
        except ReviewRefused as refused:
            messages.error(request, refused.reason)
        else:
            _tell_asked(request, measure)
            return redirect("review:measures_of_page", page_id)
    return render(
        request,
        "review/measures/ask.html",
        {
            "page_title": Kind(kind).label,
            "page_subtitle": _title(situation),
            "header_icon": "cogs",
            "situation": situation,
            "explained": EXPLAINED[kind],
            "at_once": kind in rules.AT_ONCE,
            "destructive": kind in (Kind.WITHDRAW, Kind.EMERGENCY, Kind.BLANK, Kind.BREAK_GLASS),
            "form": form,
        },
    )


def _tell_asked(request, measure):
    if measure.state == State.DONE:
        messages.success(request, _("已执行：%(what)s") % {"what": measure})
    else:
        messages.success(request, _("已提出，等待办公室决定：%(what)s") % {"what": measure})


@require_safe
def index(request):
    """What waits for me, what waits for others, and what was done lately."""
    duties, user = duties_of(request.user), request.user
    found = Measure.objects.select_related("asked_by", "second_by", "department", "column")
    if not duties.sees_all:
        found = found.filter(Q(department_id__in=duties.departments) | Q(asked_by=user))
    alone = Q(kind=Kind.EMERGENCY, state=State.DONE, second_by=None)
    waiting = list(
        found.filter(Q(state=State.ASKED) | alone).order_by("countersign_due", "asked_at")
    )
    for measure in waiting:
        measure.days_left = (
            (measure.countersign_due - timezone.localdate()).days
            if measure.awaits_countersigning
            else None
        )
        measure.mine = not (
            rules.why_not_countersign(measure, user)
            if measure.awaits_countersigning
            else rules.why_not_decide(measure, user)
        )
    past = Paginator(found.exclude(Q(state=State.ASKED) | alone), PER_PAGE)
    return render(
        request,
        "review/measures/index.html",
        {
            "page_title": _("处置"),
            "header_icon": "cogs",
            "mine": [measure for measure in waiting if measure.mine],
            "others": [measure for measure in waiting if not measure.mine],
            "past": past.get_page(request.GET.get("p")),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one(request, pk):
    """One measure, and the decision where it is the user's."""
    measure = get_object_or_404(
        Measure.objects.select_related("asked_by", "second_by", "department", "column"), pk=pk
    )
    if not rules.may_see(measure, request.user):
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _decided(request, measure, form.cleaned_data["answer"]):
            return redirect("review:measures")
        return redirect("review:measure", pk)
    return render(request, "review/measures/one.html", _context(request, measure, form))


#: action of the form -> (service, whether it takes words, what is said afterwards)
VERBS = {
    "approve": (services.approve, True, gettext_lazy("已同意并执行：%(what)s")),
    "refuse": (services.refuse, True, gettext_lazy("已答复不同意：%(what)s")),
    "countersign": (services.countersign, True, gettext_lazy("已会签：%(what)s")),
    "take_back": (services.take_back, False, gettext_lazy("已撤回申请：%(what)s")),
}


def _decided(request, measure, answer):
    verb = VERBS.get(request.POST.get("action"))
    try:
        if verb is None:
            raise ReviewRefused(_("没有这样的操作。"))
        service, takes_words, said = verb
        service(measure, request.user, *([answer] if takes_words else []))
    except ReviewRefused as refused:
        messages.error(request, refused.reason)
        return False
    messages.success(request, said % {"what": measure})
    return True


def _context(request, measure, form):
    user = request.user
    successor = measure.detail.get("successor")
    earlier = measure.detail.get("event")
    column = snapshot().by_id.get(measure.detail.get("column"))
    return {
        "page_title": measure.get_kind_display(),
        "page_subtitle": measure.title,
        "header_icon": "cogs",
        "measure": measure,
        "explained": EXPLAINED[measure.kind],
        "path": public_path(measure.page_id),
        "successor": successor and public_path(successor),
        "earlier": earlier and Event.objects.filter(pk=earlier).first(),
        "new_column": column,
        "why_not_decide": rules.why_not_decide(measure, user),
        "why_not_countersign": rules.why_not_countersign(measure, user),
        "may_take_back": rules.may_take_back(measure, user),
        "form": form,
    }

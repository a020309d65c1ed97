"""Screens of the room: the queue, one review (read, approve, return), what I have approved."""

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.models import Page, TaskState, WorkflowState

from page_types.organisation.duties import duties_of
from page_types.publication.addresses import public_path
from page_types.publication.files import files_of
from page_types.publication.models import Entry, Seal
from page_types.publication.models.entries import FileKind
from page_types.publication.preview import preview_text
from page_types.publication.seals import seen_of
from page_types.publication.snapshot import snapshot
from page_types.publication.texts import text_of
from page_types.review import probes, rules, services
from page_types.review.changes import changes_of
from page_types.review.errors import ReviewRefused
from page_types.review.panels import Desk
from page_types.review.tasks import ApprovalForm, ReturnForm

PER_PAGE = 25


def _open(request, task_state_id):
    """(task state, chain), if the user may read this review."""
    state = get_object_or_404(
        TaskState.objects.select_related("workflow_state", "task", "revision"), pk=task_state_id
    )
    chain = rules.chain_of(state.workflow_state)
    if chain is None:
        raise Http404
    duties = duties_of(request.user)
    if not duties.may_see(chain.department_id):
        raise PermissionDenied
    return state, chain


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


@require_http_methods(["GET", "HEAD", "POST"])
def screen(request, task_state_id):
    """One review: the text as it is sealed, who has sealed it, and the decision."""
    state, chain = _open(request, task_state_id)
    forms = {}
    if request.method == "POST":
        answer, forms = _act(request, state)
        if answer is not None:
            return answer
    return render(request, "review/screen.html", _context(request, state, chain, forms))


def _context(request, state, chain, forms):
    text = text_of(state.revision)
    files = files_of(text)
    seen = seen_of(text, files)
    column = snapshot().by_id.get(chain.column_id)
    may, why = services.may_approve(state, request.user)
    may_return = not rules.why_not(state, request.user)
    current = state.workflow_state.current_task_state_id
    page = state.workflow_state.content_object.specific
    return {
        "page_title": text.title,
        "page_subtitle": state.task.name,
        "header_icon": "tasks",
        "state": state,
        "chain": chain,
        "column": column,
        "steps": _steps(state, chain),
        "files": files,
        "changes": changes_of(text),
        "returns": state.workflow_state.task_states.filter(
            status=TaskState.STATUS_REJECTED
        ).select_related("task", "finished_by"),
        "may_approve": may,
        "why_not": why,
        "approval": forms.get("approve") or ApprovalForm(initial={"seen": seen}),
        "returning": forms.get("return") or (ReturnForm() if may_return else None),
        "may_cancel": services.may_cancel(page, request.user)
        and state.workflow_state.status == WorkflowState.STATUS_IN_PROGRESS,
        "elsewhere": current if current and current != state.pk else None,
    }


def _steps(state, chain):
    """The chain in its order: who has sealed what, and who is awaited now."""
    seals = {
        seal.task_id: seal
        for seal in chain.seals.exclude(state=Seal.State.VOID).select_related("by").order_by("at")
    }
    now = state.workflow_state.current_task_state if rules.is_current(state) else None
    return [
        {
            "title": step["title"],
            "seal": seals.get(step["task"]),
            "awaited": now.task.specific.people(chain)
            if now and now.task_id == step["task"]
            else None,
        }
        for step in chain.steps
    ]


def _act(request, state):
    """(answer, forms): a redirect once it is done, or the forms with what is wrong."""
    action = request.POST.get("action")
    form = {"approve": ApprovalForm, "return": ReturnForm}.get(action)
    form = form(request.POST) if form else None
    try:
        if action == "cancel":
            services.cancel_review(state.workflow_state.content_object, request.user)
            messages.success(request, _("已撤回送审，可以继续修改。"))
        elif form is None or (action == "approve" and not form.is_valid()):
            raise ReviewRefused(_("没有收到您所阅读的版本，请重新阅读后再批准。"))
        elif not form.is_valid():
            messages.error(request, _("退回必须写明原因。"))
            return None, {action: form}
        elif action == "approve":
            services.approve(state, request.user, **form.cleaned_data)
            _tell_approved(request, state)
        else:
            services.return_draft(state, request.user, form.cleaned_data["comment"])
            messages.success(request, _("已退回，作者会收到原因。"))
    except ReviewRefused as refused:
        messages.error(request, refused.reason)
        return redirect("review:screen", state.pk), {}
    return redirect("wagtailadmin_home"), {}


def _tell_approved(request, state):
    review = WorkflowState.objects.select_related("current_task_state__task").get(
        pk=state.workflow_state_id
    )
    if review.status != WorkflowState.STATUS_APPROVED:
        step = review.current_task_state.task.name
        messages.success(request, _("已批准，转入“%(step)s”。") % {"step": step})
        return
    entry = Entry.objects.select_related("event", "text").get(pk=review.object_id)
    path = public_path(entry.pk)
    messages.success(
        request,
        _("已批准并发布。请打开公开页面核对。"),
        buttons=[messages.button(path, _("打开公开页面"), new_window=True)],
    )
    for found in probes.run_probes(entry.event):
        messages.warning(request, found)


@require_safe
@xframe_options_sameorigin
def preview(request, task_state_id):
    """Exactly the revision under review, as visitors would see it."""
    state, _chain = _open(request, task_state_id)
    try:
        with rules.told_as_refusal():
            return preview_text(request, text_of(state.revision))
    except ReviewRefused as refused:
        return HttpResponse(refused.reason, status=409, content_type="text/plain; charset=utf-8")


@require_safe
def file(request, task_state_id, document_id):
    """A document that the text under review shows; visitors do not get it yet."""
    state, _chain = _open(request, task_state_id)
    for shown in files_of(text_of(state.revision)):
        if (shown.kind, shown.object_id) == (FileKind.DOCUMENT, document_id):
            break
    else:
        raise Http404
    if not default_storage.exists(shown.name):
        raise Http404
    response = FileResponse(
        default_storage.open(shown.name),
        as_attachment=True,
        filename=shown.name.rsplit("/", 1)[-1],
    )
    # An uploaded file must never act as a page of ours.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

"""One review: both versions to read, what differs, remarks, and the decision, all in one place."""

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.models import TaskState, WorkflowState

from page_types.organisation.duties import duties_of
from page_types.publication.addresses import public_path
from page_types.publication.files import files_of
from page_types.publication.models import Entry, Schedule, Seal
from page_types.publication.models.entries import FileKind
from page_types.publication.preview import preview_text
from page_types.publication.seals import seen_of
from page_types.publication.snapshot import snapshot
from page_types.publication.texts import text_of
from page_types.publication.versions import text_of_entry
from page_types.review import probes, rules, services
from page_types.review.changes import changes_between, changes_of
from page_types.review.deputies.acting import in_place_of
from page_types.review.errors import ReviewRefused
from page_types.review.remarks import services as remarks
from page_types.review.remarks.forms import RemarkForm
from page_types.review.remarks.models import Remark
from page_types.review.tasks import ApprovalForm, ReturnForm

FORMS = {"approve": ApprovalForm, "return": ReturnForm}


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
    review = state.workflow_state
    page = review.content_object.specific
    may, why = services.may_approve(state, request.user)
    current = review.current_task_state_id
    notes = list(chain.remarks.select_related("by", "ended_by"))
    return {
        "page_title": text.title,
        "page_subtitle": state.task.name,
        "header_icon": "tasks",
        "state": state,
        "chain": chain,
        "column": snapshot().by_id.get(chain.column_id),
        "steps": _steps(state, chain),
        "files": files,
        # Approved together with the text.
        "go_live_at": text.go_live_at,
        "expire_at": text.expire_at,
        "changes": changes_of(text),
        "since": _since_my_decision(state, text, files, request.user),
        "returns": review.task_states.filter(status=TaskState.STATUS_REJECTED).select_related(
            "task", "finished_by"
        ),
        "notes": notes,
        "may_approve": may,
        "why_not": why,
        "approval": forms.get("approve") or ApprovalForm(initial={"seen": seen_of(text, files)}),
        "returning": forms.get("return") or _return_form(state, notes, request.user),
        "remarking": forms.get("remark") or _remark_form(state, text, request.user),
        "is_author": page.permissions_for_user(request.user).may_write(),
        "may_cancel": services.may_cancel(page, request.user) and review.is_active,
        "elsewhere": current if current and current != state.pk else None,
    }


def _return_form(state, notes, user):
    if rules.why_not(state, user):
        return None
    mine = [n for n in notes if n.by_id == user.pk and n.state == Remark.State.OPEN]
    told = _("请按 %(count)d 条审核意见修改。") % {"count": len(mine)} if mine else ""
    return ReturnForm(initial={"comment": told})


def _remark_form(state, text, user):
    return None if remarks.why_not_remark(state, user) else RemarkForm(text=text)


def _since_my_decision(state, text, files, user):
    """What has changed since the user approved or returned this text: (when, Changes) or None."""
    mine = (
        state.workflow_state.task_states.filter(
            finished_by=user, status__in=(TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED)
        )
        .exclude(revision=state.revision)
        .select_related("revision")
        .order_by("finished_at")
        .last()
    )
    if mine is None:
        return None
    seal = Seal.objects.filter(task_state_id=mine.pk).first()
    return {
        "at": mine.finished_at,
        "changes": changes_between(text_of(mine.revision), text, seal and seal.files.all(), files),
    }


def _steps(state, chain):
    """The chain in its order: who has sealed what, and who is awaited now."""
    seals = {
        seal.task_id: seal
        for seal in chain.seals.exclude(state=Seal.State.VOID)
        .select_related("by", "chain")
        .order_by("at")
    }
    deputies = in_place_of(seals.values())
    now = state.workflow_state.current_task_state if rules.is_current(state) else None
    stuck = set(chain.stuck.values_list("task_id", flat=True)) if now else ()
    return [
        {
            "title": step["title"],
            "stuck": step["task"] in stuck,
            "seal": (seal := seals.get(step["task"])),
            "in_place_of": seal and deputies.get(seal.pk),
            "awaited": now.task.specific.people(chain)
            if now and now.task_id == step["task"]
            else None,
        }
        for step in chain.steps
    ]


def _act(request, state):
    """(answer, forms): a redirect once it is done, or the forms with what is wrong."""
    action = request.POST.get("action")
    if action == "remark":
        return _remark(request, state)
    form = FORMS[action](request.POST) if action in FORMS else None
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


def _remark(request, state):
    """A remark decides nothing: back to the screen, with what was typed if it was refused."""
    form = RemarkForm(request.POST, text=text_of(state.revision))
    if form.is_valid():
        try:
            remarks.remark(state, request.user, **form.note)
        except ReviewRefused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("意见已记下，作者会看到。"))
            return redirect("review:screen", state.pk), {}
    messages.error(request, "；".join(str(e) for errors in form.errors.values() for e in errors))
    return None, {"remark": form}


def _tell_approved(request, state):
    review = WorkflowState.objects.select_related("current_task_state__task").get(
        pk=state.workflow_state_id
    )
    if review.status != WorkflowState.STATUS_APPROVED:
        step = review.current_task_state.task.name
        messages.success(request, _("已批准，转入“%(step)s”。") % {"step": step})
        return
    waiting = Schedule.objects.filter(
        chain__review_id=review.pk, what=Schedule.What.GO_LIVE, state=Schedule.State.WAITING
    ).first()
    if waiting is not None:
        when = timezone.localtime(waiting.due_at).strftime("%Y-%m-%d %H:%M")
        messages.success(request, _("已批准，定于 %(when)s 自动发布。") % {"when": when})
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
@xframe_options_sameorigin
def public_version(request, task_state_id):
    """What is public now, in the same dress, to stand beside the revision under review."""
    _state, chain = _open(request, task_state_id)
    entry = get_object_or_404(Entry.objects.select_related("text"), pk=chain.page_id)
    return preview_text(request, text_of_entry(entry), of_public=True)


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

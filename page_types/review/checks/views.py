"""Screens: what the checks find in a draft, and submitting it; masking, after showing what."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page, WorkflowState

from page_types.base import PortalPage
from page_types.organisation.duties import duties_of
from page_types.publication.models.events import CORRECTION
from page_types.publication.texts import text_of
from page_types.review import rules, services
from page_types.review.checks import masking, secrecy
from page_types.review.checks.personal import LABELS
from page_types.review.checks.submission import ChecksFailed, Findings, reasons_in
from page_types.review.correction import services as correction
from page_types.review.errors import ReviewRefused


def page_to_check(page_id, user):
    """The page and the text of its newest draft, for whoever may see it."""
    page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
    if not isinstance(page, PortalPage) or not page.permissions_for_user(user).may_see():
        raise Http404
    if not (duties_of(user).posts or user.is_superuser):
        raise PermissionDenied
    revision = page.get_latest_revision()
    if revision is None:
        raise Http404
    try:
        with rules.told_as_refusal():
            return page, text_of(revision)
    except ReviewRefused as refused:
        raise Http404 from refused


def in_review(page):
    """Whether the page's review is running: then nothing can be said or changed here."""
    review = page.current_workflow_state
    return review is not None and review.status == WorkflowState.STATUS_IN_PROGRESS


@require_http_methods(["GET", "HEAD", "POST"])
def screen(request, page_id):
    """All that is found in the newest draft; whoever wrote it declares, explains and submits."""
    page, text = page_to_check(page_id, request.user)
    may_submit = page.permissions_for_user(request.user).may_write() and not in_review(page)
    form = findings = None
    if request.method == "POST":
        answer, form, findings = _submit(request, page)
        if answer is not None:
            return answer
    findings = findings or Findings(text, page)
    declaration = None if page.is_column_text else secrecy.declaration_of(text)
    if form is None and may_submit and not page.is_column_text and not declaration:
        form = secrecy.form_for(page)
    return render(
        request,
        "review/checks/screen.html",
        {
            "page_title": _("发布检查"),
            "page_subtitle": text.title,
            "header_icon": "clipboard-list",
            "page": page,
            "findings": findings,
            "may_submit": may_submit,
            "declaration": declaration,
            "form": form,
            "masked": masking.changes_of(text) if may_submit else [],
            "in_review": in_review(page),
            "may_correct": may_submit and correction.offer(page, request.user),
        },
    )


def _submit(request, page):
    """(answer, form, findings): a redirect once it is submitted, or what is wrong."""
    form = None
    if secrecy.SecrecyForm.prefix + "-reviewer" in request.POST:
        form = secrecy.form_for(page, request.POST)
        if not form.is_valid():
            messages.error(request, _("没有送审：保密审查填写有误，见下。"))
            return None, form, None
    reasons = reasons_in(request.POST)
    try:
        services.submit(
            page,
            request.user,
            secrecy=form and form.declared,
            reasons=reasons,
            as_correction=request.POST.get("action-submit") == CORRECTION,
        )
    except ChecksFailed as failed:
        messages.error(
            request,
            _("没有送审：还有 %(count)d 处问题，见下。") % {"count": len(failed.findings.standing)},
        )
        return None, form, failed.findings
    except ReviewRefused as refused:
        messages.error(request, _("没有送审：%(why)s") % {"why": refused.reason})
        return None, form, None
    messages.success(request, _("已送审。"))
    return redirect("wagtailadmin_explore", page.get_parent().pk), form, None


@require_http_methods(["GET", "HEAD", "POST"])
def mask(request, page_id):
    """What masking would change, side by side; done on the second click."""
    page, text = page_to_check(page_id, request.user)
    if not page.permissions_for_user(request.user).may_write():
        raise PermissionDenied
    present = masking.kinds_in(text)
    asked = request.POST if request.method == "POST" else request.GET
    kinds = [kind for kind in present if kind in asked.getlist("kind")] or present
    if request.method == "POST":
        try:
            count = masking.mask(page, request.user, request.POST.get("digest", ""), kinds)
        except ReviewRefused as refused:
            messages.error(request, refused.reason)
            return redirect("review:mask", page.pk)
        messages.success(
            request,
            _("已遮盖 %(count)d 处，存为新的草稿。公开的文本没有变动。") % {"count": count},
        )
        return redirect("review:checks", page.pk)
    return render(
        request,
        "review/checks/mask.html",
        {
            "page_title": _("一键遮盖"),
            "page_subtitle": text.title,
            "header_icon": "view",
            "page": page,
            "changes": masking.changes_of(text, kinds),
            "kinds": [(kind, LABELS[kind], kind in kinds) for kind in present],
            "digest": text.digest,
            "why_not": masking.why_not(page, request.user),
        },
    )

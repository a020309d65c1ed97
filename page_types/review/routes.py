"""Core's editor buttons, made to say why.

Core's submit button calls `workflow.start()`. Our rules hold there too (`PortalTask.start`), but
what they refuse would reach the editor as "you have no permission" on the home page. No hook lies
between saving the draft and starting the review, so the view's methods are wrapped: the draft is
saved by then and stays, and the editor is back on it with the reason.
"""

from functools import wraps

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView

from page_types.publication.models.events import CORRECTION
from page_types.review.checks import secrecy
from page_types.review.checks.secrecy import SecrecyForm
from page_types.review.checks.submission import ChecksFailed, reasons_in, said
from page_types.review.errors import ReviewRefused

ROUTES = (
    (CreateView, "submit_action"),
    (EditView, "submit_action"),
    (EditView, "restart_workflow_action"),
    (EditView, "perform_workflow_action"),
)
#: The editor shows what the checks find while its address says so.
SHOWN = "checks"
#: Those that submit; the other one also approves and returns.
SUBMITTING = ("submit_action", "restart_workflow_action")


def make_readable():
    """Called once, when the room is ready."""
    for view, name in ROUTES:
        setattr(view, name, _told(getattr(view, name)))


def _told(action):
    @wraps(action)
    def told(self):
        form = _declaration(self.request)
        try:
            with said(form and form.declared, reasons_in(self.request.POST)) as told_with_it:
                response = action(self)
        except ReviewRefused as refused:
            return _back(self, refused, form)
        if action.__name__ in SUBMITTING:
            _remind(self.request, told_with_it.findings)
        return response

    return told


def _declaration(request):
    """The secrecy form of the editor, where it was filled in."""
    if SecrecyForm.prefix + "-done" in request.POST:
        return SecrecyForm(request.POST)
    return None


def _back(view, refused, form):
    """Where the editor goes on: at the text with all that is wrong, or at what he has yet to say.

    What he declared holds for the draft that was saved: the refusal has undone it with the rest.
    """
    if not isinstance(refused, ChecksFailed):
        messages.error(view.request, _("草稿已保存，但没有送审：%(why)s") % {"why": refused.reason})
        return redirect("wagtailadmin_pages:edit", view.page.pk)
    if form and form.declared and not view.page.is_column_text:
        secrecy.declare(view.page, view.request.user, **form.declared)
    messages.error(
        view.request,
        _("草稿已保存，但没有送审：发布检查有 %(count)d 处问题，见下。")
        % {"count": len(refused.findings.standing)},
    )
    # A correction is submitted by the editor's own button: there is no other way into its chain.
    corrects = view.request.POST.get("action-submit") == CORRECTION
    if refused.findings.only_to_say and not corrects:
        return redirect("review:checks", view.page.pk)
    return redirect(reverse("wagtailadmin_pages:edit", args=[view.page.pk]) + f"?{SHOWN}=1")


def _remind(request, findings):
    """What the submitted text had better have: said, since nothing stopped it."""
    if findings and findings.advice:
        told = "；".join(str(problem.message) for problem in findings.advice)
        messages.warning(request, _("已送审。还请核对：%(problems)s") % {"problems": told})

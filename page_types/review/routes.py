"""Core's editor buttons, made to say why.

Core's submit button calls `workflow.start()`. Our rules hold there too (`PortalTask.start`), but
what they refuse would reach the editor as "you have no permission" on the home page. No hook lies
between saving the draft and starting the review, so the view's methods are wrapped: the draft is
saved by then and stays, and the editor is back on it with the reason.
"""

from functools import wraps

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView

from page_types.publication.texts import text_of
from page_types.review.errors import ReviewRefused
from page_types.review.publish_checks import problems_of

ROUTES = (
    (CreateView, "submit_action"),
    (EditView, "submit_action"),
    (EditView, "restart_workflow_action"),
    (EditView, "perform_workflow_action"),
)
#: Those that submit; the other one also approves and returns.
SUBMITTING = ("submit_action", "restart_workflow_action")


def make_readable():
    """Called once, when the room is ready."""
    for view, name in ROUTES:
        setattr(view, name, _told(getattr(view, name)))


def _told(action):
    @wraps(action)
    def told(self):
        try:
            response = action(self)
        except ReviewRefused as refused:
            messages.error(
                self.request, _("草稿已保存，但没有送审：%(why)s") % {"why": refused.reason}
            )
            return redirect("wagtailadmin_pages:edit", self.page.pk)
        if action.__name__ in SUBMITTING:
            _remind(self)
        return response

    return told


def _remind(view):
    """What the submitted text had better have: said, since nothing stopped it."""
    text = text_of(view.page.get_latest_revision())
    found = [p.message for p in problems_of(text, view.page) if not p.blocking]
    if found:
        messages.warning(
            view.request,
            _("已送审。还请核对：%(problems)s") % {"problems": "；".join(map(str, found))},
        )

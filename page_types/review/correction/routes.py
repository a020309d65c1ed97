"""Core's submit button with another value: the page goes through the chain of corrections.

Core asks the page for its workflow (`page.get_workflow()`); for this one request the page answers
with the short one. What happens then is the same: draft saved, checks, chain, refusal with reasons.
"""

from functools import wraps

from wagtail.admin.views.pages.edit import EditView

from page_types.publication.models.events import CORRECTION
from page_types.review.correction import services
from page_types.review.errors import ReviewRefused


def connect():
    """Called once, before the room makes refusals readable (`review.routes`)."""
    services.connect()
    EditView.submit_action = _corrected(EditView.submit_action)


def _corrected(submit):
    @wraps(submit)
    def submit_action(self):
        if self.request.POST.get("action-submit") != CORRECTION:
            return submit(self)
        try:
            short = services.to_start(self.page)
        except ReviewRefused:
            self.save_action()
            raise
        self.page.get_workflow = lambda: short
        return submit(self)

    return submit_action

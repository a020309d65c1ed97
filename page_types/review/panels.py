"""The admin's home: what must I do today?

Core's panels approve with one click, which cannot carry what was seen; they are replaced.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.views import home

from page_types.organisation.duties import duties_of
from page_types.review import queues
from page_types.review.my_columns import columns_of

SHOWN = 10
REPLACED = (
    home.WorkflowObjectsToModeratePanel,
    home.UserObjectsInWorkflowModerationPanel,
    home.RecentEditsPanel,
    home.LockedPagesPanel,
)


class Panel(Component):
    """A titled list of lines, the first ones of it."""

    class Media:
        css = {"all": ["review/review.css"]}

    def __init__(self, name, heading, template, lines, order):
        self.name, self.heading, self.template_name = name, heading, template
        self.lines, self.order = lines, order

    def get_context_data(self, parent_context):
        return {
            "name": self.name,
            "heading": self.heading,
            "lines": self.lines[:SHOWN],
            "total": len(self.lines),
            "more": max(0, len(self.lines) - SHOWN),
        }


def panels_for(user):
    """The panels of a user, by his posts."""
    duties = duties_of(user)
    found = []
    waiting = queues.waiting_for(user)
    if waiting or duties.reviewer_of or duties.leads or duties.sees_all:
        found.append(
            Panel("review-queue", _("待我审核"), "review/panels/waiting.html", waiting, 10)
        )
    if duties.officer_of:
        drafts = queues.drafts_of(user)
        found.append(Panel("my-drafts", _("我的稿件"), "review/panels/drafts.html", drafts, 20))
        columns = columns_of(user)
        found.append(Panel("my-columns", _("我的栏目"), "review/panels/columns.html", columns, 25))
    if duties.sees_all:
        everything = queues.all_waiting(user)
        found.append(
            Panel("all-reviews", _("审核中的稿件"), "review/panels/waiting.html", everything, 30)
        )
    return found

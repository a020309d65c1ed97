"""The admin's home: what must I do today?

Core's panels approve with one click, which cannot carry what was seen; they are replaced.
"""

from functools import cached_property

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.views import home

from page_types.organisation.duties import duties_of
from page_types.organisation.models import Post
from page_types.review import drafts, my_columns, queues
from page_types.review.today import sentences
from page_types.review.vacancies import vacancies

SHOWN = 10
REPLACED = (
    home.WorkflowObjectsToModeratePanel,
    home.UserObjectsInWorkflowModerationPanel,
    home.RecentEditsPanel,
    home.LockedPagesPanel,
)
#: Posts that take a step of a chain by themselves, without a department.
REVIEWING = {Post.OFFICE, Post.CENTRE}


class Desk:
    """What one person's posts put before him, each list read once and only if it is shown."""

    def __init__(self, user):
        self.user, self.duties = user, duties_of(user)
        self.viewer = queues.Viewer(user)

    @property
    def reviews(self):
        """Whether some step of a chain is his duty."""
        duties = self.duties
        return bool(duties.reviewer_of or duties.leads or duties.posts & REVIEWING)

    @cached_property
    def waiting(self):
        return queues.waiting_for(self.user, self.viewer)

    @cached_property
    def everything(self):
        return queues.all_waiting(self.user, self.viewer)

    @cached_property
    def others(self):
        """Running reviews that wait for somebody else: nothing stands in two lists."""
        return self.everything.without(self.waiting)

    @cached_property
    def drafts(self):
        return drafts.drafts_of(self.user)

    @cached_property
    def columns(self):
        return my_columns.columns_of(self.user)

    @cached_property
    def behind(self):
        return my_columns.behind_in_bureau()

    @cached_property
    def vacancies(self):
        return vacancies()


class Panel(Component):
    """A titled list of lines, the first ones of it."""

    class Media:
        css = {"all": ["review/review.css"]}

    def __init__(self, name, heading, template, lines, order, **more):
        self.name, self.heading, self.template_name = name, heading, template
        self.lines, self.order, self.more = lines, order, more

    def get_context_data(self, parent_context):
        return {
            "name": self.name,
            "heading": self.heading,
            "lines": self.lines[:SHOWN],
            "total": len(self.lines),
            "more": max(0, len(self.lines) - SHOWN),
            **self.more,
        }


def panels_for(user):
    """The panels of a user, by his posts: first what to do today, then the lists."""
    desk = Desk(user)
    duties, found = desk.duties, []

    def add(name, heading, template, lines, **more):
        order = 5 + len(found)
        template = f"review/panels/{template}.html"
        found.append(Panel(name, heading, template, lines, order, **more))

    add("today", _("今天要办的事"), "today", sentences(desk), duties=duties)
    if desk.reviews:
        add("review-queue", _("待我审核"), "waiting", desk.waiting, for_me=True)
    if duties.officer_of:
        add("my-drafts", _("我的稿件"), "drafts", desk.drafts)
        add("my-columns", _("我的栏目"), "columns", desk.columns, mine=True)
    if Post.ADMINISTRATOR in duties.posts:
        add("vacancies", _("无人任职的岗位"), "vacancies", desk.vacancies)
    if duties.sees_all:
        heading = _("其他审核中的稿件") if desk.reviews else _("审核中的稿件")
        add("all-reviews", heading, "waiting", desk.others)
        add("behind", _("逾期和空白的栏目"), "columns", desk.behind)
    return found

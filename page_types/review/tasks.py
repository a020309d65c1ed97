"""The steps of a review. Core's group task asks a fixed group; ours ask the posts of today.

`TaskState` stays core's: a subclass would silence core's mails and reports (measured).
"""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Task, TaskState

from page_types.organisation.duties import duties_of, holders
from page_types.organisation.models import Post
from page_types.publication.models import Chain
from page_types.publication.seals import set_seal, void_seals
from page_types.publication.texts import text_of
from page_types.review import rules
from page_types.review.errors import ReviewRefused
from page_types.review.locks import ReviewLock
from page_types.review.submission import check_submission, next_step


class ApprovalForm(forms.Form):
    """An approval names what was seen; the comment is free."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    comment = forms.CharField(
        label=_("意见（可不填）"), required=False, widget=forms.Textarea({"rows": 2})
    )


class ReturnForm(forms.Form):
    """Whoever returns a text says why."""

    comment = forms.CharField(label=_("退回原因"), widget=forms.Textarea({"rows": 3}))


class PortalTask(AbstractGroupApprovalTask):
    """A step whose people follow from posts. Abstract."""

    #: Name of the step in the plan.
    step = ""
    #: The post whose holders take this step, and whether it is held for the text's department.
    post = ""
    of_department = False

    lock_class = ReviewLock
    admin_form_fields = Task.admin_form_fields

    class Meta:
        abstract = True

    # -- who ---------------------------------------------------------------------------------

    def people(self, chain):
        """Users whose duty this step is today. The department is the chain's, not the page's."""
        return holders(self.post, chain.department_id if self.of_department else None)

    def is_duty_of(self, user, chain):
        """Whether this step is the user's duty; superusers have none by being superusers."""
        duties = duties_of(user)
        if not self.of_department:
            return self.post in duties.posts
        return chain.department_id in self.departments_of(duties)

    @classmethod
    def departments_of(cls, duties):
        """The departments for whose texts this step is a duty, where it is held for departments."""
        return duties.reviewer_of if cls.post == Post.REVIEWER else duties.leads

    def get_actions(self, obj, user):
        """Core offers its group and every superuser everything, their own texts included.

        `obj` is a base page in some views. This only decides what is offered: `on_action()` asks
        again, since core's view takes page and task state from the URL without comparing them.
        """
        review = obj.current_workflow_state
        state = review and review.current_task_state
        if state is None or state.task_id != self.pk or rules.why_not(state, user):
            return []
        return [("approve", _("批准"), True), ("reject", _("退回"), True)]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """Core: all states of the task, for its group. Ours: those on which the user may act."""
        from page_types.review.queues import Queue, Viewer  # they need the tasks

        return Queue(self.states_of_duty(user), Viewer(user)).decidable

    def states_of_duty(self, user):
        """Task states now at this step whose review is the user's duty, barred ones included."""
        duties, chains = duties_of(user), Chain.objects.all()
        if self.of_department:
            chains = chains.filter(department_id__in=self.departments_of(duties))
        elif self.post not in duties.posts:
            chains = chains.none()
        return TaskState.objects.filter(
            task=self,
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state_id__in=chains.values("review_id"),
        ).select_related("workflow_state", "task")

    def user_can_access_editor(self, obj, user):
        """Core: its group. Ours: the people of the step, to read (the page is locked for all)."""
        review = obj.current_workflow_state
        chain = review and rules.chain_of(review)
        return bool(chain and self.is_duty_of(user, chain))

    def locked_for_user(self, obj, user):
        """Core lets reviewers edit; then nobody could seal what he has read. Nobody edits here."""
        return True

    def user_can_lock(self, obj, user):
        """Core: its group. A page in review is locked already."""
        return False

    # -- what happens ------------------------------------------------------------------------

    def start(self, workflow_state, user=None):
        """Core starts the task it is called on; after a return that is the step that returned.

        Ours keeps the order: the first step of the chain without a valid seal of this text. A
        submission (core leaves no current task state then) is checked here, whatever its route.
        """
        if workflow_state.current_task_state_id is None:
            check_submission(workflow_state, user)
        step = next_step(workflow_state)
        if step is not None and step.pk != self.pk:
            return step.start(workflow_state, user=user)
        return Task.start(self, workflow_state, user=user)

    def on_action(self, task_state, user, action_name, seen="", comment="", **kwargs):
        """Core believes its view. This is the authority: everything is asked again under lock."""
        with rules.told_as_refusal(), transaction.atomic():
            state = rules.lock_review(task_state, publishes=action_name == "approve")
            if state.task_id != self.pk:
                raise ReviewRefused(_("这一步已经办结，或送审已撤回。"))
            if action_name == "approve":
                self._approve(state, user, seen, comment)
            elif action_name == "reject":
                self._reject(state, user, comment)
            else:
                raise ReviewRefused(_("没有这样的操作。"))
        task_state.refresh_from_db()

    def _approve(self, state, user, seen, comment):
        if why := rules.why_not_approve(state, user):
            raise ReviewRefused(why)
        if not seen or seen != rules.seen_now(state):
            raise ReviewRefused(_("稿件已变动，请重新阅读。"))
        set_seal(
            rules.chain_of(state.workflow_state),
            task_id=self.pk,
            task_state_id=state.pk,
            step=self.step,
            by=user,
            at=timezone.now(),
            text=text_of(state.revision),
        )
        state.approve(user=user, comment=comment)

    def _reject(self, state, user, comment):
        if why := rules.why_not(state, user):
            raise ReviewRefused(why)
        if not comment.strip():
            raise ReviewRefused(_("退回必须写明原因。"))
        chain = rules.chain_of(state.workflow_state)
        state.reject(user=user, comment=comment.strip())
        void_seals(chain, str(_("已退回")))

    def get_form_for_action(self, action):
        """Core asks for a comment only. The digest is filled by our own screen alone."""
        return ApprovalForm if action == "approve" else ReturnForm

    def deactivate(self, user=None):
        """Core cancels what is running; the last task disabled published at once (measured)."""
        raise PermissionDenied("审核步骤不能停用 / steps of review are never disabled")

    @classmethod
    def get_description(cls):
        return _("由岗位任职决定审核人")


class DepartmentReview(PortalTask):
    """The reviewer of the department whose text it is."""

    step, post, of_department = "department_review", Post.REVIEWER, True

    class Meta:
        verbose_name = verbose_name_plural = _("处室审核")


class LeaderReview(PortalTask):
    """The leader in charge of that department."""

    step, post, of_department = "leader_review", Post.LEADER, True

    class Meta:
        verbose_name = verbose_name_plural = _("分管局领导审批")


class OfficeReview(PortalTask):
    """The office."""

    step, post = "office_review", Post.OFFICE

    class Meta:
        verbose_name = verbose_name_plural = _("办公室审核")


class CentrePublish(PortalTask):
    """The information centre, which publishes."""

    step, post = "centre_publish", Post.CENTRE

    class Meta:
        verbose_name = verbose_name_plural = _("信息中心发布")

"""The verbs of a record's review: submit, approve, return, take back.

The rules are those of pages (`page_types.review.rules`): the people of a step follow from the posts
of the day, nobody decides on what he had a hand in, an approval covers what was on the screen.
"""

from hashlib import sha256

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log, registry

from extensions.base.models import RecordDecision, RecordReview
from page_types.organisation.duties import holders
from page_types.organisation.models import DEPARTMENT_POSTS, Department, Post, User
from page_types.publication.models import RecordChain
from page_types.publication.texts import canonical
from page_types.review import notices

#: Step of a chain in the plan -> the post whose holders take it, and what it is called.
STEPS = {
    "department_review": (Post.REVIEWER, _("处室审核")),
    "leader_review": (Post.LEADER, _("分管局领导审批")),
    "principal_review": (Post.PRINCIPAL, _("主要领导审定")),
    "office_review": (Post.OFFICE, _("办公室审核")),
    "centre_publish": (Post.CENTRE, _("信息中心办理")),
}
_State = RecordReview.State


class RecordRefused(PermissionDenied):
    """A step that may not be taken. `reason` is a sentence for the person at hand."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = str(reason)


def seen_of(record):
    """The digest of what a reviewer of the record sees."""
    content = {"record": f"{record._meta.label_lower}/{record.pk}", **record.content_to_seal()}
    return sha256(canonical(content).encode()).hexdigest()


def people_of(step):
    """Users who take the step today."""
    return holders(STEPS[step["step"]][0], step["department"])


def people_with_a_hand(record):
    """Primary keys of all who wrote the record or submitted it."""
    logs = registry.get_logs_for_instance(record).filter(action__in=record.hands_on)
    return {
        *logs.exclude(user=None).values_list("user_id", flat=True),
        *record.reviews.values_list("started_by_id", flat=True),
        *record.further_hands(),
    }


def why_not(review, user):
    """Why the user may not decide now, as a sentence; empty if he may."""
    if review is None or review.step is None:
        return _("不在审核中，或这一步已经办结。")
    if not people_of(review.step).filter(pk=user.pk).exists():
        return _("这一步不由您审核。")
    if user.pk in people_with_a_hand(review.record):
        return _("您编辑过或提交过送审，须由他人审核。")
    return ""


def waiting_for(user, model):
    """Running reviews of records of the model at a step that is the user's duty, oldest first."""
    running = RecordReview.objects.filter(
        content_type=ContentType.objects.get_for_model(model), state=_State.RUNNING
    )
    return [
        review
        for review in running.order_by("started_at", "pk")
        if people_of(review.step).filter(pk=user.pk).exists()
    ]


@transaction.atomic
def submit(record, user):
    """Begin a review by the chain of the plan as it is today; returns the RecordReview.

    Whether the user may submit is the caller's rule; the record must be saved.
    """
    record = _locked(record)
    if record.review and record.review.state == _State.RUNNING:
        raise RecordRefused(_("已在审核中。"))
    plan = RecordChain.objects.filter(pk=record.chain).first()
    if plan is None:
        raise RecordRefused(
            _("栏目规划中没有审核链“%(chain)s”，请联系系统管理员。") % {"chain": record.chain}
        )
    review = RecordReview.objects.create(
        record=record,
        steps=list(_steps(plan.steps, record.departments_in_review())),
        started_by=user,
        started_at=timezone.now(),
    )
    log(instance=record, action="base.submit", user=user)
    _tell_step(review)
    return review


def _steps(keys, departments):
    """The plan's steps; one that is held for a department is taken once for each of them."""
    for key in keys:
        post, title = STEPS[key]
        if post not in DEPARTMENT_POSTS:
            yield {"step": key, "title": str(title), "department": None}
            continue
        for department in Department.objects.filter(pk__in=departments):
            yield {
                "step": key,
                "title": f"{title}（{department}）" if len(departments) > 1 else str(title),
                "department": department.pk,
            }


@transaction.atomic
def approve(review, user, seen, comment=""):
    """Approve what was seen; the last approval ends the review."""
    record, review = _open(review, user)
    if not seen or seen != seen_of(record):
        raise RecordRefused(_("内容已变动，请重新阅读。"))
    _decide(review, user, RecordDecision.What.APPROVED, comment, seen)
    log(instance=record, action="base.approve", user=user, data={"comment": comment})
    if review.position + 1 < len(review.steps):
        review.position += 1
        review.save(update_fields=["position"])
        _tell_step(review)
    else:
        _end(review, _State.APPROVED, user)


@transaction.atomic
def send_back(review, user, reason):
    """Return the record to those who wrote it, saying why; approvals so far count no longer."""
    record, review = _open(review, user)
    reason = (reason or "").strip()
    if not reason:
        raise RecordRefused(_("退回必须写明原因。"))
    _decide(review, user, RecordDecision.What.RETURNED, reason, seen_of(record))
    log(instance=record, action="base.return", user=user, data={"reason": reason})
    approvers = set(review.decisions.values_list("by_id", flat=True))
    _end(review, _State.RETURNED, user)
    notices.notify(
        User.objects.filter(
            pk__in=(people_with_a_hand(record) | approvers) - {user.pk}, is_active=True
        ),
        "returned",
        _("已退回：%(title)s") % {"title": record},
        "record_returned",
        {"record": record, "by": user, "reason": reason},
        record.review_url(),
    )


@transaction.atomic
def take_back(review, user):
    """End the review without a decision. Whether the user may is the caller's rule."""
    record = _locked(review.record)
    review.refresh_from_db()
    if review.step is None:
        raise RecordRefused(_("不在审核中。"))
    log(instance=record, action="base.cancel", user=user)
    _end(review, _State.CANCELLED, user)


def _locked(record):
    return type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)


def _open(review, user):
    """(record, review), both locked and read anew, if the user may decide."""
    record = _locked(review.record)
    review = RecordReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if why := why_not(review, user):
        raise RecordRefused(why)
    return record, review


def _decide(review, user, what, comment, seen):
    RecordDecision(
        review=review,
        step=review.step["step"],
        title=review.step["title"],
        what=what,
        by=user,
        at=timezone.now(),
        comment=comment.strip(),
        seen=seen,
    ).save()


def _end(review, state, user):
    review.state, review.ended_at = state, timezone.now()
    review.save(update_fields=["state", "ended_at"])
    review.record.review_ended(review, user)


def _tell_step(review):
    record = review.record
    notices.notify(
        people_of(review.step).exclude(pk__in=people_with_a_hand(record)),
        "step",
        _("待审核：%(title)s") % {"title": record},
        "record_step",
        {"record": record, "step": review.step["title"], "submitter": review.started_by},
        record.review_url(),
    )

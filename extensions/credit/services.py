"""The verbs on a record: create, write, submit, take back, discard; what is done to a public one
(`publicity`) is had from here too.

Each checks who asks (`access`), acts, logs and tells; approving and returning are `base.reviewing`.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from extensions.base import reviewing
from extensions.base.models import RecordReview
from extensions.base.reviewing import RecordRefused
from extensions.credit.access import answers_for, may_enter, visible_to, writes
from extensions.credit.keeping import keep
from extensions.credit.models import KINDS
from extensions.credit.models.states import State
from extensions.credit.periods import Periods
from extensions.credit.publicity import correct, make_public, publish, repair, touch, withdraw
from extensions.credit.taking import RecordWrong, keep_taken, locked, take, unchanged
from extensions.credit.validation import Checker

__all__ = [
    "RecordRefused", "RecordWrong", "after_review", "answers_for", "correct", "create", "discard",
    "make_public", "may_enter", "repair", "submit", "take_back", "touch", "visible_to", "withdraw",
    "write", "writes",
]  # fmt: skip


@transaction.atomic
def create(kind, user, department, values):
    """A new draft. Raises RecordWrong, RecordRefused."""
    if not writes(user, department.pk):
        raise RecordRefused(_("只有本处室的信息员可以录入本处室的记录。"))
    record = KINDS[kind](department=department, created_by=user, created_at=timezone.now())
    take(record, values)
    keep_taken(record, user, _("录入"))
    log(instance=record, action="credit.create", user=user)
    return record


@transaction.atomic
def write(record, user, values, version=None):
    """Change a draft. Raises RecordRefused, also when somebody has saved since `version`."""
    record = locked(record)
    if not writes(user, record.department_id):
        raise RecordRefused(_("您不是承办处室的信息员，不能修改。"))
    if record.state != State.DRAFT:
        raise RecordRefused(_("记录不在起草中。公示中的记录请用“更正”。"))
    unchanged(record, version)
    take(record, values)
    keep_taken(record, user, _("修改草稿"))
    log(instance=record, action="credit.write", user=user)
    return record


@transaction.atomic
def submit(record, user, version=None):
    """Send a draft to the reviewers; refused when somebody has saved since `version`."""
    record = locked(record)
    if not writes(user, record.department_id):
        raise RecordRefused(_("您不是承办处室的信息员，不能送审。"))
    if record.state != State.DRAFT:
        raise RecordRefused(_("记录不在起草中，不能送审。"))
    unchanged(record, version)
    checker = Checker(record.kind, record.layout)
    if faults := list(checker.faults(record.values())):
        raise RecordWrong(faults)
    review = reviewing.submit(record, user)
    _move(record, State.IN_REVIEW, user, _("送审"))
    return review


def _move(record, state, user, reason):
    record.state = state
    keep(record, user, reason)


@transaction.atomic
def discard(record, user, version=None):
    """Delete a draft that nobody was asked to review; its versions stay."""
    record = locked(record)
    unchanged(record, version)
    if not writes(user, record.department_id):
        raise RecordRefused(_("您不是承办处室的信息员，不能删除。"))
    if record.state != State.DRAFT or record.public_on or record.reviews.exists():
        raise RecordRefused(_("只能删除没有送审过的草稿。"))
    log(instance=record, action="credit.discard", user=user, deleted=True)
    record._history_user, record._change_reason = user, _("删除草稿")
    record.delete()


@transaction.atomic
def take_back(record, user):
    """End the running review without a decision, to write on."""
    record = locked(record)
    if not writes(user, record.department_id):
        raise RecordRefused(_("只有承办处室的信息员可以撤回送审。"))
    if record.review is None:
        raise RecordRefused(_("记录没有送审。"))
    reviewing.take_back(record.review, user)


def after_review(record, review, user):
    """A review has ended: approved records become public, unless the rule shows them not."""
    record = locked(record)
    if review.state != RecordReview.State.APPROVED:
        _move(record, State.DRAFT, user, review.get_state_display())
        return
    if Periods().is_shown(record):
        publish(record, user)
    else:
        _move(record, State.REVIEWED, user, _("审核通过；按公示期限规则不公示"))

"""The verbs on a record: create, write, submit, take back, make public, correct, withdraw, repair.

Each checks who asks, acts, logs and tells; approving and returning are `base.reviewing`. Officers
write for their own departments alone, reviewers and leaders read theirs, bureau-wide posts all.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from extensions.base import reviewing
from extensions.base.models import RecordReview
from extensions.base.reviewing import RecordRefused
from extensions.credit import statements
from extensions.credit.keeping import keep
from extensions.credit.models import KINDS, PublicNote
from extensions.credit.models.records import State
from extensions.credit.periods import Periods
from extensions.credit.validation import Checker
from page_types.organisation.duties import duties_of, holders
from page_types.organisation.models import Post
from page_types.publication.demo import played_date
from page_types.review import notices
from search import indexing

What = PublicNote.What


class RecordWrong(RecordRefused):
    """Values that break a rule: `faults` are `validation.Fault`s."""

    def __init__(self, faults):
        self.faults = list(faults)
        super().__init__(" ".join(map(str, self.faults)))


# --- who may -------------------------------------------------------------------------------------


def may_enter(user):
    """Whether licences and penalties are this user's business at all."""
    duties = duties_of(user)
    return bool(duties.departments) or duties.sees_all


def visible_to(user, kind):
    """Records of a kind that the user may read."""
    duties, records = duties_of(user), KINDS[kind].objects.all()
    return records if duties.sees_all else records.filter(department_id__in=duties.departments)


def writes(user, department_id):
    """Whether the user writes records of the department."""
    return department_id in duties_of(user).officer_of


def answers_for(user, department_id):
    """Whether the user may make public, correct, withdraw: its officers and its reviewers."""
    duties = duties_of(user)
    return department_id in duties.officer_of | duties.reviewer_of


def sees_numbers(user, record):
    """Whether the user may see a person's number in full: who writes and who reviews it."""
    return answers_for(user, record.department_id)


# --- before it is public -------------------------------------------------------------------------


@transaction.atomic
def create(kind, user, department, values):
    """A new draft. Raises RecordWrong, RecordRefused."""
    if not writes(user, department.pk):
        raise RecordRefused(_("只有本处室的信息员可以录入本处室的记录。"))
    record = KINDS[kind](department=department, created_by=user, created_at=timezone.now())
    _take(record, values)
    keep(record, user, _("录入"))
    log(instance=record, action="credit.create", user=user)
    return record


def _take(record, values):
    """Put checked values on the record."""
    checker = Checker(record.kind, record.layout)
    values = checker.read(values)
    if faults := [*checker.faults(record.values() | values), *_taken(record, values)]:
        raise RecordWrong(faults)
    for attr, value in values.items():
        setattr(record, attr, value)


def _taken(record, values):
    """The number of a document stands once for each body that decides."""
    from extensions.credit.validation import Fault

    number = values.get("document_number", getattr(record, "document_number", ""))
    issuer = values.get("issuer", record.issuer)
    others = type(record).objects.filter(issuer=issuer, document_number=number)
    if others.exclude(pk=record.pk).exists():
        yield Fault(
            "document_number",
            _("“%(issuer)s”已有文号为“%(number)s”的记录。") % {"issuer": issuer, "number": number},
            _("请在列表中查找原记录；文号有误的请改正。"),
        )


def _locked(record):
    return type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)


def _unchanged(record, version):
    if version is not None and record.version != version:
        raise RecordRefused(_("您打开之后，他人已保存过这条记录。请重新打开，核对后再保存。"))


@transaction.atomic
def write(record, user, values, version=None):
    """Change a draft. Raises RecordRefused, also when somebody has saved since `version`."""
    record = _locked(record)
    if not writes(user, record.department_id):
        raise RecordRefused(_("您不是承办处室的信息员，不能修改。"))
    if record.state != State.DRAFT:
        raise RecordRefused(_("记录不在起草中。公示中的记录请用“更正”。"))
    _unchanged(record, version)
    _take(record, values)
    keep(record, user, _("修改草稿"))
    log(instance=record, action="credit.write", user=user)
    return record


@transaction.atomic
def submit(record, user, version=None):
    """Send a draft to the reviewers; refused when somebody has saved since `version`."""
    record = _locked(record)
    if not writes(user, record.department_id):
        raise RecordRefused(_("您不是承办处室的信息员，不能送审。"))
    if record.state != State.DRAFT:
        raise RecordRefused(_("记录不在起草中，不能送审。"))
    _unchanged(record, version)
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
def take_back(record, user):
    """End the running review without a decision, to write on."""
    record = _locked(record)
    if not writes(user, record.department_id):
        raise RecordRefused(_("只有承办处室的信息员可以撤回送审。"))
    if record.review is None:
        raise RecordRefused(_("记录没有送审。"))
    reviewing.take_back(record.review, user)


def after_review(record, review, user):
    """A review has ended: approved records become public, unless the rule shows them not."""
    record = _locked(record)
    if review.state != RecordReview.State.APPROVED:
        _move(record, State.DRAFT, user, review.get_state_display())
        return
    if Periods().is_shown(record):
        _publish(record, user)
    else:
        _move(record, State.REVIEWED, user, _("审核通过；按公示期限规则不公示"))


# --- public --------------------------------------------------------------------------------------


@transaction.atomic
def make_public(record, user, reason):
    """Show a reviewed record that the rule does not show by itself (a light penalty)."""
    record = _answered(record, user)
    if record.state != State.REVIEWED:
        raise RecordRefused(_("只有“已审核，未公示”的记录可以这样公示。"))
    reason = _reason(reason)
    if record.kind == "penalty":
        record.shown_anyway = True
    _publish(record, user, reason)
    return record


def _publish(record, user, reason=""):
    played = played_date()  # a demonstration's
    record.public_on = timezone.localdate(played) if played else timezone.localdate()
    record.state = State.PUBLIC
    keep(record, user, reason or _("审核通过，公示"))
    if not record.is_shown:
        record.state, record.ended_on = State.OVER, timezone.localdate()
        keep(record, user, _("公示期在公示前已满"))
    else:
        _note(record, What.PUBLISHED, "", record.public_on)
        statements.overtake(record, user)
    log(instance=record, action="credit.publish", user=user, data={"reason": reason})
    touch(record)


def _note(record, what, text, on=None):
    on = on or timezone.localdate()
    PublicNote(kind=record.kind, record_id=record.pk, what=what, on=on, text=text).save()


def touch(*records):
    """Search takes the records anew after the transaction."""
    indexing.changed("credit", [f"{each.kind}/{each.pk}" for each in records])


def _answered(record, user):
    record = _locked(record)
    if not answers_for(user, record.department_id):
        raise RecordRefused(_("只有承办处室的信息员和审核人可以办理。"))
    return record


def _reason(text, message=None):
    text = (text or "").strip()
    if not text:
        raise RecordRefused(message or _("必须写明原因。"))
    return text


def _public_text(record, text, message):
    """A note for the public: written, and without any person's number or a masked person's name."""
    from extensions.credit.codes import person_numbers_in

    text = _reason(text, message)
    named = record.is_person and len(record.name) > 1 and record.name in text
    if person_numbers_in(text) or named or (record.person_id and record.person_id in text):
        raise RecordRefused(_("公开说明中不能有自然人的姓名和证件号码，请删去。"))
    return text


def _of_public(record):
    if not record.is_shown:
        raise RecordRefused(_("只有公示中的记录可以办理。"))


@transaction.atomic
def correct(record, user, values, reason, note, version=None):
    """Change a public record: why goes into its history, `note` below it for everybody."""
    record = _answered(record, user)
    _of_public(record)
    _unchanged(record, version)
    reason = _reason(reason, _("更正必须写明原因。"))
    note = _public_text(record, note, _("更正必须写明公开说明。"))
    before = record.values()
    _take(record, values)
    if record.values() == before:
        raise RecordRefused(_("没有任何改动。"))
    record.corrected_on = timezone.localdate()
    keep(record, user, reason)
    _public_text(record, note, "")  # the name may be the corrected one
    _note(record, What.CORRECTED, note)
    log(instance=record, action="credit.correct", user=user, data={"reason": reason})
    _tell_reviewers(record, user, _("已更正：%(title)s"), reason)
    touch(record)
    return record


@transaction.atomic
def withdraw(record, user, reason, note, cause_on=None):
    """Take a record back: visitors keep the number, the day and the note; the office all."""
    record = _answered(record, user)
    _of_public(record)
    reason = _reason(reason, _("撤下必须写明原因。"))
    note = _public_text(record, note, _("撤下必须写明公开说明（行政处罚法第四十八条）。"))
    today = timezone.localdate()
    if cause_on and not record.decided_on <= cause_on <= today:
        raise RecordRefused(_("变更、撤销日期应在决定日期和今天之间。"))
    record.state, record.ended_on, record.cause_on = State.WITHDRAWN, today, cause_on
    keep(record, user, reason)
    _note(record, What.WITHDRAWN, note)
    log(instance=record, action="credit.withdraw", user=user, data={"reason": reason})
    _tell_reviewers(record, user, _("已撤下：%(title)s"), reason)
    touch(record)
    return record


@transaction.atomic
def repair(record, user, reason):
    """信用修复: a penalty leaves before its time, after the shortest period and no earlier."""
    record = _answered(record, user)
    _of_public(record)
    if record.kind != "penalty":
        raise RecordRefused(_("信用修复只用于行政处罚。"))
    reason = _reason(reason, _("请写明信用修复的依据（决定文号、日期）。"))
    today = timezone.localdate()
    if record.min_until and today < record.min_until:
        raise RecordRefused(
            _("最短公示期到 %(day)s 才满，此前不能修复。") % {"day": record.min_until.isoformat()}
        )
    record.state, record.ended_on = State.REPAIRED, today
    keep(record, user, reason)
    _note(record, What.REPAIRED, "")
    log(instance=record, action="credit.repair", user=user, data={"reason": reason})
    touch(record)
    return record


def _tell_reviewers(record, user, subject, reason):
    notices.notify(
        holders(Post.REVIEWER, record.department_id).exclude(pk=user.pk),
        "credit",
        subject % {"title": record},
        "credit_changed",
        {"record": record, "by": user, "reason": reason},
        record.review_url(),
    )

"""The verbs: assign, write, submit, take back, record as sent, record the outcome, drop.

Each checks who asks, acts, logs and tells; approving and returning are `base.reviewing`.
"""

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from extensions.base import reviewing
from extensions.base.reviewing import RecordRefused
from extensions.manuscripts.models import Manuscript
from page_types.organisation.duties import duties_of
from page_types.organisation.models import Appointment, Post, User
from page_types.review import notices

_State = Manuscript.State


def directs(user):
    """Whether the user assigns and sends manuscripts: the office."""
    return Post.OFFICE in duties_of(user).posts


def may_enter(user):
    """Whether manuscripts are this user's business at all."""
    duties = duties_of(user)
    return bool(duties.departments or duties.posts & {Post.OFFICE, Post.PRINCIPAL})


def visible_to(user):
    """Manuscripts that the user may read: the bureau-wide posts all, others their departments'."""
    duties = duties_of(user)
    if duties.posts & {Post.OFFICE, Post.PRINCIPAL}:
        return Manuscript.objects.all()
    mine = duties.departments
    return Manuscript.objects.filter(Q(department_id__in=mine) | Q(assisting__in=mine)).distinct()


def writes(user, manuscript):
    """Whether the user drafts it: the office, and officers of its departments."""
    officer = duties_of(user).officer_of & manuscript.all_departments()
    return directs(user) or bool(officer)


@transaction.atomic
def assign(user, *, title, brief, department, assisting, due, body=""):
    """The office names a subject and the departments that write about it."""
    if not directs(user):
        raise RecordRefused(_("只有办公室可以布置上报稿件。"))
    manuscript = Manuscript.objects.create(
        title=title, brief=brief, department=department, due=due, body=body,
        created_by=user, created_at=timezone.now(),
    )  # fmt: skip
    manuscript.assisting.set(each for each in assisting if each != department)
    log(instance=manuscript, action="manuscripts.assign", user=user)
    notices.notify(
        _officers_of(manuscript),
        "manuscripts",
        _("请起草上报稿件：%(title)s") % {"title": title},
        "manuscript_assigned",
        {"manuscript": manuscript},
        reverse("manuscripts:detail", args=[manuscript.pk]),
    )
    return manuscript


def _officers_of(manuscript):
    """The information officers of its departments today."""
    appointments = Appointment.objects.current().filter(
        post=Post.OFFICER, department_id__in=manuscript.all_departments()
    )
    return User.objects.filter(is_active=True, appointments__in=appointments).distinct()


def _locked(pk):
    return Manuscript.objects.select_for_update(of=("self",)).get(pk=pk)


@transaction.atomic
def write(pk, user, *, title, body, version):
    """Save the text. Raises RecordRefused, also when somebody has saved since `version`."""
    manuscript = _locked(pk)
    if not writes(user, manuscript):
        raise RecordRefused(_("您不是起草部门的信息员，不能修改。"))
    if manuscript.state != _State.ASSIGNED:
        raise RecordRefused(_("稿件不在起草中，不能修改。"))
    if manuscript.version != version:
        raise RecordRefused(
            _("您打开之后，他人已保存过这份稿件。请对照下面的现稿，把您的文字合并后再保存。")
        )
    manuscript.title, manuscript.body = title, body
    manuscript.version += 1
    manuscript.save(update_fields=["title", "body", "version"])
    log(instance=manuscript, action="manuscripts.write", user=user)
    return manuscript


@transaction.atomic
def submit(pk, user):
    """Send the text to the leaders."""
    manuscript = _locked(pk)
    if not writes(user, manuscript):
        raise RecordRefused(_("您不是起草部门的信息员，不能送审。"))
    if manuscript.state != _State.ASSIGNED:
        raise RecordRefused(_("稿件不在起草中，不能送审。"))
    if not manuscript.body.strip():
        raise RecordRefused(_("正文是空的，请先写好再送审。"))
    review = reviewing.submit(manuscript, user)
    Manuscript.objects.filter(pk=pk).update(state=_State.IN_REVIEW)
    return review


@transaction.atomic
def take_back(pk, user):
    """End the running review without a decision, to write on."""
    manuscript = _locked(pk)
    if not writes(user, manuscript):
        raise RecordRefused(_("只有起草部门的信息员和办公室可以撤回送审。"))
    reviewing.take_back(_review_of(manuscript), user)


def _review_of(manuscript):
    if manuscript.review is None:
        raise RecordRefused(_("稿件没有送审。"))
    return manuscript.review


@transaction.atomic
def record_sent(pk, user, *, recipient, reference, sent_on):
    """The office notes that the approved text was sent, to whom and when."""
    manuscript = _locked(pk)
    if not directs(user):
        raise RecordRefused(_("只有办公室可以登记报送。"))
    if manuscript.state != _State.APPROVED:
        raise RecordRefused(_("稿件还没有审定，不能登记报送。"))
    if sent_on > timezone.localdate():
        raise RecordRefused(_("报送日期不能晚于今天。"))
    manuscript.state, manuscript.sent_by = _State.SENT, user
    manuscript.recipient, manuscript.reference = recipient, reference
    manuscript.sent_on = sent_on
    manuscript.save(update_fields=["state", "sent_by", "recipient", "reference", "sent_on"])
    log(
        instance=manuscript,
        action="manuscripts.send",
        user=user,
        data={"recipient": recipient, "reference": reference, "on": sent_on.isoformat()},
    )


@transaction.atomic
def record_outcome(pk, user, outcome):
    """The office notes what became of it: printed where, commented on by whom."""
    manuscript = _locked(pk)
    if not directs(user):
        raise RecordRefused(_("只有办公室可以登记采用情况。"))
    if manuscript.state != _State.SENT:
        raise RecordRefused(_("稿件还没有报送，不能登记采用情况。"))
    manuscript.outcome = outcome
    manuscript.save(update_fields=["outcome"])
    log(instance=manuscript, action="manuscripts.outcome", user=user, data={"outcome": outcome})


@transaction.atomic
def drop(pk, user, reason):
    """The office gives the subject up; the record stays, with the reason."""
    manuscript = _locked(pk)
    if not directs(user):
        raise RecordRefused(_("只有办公室可以决定不再报送。"))
    if not reason.strip():
        raise RecordRefused(_("请写明不再报送的原因。"))
    if manuscript.state in (_State.SENT, _State.DROPPED):
        raise RecordRefused(_("稿件已经报送或已停止，不能再改。"))
    if manuscript.state == _State.IN_REVIEW:
        reviewing.take_back(manuscript.review, user)
        manuscript.refresh_from_db()
    manuscript.state = _State.DROPPED
    manuscript.save(update_fields=["state"])
    log(instance=manuscript, action="manuscripts.drop", user=user, data={"reason": reason.strip()})

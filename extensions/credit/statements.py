"""本月无: the verbs of a department's word that it decided nothing in a month."""

from calendar import monthrange
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from extensions.base.reviewing import RecordRefused
from extensions.credit.models import KINDS, NoRecordStatement
from page_types.organisation.duties import duties_of


def _span(month):
    """First and last day of a month."""
    return month.replace(day=1), month.replace(day=monthrange(month.year, month.month)[1])


@transaction.atomic
def state_none(user, kind, month, department):
    """Say that the department decided nothing of the kind in the month of the day `month`."""
    if department.pk not in duties_of(user).officer_of:
        raise RecordRefused(_("只有本处室的信息员可以声明本处室本月无记录。"))
    first, last = _span(month)
    if first > timezone.localdate():
        raise RecordRefused(_("这个月还没有到。"))
    records = KINDS[kind].objects.filter(department=department, decided_on__range=(first, last))
    if count := records.count():
        raise RecordRefused(
            _("这个月已录入 %(count)d 条记录，不能声明“本月无”。") % {"count": count}
        )
    open_ones = NoRecordStatement.objects.filter(withdrawn_on=None)
    if open_ones.filter(kind=kind, month=first, department=department).exists():
        raise RecordRefused(_("这个月已经声明过。"))
    statement = NoRecordStatement.objects.create(
        kind=kind, month=first, department=department, stated_by=user, stated_at=timezone.now()
    )
    log(instance=statement, action="credit.none", user=user)
    return statement


@transaction.atomic
def take_back_none(statement, user):
    """The statement was a mistake."""
    if statement.department_id not in duties_of(user).officer_of:
        raise RecordRefused(_("只有本处室的信息员可以撤销声明。"))
    _end(statement, user)


def overtake(record, user):
    """A record of the month has become public: the word that there was none no longer stands."""
    for statement in NoRecordStatement.objects.filter(
        kind=record.kind,
        month=record.decided_on.replace(day=1),
        department_id=record.department_id,
        withdrawn_on=None,
    ):
        _end(statement, user)


def _end(statement, user):
    statement.withdrawn_on = timezone.localdate()
    statement.save(update_fields=["withdrawn_on"])
    log(instance=statement, action="credit.none_withdrawn", user=user)


def missing(kind, department_id, today=None):
    """Whether the month before has neither a record nor a word; its first day, or None."""
    today = today or timezone.localdate()
    month = date(today.year - (today.month == 1), (today.month - 2) % 12 + 1, 1)
    first, last = _span(month)
    about = {"department_id": department_id}
    if KINDS[kind].objects.filter(decided_on__range=(first, last), **about).exists():
        return None
    said = NoRecordStatement.objects.filter(kind=kind, month=first, withdrawn_on=None, **about)
    return None if said.exists() else month


def standing(kind=None, year=None):
    """Statements that stand, newest month first."""
    found = NoRecordStatement.objects.filter(withdrawn_on=None).select_related("department")
    if kind:
        found = found.filter(kind=kind)
    return found.filter(month__year=year) if year else found

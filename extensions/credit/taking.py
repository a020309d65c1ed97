"""What every verb asks: values hold, nobody has saved meanwhile, reasons and notes are written."""

from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext as _

from extensions.base.reviewing import RecordRefused
from extensions.credit import access, personal
from extensions.credit.keeping import keep
from extensions.credit.party import Fault
from extensions.credit.validation import Checker


class RecordWrong(RecordRefused):
    """Values that break a rule: `faults` are `party.Fault`s."""

    def __init__(self, faults):
        self.faults = list(faults)
        super().__init__(" ".join(map(str, self.faults)))


def take(record, values):
    """Put checked values on the record. Raises RecordWrong."""
    checker = Checker(record.kind, record.layout)
    values = checker.read(values)
    whole = record.values() | values
    if faults := [*checker.faults(whole), *_taken(record, whole), *_closed(record, whole)]:
        raise RecordWrong(faults)
    for attr, value in values.items():
        setattr(record, attr, value)


def keep_taken(record, user, reason):
    """Save a record of which `take` was content a moment ago. Raises RecordWrong."""
    try:
        keep(record, user, reason)
    except IntegrityError as taken:  # somebody has entered the same number at this moment
        raise RecordWrong([_number_taken(record.values())]) from taken


def _taken(record, values):
    """The number of a document stands once for each body that decides, whatever it is called."""
    body = Q(issuer=values.get("issuer"))
    if code := values.get("issuer_code"):
        body |= Q(issuer_code=code)
    others = type(record).objects.filter(body, document_number=values.get("document_number"))
    if others.exclude(pk=record.pk).exists():
        yield _number_taken(values)


def _number_taken(values):
    return Fault(
        "document_number",
        _("“%(issuer)s”已有文号为“%(number)s”的记录。")
        % {"issuer": values.get("issuer"), "number": values.get("document_number")},
        _("请在列表中查找原记录；文号有误的请改正。"),
    )


def _closed(record, values):
    """A public record is not ended by a day that lies before its publication."""
    until = values.get("publicity_until")
    if until and record.public_on and until < record.public_on:
        yield Fault(
            "publicity_until",
            _("“公示截止期”早于公示日期 %s。") % record.public_on.isoformat(),
            _("请核对；要停止公示，请办理“撤下”或“信用修复”。"),
        )


def locked(record):
    """The record as it is, for this transaction alone."""
    return type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)


def unchanged(record, version):
    """Refuse to write over what somebody has saved since `version` was read."""
    if version is not None and record.version != version:
        raise RecordRefused(_("您打开之后，他人已保存过这条记录。请重新打开，核对后再保存。"))


def answered(record, user):
    """The locked record, for those who answer for it."""
    record = locked(record)
    if not access.answers_for(user, record.department_id):
        raise RecordRefused(_("只有承办处室的信息员和审核人可以办理。"))
    return record


def reason_of(record, text, message=None):
    """A reason that is written. It gets into histories, notices and the audit: no numbers in it."""
    text = (text or "").strip()
    if not text:
        raise RecordRefused(message or _("必须写明原因。"))
    if personal.numbers_in(text, _own(record)):
        raise RecordRefused(_("原因会记入历史和通知，其中不能有证件号码，请删去。"))
    return text


def public_text(record, text, message):
    """A note for the public: written, and without any person's number or a masked person's name."""
    text = (text or "").strip()
    if not text:
        raise RecordRefused(message)
    named = record.is_person and personal.names(text, record.name)
    if named or personal.numbers_in(text, _own(record)):
        raise RecordRefused(_("公开说明中不能有自然人的姓名和证件号码，请删去。"))
    return text


def _own(record):
    return [number for number in (record.person_id, record.legal_id) if number]


def of_public(record):
    """Refuse what is done to public records alone."""
    if not record.is_shown:
        raise RecordRefused(_("只有公示中的记录可以办理。"))

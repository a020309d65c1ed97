"""Sheets of licences and penalties: both layouts, judged by the rules that the form has.

A new row becomes a draft. A changed row changes a draft; what is under review or public is not
changed by a sheet, for visitors would not be told why.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import get_active_log_context
from wagtail.models import ModelLogEntry

from extensions.base.records.history import bulk_create_with_history, bulk_update_with_history
from extensions.base.records.importing import importers
from extensions.base.records.sheets import layouts as sheets
from extensions.credit import layouts
from extensions.credit.models import KINDS
from extensions.credit.models.states import HOUSEHOLD, ORGANISATION, PERSON, State
from extensions.credit.party import ID_CARD
from extensions.credit.periods import FOR_EVER, Periods
from extensions.credit.validation import SEPARATOR, Checker

_KINDS = {
    layouts.TEXT: sheets.TEXT,
    layouts.DATE: sheets.DATE,
    layouts.AMOUNT: sheets.AMOUNT,
    layouts.CODE: sheets.IDENTIFIER,
}
#: How sheets write that a licence has no end.
_WORDS = {"长期": FOR_EVER, "长期有效": FOR_EVER, "永久": FOR_EVER}
_LABELS = {
    "licence": gettext_lazy("行政许可"),
    "penalty": gettext_lazy("行政处罚"),
}
#: Columns of the template of 2016 that no record has.
_PASSED_OVER = ("_sjc", "_cf_zt", "second_kind")


def _field(item):
    return sheets.Field(
        name=item.attr or f"_{item.code.lower()}",
        code=item.code,
        label=item.label,
        kind=_KINDS[item.kind],
        aliases=item.aliases,
        required=item.required,
        length=item.length,
        secret=item.secret,
        unit="万元" if item.kind == layouts.AMOUNT else "",
        places=6 if item.kind == layouts.AMOUNT else 2,
        words=_WORDS if item.attr == "valid_to" else {},
    )


def _layout(kind, year):
    label = {2018: _("2018年双公示数据标准"), 2016: _("2016年模板")}[year]
    fields = tuple(map(_field, layouts.LAYOUTS[kind, year]))
    return sheets.Layout(str(year), label, fields)


class CreditImporter(importers.Importer):
    """Imports one of the two tables."""

    def __init__(self, kind):
        self.kind, self.model = kind, KINDS[kind]
        self.name = f"credit_{kind}"
        self.label = _LABELS[kind]
        self.layouts = (_layout(kind, 2018), _layout(kind, 2016))
        self._checkers = {}

    # -- what a row says --------------------------------------------------------------------------

    def validate(self, given):
        """The rules of the standard; the values become those that a record keeps."""
        year = int(given.sheet.layout.name)
        checker = self._checker(given.sheet, year)
        values = checker.read(_joined(given.values))
        if year == 2016 and _is_of_a_person(values) and _repeats_the_name(values):
            values["legal_person"] = ""  # a person has none
        whole = _derived(self.kind, values, year)
        given.values.clear()
        given.values.update({name: whole[name] for name in values})
        for fault in checker.faults(whole):
            yield given.problem(fault.attr, fault.rule, fault.mend)

    def _checker(self, sheet, year):
        """One for each sheet that is read: the lists of codes as they are then."""
        kept = self._checkers.get(year)
        if kept is None or kept[0] is not sheet:
            self._checkers[year] = kept = (sheet, Checker(self.kind, year))
        return kept[1]

    def key(self, values):
        return values.get("issuer", ""), values.get("document_number", "")

    def title(self, values):
        return values.get("document_number", "")

    # -- what is there already --------------------------------------------------------------------

    def existing(self, keys, department):
        numbers = {number for _issuer, number in keys}
        found = self.model.objects.filter(document_number__in=numbers)
        if connection.in_atomic_block:  # about to be saved: nobody may change them now
            found = found.select_for_update(of=("self",))
        records = {}
        for record in found:
            if (key := (record.issuer, record.document_number)) in keys:
                records[key] = record
            if record.issuer_code:
                records[_by_code(record.issuer_code, record.document_number)] = record
        return records

    def current(self, record):
        return {**record.values(), "area_code": record.area_code}

    def refuse(self, given, record, user, department, found):
        if record is None:
            yield from self._under_another_name(given, found)
        elif record.department_id != department.pk:
            yield given.problem(
                "document_number", _("这个文号的记录属于其他处室。"), _("请核对文号。")
            )
        elif record.state != State.DRAFT and self._differs(given, record):
            yield given.problem(
                "document_number",
                _("记录“%s”，不能用表格修改。") % record.get_state_display(),
                _("请打开记录办理“更正”，写明原因和公开说明；或从表中删去这一行。"),
            )

    def _under_another_name(self, given, found):
        """The same body, by its code, has the number already: its name is written otherwise."""
        number = given.values.get("document_number")
        if other := found.get(_by_code(given.values.get("issuer_code"), number)):
            yield given.problem(
                "issuer",
                _("统一社会信用代码相同的机关“%s”已有这个文号。") % other.issuer,
                _("请把机关名称写成一致，或核对文号。"),
            )

    def _differs(self, given, record):
        current = self.current(record)
        return any((value or "") != (current[name] or "") for name, value in given.values.items())

    # -- saving -----------------------------------------------------------------------------------

    def apply(self, new, changed, user, sheet_import):
        now, periods = timezone.now(), Periods()
        reason = _("从表格导入：%s") % sheet_import.filename
        made = []
        for given in new:
            year = int(given.sheet.layout.name)
            record = self.model(
                **_derived(self.kind, given.values, year),
                layout=year,
                department=sheet_import.department,
                created_by=user,
                created_at=now,
                changed_at=now,
                version=1,
            )
            record.refresh_digests()
            made.append(periods.apply(record))
        bulk_create_with_history(made, user, reason)
        self._change(changed, user, now, periods, reason)

    def _change(self, changed, user, now, periods, reason):
        records = []
        for each in changed:
            for name in each.fields:
                setattr(each.record, name, each.given.values[name])
            each.record.version += 1
            each.record.changed_at = now
            each.record.refresh_digests()
            records.append(periods.apply(each.record))
        if records:
            _log_all(records, user, now)
            fields = [
                field.name
                for field in self.model._meta.concrete_fields
                if field.name not in ("id", "created_by", "created_at", "department")
            ]
            bulk_update_with_history(records, fields, user, reason)


def _log_all(records, user, now):
    """An act of the user for each record, in one query: who changed it does not approve it."""
    context = get_active_log_context()
    kind = ContentType.objects.get_for_model(records[0])
    entries = []
    for record in records:
        entry = ModelLogEntry(
            content_type=kind, object_id=str(record.pk), label=str(record),
            action="credit.import", user=user, timestamp=now, uuid=context.uuid,
        )  # fmt: skip
        entry.logged = record  # spares the audit a query
        entries.append(entry)
    ModelLogEntry.objects.bulk_create(entries, batch_size=500)


def _joined(values):
    """The values without what no record has; two kinds of a penalty become one column."""
    found = {name: value for name, value in values.items() if name not in _PASSED_OVER}
    if second := values.get("second_kind"):
        found["penalty_kinds"] = f"{found.get('penalty_kinds', '')}{SEPARATOR}{second}"
    return found


def _by_code(issuer_code, number):
    """The key of a record by the code of its body; keys by the body's name are pairs."""
    return "code", issuer_code, number


def _is_of_a_person(values):
    """Whether a row of 2016 is about a natural person: that layout does not say. A trader has a
    number of the business register besides his own.
    """
    registered = values.get("credit_code") or values.get("business_number")
    return bool(values.get("person_id")) and not registered


def _repeats_the_name(values):
    repeated = "".join(values.get("legal_person", "").split())
    return bool(repeated) and repeated == "".join(values.get("name", "").split())


def _derived(kind, values, year):
    """What the template of 2016 does not say and a record needs; nothing is taken from a row."""
    if year == 2018:
        return dict(values)
    found = dict(values)
    if found.get("person_id"):
        found["person_id_kind"] = ID_CARD
    if _is_of_a_person(found):
        found["party_kind"] = PERSON
    else:
        code = found.get("credit_code") or ""
        household = code.startswith("92") or (found.get("person_id") and not code)
        found["party_kind"] = HOUSEHOLD if household else ORGANISATION
    found["source_name"] = found.get("issuer", "")
    if kind == "licence":
        found["valid_from"] = found.get("decided_on")
        found["current_state"] = found.get("current_state") or "1"
    else:
        found["valid_until"] = found.get("decided_on")
    return found


def register():
    """Called once, when the extension is ready."""
    for kind in KINDS:
        importers.register(CreditImporter(kind))

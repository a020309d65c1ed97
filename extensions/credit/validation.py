"""What the standard demands of a record, each breach as a sentence with what to do about it.

A `Checker` reads the code lists once and then answers for any number of records: a sheet of 50,000
rows costs one query.
"""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext as _

from extensions.base.records.sheets.layouts import WIDE
from extensions.credit import codes, personal
from extensions.credit.layouts import AMOUNT, DATE, TEXT, items_of
from extensions.credit.models.lists import Code
from extensions.credit.models.states import HOUSEHOLD, ORGANISATION
from extensions.credit.party import Fault, PartyRules

#: Between the kinds of one penalty.
SEPARATOR = "；"
#: From which amount (万元) on somebody asks whether yuan were typed.
SUSPICIOUS = Decimal(1000)
_OTHER = "其他"
_List = Code.List
#: What other systems call 法人及非法人组织 (domain facts, 3.2).
_ORGANISATIONS = dict.fromkeys(("法人", "非法人组织", "02", "03", "2", "3"), ORGANISATION)


def tidy(values):
    """The same values as they are kept: numbers narrow and without gaps, kinds joined by “；”."""
    found = dict(values)
    for attr in ("document_number", "business_number", "tax_number", "institution_number",
                 "social_number", "licence_number"):  # fmt: skip
        if found.get(attr):
            found[attr] = "".join(str(found[attr]).translate(WIDE).split())
    for attr in ("credit_code", "organisation_code", "issuer_code", "source_code", "legal_id",
                 "person_id"):  # fmt: skip
        if found.get(attr):
            found[attr] = "".join(str(found[attr]).translate(WIDE).split()).upper()
    if found.get("organisation_code"):
        found["organisation_code"] = found["organisation_code"].replace("-", "")
    if found.get("penalty_kinds"):
        found["penalty_kinds"] = SEPARATOR.join(kinds_in(found["penalty_kinds"]))
    return found


def kinds_in(text):
    """The kinds that a penalty names, however they are joined."""
    for sign in ";、，,/\n":
        text = text.replace(sign, SEPARATOR)
    return list(dict.fromkeys(part.strip() for part in text.split(SEPARATOR) if part.strip()))


class Checker(PartyRules):
    """Answers for the records of a table, by the rules of a layout (2018 or 2016)."""

    def __init__(self, kind, layout=2018):
        self.kind, self.layout = kind, layout
        self.items = items_of(kind)
        self.today = timezone.localdate()
        self._codes = {}
        for code in Code.objects.all():
            self._codes.setdefault(code.list, []).append(code)

    # -- code lists -------------------------------------------------------------------------------

    def read(self, values):
        """Tidied values with the codes of other systems read as the standard's names."""
        found = tidy(values)
        for attr, name in (
            ("party_kind", _List.PARTY_KIND), ("legal_id_kind", _List.ID_KIND),
            ("person_id_kind", _List.ID_KIND), ("licence_kind", _List.LICENCE_KIND),
        ):  # fmt: skip
            if found.get(attr):
                found[attr] = self._named(name, found[attr])
        if state := found.get("current_state"):
            labels = {code.label: code.value for code in self._codes.get("current_state", ())}
            found["current_state"] = labels.get(state, state)
        return found

    def _named(self, name, text):
        for code in self._codes.get(name, ()):
            if text in (code.label, f"{code.label}许可") or text.zfill(2) == code.value:
                return code.label
        return _ORGANISATIONS.get(text, text) if name == _List.PARTY_KIND else text

    def _labels(self, name, day):
        day = day or self.today
        return [code.label for code in self._codes.get(name, ()) if code.is_in_force(day)]

    # -- the whole --------------------------------------------------------------------------------

    def faults(self, values):
        """Everything that is wrong with a record's values, as `Fault`s."""
        return [
            *self._of_columns(values), *self._of_party(values), *self._of_person(values),
            *self._of_issuers(values), *self._of_lists(values), *self._of_dates(values),
            *(self._of_amounts(values) if self.kind == "penalty" else ()),
        ]  # fmt: skip

    def _of_columns(self, values):
        own = [values[attr] for attr in ("person_id", "legal_id") if values.get(attr)]
        for attr, item in self.items.items():
            value = values.get(attr)
            if value in (None, ""):
                if item.required and not self._may_miss(attr):
                    yield Fault(attr, _("“%s”必须填写。") % item.label, _("请补填。"))
                continue
            if item.kind in (DATE, AMOUNT):
                continue
            if item.length and len(value) > item.length:
                yield Fault(
                    attr,
                    _("“%(name)s”最多 %(most)d 个字，现有 %(now)d 个。")
                    % {"name": item.label, "most": item.length, "now": len(value)},
                    _("请缩短。"),
                )
            if item.public and personal.numbers_in(value, own):
                yield Fault(
                    attr,
                    _("“%s”中有自然人的证件号码，公示内容不得含证件号码。") % item.label,
                    _("请删去号码；相对人的证件号码填在“证件号码”一栏，系统加密保存、不公示。"),
                )

    def _may_miss(self, attr):
        return self.layout == 2016 and attr in (
            "issuer_code", "source_name", "source_code", "valid_until", "valid_from", "party_kind",
        )  # fmt: skip

    def _of_issuers(self, values):
        for attr in ("issuer_code", "source_code"):
            if code := values.get(attr):
                yield from self._credit_code(attr, code)

    # -- lists, dates, amounts --------------------------------------------------------------------

    def _of_lists(self, values):
        day = values.get("decided_on")
        day = day if isinstance(day, date) else None
        checked = [
            ("party_kind", _List.PARTY_KIND, False), ("legal_id_kind", _List.ID_KIND, True),
            ("person_id_kind", _List.ID_KIND, True),
        ]  # fmt: skip
        if self.kind == "licence":
            checked.append(("licence_kind", _List.LICENCE_KIND, True))
        for attr, name, open_ended in checked:
            if value := values.get(attr):
                yield from self._listed(attr, [value], name, day, open_ended)
        if self.kind == "penalty" and (kinds := values.get("penalty_kinds")):
            yield from self._listed("penalty_kinds", kinds_in(kinds), "penalty_kind", day, True)
        if self.kind == "licence" and values.get("current_state") not in (None, "", "1", "2"):
            yield Fault("current_state", _("当前状态只能是 1（有效）或 2（无效）。"), _("请改正。"))

    def _listed(self, attr, found, name, day, open_ended):
        allowed = self._labels(name, day)
        for value in found:
            if value in allowed or (open_ended and value.startswith(_OTHER)):
                continue
            yield Fault(
                attr,
                _("“%(value)s”不是“%(name)s”的规定值。")
                % {"value": value, "name": self.items[attr].label},
                _("可填：%s。") % "、".join(allowed),
            )

    def _of_dates(self, values):
        decided = values.get("decided_on")
        if decided and decided > self.today:
            yield Fault("decided_on", _("决定日期晚于今天。"), _("请核对日期。"))
        order = (
            ("decided_on", "valid_from", "valid_to") if self.kind == "licence"
            else ("decided_on", "valid_until")
        )  # fmt: skip
        pairs = [*pairwise(order)]
        if self.kind == "penalty":
            pairs.append(("decided_on", "publicity_until"))
        for first, second in pairs:
            one, two = values.get(first), values.get(second)
            if one and two and one > two:
                names = {"one": self.items[first].label, "two": self.items[second].label}
                yield Fault(second, _("“%(two)s”早于“%(one)s”。") % names, _("请核对两个日期。"))

    def _of_amounts(self, values):
        kinds = values.get("penalty_kinds") or ""
        for attr, words in (
            ("fine", ("罚款",)), ("confiscated", ("没收",)), ("seized", ("暂扣", "吊销")),
        ):  # fmt: skip
            value, label = values.get(attr), self.items[attr].label
            if any(word in kinds for word in words) and value in (None, ""):
                if self.layout == 2018:
                    yield Fault(
                        attr,
                        _("处罚类别含“%(kind)s”，必须填写“%(name)s”。")
                        % {"kind": "、".join(words), "name": label},
                        _("请补填。"),
                    )
            elif isinstance(value, Decimal) and value < 0:
                yield Fault(attr, _("“%s”不能是负数。") % label, _("请改正。"))
            elif isinstance(value, Decimal) and value != round(value, 6):
                yield Fault(attr, _("“%s”最多 6 位小数。") % label, _("单位是万元，请核对。"))
            elif isinstance(value, Decimal) and value >= Decimal(10) ** 10:
                yield Fault(attr, _("“%s”太大。") % label, _("单位是万元，请核对。"))

    # -- what is allowed but odd ------------------------------------------------------------------

    def doubts(self, values):
        """Sentences on what may be right and probably is not; nothing is refused for them."""
        code, kind = values.get("credit_code") or "", values.get("party_kind")
        owner = codes.OWNERS.get(code[:2], "")
        if codes.is_credit_code(code) and owner and (owner == HOUSEHOLD) is not (kind == HOUSEHOLD):
            yield _("统一社会信用代码的前两位表明这是%(owner)s，类别填的是%(kind)s，请核对。") % {
                "owner": owner, "kind": kind,
            }  # fmt: skip
        for attr in ("issuer_code", "source_code"):
            if codes.OWNERS.get((values.get(attr) or "")[:2], "") in ("企业", HOUSEHOLD):
                yield _("“%s”的前两位表明这是企业或个体工商户，请核对。") % self.items[attr].label
        for attr in ("fine", "confiscated"):
            if (values.get(attr) or 0) >= SUSPICIOUS:
                yield _("“%s”以万元为单位，请核对是否误填为元。") % self.items[attr].label
        for attr, item in self.items.items():
            if item.kind == TEXT and item.public and personal.doubtful_in(values.get(attr) or ""):
                yield _("“%s”中有手机号码或家庭住址，公示前请确认或删去。") % item.label

"""What the standard demands of a record, each breach as a sentence with what to do about it.

A `Checker` reads the code lists once and then answers for any number of records: a sheet of 50,000
rows costs one query.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.credit import codes
from extensions.credit.layouts import AMOUNT, DATE, items_of
from extensions.credit.models.lists import Code
from extensions.credit.models.records import HOUSEHOLD, ORGANISATION, PERSON

#: A person's number, the sort of document that it stands on, and whose it is.
_NUMBERS = (
    ("person_id", "person_id_kind", gettext_lazy("相对人")),
    ("legal_id", "legal_id_kind", gettext_lazy("法定代表人")),
)
#: Between the kinds of one penalty.
SEPARATOR = "；"
ID_CARD = "身份证"
#: From which amount (万元) on somebody asks whether yuan were typed.
SUSPICIOUS = Decimal(1000)
_OTHER = "其他"
_List = Code.List
#: What other systems call 法人及非法人组织 (domain facts, 3.2).
_ORGANISATIONS = dict.fromkeys(("法人", "非法人组织", "02", "03", "2", "3"), ORGANISATION)


@dataclass(frozen=True)
class Fault:
    """What is wrong with the value of a column: the rule, and how to mend it."""

    attr: str
    rule: str
    mend: str

    def __str__(self):
        return f"{self.rule}{self.mend}"


def tidy(values):
    """The same values as they are kept: codes in capitals without gaps, kinds joined by “；”."""
    found = dict(values)
    for attr in ("credit_code", "organisation_code", "issuer_code", "source_code", "legal_id",
                 "person_id"):  # fmt: skip
        if found.get(attr):
            found[attr] = "".join(str(found[attr]).split()).upper()
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


class Checker:
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
        return [
            code.label for code in self._codes.get(name, ())
            if (code.starts is None or code.starts <= day)
            and (code.ends is None or code.ends >= day)
        ]  # fmt: skip

    # -- the whole --------------------------------------------------------------------------------

    def faults(self, values):
        """Everything that is wrong with a record's values, as `Fault`s."""
        return [
            *self._of_columns(values), *self._of_party(values), *self._of_person(values),
            *self._of_issuers(values), *self._of_lists(values), *self._of_dates(values),
            *(self._of_amounts(values) if self.kind == "penalty" else ()),
        ]  # fmt: skip

    def _of_columns(self, values):
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
            if not item.secret and codes.person_numbers_in(value):
                yield Fault(
                    attr,
                    _("“%s”中有居民身份证号，公示内容不得含身份证号。") % item.label,
                    _("请删去号码；相对人的证件号码填在“证件号码”一栏，系统加密保存、不公示。"),
                )

    def _may_miss(self, attr):
        return self.layout == 2016 and attr in (
            "issuer_code", "source_name", "source_code", "valid_until", "valid_from", "party_kind",
        )  # fmt: skip

    # -- the party ------------------------------------------------------------------------------

    def _of_party(self, values):
        kind, code = values.get("party_kind"), values.get("credit_code") or ""
        if kind == PERSON:
            if code:
                yield Fault(
                    "credit_code", _("自然人没有统一社会信用代码。"),
                    _("请清空；如果是个体工商户，请改“行政相对人类别”。"),
                )  # fmt: skip
        elif code:
            yield from self._credit_code("credit_code", code)
        elif kind in (ORGANISATION, HOUSEHOLD) and not self._known_otherwise(values):
            yield Fault(
                "credit_code", _("%s必须填写统一社会信用代码。") % kind, _("请补填 18 位代码。")
            )
        if organisation := values.get("organisation_code"):
            yield from self._organisation_code(organisation, code)
        person = values.get("legal_person")
        if kind == ORGANISATION and not person and self.layout == 2018:
            yield Fault("legal_person", _("法人及非法人组织必须填写法定代表人。"), _("请补填。"))
        if kind == PERSON and person:
            yield Fault("legal_person", _("自然人没有法定代表人。"), _("请清空。"))

    def _known_otherwise(self, values):
        """In 2016 many parties had a number of the older kinds only."""
        others = ("organisation_code", "business_number", "tax_number")
        return self.layout == 2016 and any(values.get(attr) for attr in others)

    def _credit_code(self, attr, code):
        if codes.is_credit_code(code):
            return
        label = self.items[attr].label
        found = codes.kind_of(code)
        if found == "person":
            yield Fault(
                attr, _("“%s”填的是居民身份证号。") % label,
                _("请改填统一社会信用代码；身份证号填在证件号码一栏。"),
            )  # fmt: skip
        elif found == "organisation":
            yield Fault(
                attr, _("“%s”填的是 9 位组织机构代码。") % label,
                _("请改填 18 位统一社会信用代码。"),
            )  # fmt: skip
        elif len(code) != 18:
            yield Fault(
                attr,
                _("“%(name)s”应为 18 位，现为 %(now)d 位。") % {"name": label, "now": len(code)},
                _("请对照证照核对。"),
            )
        else:
            yield Fault(attr, _("“%s”校验码不符（GB 32100）。") % label, _("请对照证照逐位核对。"))

    def _organisation_code(self, value, credit_code):
        attr = "organisation_code"
        if codes.is_credit_code(value):
            yield Fault(
                attr, _("组织机构代码一栏填的是统一社会信用代码。"),
                _("请填到“统一社会信用代码”一栏。"),
            )  # fmt: skip
        elif not codes.is_organisation_code(value):
            yield Fault(attr, _("组织机构代码应为 9 位，校验码须相符（GB 11714）。"), _("请核对。"))
        elif codes.is_credit_code(credit_code) and credit_code[8:17] != value:
            yield Fault(
                attr, _("组织机构代码与统一社会信用代码的第 9 至 17 位不一致。"),
                _("请核对哪一个有误。"),
            )  # fmt: skip

    def _of_person(self, values):
        kind = values.get("party_kind")
        for number, id_kind, whose in _NUMBERS:
            number_value, kind_value = values.get(number), values.get(id_kind)
            if number_value and not kind_value:
                yield Fault(id_kind, _("填了%s证件号码，没有填证件类型。") % whose, _("请补填。"))
            if number_value and kind_value == ID_CARD and not codes.is_person_number(number_value):
                yield Fault(
                    number, _("%s的身份证号码校验不符（GB 11643）。") % whose,
                    _("请对照证件核对；不是身份证的，请改证件类型。"),
                )  # fmt: skip
        if kind == PERSON:
            for attr in ("person_id_kind", "person_id"):
                if not values.get(attr):
                    label = self.items[attr].label
                    yield Fault(attr, _("自然人必须填写%s。") % label, _("请补填，系统不公示。"))
        elif kind == ORGANISATION and values.get("person_id"):
            yield Fault("person_id", _("“证件号码”只用于自然人。"), _("请清空。"))

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
        for attr in ("fine", "confiscated"):
            if (values.get(attr) or 0) >= SUSPICIOUS:
                yield _("“%s”以万元为单位，请核对是否误填为元。") % self.items[attr].label

"""What the standard demands of the party of a record: its codes, its numbers, who stands for it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.credit import codes, personal
from extensions.credit.models.states import HOUSEHOLD, ORGANISATION, PERSON

ID_CARD = "身份证"
#: A person's number, the sort of document that it stands on, and whose it is.
_NUMBERS = (
    ("person_id", "person_id_kind", gettext_lazy("相对人")),
    ("legal_id", "legal_id_kind", gettext_lazy("法定代表人")),
)


@dataclass(frozen=True)
class Fault:
    """What is wrong with the value of a column: the rule, and how to mend it."""

    attr: str
    rule: str
    mend: str

    def __str__(self):
        return f"{self.rule}{self.mend}"


class PartyRules:
    """The part of a `Checker` that looks at the party; `items` and `layout` are the checker's."""

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
            if personal.names(values.get("document_number") or "", values.get("name") or ""):
                yield Fault(
                    "document_number", _("文号公开显示，不能有自然人的姓名。"), _("请改正文号。")
                )
        elif kind == ORGANISATION and values.get("person_id"):
            yield Fault("person_id", _("“证件号码”只用于自然人。"), _("请清空。"))

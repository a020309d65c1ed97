"""Check digits and the rules of the standard."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from extensions.credit import codes
from extensions.credit.periods import months_after
from extensions.credit.validation import Checker
from tests.extensions.credit_house import (
    BUREAU,
    COMPANY,
    INSTITUTION,
    PERSON_NUMBER,
    licence,
    penalty,
    person,
)

GOOD = ["914403001922038216", INSTITUTION, COMPANY, BUREAU, "11441700007280420Y"]


def made(number):
    """A valid credit code, made from scratch by the two standards."""
    pick = random.Random(number)
    body = "".join(pick.choices("0123456789", k=8))
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - sum(w * int(sign) for w, sign in zip(weights, body, strict=True)) % 11
    organisation = body + {10: "X", 11: "0"}.get(rest, str(rest))
    head = pick.choice(["91", "92", "11", "12", "52"]) + "".join(pick.choices("0123456789", k=6))
    head += organisation
    total = sum(pow(3, n, 31) * codes.ALPHABET.index(sign) for n, sign in enumerate(head))
    return head + codes.ALPHABET[-total % 31]


def test_every_changed_character_of_a_code_is_found():
    for code in GOOD + [made(number) for number in range(100)]:
        assert codes.is_credit_code(code), code
        for place in range(18):
            for sign in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ":
                if sign != code[place]:
                    assert not codes.is_credit_code(code[:place] + sign + code[place + 1 :])
    for place in range(18):
        for sign in "0123456789X":
            if sign != PERSON_NUMBER[place]:
                mutated = PERSON_NUMBER[:place] + sign + PERSON_NUMBER[place + 1 :]
                assert not codes.is_person_number(mutated)
    assert codes.is_organisation_code(COMPANY[8:17])
    assert not codes.is_credit_code("９１" + COMPANY[2:])


LATER = timezone.localdate() + timedelta(days=1)
#: kind, changes, field, words of the rule
WRONG = [
    ("licence", {"credit_code": PERSON_NUMBER}, "credit_code", "居民身份证号"),
    ("licence", {"credit_code": COMPANY[8:17]}, "credit_code", "组织机构代码"),
    ("licence", {"organisation_code": COMPANY}, "organisation_code", "统一社会信用代码"),
    ("licence", {"organisation_code": INSTITUTION[8:17]}, "organisation_code", "不一致"),
    ("licence", {"credit_code": ""}, "credit_code", "必须填写"),
    ("licence", {"issuer_code": "1"}, "issuer_code", "18 位"),
    ("licence", {"party_kind": "自然人"}, "credit_code", "没有统一社会信用代码"),
    ("licence", person() | {"person_id": ""}, "person_id", "必须填写"),
    ("licence", person() | {"person_id": "110105194912310021"}, "person_id", "校验不符"),
    ("licence", {"party_kind": "公司"}, "party_kind", "不是"),
    ("licence", {"licence_kind": "随便"}, "licence_kind", "不是"),
    ("licence", {"content": f"许可给{PERSON_NUMBER}"}, "content", "证件号码"),
    ("licence", {"tax_number": PERSON_NUMBER}, "tax_number", "证件号码"),
    ("licence", {"decided_on": LATER}, "decided_on", "晚于今天"),
    ("licence", {"valid_from": date(2016, 1, 1)}, "valid_from", "早于"),
    ("licence", {"current_state": "3"}, "current_state", "只能"),
    ("licence", {"document_name": "长" * 65}, "document_name", "最多 64"),
    ("penalty", {"fine": None}, "fine", "必须填写"),
    ("penalty", {"fine": Decimal("-1")}, "fine", "负数"),
    ("penalty", {"fine": Decimal("0.0000001")}, "fine", "6 位小数"),
    ("penalty", {"penalty_kinds": "罚款；骂人"}, "penalty_kinds", "骂人"),
    ("penalty", {"penalty_kinds": "罚款；没收违法所得"}, "confiscated", "必须填写"),
    ("penalty", {"penalty_kinds": "罚款；吊销许可证件"}, "seized", "必须填写"),
    ("penalty", {"publicity_until": date(2016, 1, 1)}, "publicity_until", "早于"),
    ("penalty", {"facts": ""}, "facts", "必须填写"),
]


@pytest.mark.django_db
def test_each_rule_is_told_at_its_field():
    for kind, changes, field, words in WRONG:
        values = (licence if kind == "licence" else penalty)(**changes)
        found = [str(each) for each in Checker(kind).faults(values) if each.attr == field]
        assert any(words in text for text in found), (changes, found)
    for values, kind in (
        (licence(), "licence"),
        (penalty(), "penalty"),
        (licence(**person()), "licence"),
    ):
        assert not list(Checker(kind).faults(values))
    doubts = " ".join(Checker("penalty").doubts(penalty(
        credit_code=made(1).replace(made(1)[:2], "92", 1), fine=Decimal(2000)
    )))  # fmt: skip
    assert "误填为元" in doubts


@pytest.mark.django_db
def test_codes_of_other_systems_are_read():
    read = Checker("licence").read({
        "party_kind": "02", "licence_kind": "1", "person_id_kind": "01", "current_state": "有效",
        "credit_code": f" {COMPANY[:9].lower()} {COMPANY[9:]}",
    })  # fmt: skip
    assert read == {
        "party_kind": "法人及非法人组织", "licence_kind": "普通", "person_id_kind": "身份证",
        "current_state": "1", "credit_code": COMPANY,
    }  # fmt: skip


def test_months_end_where_the_month_ends():
    assert months_after(date(2016, 11, 30), 3) == date(2017, 2, 28)
    assert months_after(date(2016, 2, 29), 12) == date(2017, 2, 28)
    assert months_after(date(2016, 12, 31), 36) == date(2019, 12, 31)

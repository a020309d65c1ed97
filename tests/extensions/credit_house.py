"""A small bureau with the chain of 双公示, and records as people would write them."""

from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from extensions.credit import services
from extensions.credit.models import KINDS
from page_types.publication.models import RecordChain
from tests.houses import small_house

#: Good codes (domain facts, 3.5).
COMPANY, BUREAU, INSTITUTION = "91230500MA1B3N1N2M", "11230500001755309F", "9144030071526726XG"
PERSON_NUMBER = "11010519491231002X"

ISSUED = {
    "issuer": "省体育局", "issuer_code": BUREAU, "source_name": "省体育局", "source_code": BUREAU,
}  # fmt: skip


def build():
    house = small_house()
    RecordChain.objects.create(name="credit", title="双公示", steps=["department_review"])
    return house


def decided():
    """A day within the seven working days."""
    return timezone.localdate() - timedelta(days=1)


def licence(**changes):
    """The values of a company's licence."""
    return {
        "name": "阳光游泳馆有限公司", "party_kind": "法人及非法人组织", "credit_code": COMPANY,
        "legal_person": "王五", "document_name": "准予行政许可决定书",
        "document_number": "体许〔2026〕1号", "licence_kind": "普通",
        "certificate_name": "高危险性体育项目经营许可证", "licence_number": "GW-2026-001",
        "content": "准予经营游泳项目", "decided_on": decided(), "valid_from": decided(),
        "valid_to": date(2030, 12, 31), "current_state": "1", "remark": "", **ISSUED, **changes,
    }  # fmt: skip


def penalty(**changes):
    """The values of a company's fine."""
    return {
        "name": "阳光游泳馆有限公司", "party_kind": "法人及非法人组织", "credit_code": COMPANY,
        "legal_person": "王五", "document_number": "体罚〔2026〕1号", "conduct": "无证经营",
        "facts": "未取得许可经营游泳项目", "basis": "《全民健身条例》第三十六条",
        "penalty_kinds": "罚款", "content": "罚款二千元", "fine": Decimal("0.2"),
        "decided_on": decided(), "valid_until": decided(), "publicity_until": None,
        **ISSUED, **changes,
    }  # fmt: skip


def person(number=PERSON_NUMBER, name="张三丰"):
    """What makes a natural person the party."""
    return {
        "name": name, "party_kind": "自然人", "credit_code": "", "legal_person": "",
        "person_id_kind": "身份证", "person_id": number,
    }  # fmt: skip


def posted(values):
    """Values as a browser sends them."""
    return {
        name: value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
        for name, value in values.items()
    }


def draft(house, kind="licence", **changes):
    """A draft of department A by Alice, through the service."""
    values = (licence if kind == "licence" else penalty)(**changes)
    return services.create(kind, house.alice, house.departments["a"], values)


def published(house, kind="licence", **changes):
    """A record that Alice wrote and Rita approved, on their screens."""
    record = draft(house, kind, **changes)
    act(house, house.alice, record, "submit")
    return approve(house, house.rita, record)


def act(house, user, record, action, **data):
    """What the person reads after an action on the record's page in the admin."""
    url = reverse("credit:detail", args=[record.kind, record.pk])
    answer = house.client(user).post(url, {"action": action, **data}, follow=True)
    record.refresh_from_db()
    return answer.content.decode()


def approve(house, user, record):
    url = reverse("credit:detail", args=[record.kind, record.pk])
    page = house.client(user).get(url)
    actions = page.context["actions"] if page.status_code == 200 else ()
    seen = [each["form"]["seen"].value() for each in actions if each["name"] == "approve"]
    act(house, user, record, "approve", seen=seen[0] if seen else "0" * 64)
    return KINDS[record.kind].objects.get(pk=record.pk)

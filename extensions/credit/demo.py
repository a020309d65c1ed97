"""Demonstration records: invented parties, through the same verbs as real ones.

Every name says 演示; credit codes have the area 999999, which is nobody's.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from extensions.base import reviewing
from extensions.base.reviewing import RecordRefused
from extensions.credit import services, statements
from extensions.credit.codes import ALPHABET
from extensions.credit.models import Licence, Penalty
from page_types.organisation.duties import holders
from page_types.organisation.models import Department, Post
from page_types.publication.demo import demonstration

MARK = "演示"
#: Code of the department whose records they are, where there is one of that code (群众体育处).
OWNER = "mass"
#: name, what is licensed, days before the day of the demonstration, late by days
LICENCES = [
    ("演示游泳馆有限公司", "高危险性体育项目（游泳）经营许可证", 3, 0),
    ("演示滑雪场有限公司", "高危险性体育项目（高山滑雪）经营许可证", 40, 0),
    ("演示攀岩俱乐部有限公司", "高危险性体育项目（攀岩）经营许可证", 130, 0),
    ("演示潜水中心有限公司", "高危险性体育项目（潜水）经营许可证", 300, 12),
    ("演示健身服务有限公司", "健身气功活动站点设立许可", 420, 0),
    ("演示体育发展有限公司", "临时占用公共体育设施批准", 600, 0),
    ("演示水上运动有限公司", "高危险性体育项目（游泳）经营许可证", 800, 0),
]
#: name, conduct, kinds, fine (10,000 yuan), days before, late by days
PENALTIES = [
    ("演示泳池管理有限公司", "未按规定配备救生人员", "罚款", "1.5", 20, 0),
    ("演示赛事运营有限公司", "擅自举办高危险性体育赛事", "罚款；没收违法所得", "5", 150, 3),
    ("演示体育用品有限公司", "无证经营高危险性体育项目", "罚款", "3", 250, 0),
]
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def code_of(number, head="91"):
    """A credit code with right check characters, of an area that there is not."""
    body = f"MA{number:06d}"
    rest = 11 - sum(w * int(sign, 36) for w, sign in zip(_WEIGHTS, body, strict=True)) % 11
    code = f"{head}999999{body}" + {10: "X", 11: "0"}.get(rest, str(rest))
    total = sum(pow(3, place, 31) * ALPHABET.index(sign) for place, sign in enumerate(code))
    return code + ALPHABET[-total % 31]


@transaction.atomic
def load(as_of):
    """Make the records that are not there; how many were made. Without people: none."""
    if any(model.objects.filter(document_number__startswith=MARK).exists()
           for model in (Licence, Penalty)):  # fmt: skip
        return 0
    found = _department()
    return _Making(*found, as_of).run() if found else 0


def _department():
    """The first department with an officer and another person who reviews."""
    active = Department.objects.filter(active=True).order_by("position")
    for department in sorted(active, key=lambda each: each.code != OWNER):
        officer = holders(Post.OFFICER, department.pk).first()
        reviewers = holders(Post.REVIEWER, department.pk)
        reviewer = officer and reviewers.exclude(pk=officer.pk).first()
        if reviewer:
            return department, officer, reviewer
    return None


class _Making:
    """Makes the records of one department."""

    def __init__(self, department, officer, reviewer, as_of):
        self.department, self.officer, self.reviewer = department, officer, reviewer
        self.as_of, self.made = as_of, 0

    def run(self):
        """Everything; the number of things made."""
        shown = [
            self._public("licence", self._licence(n, *row[:3]), row[3])
            for n, row in enumerate(LICENCES, 1)
        ] + [
            self._public("penalty", self._penalty(n, *row[:5]), row[5])
            for n, row in enumerate(PENALTIES, 1)
        ]
        person = {
            **self._licence(20, "演示人甲", "社会体育指导员技术等级称号", 10),
            "party_kind": "自然人", "credit_code": "", "legal_person": "",
            "person_id_kind": "其他-演示证件", "person_id": "DEMO0001",
        }  # fmt: skip
        shown.append(self._public("licence", person, 0))
        corrected = shown[1]
        values = {**corrected.values(), "content": f"{corrected.content}，营业时间为冬季"}
        services.correct(
            corrected, self.officer, values, "演示更正", "更正许可内容：补充营业时间。（演示）"
        )
        services.withdraw(
            shown[2], self.officer, "演示撤下", "该许可决定已依法撤销，予以撤下。（演示）"
        )
        self._draft("licence", self._licence(30, "演示冰场有限公司", "滑冰场经营许可证", 8))
        waiting = self._draft(
            "penalty", self._penalty(31, "演示场馆有限公司", "未公示安全须知", "罚款", "0.2", 5)
        )
        services.submit(waiting, self.officer)
        self._none()
        return self.made

    def _none(self):
        month = (self.as_of.replace(day=1) - timedelta(days=1)).replace(day=1)
        try:
            statements.state_none(self.officer, "penalty", month, self.department)
        except RecordRefused:
            return  # the month has a record
        self.made += 1

    def _common(self, number, name, days):
        bureau = "演示体育局"
        decided = self.as_of - timedelta(days=days)
        return {
            "name": name, "party_kind": "法人及非法人组织", "credit_code": code_of(number),
            "legal_person": "演示人乙", "decided_on": decided, "issuer": bureau,
            "issuer_code": code_of(1, "11"), "source_name": bureau,
            "source_code": code_of(1, "11"), "remark": "演示数据，不是真实记录",
        }  # fmt: skip

    def _licence(self, number, name, certificate, days):
        common = self._common(number, name, days)
        decided = common["decided_on"]
        return {
            **common, "document_name": "准予行政许可决定书",
            "document_number": f"演示体许〔{decided.year}〕{number}号", "licence_kind": "普通",
            "certificate_name": certificate, "licence_number": f"YS-{number:03d}",
            "content": f"准予核发{certificate}", "valid_from": decided,
            # A demonstration of years ago is looked at today all the same.
            "valid_to": date(max(decided.year, timezone.localdate().year) + 5, 12, 31),
            "current_state": "1",
        }  # fmt: skip

    def _penalty(self, number, name, conduct, kinds, fine, days):
        common = self._common(100 + number, name, days)
        decided = common["decided_on"]
        taken = Decimal("0.8") if "没收" in kinds else None
        return {
            **common, "document_number": f"演示体罚〔{decided.year}〕{number}号",
            "conduct": conduct, "facts": f"经检查，当事人{conduct}", "penalty_kinds": kinds,
            "basis": "《全民健身条例》第三十六条（演示）", "content": f"{kinds}，罚款{fine}万元",
            "fine": Decimal(fine), "confiscated": taken, "valid_until": decided,
        }  # fmt: skip

    def _draft(self, kind, values):
        self.made += 1
        return services.create(kind, self.officer, self.department, values)

    def _public(self, kind, values, late):
        record = self._draft(kind, values)
        day = min(self.as_of, (record.due_on + timedelta(days=late)) if late else
                  record.decided_on + timedelta(days=2))  # fmt: skip
        services.submit(record, self.officer)
        record.refresh_from_db()
        with demonstration(timezone.make_aware(datetime.combine(day, time(10)))):
            reviewing.approve(record.review, self.reviewer, reviewing.seen_of(record))
        record.refresh_from_db()
        return record

"""What happens to a record at the edges of its life: rules that change, periods that are over,
numbers written otherwise, sheets of other years.
"""

from copy import deepcopy
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry

from extensions.credit import clock, reporting, statements, tables
from extensions.credit.desk.lists import list_url
from extensions.credit.models import Code, Licence, Penalty, PublicityRule, PublicNote
from extensions.credit.models.states import State
from tests.extensions.credit_house import (
    BUREAU,
    COMPANY,
    PERSON_NUMBER,
    act,
    build,
    draft,
    licence,
    person,
    posted,
    published,
)
from tests.extensions.test_credit_sheets import confirm, sheet_of, upload
from tests.once import once

pytestmark = pytest.mark.django_db

house_of_the_module = once(build)


@pytest.fixture
def house(house_of_the_module, db):
    return deepcopy(house_of_the_module)


def ago(days):
    return timezone.localdate() - timedelta(days=days)


def test_what_is_over_before_it_is_approved_was_never_public(house, client):
    old = date(2016, 9, 1)
    record = published(house, "penalty", decided_on=old, valid_until=old)
    assert (record.state, record.public_on, record.is_late) == (State.OVER, None, False)
    assert client.get(record.get_absolute_url()).status_code == 404
    assert tables.numbers("penalty", 2016) == {"public": 0, "late": 0}
    assert not PublicNote.objects.exists()
    assert "已超期" not in act(house, house.alice, record, "nothing")


def test_a_public_record_is_not_closed_by_a_day_before_its_publication(house, client):
    record = published(house, "penalty", decided_on=ago(20), valid_until=ago(20))
    url = reverse("credit:correct", args=["penalty", record.pk])
    data = {
        **posted(record.values()), "publicity_until": ago(5).isoformat(), "reason": "改",
        "note": "更正截止期。", "version": record.version,
    }  # fmt: skip
    assert "早于公示日期" in house.client(house.alice).post(url, data).content.decode()
    assert client.get(record.get_absolute_url()).status_code == 200
    # The class of publicity alone is a correction too.
    data = {**data, "publicity_until": "", "severity": "serious"}
    house.client(house.alice).post(url, data)
    record.refresh_from_db()
    assert (record.severity, record.shown_until.year) == ("serious", record.decided_on.year + 3)


def test_changed_rules_move_periods_with_a_version_and_hide_at_once(house, client):
    record = published(house, "penalty", decided_on=ago(100), valid_until=ago(100))
    PublicityRule.objects.filter(severity="ordinary", ends=None).update(min_months=0, max_months=3)
    clock.work()
    record.refresh_from_db()
    assert record.state == State.OVER
    assert client.get(record.get_absolute_url()).status_code == 410
    told = house.client(house.rita).get(
        reverse("records_ext_credit_penalty_history", args=[record.pk])
    )
    assert "公示期限规则" in told.content.decode()


def test_a_code_list_that_changes_leaves_older_decisions_as_they_were(house):
    record = published(house, "penalty")
    until = record.shown_until
    Code.objects.filter(label="罚款").update(ends=timezone.localdate())
    Code.objects.create(
        list="penalty_kind", label="罚款", severity="light",
        starts=timezone.localdate() + timedelta(days=1),
    )  # fmt: skip
    clock.work()
    record.refresh_from_db()
    assert (record.state, record.shown_until) == (State.PUBLIC, until)
    # A kind outside of the list does not make a decision lighter than it is by itself.
    other = published(
        house, "penalty", document_number="2号", penalty_kinds="警告；其他-责令改正", fine=None
    )
    assert other.state == State.PUBLIC


def test_withdrawn_after_more_than_three_days_is_marked(house):
    slow = published(house, decided_on=ago(9), valid_from=ago(9))
    act(house, house.alice, slow, "withdraw", reason="撤销", note="已撤销。", cause_on=ago(4))
    quick = published(house, decided_on=ago(9), valid_from=ago(9), document_number="2号")
    act(house, house.alice, quick, "withdraw", reason="撤销", note="已撤销。", cause_on=ago(3))
    page = house.client(house.alice).get(slow.review_url()).content.decode()
    assert "超过 3 日撤下" in page
    assert "超过 3 日撤下" not in house.client(house.alice).get(quick.review_url()).content.decode()
    listed = house.client(house.alice).get(list_url("licence", "deadline=withdrawn_late"))
    assert [each.pk for each in listed.context["object_list"]] == [slow.pk]


def test_a_report_says_what_is_gone_and_leaves_nothing_out(house):
    since = timezone.now()
    gone = published(house, "penalty")
    short = published(
        house, "penalty", document_number="短1号", publicity_until=timezone.localdate()
    )
    act(house, house.alice, gone, "withdraw", reason="撤销", note="已撤销。")
    Penalty.objects.filter(pk=short.pk).update(state=State.OVER, ended_on=timezone.localdate())
    line = reporting.line_of("penalty")
    found = {r.document_number: line(r) for r in reporting.records("penalty", changed_since=since)}
    assert "已撤下" in found[gone.document_number][-1]
    assert found["短1号"][-1] == ""
    # Over for long, and reported when it was public: it does not come again.
    later = timezone.now() + timedelta(days=1)
    Penalty.objects.filter(pk=short.pk).update(changed_at=later + timedelta(hours=1))
    assert not reporting.records("penalty", changed_since=later).exists()


def test_a_draft_by_mistake_is_deleted_and_its_versions_stay(house):
    record, sent = draft(house), draft(house, document_number="2号")
    act(house, house.alice, sent, "submit")
    act(house, house.alice, sent, "take_back")
    assert "只能删除没有送审过的草稿" in act(house, house.alice, sent, "discard")
    url = reverse("credit:detail", args=["licence", record.pk])
    assert house.client(house.beate).post(url, {"action": "discard"}).status_code == 404
    chosen = [f"{record.pk}:{record.version}", f"{sent.pk}:{sent.version}"]
    told = house.client(house.alice).post(
        reverse("credit:submit", args=["licence"]), {"chosen": chosen, "discard": "1"}, follow=True
    )
    assert "已删除 1 条草稿" in told.content.decode()
    assert [each.pk for each in Licence.objects.all()] == [sent.pk]
    last = Licence.history.filter(id=record.pk).first()
    assert (last.history_type, last.history_user) == ("-", house.alice)


@pytest.mark.parametrize("asked", ["体许[2026]1号", "体许（2026）1 号", "体许〔２０２６〕１号"])
def test_a_number_is_found_with_other_brackets(house, client, asked):
    record = published(house)
    listed = client.get(reverse("credit_licences"), {"q": asked}).content.decode()
    assert record.get_absolute_url() in listed


def test_one_number_for_one_body_however_either_is_written(house):
    draft(house, document_number="体许(2026)1号")
    for changes in (
        {"document_number": "体许（２０２６） 1号"},
        {"document_number": "体许(2026)1号", "issuer": "辽宁省体育局"},
    ):
        data = {**posted(licence(**changes)), "department": house.departments["a"].pk}
        page = house.client(house.alice).post(reverse("credit:add", args=["licence"]), data)
        assert "已有文号" in page.content.decode()
    other = licence(document_number="体许(2026)1号", issuer="辽宁省体育局")
    made = upload(house, "licence", sheet_of("licence", other))
    assert (made.wrong, made.new) == (1, 0)
    # Another body may have the same number; so may a penalty.
    elsewhere = licence(document_number="体许(2026)1号", issuer="大连市体育局", issuer_code="")
    made = upload(house, "licence", sheet_of("licence", {**elsewhere, "issuer_code": COMPANY}))
    assert made.new == 1
    draft(house, "penalty", document_number="体许(2026)1号")


def test_a_sheet_of_2016_read_twice_changes_nothing(house):
    himself = {
        **licence(), **person(), "person_id_kind": "", "legal_person": "张三丰",
        "valid_to": "2030/1/1", "decided_on": "20160901", "document_number": "1号",
    }  # fmt: skip
    trader = {**himself, "document_number": "2号", "name": "三丰攀岩馆",
              "business_number": "440301103456789"}  # fmt: skip
    another = {**himself, "document_number": "3号", "legal_person": "李四"}
    data = sheet_of("licence", himself, trader, another, year=2016)
    made = upload(house, "licence", data)
    assert (made.new, made.wrong) == (2, 1)
    data = sheet_of("licence", himself, trader, year=2016)
    confirm(house, upload(house, "licence", data))
    kinds = dict(Licence.objects.values_list("document_number", "party_kind"))
    assert kinds == {"1号": "自然人", "2号": "个体工商户"}
    made = upload(house, "licence", data)
    assert (made.identical, made.writes) == (2, 0)
    assert Licence.objects.get(document_number="1号").person_id == PERSON_NUMBER


def test_many_changed_rows_do_not_cost_a_query_each(house):
    def changed(count, content):
        rows = [
            licence(document_number=f"体许〔2026〕{n}号", content=content) for n in range(count)
        ]
        made = upload(house, "licence", sheet_of("licence", *rows))
        with CaptureQueriesContext(connection) as queries:
            confirm(house, made)
        return len(queries), made

    changed(40, "甲")
    few, _made = changed(4, "乙")
    many, made = changed(40, "丙")
    assert made.changed == 40
    assert many <= few + 4
    record = Licence.objects.first()
    assert {e.user for e in _logs(record)} == {house.alice}


def _logs(record):
    return registry.get_logs_for_instance(record).filter(action="credit.import")


def test_the_word_of_no_records_ends_when_a_correction_moves_one_into_its_month(house):
    before = timezone.localdate().replace(day=1) - timedelta(days=1)
    month = before.replace(day=1)
    statements.state_none(house.alice, "licence", month, house.departments["a"])
    today = timezone.localdate()
    record = published(house, decided_on=today, valid_from=today)
    assert statements.standing("licence").exists()
    url = reverse("credit:correct", args=["licence", record.pk])
    data = {
        **posted(licence(decided_on=before, valid_from=before)), "reason": "日期有误",
        "note": "更正许可决定日期。", "version": record.version,
    }  # fmt: skip
    house.client(house.alice).post(url, data)
    assert not statements.standing("licence").exists()


def test_codes_of_enterprises_as_bodies_are_doubted(house):
    record = draft(house, issuer_code=COMPANY)
    page = house.client(house.alice).get(record.review_url()).content.decode()
    assert "前两位表明这是企业" in page
    assert BUREAU in page

"""Whatever is done to the audit trail behind the portal's back is found, and named."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry

from page_types.publication.models import Counter, Event
from page_types.review.audit import chain, heads, sequencer
from page_types.review.audit.models import AuditAddress, AuditEntry
from page_types.review.audit.retention import erase_addresses
from tests.once import once
from tests.review.audit_helpers import behind, last, numbered_house, verified

trail_of_the_module = once(numbered_house)


@pytest.fixture
def trail(trail_of_the_module, settings, tmp_path, db):
    """The house, with the heads in a folder of the test's own: one of today covers all so far."""
    settings.PORTAL_AUDIT_HEADS = tmp_path / "heads"
    heads.write_if_due()
    return trail_of_the_module


def cut(number):
    """The tail is gone, from this entry on."""
    behind(AuditEntry).filter(number__gte=number).delete()


def set_counter(value):
    Counter.objects.filter(name="audit").update(value=value)


def later_entry(house, what="名称"):
    log(house.alice, "wagtail.edit", user=house.admin, data={"what": what})
    sequencer.sequence_audit()
    return last()


@pytest.mark.parametrize("field", [*chain.FIELDS[1:-1], "mac"])
def test_a_change_of_any_field_is_found(trail, field):
    victim = AuditEntry.objects.filter(source="event").last()
    value = getattr(victim, field)
    other = {
        "at": victim.at + timedelta(seconds=1),
        "entered_at": victim.entered_at + timedelta(microseconds=1),
        "adopted": True,
        "department_id": trail.departments["office"].pk,
        "source": "",
    }.get(field, (value or 0) + 1 if field.endswith("_id") and field[0] in "us" else "x")
    behind(AuditEntry).filter(number=victim.number).update(**{field: other})
    code, said = verified()
    assert code == 1 and f"第 {victim.number} 条" in said


def test_an_entry_cut_out_of_the_middle_is_found(trail):
    number = last().number - 5
    behind(AuditEntry).filter(number=number).delete()
    code, said = verified()
    assert code == 1
    assert f"第 {number} 条：缺失" in said and f"第 {number + 1} 条" in said


def test_swapped_numbers_are_found(trail):
    one = last().number
    for before, after in ((one, 0), (one - 1, one), (0, one - 1)):
        behind(AuditEntry).filter(number=before).update(number=after)
    code, said = verified()
    assert code == 1
    assert f"第 {one} 条" in said and f"第 {one - 1} 条" in said


def test_a_forged_entry_is_found(trail):
    victim = AuditEntry.objects.filter(source="event").last()
    victim.number, victim._state.adding = last().number + 1, True
    behind(AuditEntry).bulk_create([victim])
    code, said = verified()
    assert code == 1 and f"第 {victim.number} 条" in said and "伪造" in said
    assert "有 2 条审计记录" in said


def test_a_tail_cut_before_the_last_head_is_found_whatever_else_is_put_right(trail):
    """The counter set back and new entries over the place of the old ones: the head knows."""
    end = last().number
    cut(end - 2)
    set_counter(end - 3)
    code, said = verified()
    assert code == 1 and "末尾被截去" in said and f"第 {end} 条" in said
    for _ in range(3):
        later_entry(trail)
    code, said = verified()
    assert code == 1 and f"第 {end} 条已不是当日的那一条" in said


def test_a_tail_cut_since_the_last_head_is_found_by_counter_and_sources(trail):
    number = later_entry(trail).number
    cut(number)
    code, said = verified()
    assert code == 1 and f"第 {number} 条：缺失" in said
    set_counter(number - 1)
    code, said = verified()
    assert code == 1 and ModelLogEntry._meta.db_table in said and "没有相应的审计记录" in said
    assert later_entry(trail).number == number


def test_numbering_goes_on_after_a_cut_and_leaves_the_gap(trail):
    number = later_entry(trail).number
    cut(number)
    assert later_entry(trail).number == number + 1
    assert f"第 {number} 条：缺失" in verified()[1]


def test_source_rows_changed_deleted_and_smuggled_in_are_found(trail):
    log_row = PageLogEntry.objects.filter(page=trail.article.pk).first()
    table = PageLogEntry._meta.db_table
    PageLogEntry.objects.filter(pk=log_row.pk).update(user=trail.bob)
    event = AuditEntry.objects.filter(source="event").last().source_id
    behind(Event).filter(number=event).update(title="x")
    code, said = verified()
    assert code == 1
    assert f"来源 {table} #{log_row.pk} 被改动" in said
    assert f"来源 publication_event #{event} 被改动" in said
    PageLogEntry.objects.filter(pk=log_row.pk).update(id=987654)
    code, said = verified()
    assert f"来源 {table} #{log_row.pk} 已不存在" in said
    assert f"{table} #987654：没有相应的审计记录" in said


def test_heads_changed_or_removed_are_found(trail, monkeypatch):
    later = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    later_entry(trail)
    assert heads.write_if_due().number == last().number
    assert heads.write_if_due() is None, "one a day"
    assert verified()[0] == 0
    first, second = heads.path().read_text().splitlines()
    changed = json.loads(second) | {"number": last().number - 1}
    for lines, what in (
        ([first, json.dumps(changed)], "账头的校验码不符"),
        ([second], "与上一账头不相接"),
        ([first, "{}"], "不能读取"),
    ):
        heads.path().write_text("\n".join(lines) + "\n")
        code, said = verified()
        assert code == 1 and what in said
    heads.path().unlink()
    much_later = later + timedelta(days=3)
    monkeypatch.setattr(timezone, "now", lambda: much_later)
    assert "两天以上没有新的账头" in verified()[1]
    heads.write_if_due()
    assert "删去后重建" in verified()[1]


def test_the_old_key_still_verifies_and_a_foreign_one_does_not(trail, settings):
    settings.PORTAL_AUDIT_OLD_KEYS = [settings.PORTAL_AUDIT_KEY]
    settings.PORTAL_AUDIT_KEY = "a-new-key-" * 6
    later_entry(trail)
    assert verified()[0] == 0
    settings.PORTAL_AUDIT_OLD_KEYS = []
    code, said = verified()
    assert code == 1 and "第 1 条" in said and "密钥" in said


def test_network_addresses_go_in_their_time_and_not_before(trail, client, monkeypatch):
    client.post("/admin/login/", {"username": "alice", "password": "x"}, REMOTE_ADDR="10.1.2.3")
    sequencer.sequence_audit()
    number = last().number
    AuditAddress.objects.filter(pk=number).update(address="10.9.9.9")
    assert "网络地址被改动" in verified()[1]
    AuditAddress.objects.get(pk=number).delete()
    assert "网络地址在保存期内被删除" in verified()[1]
    AuditAddress.objects.create(number=number, at=last().at, address="10.1.2.3")
    later = timezone.now() + timedelta(days=201)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert erase_addresses() == 1
    sequencer.told()
    assert not AuditAddress.objects.exists()
    assert not [line for line in verified()[1].splitlines() if "地址" in line]

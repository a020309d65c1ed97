"""History of records in the admin, with reasons and without secrets; their lists."""

from copy import deepcopy
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from exports import datasets
from extensions.base.records import history
from extensions.base.records.changes import changes_dataset
from extensions.base.records.history import (
    ReasonMissing,
    bulk_create_with_history,
    bulk_update_with_history,
    save_with_reason,
)
from tests.extensions import records_toys
from tests.extensions.records_toys import Toy, get, toy
from tests.houses import small_house
from tests.once import once

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.extensions.records_toys"),
]
SECRET = "11010519491231002X"


def build():
    records_toys.make_tables()
    return small_house()


house_of_the_module = once(build)


@pytest.fixture
def house(house_of_the_module, db):
    return deepcopy(house_of_the_module)


def page(house, user, toy, name="history", **query):
    return get(house, user, f"records_records_toys_toy_{name}", toy.pk, **query).content.decode()


def test_a_change_of_a_public_record_says_why_or_is_refused(house):
    one = toy(house, public=True)
    one.name = "乙公司"
    for refused in (
        lambda: save_with_reason(one, house.alice, "  "),
        one.save,
        lambda: bulk_update_with_history([one], ["name"], house.alice),
    ):
        with pytest.raises(ReasonMissing), transaction.atomic():
            refused()
    one.refresh_from_db()
    assert one.name == "甲公司" and one.history.count() == 1
    one.name = "乙公司"
    save_with_reason(one, house.alice, "企业更名")
    newest = one.history.first()
    assert (newest.history_user, newest.history_change_reason) == (house.alice, "企业更名")


def test_the_timeline_shows_who_changed_what_and_why_but_no_secret(house):
    one = toy(house, secret=SECRET, digest="digest-one", kind="01")
    one.name, one.secret, one.digest, one.kind = "乙公司", "9" * 18, "digest-two", "02"
    save_with_reason(one, house.alice, "更名")
    shown = page(house, house.alice, one)
    assert all(word in shown for word in ("甲公司", "乙公司", "更名", "安丽", "普通", "特许"))
    assert "证件号码" in shown and SECRET not in shown and "9" * 18 not in shown
    assert "digest-two" not in shown and "恢复到这一版本" in shown
    assert SECRET in page(house, house.admin, one)
    old, new = one.history.values_list("pk", flat=True).order_by("pk")
    compared = page(house, house.alice, one, "compare", old=new, new=old)
    table = compared[compared.index("<tbody>") :]
    assert table.index("甲公司") < table.index("乙公司") and table.count("不同") == 3
    assert SECRET not in compared
    outsider = get(house, house.bob, "records_records_toys_toy_history", one.pk)
    assert outsider.status_code == 404


def test_going_back_makes_a_new_version_and_asks_first(house):
    one = toy(house, public=True)
    first = one.history.get()
    one.name = "乙公司"
    save_with_reason(one, house.alice, "更名")
    url = reverse("records_records_toys_toy_revert", args=[one.pk, first.pk])
    client = house.client(house.alice)
    asked = client.get(url)
    newest = asked.context["form"].initial["newest"]
    assert "乙公司" in asked.content.decode() and one.history.count() == 2
    assert client.post(url, {"newest": newest, "reason": " "}).status_code == 200
    assert client.post(url, {"newest": first.pk, "reason": "误改"}).status_code == 200
    one.refresh_from_db()
    assert one.name == "乙公司"
    client.post(url, {"newest": newest, "reason": "误改"})
    one.refresh_from_db()
    assert one.name == "甲公司" and one.public and one.history.count() == 3
    assert one.history.first().history_change_reason == "误改"
    assert house.client(house.rita).post(url, {"newest": newest, "reason": "x"}).status_code in (
        302, 403,
    )  # fmt: skip
    assert one.history.count() == 3


def test_as_it_was_on_a_day(house):
    one = toy(house)
    version = one.history.get()
    Toy.history.filter(pk=version.pk).update(history_date=timezone.now() - timedelta(days=3))
    one.name = "乙公司"
    save_with_reason(one, house.alice, "更名")
    today = timezone.localdate()
    shown = {
        days: page(
            house, house.alice, one, "as_it_was", on=(today - timedelta(days=days)).isoformat()
        )
        for days in (0, 1, 5)
    }
    assert "<td>乙公司</td>" in shown[0] and "<td>甲公司</td>" in shown[1]
    assert "当日还没有这条记录" in shown[5]


def test_many_are_saved_with_their_history_and_not_a_query_each(house):
    department = house.departments["a"]

    def made(count):
        return [
            Toy(name="甲", number=f"{count}-{n}", decided=date(2016, 9, 1), department=department)
            for n in range(count)
        ]

    with CaptureQueriesContext(
        connection,
    ) as few:
        bulk_create_with_history(made(20), house.alice, "导入")
    with history.one_act(), CaptureQueriesContext(connection) as many:
        records = bulk_create_with_history(made(60), house.alice, "导入")
        for each in records:
            each.name = "乙"
        bulk_update_with_history(records, ["name"], house.alice, "更名")
    assert len(few) <= 6 and len(many) <= 20
    assert set(Toy.objects.filter(number__startswith="60-").values_list("name", flat=True)) == {
        "乙"
    }
    versions = Toy.history.filter(history_type="~")
    assert versions.count() == 60 and len(set(versions.values_list("history_request"))) == 1


def test_who_did_what_is_a_data_set_without_secrets(house):
    one = toy(house, secret=SECRET)
    one.name, one.secret = "乙公司", ""
    save_with_reason(one, house.andy, "更名")
    found = changes_dataset(Toy, "toy_changes", "玩具修改记录", "auth.x")
    assert isinstance(found, datasets.Dataset)
    today = timezone.localdate()
    first, second = found.rows(today, today)
    assert [first[1:3], second[1:3]] == [("安丽", "新增"), ("安第", "修改")]
    assert second[5:7] == ("更名", "名称：甲公司 → 乙公司；证件号码：****** → —")
    assert not list(found.rows(today + timedelta(days=1), None))


LIST = "records_toys_toy_modeladmin_index"


def listed(house, user, **query):
    client = house.client(user)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse(LIST), query)
    return answer.content.decode(), len(queries)


def test_the_list_shows_the_own_departments_records_filtered_and_searched(house):
    for number in range(60):
        toy(house, number=f"{number}号", name="甲公司" if number else "乙公司", kind="01")
    toy(house, number="他处", department=house.departments["b"], kind="02", secret=SECRET)
    shown, queries = listed(house, house.alice)
    assert shown.count("data-object-pk") == 50 and "他处<" not in shown and queries <= 20
    shown, queries = listed(house, house.alice, q="乙公")
    assert shown.count("data-object-pk") == 1 and queries <= 20
    shown, queries = listed(house, house.admin, kind__exact="02")
    assert shown.count("data-object-pk") == 1 and queries <= 20
    # Stock would answer lookups of any field, and export what it lists.
    shown, _queries = listed(house, house.admin, secret__startswith="11")
    assert shown.count("data-object-pk") == 50
    assert "<html" in listed(house, house.admin, export="csv")[0]


def test_looking_at_one_record_masks_its_secret(house):
    one = toy(house, secret=SECRET, digest="abcdef")
    name = "records_toys_toy_modeladmin_inspect"
    shown = get(house, house.alice, name, one.pk).content.decode()
    assert "甲公司" in shown and SECRET not in shown and "abcdef" not in shown
    assert get(house, house.bob, name, one.pk).status_code in (302, 403, 404)


def test_a_page_has_the_same_timeline_drafts_and_log_in_one(house):
    draft = house.draft(house.alice, "news", "一篇稿子")
    house.edit(draft, house.andy, title="改过的稿子")
    answer = get(house, house.alice, "records_page_history", draft.pk)
    shown = answer.content.decode()
    assert answer.status_code == 200 and shown.count("保存草稿") >= 2 and "安第" in shown
    assert get(house, house.bob, "records_page_history", draft.pk).status_code == 404

"""Numbers and names of persons, put where nobody expects them: no door lets them out."""

import io
from copy import deepcopy

import openpyxl
import pytest
from django.urls import reverse

from extensions.base.records.importing import storage
from extensions.credit.desk.lists import list_url
from extensions.credit.models import Licence
from extensions.credit.validation import Checker
from page_types.organisation.models import User
from search import indexing
from search.documents import SearchDocument
from tests.extensions.credit_house import (
    PERSON_NUMBER,
    act,
    build,
    draft,
    licence,
    person,
    posted,
    published,
)
from tests.extensions.test_credit_sheets import sheet_of, upload
from tests.once import once

pytestmark = pytest.mark.django_db

house_of_the_module = once(build)
NAME = "张三丰"
MASKED = "110105********002X"


@pytest.fixture
def house(house_of_the_module, db):
    return deepcopy(house_of_the_module)


def test_a_persons_name_in_any_public_column_is_masked_everywhere(house, client):
    published(
        house, **person(), certificate_name=f"{NAME}攀岩指导员证", content="准予 张 三 丰 从事指导",
        document_name=f"关于准予{NAME}的决定", remark=f"{NAME}为运动员",
    )  # fmt: skip
    published(
        house, **person(), certificate_name="", document_name=f"关于准予{NAME}的决定",
        document_number="2号",
    )  # fmt: skip
    indexing.catch_up()
    for door in (
        "/credit/", "/credit/licences/", "/credit/licences/feed/", "/credit/licences.json",
        "/search/?q=体许", "/search/?q=指导员", "/api/v1/search/?q=体许",
        *(each.get_absolute_url() for each in Licence.objects.all()),
    ):  # fmt: skip
        answer = client.get(door)
        data = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = "".join(data.decode().split())
        assert NAME not in text, door
    for each in SearchDocument.objects.filter(source="credit"):
        assert NAME not in "".join(f"{each.title}{each.summary}{each.body}".split())


@pytest.mark.parametrize(
    ("attr", "text"),
    [
        ("content", f"持证人 {PERSON_NUMBER.lower()}"),
        ("content", "持证人１１０１０５１９４９１２３１００２Ｘ"),
        ("remark", "身份证：110105 19491231 002X"),
        ("remark", "110105-1949-1231-002X"),
        ("content", "身份证号码110105491231002"),
        ("tax_number", f"{PERSON_NUMBER}00"),
        ("business_number", PERSON_NUMBER),
        ("content", "护照号E12345678，准予"),
        ("content", "持e 1234 5678 入场"),
    ],
)
def test_a_persons_number_is_found_however_it_is_written(db, attr, text):
    values = licence(**{**person("E12345678"), "person_id_kind": "护照号"}, **{attr: text})
    if attr == "business_number":
        values = licence(**{attr: text})
    found = [each for each in Checker("licence").faults(values) if each.attr == attr]
    assert found, text


def test_other_long_numbers_are_no_persons(db):
    for values in (
        licence(
            content="联系单 440301103456789，合同 2016090112345678", tax_number="440301103456789"
        ),
        licence(business_number="440301103456789", licence_number="GW-2026-0000000000001"),
    ):
        assert not list(Checker("licence").faults(values))


def test_a_number_in_the_wrong_column_is_not_repeated_by_preview_or_reasons(house):
    rows = [
        licence(credit_code=PERSON_NUMBER),
        licence(document_number="2号", party_kind=PERSON_NUMBER),
        licence(document_number=PERSON_NUMBER, content=""),
    ]
    made = upload(house, "licence", sheet_of("licence", *rows))
    assert made.wrong == 3
    page = house.client(house.alice).get(reverse("records_imports:detail", args=[made.pk]))
    assert PERSON_NUMBER not in page.content.decode()
    assert "填的是居民身份证号" in page.content.decode()
    assert PERSON_NUMBER not in str(storage.verdicts(made))
    assert PERSON_NUMBER not in storage._path(made, "verdicts").read_text(encoding="utf-8")
    errors = house.client(house.alice).get(reverse("records_imports:errors", args=[made.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(errors.streaming_content)))
    assert all(PERSON_NUMBER not in row[-1] for row in book.active.iter_rows(values_only=True))


def test_the_form_keeps_a_number_without_showing_it(house):
    record = draft(house, **person())
    url = reverse("credit:edit", args=["licence", record.pk])
    page = house.client(house.alice).get(url)
    assert PERSON_NUMBER not in page.content.decode()
    assert MASKED in page.content.decode()
    version = page.context["form"]["version"].value()
    values = {**posted(licence(**person())), "person_id": "", "content": "别的", "version": version}
    house.client(house.alice).post(url, values)
    record.refresh_from_db()
    assert (record.content, record.person_id) == ("别的", PERSON_NUMBER)
    # A company has none: both are emptied.
    company = {**posted(licence()), "person_id_kind": "", "person_id": "", "version": "2"}
    house.client(house.alice).post(url, company)
    record.refresh_from_db()
    assert (record.party_kind, record.person_id) == ("法人及非法人组织", "")


def test_not_even_the_superuser_reads_numbers_in_histories(house):
    record = published(house, **person())
    root = User.objects.create_superuser("root", password="x")
    first, last = record.history.last(), record.history.first()
    name = "records_ext_credit_licence"
    doors = [
        reverse(f"{name}_history", args=[record.pk]),
        reverse(f"{name}_compare", args=[record.pk]) + f"?old={first.pk}&new={last.pk}",
        reverse(f"{name}_as_it_was", args=[record.pk]) + f"?on={record.public_on}",
        reverse("credit_licences_modeladmin_inspect", args=[record.pk]),
        reverse("credit:detail", args=["licence", record.pk]),
        list_url("licence"),
    ]
    for user in (root, house.alice, house.rita, house.olga):
        for door in doors:
            answer = house.client(user).get(door)
            assert PERSON_NUMBER not in answer.content.decode(), (user, door)
            assert answer.status_code == 200 or user == root, door


def test_reasons_and_notes_carry_no_number(house):
    record = published(house, **person())
    told = act(
        house, house.alice, record, "withdraw", reason=f"本人 {PERSON_NUMBER}", note="撤下。"
    )
    assert "不能有证件号码" in told
    for note in ("张 三 丰的许可已撤销", "证件１１０１０５１９４９１２３１００２Ｘ"):
        told = act(house, house.alice, record, "withdraw", reason="撤销", note=note)
        assert "公开说明中不能有" in told
    assert record.state == "public"

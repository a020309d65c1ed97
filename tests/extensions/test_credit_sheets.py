"""Sheets in and out: both layouts, by the admin and commands; nothing of a person leaks."""

import io
import zipfile
from copy import deepcopy
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports import datasets
from exports.writing import Wish, write_to
from extensions.base.records.importing import importers, services, storage
from extensions.base.records.importing.models import SheetImport
from extensions.base.records.timeline import timeline
from extensions.credit import layouts, reporting
from extensions.credit.codes import is_person_number
from extensions.credit.desk.lists import list_url
from extensions.credit.models import Licence, Penalty, Report
from extensions.credit.models.states import State
from page_types.review.audit.models import AuditOutbox
from search import indexing
from search.documents import SearchDocument
from tests.extensions.credit_house import (
    COMPANY,
    PERSON_NUMBER,
    act,
    build,
    draft,
    licence,
    penalty,
    person,
    published,
)
from tests.once import once

pytestmark = pytest.mark.django_db

house_of_the_module = once(build)


@pytest.fixture
def house(house_of_the_module, db):
    return deepcopy(house_of_the_module)


def workbook(headings, *rows):
    book = openpyxl.Workbook()
    for row in (headings, *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload(house, kind, data, name="表.xlsx", user=None):
    """The import after the officer has sent the sheet."""
    client = house.client(user or house.alice)
    client.post(
        reverse("records_imports:index"),
        {
            "importer": f"credit_{kind}", "department": house.departments["a"].pk,
            "sheet": SimpleUploadedFile(name, data),
        },
    )  # fmt: skip
    return SheetImport.objects.first()


def confirm(house, made):
    house.client(house.alice).post(reverse("records_imports:confirm", args=[made.pk]))
    made.refresh_from_db()
    return made


def sheet_of(kind, *records, labels=True, year=2018):
    """A sheet with these values, headed by labels or codes."""
    items = layouts.LAYOUTS[kind, year]
    headings = [str(item.label) if labels else item.code for item in items]
    return workbook(
        headings, *([_cell(record.get(item.attr)) for item in items] for record in records)
    )


def _cell(value):
    return float(value) if isinstance(value, Decimal) else value or None


def test_a_sheet_with_errors_is_mended_and_brought_in(house, client):
    good, person_row = licence(), licence(document_number="2号", **person())
    wrong = licence(document_number="3号", credit_code=COMPANY[:-1] + "A")
    made = upload(house, "licence", sheet_of("licence", good, person_row, wrong))
    assert (made.given, made.new, made.wrong) == (3, 2, 1)
    assert not Licence.objects.exists()
    page = house.client(house.alice).get(reverse("records_imports:detail", args=[made.pk]))
    assert "校验码不符" in page.content.decode()
    errors = house.client(house.alice).get(reverse("records_imports:errors", args=[made.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(errors.streaming_content)))
    rows = list(book.active.iter_rows(values_only=True))
    assert len(rows) == 2
    assert "校验码不符" in rows[1][-1]
    again = [list(row) for row in rows]
    again[1][rows[0].index("行政相对人代码_1（统一社会信用代码）")] = COMPANY
    confirm(house, upload(house, "licence", workbook(*again)))
    confirm(house, upload(house, "licence", sheet_of("licence", good, person_row)))
    assert Licence.objects.count() == 3
    assert {r.state for r in Licence.objects.all()} == {State.DRAFT}
    # The same sheet once more changes nothing; so does one headed by codes, in another order.
    for labels in (True, False):
        made = upload(house, "licence", sheet_of("licence", good, person_row, labels=labels))
        assert (made.identical, made.writes) == (2, 0)
    kept = Licence.objects.get(document_number="2号")
    assert (kept.person_id, kept.version) == (PERSON_NUMBER, 1)
    # Whoever imported does not approve, even though another sent it on.
    act(house, house.andy, kept, "submit")
    assert house.alice.pk in kept.further_hands()


def test_the_template_of_2016_is_read_and_written(house, tmp_path):
    row = {
        **licence(document_name="游泳馆许可"), "area_code": "210000", "licence_kind": "普通许可",
        "decided_on": "2016年9月1日", "valid_to": "长期", "organisation_code": "",
    }  # fmt: skip
    of_a_person = {**row, "document_number": "2号", "name": "张三丰", "credit_code": "",
                   "legal_person": "", "person_id": PERSON_NUMBER}  # fmt: skip
    made = confirm(
        house, upload(house, "licence", sheet_of("licence", row, of_a_person, year=2016))
    )
    assert made.state == "done", made.message
    company, natural = Licence.objects.order_by("pk")
    assert (company.licence_kind, company.valid_to) == ("普通", date(2099, 12, 31))
    assert company.valid_from == company.decided_on == date(2016, 9, 1)
    assert (natural.party_kind, natural.person_id) == ("自然人", PERSON_NUMBER)
    fined = {**penalty(), "penalty_kinds": "罚款", "second_kind": "警告", "decided_on": "20160901"}
    confirm(house, upload(house, "penalty", sheet_of("penalty", fined, year=2016)))
    assert Penalty.objects.get().penalty_kinds == "罚款；警告"
    Licence.objects.update(state=State.PUBLIC, public_on=timezone.localdate(), shown_until=None)
    out = tmp_path / "2016.csv"
    call_command("report_credit", "licence", format="csv", layout=2016, output=out)
    made = upload(house, "licence", out.read_bytes(), "2016.csv")
    assert (made.identical, made.given) == (2, 2)


def test_what_is_public_is_not_changed_by_a_sheet(house):
    record = published(house)
    changed = {**record.values(), "content": "别的内容"}
    made = upload(house, "licence", sheet_of("licence", changed))
    assert (made.wrong, made.changed) == (1, 0)
    page = house.client(house.alice).get(reverse("records_imports:detail", args=[made.pk]))
    assert "更正" in page.content.decode()
    other = published(house, document_number="2号")
    Licence.objects.filter(pk=other.pk).update(department=house.departments["b"])
    made = upload(house, "licence", sheet_of("licence", other.values()))
    assert made.wrong == 1


def test_the_command_brings_in_all_or_nothing(house, tmp_path, capsys):
    file = tmp_path / "表.xlsx"
    file.write_bytes(sheet_of("penalty", penalty(), penalty(document_number="2号", facts="")))
    with pytest.raises(CommandError, match="1 行错误"):
        call_command("import_credit", str(file), kind="penalty", user="alice", confirm=True)
    assert "必填" in capsys.readouterr().out or not Penalty.objects.exists()
    file.write_bytes(sheet_of("penalty", penalty(), penalty(document_number="2号")))
    call_command("import_credit", str(file), kind="penalty", user="alice")
    assert not Penalty.objects.exists()
    call_command("import_credit", str(file), kind="penalty", user="alice", confirm=True)
    assert Penalty.objects.count() == 2
    with pytest.raises(CommandError, match="--department"):
        call_command("import_credit", str(file), kind="penalty", user="olga", confirm=True)


def test_a_report_holds_what_changed_since_the_last(house, client):
    record = published(house, **person())
    url = reverse("credit:report")
    data = {"kind": "licence", "what": "changed", "form": "xlsx"}

    def rows(user):
        answer = house.client(user).post(url, data)
        book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        return list(book.worksheets[0].iter_rows(values_only=True))

    text = str(rows(house.olga))
    assert record.document_number in text
    assert PERSON_NUMBER in text
    assert AuditOutbox.objects.filter(label="credit_report_licence.xlsx").exists()
    assert Report.objects.get().count == 1
    assert record.document_number not in str(rows(house.olga))
    record.refresh_from_db()
    act(house, house.alice, record, "withdraw", reason="撤销", note="决定已撤销。")
    assert record.document_number in str(rows(house.olga))
    # A department reports its own, and nobody who has no business here reports at all.
    data["what"] = "all"
    published(house, document_number="2号")
    assert "2号" in str(rows(house.alice))
    assert "2号" not in str(rows(house.bob))
    assert house.client(house.lin).get(url).status_code in (302, 403)


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="'"), min_size=1,
    max_size=12,
)  # fmt: skip


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=words, number=st.text("0123456789ABC号〔〕-=+@", min_size=1, max_size=12),
    fine=st.decimals("0.000001", "9999", places=6), form=st.sampled_from(["xlsx", "csv"]),
)  # fmt: skip
def test_what_is_reported_is_read_back_the_same(house, tmp_path, content, number, fine, form):
    out = tmp_path / f"out.{form}"
    with transaction.atomic():
        draft(
            house, "penalty", content=content, document_number=number, fine=fine,
            remark=f"={content}",
        )  # fmt: skip
        Penalty.objects.update(state=State.PUBLIC, public_on=timezone.localdate())
        write_to(out, reporting.table("penalty"), form, Wish())
        with out.open("rb") as file:
            made = services.take(
                importers.get("credit_penalty"), house.alice, house.departments["a"], file,
                out.name, wait=False,
            )  # fmt: skip
        told = (made.message, storage.verdicts(made))
        transaction.set_rollback(True)
    assert (made.identical, made.given) == (1, 1), told


def test_no_raw_identifier_leaves_by_any_door(house, client, tmp_path):
    """Each page, feed, file, search, API and history, by every role, for each identifier."""
    legal = next(n for d in "0123456789X" if is_person_number(n := f"44010619900101123{d}"))
    natural = published(
        house, **person(), content="准予张三丰从事攀岩指导", remark="张三丰为运动员"
    )
    company = published(
        house, "penalty", legal_id_kind="身份证", legal_id=legal, content="罚款二千元"
    )
    gone = published(house, **person(), document_number="撤1号")
    act(house, house.alice, gone, "withdraw", reason="撤销", note="决定已撤销。")
    indexing.catch_up()
    raw = (PERSON_NUMBER, legal, natural.person_id_digest, company.legal_id_digest)
    doors = [
        "/", "/credit/", natural.get_absolute_url(), company.get_absolute_url(),
        gone.get_absolute_url(), "/search/?q=体许", "/search/?q=张三丰",
        f"/search/?q={PERSON_NUMBER}",
        "/api/v1/search/?q=体许", "/search/feed/?q=体许", "/open-data/", "/sitemap.xml",
    ]  # fmt: skip
    for slug in ("licences", "penalties"):
        doors += [f"/credit/{slug}/", f"/credit/{slug}/feed/", f"/credit/{slug}/?q=张三丰"]
        doors += [
            f"/credit/{slug}.{form}" for form in ("csv", "json", "xlsx", "ods", "html", "yaml")
        ]
        doors += [f"/open-data/credit_{slug}/", f"/api/v1/datasets/credit_{slug}/",
                  f"/open-data/credit_{slug}.csv"]  # fmt: skip
        doors.append(f"/credit/{slug}/?q={PERSON_NUMBER}")
    seen = 0
    for door in doors:
        text = _all_text(client.get(door))
        own = [each for each in raw if each in text and f"q={each}" not in door]
        assert not own, (door, own)
        # A natural person's whole name stands nowhere, but in the box of who asked for it.
        if "张三丰" not in door:
            assert "张三丰" not in text, door
        seen += natural.document_number in text
    assert seen >= 6
    assert not client.get("/credit/licences/", {"q": "张三丰"}).context["total"]
    for document in SearchDocument.objects.filter(source="credit"):
        said = f"{document.title}{document.summary}{document.body}{document.facts}"
        assert "张三丰" not in said
        assert not any(each in said for each in raw)
    for record in (natural, company):
        told = str(timeline(record, house.olga))
        assert not any(each in told for each in raw)
    staff = [list_url("licence"), natural.review_url(), company.review_url()]
    staff += [
        reverse(f"records_ext_credit_{r.kind}_history", args=[r.pk]) for r in (natural, company)
    ]
    for user in (house.rita, house.olga):
        for door in staff:
            text = house.client(user).get(door).content.decode()
            assert not any(each in text for each in raw), (user, door)
    for dataset in datasets.all_datasets():
        if dataset.name.startswith("credit_"):
            out = tmp_path / "all.json"
            write_to(out, dataset, "json", Wish())
            text = out.read_text(encoding="utf-8")
            assert not any(each in text for each in raw), dataset.name
    found = house.client(house.rita).get(list_url("licence", f"q={PERSON_NUMBER}")).content.decode()
    assert natural.document_number in found
    assert not _in_the_database(PERSON_NUMBER)


def _all_text(answer):
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(archive.read(n).decode("utf-8", "replace") for n in archive.namelist())
    return data.decode("utf-8", "replace")


def _in_the_database(text):
    """Tables that hold the text in the open."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(("ext_", "portal_", "wagtailcore_modellog", "review")):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            if any(text in str(row) for row in cursor.fetchall()):
                found.append(table)
    return found

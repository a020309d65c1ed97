"""The full numbers: 50,000 rows come in, 100,000 are listed. Measured with `make prove`."""

import io
import time
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from extensions.base.records.history import bulk_create_with_history
from extensions.base.records.importing import importers, services
from tests.extensions import records_toys
from tests.extensions.records_toys import FIELDS, Toy, ToyImporter
from tests.houses import small_house
from tests.once import once

pytestmark = [
    pytest.mark.prove,
    pytest.mark.django_db,
    pytest.mark.urls("tests.extensions.records_toys"),
]
#: Rows of the requirement, seconds and bytes that they may take.
ROWS, SECONDS, MEMORY = 50_000, 90, 400 * 1024 * 1024


def build():
    records_toys.make_tables()
    return small_house()


house_of_the_module = once(build)


@pytest.fixture
def house(house_of_the_module, db):
    importer = ToyImporter()
    importers.register(importer)
    yield deepcopy(house_of_the_module)
    importers.remove(importer.name)


def peak(begin=False):
    """The most memory that this process had since `begin`, in bytes."""
    if begin:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    [line] = [line for line in lines if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def sheet(changed=()):
    """A workbook of ROWS licences; those numbered in `changed` have another name."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, [each.label for each in FIELDS])
    for n in range(ROWS):
        name = f"第{n}体育用品有限公司" if n not in changed else f"更名{n}"
        text = "准予举办高危险性体育项目经营活动，" * 4
        row = [
            name,
            f"辽体许〔2016〕{n}号",
            "普通",
            "2016年9月1日",
            "长期",
            "0.2",
            f"{n:018d}",
            text,
        ]
        page.write_row(n + 1, 0, row)
    book.close()
    file.seek(0)
    return file


def brought_in(house, file):
    began = time.perf_counter()
    args = (importers.get("toys"), house.alice, house.departments["a"], file, "许可.xlsx")
    made = services.take(*args, wait=False)
    checked = time.perf_counter() - began
    if made.writes:
        services.accept(made, house.alice)
        services.bring_in(made)
    return made, checked, time.perf_counter() - began


def test_fifty_thousand_rows_come_in_change_and_come_again(house):
    file = sheet()
    peak(begin=True)
    made, checked, whole = brought_in(house, file)
    print(f"new: check {checked:.0f} s, whole {whole:.0f} s, {peak() >> 20} MB")  # noqa: T201
    assert (made.state, made.new, Toy.objects.count()) == ("done", ROWS, ROWS)
    assert Toy.history.count() == ROWS
    assert whole <= SECONDS and peak() <= MEMORY
    made, checked, whole = brought_in(house, sheet(changed=range(0, ROWS, 2)))
    print(f"half changed: check {checked:.0f} s, whole {whole:.0f} s, {peak() >> 20} MB")  # noqa: T201
    assert (made.state, made.changed, made.identical) == ("done", ROWS // 2, ROWS // 2)
    made, checked, whole = brought_in(house, sheet(changed=range(0, ROWS, 2)))
    print(f"the same: check {checked:.0f} s, {peak() >> 20} MB")  # noqa: T201
    assert (made.state, made.identical, made.writes) == ("ready", ROWS, 0)


def fill(house, first, last):
    text = "准予举办高危险性体育项目经营活动，" * 10
    for start in range(first, last, 5000):
        bulk_create_with_history(
            [
                Toy(
                    name=f"第{n}体育用品有限公司",
                    number=f"辽体许〔2016〕{n}号",
                    kind="01" if n % 3 else "02",
                    decided=date(2016, 9, 1),
                    department=house.departments["a"],
                    text=text,
                )
                for n in range(start, start + 5000)
            ],
            house.alice,
        )


#: What somebody asks of the list.
ASKED = [
    {}, {"kind__exact": "02"}, {"q": "第7777体"}, {"q": "〔2016〕88"}, {"q": "有限公司"},
    {"p": "50"}, {"q": "没有这样的"}, {"o": "4"},
]  # fmt: skip


def times(client):
    found = []
    for asked in ASKED:
        best = None
        for _again in range(6):
            began = time.process_time()
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(reverse("records_toys_toy_modeladmin_index"), asked)
            spent = time.process_time() - began
            best = spent if best is None else min(best, spent)
        assert answer.status_code == 200 and len(queries) <= 20
        found.append(best)
    return found


def test_a_list_of_a_hundred_thousand_takes_at_most_twice_the_time_of_ten(house):
    client = house.client(house.alice)
    fill(house, 0, 10_000)
    small = times(client)
    fill(house, 10_000, 100_000)
    large = times(client)
    for asked, one, ten in zip(ASKED, small, large, strict=True):
        print(f"{asked}: {one * 1000:.0f} -> {ten * 1000:.0f} ms ({ten / one:.2f})")  # noqa: T201
    assert all(ten <= 2 * one for one, ten in zip(small, large, strict=True))

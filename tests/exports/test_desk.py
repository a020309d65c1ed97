"""数据导出 in the admin: small files at once, large ones by the clock, each on record."""

import csv
import io
import stat
from datetime import timedelta

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from exports import background
from exports.models import ExportFile, folder
from page_types.review.audit.models import AuditEntry
from page_types.review.audit.sequencer import sequence_audit
from tests.exports import sets
from tests.houses import small_house
from tests.once import once

PERMISSION = "organisation.view_department"
LARGE = 6_000
house = once(small_house)


@pytest.fixture
def bureau(house, db):
    """Alice may have the secret set, Bob may not."""
    codename = PERMISSION.partition(".")[2]
    house.alice.user_permissions.add(Permission.objects.get(codename=codename))
    own = sets.dataset("own", 7, permission=PERMISSION, imposed=lambda user: {"kind": "serious"})
    with sets.registered(
        sets.dataset("secret", 7, permission=PERMISSION),
        sets.dataset("large", LARGE, permission=PERMISSION),
        sets.dataset("open", 7),
        own,
    ):
        yield house
    for path in folder().iterdir():
        path.unlink()


def url(name, *args):
    return reverse(f"portal_exports:{name}", args=args)


def page(response):
    return BeautifulSoup(response.content, "html.parser")


def body(response):
    return b"".join(response.streaming_content)


def table(response):
    return list(csv.reader(io.StringIO(body(response).decode("utf-8-sig"))))


def on_record():
    sequence_audit()
    entries = AuditEntry.objects.filter(kind="export").order_by("number")
    return [(entry.action, entry.user_id, entry.label, entry.facts) for entry in entries]


def test_everybody_sees_what_he_may_have_and_nothing_else(bureau):
    def named(user):
        return page(bureau.client(user).get(url("index"))).select_one("#main").get_text()

    assert "演示：行政处罚" in named(bureau.alice)
    links = page(bureau.client(bureau.bob).get(url("index"))).select("#main a")
    paths = {each["href"] for each in links}
    assert url("dataset", "open") in paths and url("dataset", "secret") not in paths
    menu = bureau.client(bureau.bob).get("/admin/").content.decode()
    assert url("index") in menu
    for method in ("get", "post"):
        answer = getattr(bureau.client(bureau.bob), method)(url("dataset", "secret"), {})
        assert answer.status_code in (302, 403) and sets.SECRET not in answer.content.decode()
    assert bureau.client(bureau.alice).get(url("dataset", "nothing")).status_code == 404


def test_a_small_file_comes_at_once_and_is_on_record(bureau):
    client = bureau.client(bureau.alice)
    asked = {"from": "2016-01-02", "to": "", "kind": "light", "q": "", "format": "csv"}
    rows = table(client.post(url("dataset", "secret"), asked))
    assert rows[0][-1] == "身份证号" and rows[1][-1] == sets.SECRET and len(rows) == 5
    [(action, who, label, facts)] = on_record()
    assert (action, who, label) == ("export.downloaded", bureau.alice.pk, "secret.csv")
    assert facts["rows"] == 4
    assert facts["filters"] == {"from": "2016-01-02", "kind": "light", "to": None}
    book = openpyxl.load_workbook(
        io.BytesIO(body(client.post(url("dataset", "secret"), {**asked, "format": "xlsx"})))
    )
    assert "安丽" in dict(book.worksheets[1].iter_rows(values_only=True))["生成人"]


def test_public_data_keep_their_secrets_and_others_their_limits(bureau):
    client = bureau.client(bureau.alice)
    rows = table(client.post(url("dataset", "open"), {"format": "csv"}))
    assert rows[0][-1] == "决定日期" and len(rows) == 8
    rows = table(client.post(url("dataset", "own"), {"format": "csv"}))
    assert [row[1] for row in rows[1:]] == ["演示单位0", "演示单位3", "演示单位6"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"format": "exe"}, {"format": "csv", "from": "1.1.2016"}, {"format": "csv", "kind": "no"},
        {"format": "csv", "from": "2016-02-01", "to": "2016-01-01"},
    ],
)  # fmt: skip
def test_a_wrong_wish_is_explained_and_nothing_leaves(bureau, wrong):
    answer = bureau.client(bureau.alice).post(url("dataset", "secret"), wrong)
    assert answer.status_code == 422 and page(answer).select(".error-message, .help-critical")
    assert not on_record()


def test_a_large_file_is_made_by_the_clock_and_fetched_by_whoever_asked(bureau):
    client = bureau.client(bureau.alice)
    asked = {"format": "csv"}
    answer = client.post(url("dataset", "large"), asked)
    file = ExportFile.objects.get()
    assert answer["Location"] == file.get_absolute_url()
    assert client.post(url("dataset", "large"), asked)["Location"] == answer["Location"]
    waiting = client.get(answer["Location"])
    assert waiting["Refresh"] and page(waiting).find("progress")
    assert client.get(url("download", file.pk))["Location"] == answer["Location"]

    assert background.make_due()
    ready = client.get(answer["Location"])
    assert "Refresh" not in ready.headers and "6000 行" in page(ready).get_text()
    file.refresh_from_db()
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder().stat().st_mode) == 0o700
    rows = table(client.get(url("download", file.pk)))
    assert len(rows) == LARGE + 1 and rows[-1][-1] == sets.SECRET
    assert [entry[:3] for entry in on_record()] == [
        ("export.requested", bureau.alice.pk, "large.csv"),
        ("export.downloaded", bureau.alice.pk, "large.csv"),
    ]
    for name in ("file", "download"):
        assert bureau.client(bureau.bob).get(url(name, file.pk)).status_code in (302, 404)
        assert bureau.client(bureau.admin).get(url(name, file.pk)).status_code == 404
    assert bureau.client(bureau.admin).post(url("remove", file.pk)).status_code == 404


def test_without_the_permission_a_file_of_ones_own_is_refused(bureau):
    client = bureau.client(bureau.alice)
    client.post(url("dataset", "large"), {"format": "csv"})
    client.post(url("dataset", "large"), {"format": "json"})
    first, later = ExportFile.objects.order_by("pk")
    background.make_due()
    ExportFile.objects.filter(pk=later.pk).update(state="waiting")
    bureau.alice.user_permissions.clear()
    for name in ("file", "download"):
        answer = client.get(url(name, first.pk))
        assert answer.status_code in (302, 403) and not answer.streaming
    background.make_due()
    later.refresh_from_db()
    assert later.state == "failed" and "权限" in later.problem
    assert len(on_record()) == 2  # asked for, never fetched


def test_a_file_goes_when_its_week_is_over_and_when_it_is_not_wanted(bureau):
    client = bureau.client(bureau.alice)
    client.post(url("dataset", "large"), {"format": "csv"})
    background.make_due()
    file = ExportFile.objects.get()
    ExportFile.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(url("download", file.pk)).status_code == 302
    assert background.clear_old() and not list(folder().iterdir())
    assert "已过期" in page(client.get(file.get_absolute_url())).get_text()
    assert not background.clear_old()
    client.post(url("remove", file.pk))

    client.post(url("dataset", "large"), {"format": "tsv"})
    file = ExportFile.objects.get()
    background.make_due()
    assert list(folder().iterdir())
    client.post(url("remove", file.pk))
    assert not ExportFile.objects.exists() and not list(folder().iterdir())


def test_whoever_takes_it_back_while_it_is_written_leaves_nothing(bureau):
    def rows(start, end, **filters):
        for number, (_kind, row) in enumerate(sets.rows_of(LARGE)):
            if number == 100:
                ExportFile.objects.all().delete()
            yield row

    with sets.registered(sets.Dataset("going", "去", sets.COLUMNS, rows, permission=PERMISSION)):
        bureau.client(bureau.alice).post(url("dataset", "going"), {"format": "csv"})
        background.make_due()
    assert not ExportFile.objects.exists() and not list(folder().iterdir())


def test_a_failure_is_told_and_a_dead_writer_is_succeeded(bureau):
    def torn(start, end, **filters):
        yield from (row for _kind, row in sets.rows_of(LARGE))
        raise RuntimeError("torn")

    broken = sets.Dataset(
        "torn", "断", sets.COLUMNS, torn, permission=PERMISSION, count=lambda *asked, **more: LARGE
    )
    client = bureau.client(bureau.alice)
    with sets.registered(broken):
        answer = client.post(url("dataset", "torn"), {"format": "csv"})
        background.make_due()
        assert "信息中心" in page(client.get(answer["Location"])).get_text()
    assert not list(folder().iterdir())
    assert client.get(answer["Location"]).status_code == 404  # its room is switched off

    client.post(url("dataset", "large"), {"format": "csv"})
    dead = {"state": "running", "heard_at": timezone.now() - timedelta(hours=1)}
    large = ExportFile.objects.filter(dataset="large")
    large.update(**dead, attempts=1)
    background.make_due()
    assert large.get().state == "ready"
    large.update(**dead, attempts=3)
    background.make_due()
    assert large.get().state == "failed"


def test_formats_and_queues_have_limits_that_say_what_to_do(bureau):
    client = bureau.client(bureau.alice)
    answer = client.post(url("dataset", "large"), {"format": "ods"})
    assert answer.status_code == 422 and "xlsx、csv" in page(answer).get_text()
    wishes = [{"format": form, "q": words} for form in ("csv", "tsv", "json") for words in "演单"]
    for wish in wishes:
        answer = client.post(url("dataset", "large"), wish)
    assert answer.status_code == 422 and "已有 5 个文件" in page(answer).get_text()
    assert ExportFile.objects.count() == background.MOST_WAITING

"""What somebody may have changes while his file is made or lies there; he is told how it ended."""

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from exports import background
from exports.models import ExportFile, folder
from page_types.organisation.duties import duties_of
from page_types.organisation.models import Department, Post
from page_types.organisation.services import appoint
from page_types.review.notices.models import Notice
from tests.exports import sets
from tests.houses import small_house
from tests.once import once

LARGE = 6_000
house = once(small_house)


def _departments(user):
    return {"departments": duties_of(user).departments}


@pytest.fixture
def bureau(house, db):
    """A set for officers: each gets the rows of his departments (here: all or none)."""

    def rows(start, end, departments=None, kind=""):
        yield from (row for _kind, row in sets.rows_of(LARGE))

    whole = sets.dataset("large", LARGE, secrets_permission="organisation.view_department")
    officers = sets.Dataset(
        "officers", "台账", sets.COLUMNS, rows,
        holders=lambda user: bool(duties_of(user).officer_of), imposed=_departments,
        filters=(sets.Filter("kind", "类型"),),
    )  # fmt: skip
    broken = sets.Dataset("broken", "断", sets.COLUMNS, _torn, count=lambda *asked: LARGE)
    with sets.registered(whole, officers, broken):
        yield house
    for path in folder().iterdir():
        path.unlink()


def _torn(start, end):
    yield from (row for _kind, row in sets.rows_of(10))
    raise RuntimeError("torn")


def asked(client, name):
    answer = client.post(reverse("portal_exports:dataset", args=[name]), {"format": "csv"})
    return answer["Location"], ExportFile.objects.latest("pk")


def text(client, path):
    return BeautifulSoup(client.get(path).content, "html.parser").select_one("#main").get_text()


def test_who_has_moved_to_another_department_gets_no_file_of_the_old_one(bureau):
    client = bureau.client(bureau.alice)
    page, file = asked(client, "officers")
    background.make_due()
    download = reverse("portal_exports:download", args=[file.pk])
    assert b"".join(client.get(download).streaming_content)
    appoint(bureau.alice, Post.OFFICER, Department.objects.get(code="b"))
    assert client.get(download)["Location"] == page
    assert "权限" in text(client, page) and not client.get(page).content.count(download.encode())
    assert download not in client.get(reverse("portal_exports:index")).content.decode()


def test_without_the_right_to_secrets_a_file_with_secrets_stays_shut(bureau):
    from django.contrib.auth.models import Permission

    bureau.alice.user_permissions.add(Permission.objects.get(codename="view_department"))
    client = bureau.client(bureau.alice)
    page, file = asked(client, "large")
    background.make_due()
    download = reverse("portal_exports:download", args=[file.pk])
    assert sets.SECRET.encode() in b"".join(client.get(download).streaming_content)
    bureau.alice.user_permissions.clear()
    assert client.get(download)["Location"] == page
    # The same wish again: a file as he may have it now.
    _page, again = asked(client, "large")
    background.make_due()
    download = reverse("portal_exports:download", args=[again.pk])
    assert sets.SECRET.encode() not in b"".join(client.get(download).streaming_content)


def test_what_is_imposed_cannot_be_asked_away(bureau):
    own = sets.dataset("own", 7, imposed=lambda user: {"kind": "serious"})
    with sets.registered(own):
        answer = bureau.client(bureau.bob).post(
            reverse("portal_exports:dataset", args=["own"]), {"format": "csv", "kind": "light"}
        )
        lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == 4 and "演示单位3" in lines[2]


def test_who_asked_is_told_when_it_is_there_and_when_it_is_not(bureau):
    client = bureau.client(bureau.alice)
    page, _file = asked(client, "large")
    broken, _file = asked(client, "broken")
    assert not Notice.objects.filter(kind="export").exists()
    background.make_due()
    ready, failed = Notice.objects.filter(kind="export").order_by("pk")
    assert ready.user_id == failed.user_id == bureau.alice.pk
    assert ready.subject.startswith("可以下载：") and ready.url == page
    assert "6000 行" in ready.body and page in ready.body
    assert failed.subject.startswith("没有生成：") and "信息中心" in failed.body
    assert failed.url == broken
    background.make_due()
    assert Notice.objects.filter(kind="export").count() == 2 and len(mail.outbox) <= 2


def test_a_file_given_up_and_a_file_taken_back(bureau):
    client = bureau.client(bureau.alice)
    _page, file = asked(client, "large")
    ExportFile.objects.filter(pk=file.pk).update(
        state="running", attempts=3, heard_at=timezone.now() - background.SILENCE * 2
    )
    background.make_due()
    assert "多次中断" in Notice.objects.get(kind="export").body
    _page, file = asked(client, "large")
    client.post(reverse("portal_exports:remove", args=[file.pk]))
    background.make_due()
    assert Notice.objects.filter(kind="export").count() == 1


def test_a_file_whose_time_is_over_says_so_before_it_is_cleared_away(bureau):
    client = bureau.client(bureau.alice)
    page, file = asked(client, "large")
    background.make_due()
    ExportFile.objects.filter(pk=file.pk).update(expires_at=timezone.now())
    shown = text(client, page)
    assert "已过期" in shown and "可以下载" not in shown

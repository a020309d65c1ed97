"""The admin's search boxes find Chinese as people type it."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Page

from page_types.models import PortalDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client):
    person = get_user_model().objects.create_superuser(username="boss", password="x")
    client.force_login(person)
    return client


@pytest.mark.parametrize(
    "typed",
    ["体育场馆", "體育場館", "体育 开放", "２０１６", "[2016]236号", "KFC", "场"],
)
def test_documents_are_found_by_any_way_of_writing(boss, typed):
    PortalDocument.objects.create(title="体育场馆开放办法kfc〔2016〕236号", file="a.pdf")
    PortalDocument.objects.create(title="别的文件", file="b.pdf")
    shown = boss.get(reverse("wagtaildocs:index"), {"q": typed}).content.decode()
    assert "体育场馆开放办法" in shown
    assert "别的文件" not in shown


def test_pages_and_choosers_answer_whatever_is_typed(boss):
    Page.objects.get(depth=1).add_child(title="全民健身计划", slug="plan")
    search, chooser = (
        reverse("wagtailadmin_pages:search"),
        reverse("wagtailadmin_choose_page_search"),
    )
    for address in (search, chooser):
        assert "全民健身计划" in boss.get(address, {"q": "全民健身"}).content.decode()
        assert "全民健身计划" in boss.get(address, {"q": "健身計劃"}).content.decode()
        for hostile in ('"', "%", "'", "\\", "体" * 3000, " ".join("词" * 400), "NOT (", "\x00"):
            assert boss.get(address, {"q": hostile}).status_code == 200

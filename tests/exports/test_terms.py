"""使用许可: set by the bureau in the admin, on every page of open data and in its interface."""

import json

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from exports.terms import OpenDataTerms
from page_types.review.audit.models import AuditEntry
from page_types.review.audit.sequencer import sequence_audit
from tests.exports import sets
from tests.houses import small_house
from tests.once import once

PAGES = ("/open-data/", "/open-data/penalties/")
house = once(small_house)


@pytest.fixture
def bureau(house, db):
    with sets.registered(sets.dataset("penalties", 7)):
        yield house


def said(path):
    found = BeautifulSoup(Client().get(path).content, "html.parser")
    return found.select_one(".data-licence")


def test_nobody_decided_the_first_words_and_everybody_reads_so(bureau):
    for path in PAGES:
        assert "请注明来源" in said(path).text and "尚待" in said(path).text
    licence = Client().get("/api/v1/datasets/").json()["licence"]
    assert licence["confirmed"] is False and "注明来源" in licence["text"]


def test_the_office_sets_the_words_and_they_stand_everywhere_at_once(bureau):
    client, address = bureau.client(bureau.olga), reverse("portal_exports:terms")
    assert "尚待确认" in client.get(address).content.decode()
    wrong = client.post(address, {"text": "", "url": "javascript:alert(1)"})
    assert wrong.status_code == 422 and not OpenDataTerms.objects.exists()
    words = {"text": "可用<b>于</b>任何用途。", "url": "https://example.org/terms"}
    assert client.post(address, words)["Location"] == address
    for path in PAGES:
        assert words["text"] in said(path).text and "尚待" not in said(path).text
        assert said(path).select_one(f"a[href='{words['url']}']")
        found = BeautifulSoup(Client().get(path).content, "html.parser")
        assert words["url"] in found.find("script", type="application/ld+json").string
    licence = Client().get("/api/v1/datasets/").json()["licence"]
    assert licence == {**words, "confirmed": True}
    info = Client().get("/api/v1/openapi.json").json()["info"]
    assert info["license"] == {"name": words["text"], "url": words["url"]}

    client.post(address, {"text": "须注明来源。", "url": ""})
    assert "须注明来源。" in said("/open-data/").text
    past = client.get(address).content.decode()
    assert "可用&lt;b&gt;于&lt;/b&gt;任何用途。" in past and "须注明来源。" in past
    sequence_audit()
    entries = AuditEntry.objects.filter(action="open_data.terms").order_by("number")
    assert [entry.user_id for entry in entries] == [bureau.olga.pk] * 2
    assert json.loads(entries[1].data)["before"] == words["text"]


@pytest.mark.parametrize("who", ["alice", "rita", "lin"])
def test_nobody_else_speaks_for_the_site(bureau, who):
    client = bureau.client(getattr(bureau, who))
    for method in ("get", "post"):
        answer = getattr(client, method)(reverse("portal_exports:terms"), {"text": "x"})
        assert answer.status_code in (302, 403)
    assert not OpenDataTerms.objects.exists()

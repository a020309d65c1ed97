"""What only the writing side or the staff know comes out of no door of the search.

The canary stands in every field of the writing side, in records for the staff, in what was
withdrawn. Every door is asked for it, by the words beside it, and for everything: nothing of it may
be shown, counted, suggested or offered, and nothing that is shown may change by its coming.
"""

import json
import re
from datetime import date, timedelta
from io import StringIO
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.utils import timezone

from page_types.models import ArticlePage
from search import indexing, sources, title_words
from search.documents import SearchDocument
from search.log_models import QueryDay
from search.making import document
from tests.publication import test_withdraw
from tests.publication.test_leaks import CANARY, plant
from tests.publication.test_withdraw import taken_down

#: What is typed: words beside the canary, its sound, its initials, everything there is.
BESIDE, TITLE = "金丝雀", "演示文章"
TYPED = ("", BESIDE, "几密金丝雀", TITLE)
#: What no answer may hold, whatever was typed (none of TYPED has it).
SECRET = "机密"

#: The fixture: two of the office.
people = test_withdraw.people


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What a process keeps of titles for some minutes belongs to another test's bureau."""
    title_words.forget()


def doors(also=()):
    """Every door with every question."""
    yield "/search/opensearch.xml"
    for typed in (*TYPED, *also):
        for path in ("/search/", "/search/suggest/", "/search/feed/"):
            yield f"{path}?{urlencode({'q': typed})}"
        yield f"/api/v1/search/?{urlencode({'q': typed, 'size': 200})}"
    more = {"sort": "date", "explain": 1, "audience": "staff", "source": "secret"}
    yield f"/search/?{urlencode({'q': BESIDE, **more})}"
    yield "/api/v1/search/?kind=secret&year=1949"
    yield "/search/suggest/?q=jm"


def outputs(client, also=()):
    """Address -> what it shows, without what differs each time."""
    found = {}
    for path in doors(also):
        answer = client.get(path)
        assert answer.status_code == 200, path
        text = answer.content.decode()
        if "html" in answer["Content-Type"]:
            text = BeautifulSoup(text, "html.parser").main.get_text(" ", strip=True)
        text = re.sub("<lastBuildDate>.*?</lastBuildDate>", "", text)
        found[path] = json.loads(text) if "json" in answer["Content-Type"] else text
    return found


def leaks(found):
    return [path for path, said in found.items() if SECRET in str(said)]


def rebuilt():
    title_words.forget()
    indexing.catch_up()
    call_command("search_index", "--rebuild", "--anew", stdout=StringIO())


def test_nothing_of_the_writing_side(ledger, client):
    page = ledger.article("news", TITLE, body=[("paragraph", "<p>笼中的金丝雀</p>")])
    ledger.draft("news", f"{CANARY}草稿", body=[("paragraph", f"<p>{CANARY}</p>")])
    ledger.revise(page, title=f"{CANARY}新稿", body=[("paragraph", f"<p>{CANARY}</p>")])
    rebuilt()
    before = outputs(client)
    assert "笼中的" in before[f"/search/?{urlencode({'q': BESIDE})}"]
    plant(ledger, ArticlePage.objects.get(pk=page.pk))
    rebuilt()
    after = outputs(client)
    assert leaks(after) == []
    assert after == before


class Secret(sources.Source):
    """A record for the staff with the canary in every field, at a date that nothing else has."""

    on = False

    def ids(self):
        return ["1"] if self.on else []

    def documents(self, ids):
        return [
            document(
                "secret", "1", kind="secret", audience=SearchDocument.Audience.STAFF,
                title=f"{CANARY}标题", url=f"/{CANARY}/", summary=f"{CANARY}摘要",
                body=f"{TITLE}{CANARY}", date=date(1949, 10, 1), validity="机密", format="机密",
                document_number=f"{CANARY}〔1949〕1号", index_number=f"{CANARY}/1949-00001",
                facts={"post": CANARY, "steps": [CANARY]},
                column_id=SearchDocument.objects.filter(kind="article").get().column_id,
            )
        ]  # fmt: skip


def test_nothing_of_what_is_for_the_staff(ledger, client, monkeypatch):
    ledger.article("news", TITLE, body=[("paragraph", "<p>笼中的金丝雀</p>")])
    indexing.catch_up()
    for days in range(3):
        day = timezone.localdate() - timedelta(days=days)
        QueryDay.objects.create(day=day, query=f"{CANARY}标题", asked=9, found=1)
    sources.register(Secret("secret", "内部记录", {"secret": "内部记录"}))
    try:
        before = outputs(client)
        monkeypatch.setattr(Secret, "on", True)
        rebuilt()
        assert SearchDocument.objects.filter(title__startswith=CANARY).exists()
        after = outputs(client)
    finally:
        sources._sources.remove("secret")
    assert leaks(after) == []
    assert after == before


def test_nothing_of_what_was_withdrawn_from_the_very_moment(ledger, client, people):
    ledger.article("news", TITLE, body=[("paragraph", "<p>笼中的金丝雀</p>")])
    indexing.catch_up()
    typed = ("机",)
    before = outputs(client, typed)
    attached = ("attachments", [{"document": ledger.document(), "title": f"{CANARY}附件"}])
    page = ledger.article(
        "news", f"{CANARY}撤下", body=[("paragraph", f"<p>{CANARY}</p>"), attached]
    )
    title_words.forget()
    indexing.catch_up()
    assert SECRET in client.get(f"/api/v1/search/?{urlencode({'q': BESIDE})}").content.decode()
    taken_down(ledger, page, people, "personal_data")
    assert leaks(outputs(client, typed)) == []  # the index has not been told yet
    title_words.forget()
    indexing.catch_up()
    assert outputs(client, typed) == before

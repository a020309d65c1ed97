"""Suggestions while somebody types: what is public, by characters, sound and initials."""

import pytest
from django.core.cache import cache

from search import indexing, title_words


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What a process keeps of titles for some minutes belongs to another test's bureau."""
    title_words.forget()
    cache.clear()


@pytest.fixture
def suggested(client):
    """A function: text -> kind of what is suggested for what has been typed."""

    def asked(text):
        answer = client.get("/search/suggest/", {"q": text})
        assert answer.status_code == 200 and "max-age=300" in answer["Cache-Control"]
        assert "Cookie" not in answer.get("Vary", "")  # the same for everybody, kept by any cache
        return {each["text"]: each["kind"] for each in answer.json()["suggestions"]}

    return asked


def test_columns_words_and_titles(ledger, suggested, django_assert_max_num_queries):
    ledger.column("venues", "体育场馆")
    ledger.article("news", "体育场馆向社会开放")
    ledger.article("news", "通知：体育场馆维修")
    ledger.draft("news", "体育内部消息")
    indexing.catch_up()
    found = suggested("体育场")
    assert found["体育场馆"] == "column"
    assert list(found)[1:] == ["体育场馆向社会开放", "通知：体育场馆维修"] or (
        {"体育场馆向社会开放", "通知：体育场馆维修"} <= found.keys()
    )
    # By sound and by initials; half of a word; with the full-width letters of an input method.
    for typed in ("tiyuch", "tycg", "TYCG", "ｔｙｃｇ", "体"):
        assert "体育场馆" in suggested(typed), typed
    assert not any("内部" in text for text in suggested("体育"))
    with django_assert_max_num_queries(25):
        suggested("体育场")


def test_at_most_eight_and_each_once(ledger, suggested):
    for number in range(9):
        ledger.article("news", f"龙舟竞渡第{number}站")
    indexing.catch_up()
    assert len(suggested("龙舟")) == 8
    assert suggested("量子") == {} and suggested("\x00" * 50) == {}

"""Whatever is typed is answered, and nothing comes up that the asker may not see."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search import indexing
from search.backends import engine
from search.documents import SearchDocument
from search.searching import search
from tests.search.engines import elasticsearch_url, motor

__all__ = ["elasticsearch_url", "motor"]

SYNTAX = [
    '"', "'", "*", "(", ")", "NEAR(", " AND ", " OR ", " NOT ", "^", ":", "{title}",
    "+", "-", "~", "&", "|", "!", "<->", ":*", "\\", "/", "[* TO *]", "%", "_", ";",
    "--", "\x00", "标题:", "文号:", "栏目:", "部门:", "年:", "日期:", "“", "”", "《",
    "》", "〔2016〕", "号", "体育", "健身", "金丝雀", "怎么", "？", "2016", "..",
    "\ud800", "\u202e", "𠮷", "〇", "㎡", "ﷺ",
]  # fmt: skip
QUERIES = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(st.sampled_from(SYNTAX), st.text(max_size=6)), max_size=40).map("".join),
    st.builds(lambda piece, times: piece * times, st.sampled_from(SYNTAX), st.integers(1, 100_000)),
)
SECRET = "金丝雀机密"


@pytest.fixture
def house(motor, ledger):
    """Public texts, and documents that visitors may not see, in each engine's index."""
    ledger.article("news", "全民健身日开幕", body=[("paragraph", "<p>体育场馆免费开放</p>")])
    shown = ledger.article("news", "体育彩票公益金使用情况")
    indexing.follow()
    kept = SearchDocument.objects.get(page_id=shown.pk)
    for audience, hidden in (("staff", False), ("public", True)):
        kept.pk, kept.object_id = None, f"{audience}-{hidden}"
        kept.title = kept.title_folded = kept.body = kept.body_folded = SECRET
        kept.audience, kept.hidden = audience, hidden
        kept.save(force_insert=True)
        engine().write([kept])


def _is_answered(text):
    answer = search(text)
    assert 0 <= len(answer.hits) <= 10 and answer.total >= 0 and not answer.down
    for hit in answer.hits:
        assert SECRET not in hit.document.title + hit.passage
    assert SECRET not in answer.did_you_mean


def _fuzzed(number):
    @settings(
        max_examples=number, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(QUERIES)
    @example(SECRET)
    @example(f"“{SECRET}”")
    @example(" ".join(map(str, range(5000))))
    @example("体" * 100_000)
    def run(text):
        _is_answered(text)

    return run


def test_any_query_is_answered(house, db):
    _fuzzed(120)()


@pytest.mark.prove
def test_twenty_thousand_queries_are_answered(house, db):
    _fuzzed(20_000)()

"""One contract, every engine: the same documents, the same questions, the same answers."""

import pytest
from django.test.utils import override_settings

from search.backends import engine_of
from search.backends.base import (
    NUMBERS,
    TITLE,
    All,
    Any,
    EngineDown,
    Phrase,
    Scope,
    Weights,
    Without,
)
from search.documents import SearchDocument
from tests.search.engines import ALL, day, elasticsearch_url, motor, paper, words

__all__ = ["elasticsearch_url", "motor"]

#: Nothing of these is syntax: FTS5, tsquery, Lucene, SQL, JSON, and what breaks parsers.
HOSTILE = (
    '"', "'", "''", "\\", "\\'", "*", ":*", "a:b", "NEAR(", "NOT", "OR", "AND", "&", "|", "!",
    "<->", "\ud800",
    "(", ")", "{title}", "title:", "^", "-", "+", "~2", "[a TO b]", "/x/", "%", "%s", "_", ";--",
    "$$", "{}", "\u0000", "\ud7ff", "\U0010ffff", "😀", "\u202e", "\n", "a b", "x" * 5000,
)  # fmt: skip


def pks(found):
    return {each.pk for each in found}


@pytest.fixture
def papers(motor):
    """A handful of papers that differ in everything a question can be about."""
    made = {
        "stadium": paper(
            "体育场馆免费开放办法", "各级公共体育场馆应当免费或者低收费向社会开放。", kind="policy",
            column_id=1, department_id=7, year=2016, date=day(2016, 8), validity="valid",
            document_number="粤体规〔2016〕2号",
        ),
        "games": paper(
            "奥运健儿凯旋", "乒乓球队载誉归来，全民健身热情高涨。", column_id=2, department_id=8,
            year=2016, date=day(2016, 9),
        ),
        "old": paper(
            "关于废止文件的公告", "现决定废止粤体规〔2016〕2号文件。", column_id=1, department_id=7,
            year=2020, date=day(2020), validity="repealed",
        ),
        "undated": paper("税务登记指南", "办理 ABC123 证照需要身份证。", format="pdf"),
        "inside": paper("内部通报", "公共体育场馆检查情况。", audience="staff", date=day(2021)),
        "hidden": paper("已撤下的体育场馆名单", "体育场馆", hidden=True, date=day(2021)),
    }  # fmt: skip
    motor.write(made.values())
    return {name: each.pk for name, each in made.items()}


def named(papers, found):
    """Names of what was found."""
    names = {pk: name for name, pk in papers.items()}
    return {names[pk] for pk in found}


#: What is asked -> what is found, on every engine.
MATCHES = [
    (words("体育场馆"), {"stadium"}),
    (words("育场"), {"stadium"}),
    (words("场馆体育"), set()),
    (words("税"), {"undated"}),
    (words("馆"), {"stadium"}),
    (words("ABC123"), {"undated"}),
    (words("体育场馆免费开放办法"), {"stadium"}),
    (words("乒乓球队", TITLE), set()),
    (words("奥运", TITLE), {"games"}),
    (All((words("公告"), words("废止"))), {"old"}),
    (All((words("公告"), words("奥运"))), set()),
    (All((words("奥运", TITLE), words("健身"))), {"games"}),
    (Any((words("奥运"), words("税务"))), {"games", "undated"}),
    (Any((words("奥运"), All((words("公告"), words("废止"))))), {"games", "old"}),
    (Without(words("体规"), (words("公告"),)), set()),
    (Without(None, (words("体育"), words("奥运"))), {"old", "undated"}),
    (Phrase(("dn2016n2",), field=NUMBERS), {"stadium", "old"}),
    (Phrase(()), set()),
    (All((Phrase(()), words("奥运"))), set()),
    (Any((Phrase(()), words("奥运"))), {"games"}),
    (None, {"stadium", "games", "old", "undated"}),
]


def test_what_matches_is_found_counted_and_sorted_alike(motor, papers):
    for match, expected in MATCHES:
        assert named(papers, motor.newest(match, ALL, 0, 50)) == expected, match
        assert sum(each.count for each in motor.tally(match, ALL)) == len(expected), match
        if match is not None:
            found = motor.find(match, ALL, 50)
            assert named(papers, pks(found)) == expected, match
            assert motor.holds(match, ALL) == bool(expected), match
            assert named(papers, motor.few(match, ALL, len(expected))) == expected, match
            assert not expected or motor.few(match, ALL, len(expected) - 1) is None, match
            assert [e.score for e in found] == sorted((e.score for e in found), reverse=True)


SCOPES = [
    (Scope(kinds=("policy",)), {"stadium"}),
    (Scope(columns=(1, 2)), {"stadium", "games", "old"}),
    (Scope(columns=(1,), years=(2020,)), {"old"}),
    (Scope(departments=(8,)), {"games"}),
    (Scope(validities=("repealed", "valid")), {"stadium", "old"}),
    (Scope(formats=("pdf",)), {"undated"}),
    (Scope(sources=("elsewhere",)), set()),
    (Scope(since=day(2016, 9)), {"games", "old"}),
    (Scope(since=day(2016, 8), until=day(2016, 8)), {"stadium"}),
    (Scope(audience="staff"), {"stadium", "games", "old", "undated", "inside"}),
]


def test_scope_narrows_every_answer(motor, papers):
    everything = Any((words("体"), words("奥"), words("税"), words("废")))
    for scope, expected in SCOPES:
        assert named(papers, pks(motor.find(everything, scope, 50))) == expected, scope
        assert named(papers, motor.newest(None, scope, 0, 50)) == expected, scope
        assert sum(each.count for each in motor.tally(everything, scope)) == len(expected), scope


def test_by_date_undated_last_and_paged_to_the_end(motor, papers):
    order = [papers[name] for name in ("old", "games", "stadium", "undated")]
    assert motor.newest(None, ALL, 0, 10) == order
    assert motor.newest(None, ALL, 2, 1) == order[2:3]
    assert motor.newest(None, ALL, 99, 10) == []
    turned = [papers[name] for name in ("stadium", "games", "old", "undated")]
    assert motor.newest(None, ALL, 0, 10, oldest_first=True) == turned


def test_facets_are_counted_together(motor, papers):
    (found,) = motor.tally(words("免费开放"), ALL)
    assert (found.kind, found.column, found.department, found.year) == ("policy", 1, 7, 2016)
    assert (found.validity, found.format, found.count) == ("valid", "", 1)
    (found,) = motor.tally(words("税务"), ALL)
    assert (found.column, found.department, found.year, found.format) == (None, None, None, "pdf")


def test_titles_count_for_more_and_the_rarer_word_too(motor):
    text = "羽毛球协会今天召开会议，研究部署下一阶段工作。" * 3
    inside, named_so = paper("工作会议", text), paper("羽毛球协会", "工作会议。" * 15)
    common = [paper(f"工作会议 {n}", "召开会议。") for n in range(20)]
    motor.write([inside, named_so, *common])
    assert motor.find(words("羽毛球"), ALL, 5, Weights())[0].pk == named_so.pk
    both = Any((words("羽毛"), words("会议")))
    assert pks(motor.find(both, ALL, 2)) == {inside.pk, named_so.pk}


def test_phrases_are_found_late_in_long_texts_and_across_the_parts(motor):
    filler = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(30_000))
    often = "本条例所称体育设施，" * 3000
    late, repeated = (
        paper("长法", filler + "罕见的结尾词句在此"),
        paper("复沓", often + "末尾有乒乓"),
    )
    motor.write([late, repeated])
    assert pks(motor.find(words("罕见的结尾词句在此"), ALL, 5)) == {late.pk}
    assert pks(motor.find(words("末尾有乒乓"), ALL, 5)) == {repeated.pk}
    for start in range(0, len(filler) - 40, 1777):
        assert pks(motor.find(words(filler[start : start + 40]), ALL, 5)) == {late.pk}
    both = All((words(filler[:6]), words("罕见的结尾")))
    assert pks(motor.find(both, ALL, 5)) == {late.pk}, "words far apart are of one document"
    assert not motor.find(Without(words("罕见的结尾"), (words(filler[:6]),)), ALL, 5)
    assert motor.frequencies(["体育"])["体育"][0] == 1, "of documents, not of parts"


def test_frequencies_are_of_documents(motor, papers):
    found = motor.frequencies(["体育", "奥运", "从未", '"', "'"] * 300)
    assert {token: documents for token, (documents, _n) in found.items()} == {"体育": 3, "奥运": 1}
    assert motor.frequencies([]) == {}
    assert motor.size().documents >= 5
    assert motor.size().tokens > 50


def test_no_token_is_ever_syntax(motor, papers):
    for token in HOSTILE:
        for phrase in (Phrase((token,)), Phrase((token, "体育"), True), Phrase((token,), True)):
            for match in (phrase, Any((phrase, words("奥运"))), Without(words("奥运"), (phrase,))):
                motor.find(match, ALL, 5)
            motor.tally(phrase, ALL)
        motor.find(Phrase((token,), field=NUMBERS), ALL, 5)
    assert "奥运" in motor.frequencies([*HOSTILE, "奥运"])


def test_a_thousand_words_are_answered(motor, papers):
    many = tuple(Phrase((f"词{n}",)) for n in range(400))
    assert pks(motor.find(Any((*many, words("奥运"))), ALL, 5)) == {papers["games"]}
    assert not motor.find(All((*many[:60], words("奥运"))), ALL, 5)
    assert not motor.find(Phrase(tuple(f"词{n}" for n in range(1000))), ALL, 5)


def test_a_document_is_replaced_and_forgotten(motor, papers):
    games = SearchDocument.objects.get(pk=papers["games"])
    games.title_folded, games.fingerprint = "举重", "new"
    games.save()
    assert [(each.pk, each.what) for each in motor.drift()] == [(games.pk, "changed")]
    motor.write([games])
    motor.write([games])
    assert pks(motor.find(words("举重"), ALL, 5)) == {games.pk}
    assert not motor.find(words("奥运"), ALL, 5)
    motor.erase([games.pk, 10**9])
    assert not motor.find(words("举重"), ALL, 5)
    assert [(each.pk, each.what) for each in motor.drift()] == [(games.pk, "missing")]
    motor.erase([])
    motor.write([])


def test_hidden_is_gone_before_the_index_is_told(motor, papers):
    SearchDocument.objects.filter(pk=papers["games"]).update(hidden=True)
    assert not motor.find(words("奥运"), ALL, 5)
    assert motor.tally(words("奥运"), ALL) == []
    assert papers["games"] not in motor.newest(None, ALL, 0, 50)


def test_rebuilt_beside_the_live_one_resumed_and_swapped(motor, papers):
    kept = list(SearchDocument.objects.order_by("pk"))
    rebuild = motor.begin_rebuild()
    motor.write_rebuild(rebuild, kept[:2])
    assert pks(motor.find(words("税务"), ALL, 5)) == {papers["undated"]}, "the live one answers"
    meanwhile = paper("当中发布的信息")
    motor.write([meanwhile])
    motor.erase([papers["games"]])
    again = motor.begin_rebuild()
    assert (again.generation, again.done, again.written) == (rebuild.generation, kept[1].pk, 2)
    motor.write_rebuild(again, kept[2:])
    motor.write_rebuild(again, [meanwhile])
    motor.finish_rebuild(again)
    assert pks(motor.find(words("当中发布"), ALL, 5)) == {meanwhile.pk}
    assert not motor.find(words("奥运健儿"), ALL, 5), "forgotten while it was being built"
    assert [each.what for each in motor.drift()] == ["missing"]
    motor.drop_rebuild()
    assert motor.begin_rebuild().done == 0
    motor.drop_rebuild()
    motor.check()


def test_numbers_of_frequent_tokens_are_those_of_the_last_rebuild(motor, papers, monkeypatch):
    monkeypatch.setattr("search.backends.sql.FREQUENT", 3)
    rebuild = motor.begin_rebuild()
    motor.write_rebuild(rebuild, list(SearchDocument.objects.order_by("pk")))
    motor.finish_rebuild(rebuild)
    found = motor.frequencies(["体育", "乒乓", "从无此词"])
    assert {token: documents for token, (documents, _occurs) in found.items()} == {
        "体育": 3, "乒乓": 1,
    }  # fmt: skip
    motor.write([paper("乒乓新闻"), paper("举重新闻")])
    found = motor.frequencies(["乒乓", "举重"])
    assert (found["乒乓"][0], found["举重"][0]) == (2, 1), "rare ones are counted anew"
    assert named(papers, pks(motor.find(words("体育场馆免费", TITLE), ALL, 5))) == {"stadium"}


def test_broken_engine_says_that_it_is_down(motor, papers, settings):
    settings.PORTAL_ELASTICSEARCH_INDEX = "nowhere"
    for generation in "ab":
        motor.drop(motor.table_of(generation))
    for ask in (
        motor.check, lambda: motor.find(words("奥运"), ALL, 5), lambda: motor.frequencies(["奥运"]),
        lambda: motor.tally(words("奥运"), ALL), lambda: motor.newest(words("奥运"), ALL, 0, 5),
    ):  # fmt: skip
        with pytest.raises(EngineDown):
            ask()


@override_settings(PORTAL_ELASTICSEARCH_URL="http://127.0.0.1:9")
@pytest.mark.django_db
def test_node_that_is_not_there():
    engine_of.cache_clear()
    motor = engine_of("elasticsearch")
    try:
        for ask in (motor.check, lambda: motor.find(words("奥运"), ALL, 5), motor.begin_rebuild):
            with pytest.raises(EngineDown):
                ask()
        with pytest.raises(EngineDown):
            motor.write([paper("奥运")])
    finally:
        engine_of.cache_clear()


@pytest.mark.parametrize(
    "motor", [pytest.param("elasticsearch", marks=pytest.mark.prove)], indirect=True
)
def test_an_analyser_of_the_nodes_raises_scores_and_changes_no_find(motor, papers, settings):
    match = All((words("体育"), words("开放")))
    before = motor.find(match, ALL, 5)
    settings.PORTAL_ELASTICSEARCH_ANALYZER = "standard"  # as smartcn or IK; every node has it
    motor.write(SearchDocument.objects.order_by("pk"))
    assert pks(motor.find(match, ALL, 5)) == pks(before), "an index made before goes on"
    rebuild = motor.begin_rebuild()
    motor.write_rebuild(rebuild, list(SearchDocument.objects.order_by("pk")))
    motor.finish_rebuild(rebuild)
    (found,) = motor.find(match, ALL, 5)
    assert found.pk == before[0].pk and found.score > before[0].score
    for match, expected in MATCHES:
        assert named(papers, motor.newest(match, ALL, 0, 50)) == expected, match
    settings.PORTAL_ELASTICSEARCH_ANALYZER = "nowhere"
    with pytest.raises(EngineDown, match="nowhere"):
        motor.begin_rebuild()
    motor.drop_rebuild()
    assert pks(motor.find(words("奥运"), ALL, 5)) == {papers["games"]}, "the live one answers"

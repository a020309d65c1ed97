"""What people type, understood; and a few things that only the analysis can promise."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.analysis import fold, fold_with_offsets, numbers_in, phrase_of, tokens_of
from search.query import LONGEST, parse

WAYS_TO_WRITE = (
    "粤办函〔2016〕236号", "粤办函[2016]236号", "粤办函（2016）236号", "粤办函【2016】236号",
    "粤办函 2016 236号", "粤办函2016年236号", "粤办函〔２０１６〕第２３６号",
    "粵辦函〔2016〕0236號",
)  # fmt: skip


@pytest.mark.parametrize("written", WAYS_TO_WRITE)
def test_a_document_number_is_one_however_it_is_written(written):
    query = parse(written)
    assert query.numbers == ("dn2016n236粤办函",)
    assert not query.parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("体育 场馆", [("体育", None, False), ("场馆", None, False)]),
        ('"体育场馆"', [("体育场馆", None, True)]),
        ("《全民健身条例》 解读", [("全民健身条例", None, True), ("解读", None, False)]),
        ("标题：條例", [("条例", "title", False)]),
        ("标题:“健身 条例”", [("健身 条例", "title", True)]),
        ("2016-08 体育", [("2016-08", None, False), ("体育", None, False)]),
        ("“没有结尾 的引号", [("没有结尾", None, False), ("的引号", None, False)]),
        ("年:昨天", [("年:昨天", None, False)]),
        ("a:b C++", [("a:b", None, False), ("c++", None, False)]),
    ],
)
def test_words_phrases_and_fields(text, parts):
    assert [(part.text, part.field, part.exact) for part in parse(text).parts] == parts


def test_what_narrows():
    query = parse("赛事 -彩票 栏目:政策法规 部门：群体处 年:2016-2018")
    assert [part.text for part in query.excluded] == ["彩票"]
    assert (query.columns, query.departments) == (("政策法规",), ("群体处",))
    assert (query.since, query.until) == (date(2016, 1, 1), date(2018, 12, 31))
    half = parse("日期:2016-01..2016-06 赛事")
    assert (half.since, half.until) == (date(2016, 1, 1), date(2016, 6, 30))
    assert parse("日期:2016-02-30 赛事").since is None


def test_a_question_is_known_by_its_words_and_a_pasted_text_by_its_length():
    assert parse("怎么申请二级运动员？").question
    assert not parse("运动员 申请").question
    assert not parse("“怎么申请二级运动员”").question
    assert parse("体育" * 50).pasted


@settings(max_examples=400, deadline=None)
@given(
    st.text(alphabet=st.one_of(st.characters(), st.sampled_from('":：“”《》-标题年0129.至号〔〕 ')))
)
@example("\ud800\0\x1f")
@example("标题:" * 5000)
@example("“" * 100_000)
def test_any_text_is_a_query(text):
    query = parse(text)
    assert len(query.raw) <= LONGEST
    for part in (*query.parts, *query.excluded):
        assert phrase_of(part.text)[0]


@settings(max_examples=400, deadline=None)
@given(st.text())
@example("㎡ＡＢ繁體…é衞〇二")
def test_a_find_in_the_folded_text_has_its_place_in_the_original(text):
    folded, places = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(places) == len(folded) + 1 and places == sorted(places)
    assert places[-1] == len(text)


def test_each_chinese_character_begins_one_token_and_phrases_cross_words():
    assert tokens_of(fold("体育场馆 2016、〇")) == ["体育", "育场", "场馆", "馆", "2016", "〇"]
    assert phrase_of("育场") == (["育场"], False)
    assert phrase_of("馆") == (["馆"], True)
    assert phrase_of("场馆 2016") == (["场馆", "馆", "2016"], False)


def test_where_an_issuer_begins_nobody_can_tell():
    ((token, start, end),) = numbers_in("请见粤办函〔2016〕236号文")
    assert token == "dn2016n236请见粤办函"
    assert "请见粤办函〔2016〕236号"[start:end] == "请见粤办函〔2016〕236号"

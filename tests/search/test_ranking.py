"""In what order documents come, why, what a question finds, and what is marked in a result."""

import pytest

from page_types.models import PolicyPage
from search import indexing
from search.highlight import folded_with_places, marks_in, passage_of
from search.query import parse
from search.searching import search


@pytest.fixture
def write(ledger):
    """A function: a public text of a title and a body."""

    def written(title, body="", column="news", **fields):
        return ledger.article(column, title, body=[("paragraph", f"<p>{body}</p>")], **fields)

    return written


def titles(text, **options):
    return [hit.document.title for hit in search(text, **options).hits]


def test_title_before_body_all_words_before_some(write):
    write("年度总结", "全民健身活动和体育场馆开放")
    write("体育场馆向全民健身开放的通知")
    write("体育场馆")
    write("体育彩票销售")
    indexing.catch_up()
    assert titles("体育场馆") == ["体育场馆", "体育场馆向全民健身开放的通知", "年度总结"]
    # No stage comes above an earlier one: the words apart after the words as they stand.
    assert titles("场馆开放") == ["年度总结", "体育场馆向全民健身开放的通知"]
    some = search("体育 彩票 冰壶")
    assert some.relaxed and some.hits[0].document.title == "体育彩票销售"
    assert not search("“彩票冰壶”").hits


def test_what_is_no_longer_in_force_comes_after_what_is(write):
    for validity in ("repealed", "valid"):
        write(f"健身办法 {validity}", "", "policy", model=PolicyPage, validity=validity)
    indexing.catch_up()
    hits = search("健身办法").hits
    assert [hit.document.validity for hit in hits] == ["valid", "repealed"]
    assert hits[1].why["repealed"] < 0
    for hit in hits:
        points = [value for name, value in hit.why.items() if name != "stage"]
        assert hit.score == pytest.approx(sum(points))


def test_a_question_finds_what_speaks_of_the_same_even_if_it_quotes_something_else(write):
    write("运动员技术等级称号办理指南", "二级运动员由所在市体育行政部门审批，提交成绩证明。")
    write("游泳馆开放时间", "周一闭馆。")
    indexing.catch_up()
    assert titles("孩子想当二级运动员，要去哪里办？")[0] == "运动员技术等级称号办理指南"
    quoting = search("“健将”和二级运动员怎么审批？")
    assert quoting.relaxed and quoting.hits[0].document.title == "运动员技术等级称号办理指南"
    # A quotation alone asks for just these words.
    assert not search("“健将和运动员”").hits


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("场馆开放多长时间", True),
        ("是不是要交钱才能进场馆", True),
        ("健身教练证咋考", True),
        ("什么是“双公示”", True),
        ("裁判员几年注册一次", True),
        ("何冰娇 参加 比赛", False),
        ("几内亚 体育 代表团", False),
        ("哪吒体育公园建设", False),
        ("“是否公开”的通知", False),
        ("粤体规〔2021〕1号怎么理解", False),
        ("标题:怎么 健身场馆", False),
    ],
)
def test_names_are_no_questions(text, question):
    assert parse(text).question is question


def test_marks_stand_where_the_words_stand_in_the_original():
    for text in ("\u200b健身㎡", "㎡" * 300 + "健身", "\u200b" * 600 + "全民健身", "體育健身"):
        assert [text[start:end] for start, end in marks_in(text, ["健身"])] == ["健身"]
        folded, place = folded_with_places(text)
        assert place(len(folded)) == len(text)
    long = "甲㎡乙。" * 5000 + "广场舞大赛在天河体育中心举行。" + "丙" * 5000
    passage, marks = passage_of(long, {"广场舞": 3.0, "体育中心": 4.0})
    assert [passage[start:end] for start, end in marks] == ["广场舞", "体育中心"]

"""Personal data however it is written, and no alarm about numbers that only look like it."""

import sys
import unicodedata

import pytest

from page_types.review.checks import numbers
from tests.review.checks_numbers import Maker


def say(*words):
    """What `make prove` quotes."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def read(found, words):
    """The digits of what was found, narrow."""
    shown = (words[at] for at in found.places)
    return "".join(unicodedata.normalize("NFKC", each).upper() for each in shown)


def measure(count, seed):
    """(recall, precision) over `count` generated texts; one that is missed or wrong is printed."""
    maker, hidden, right, told = Maker(seed), 0, 0, 0
    for _ in range(count):
        words, expected = maker.text()
        found = [read(each, words) for each in numbers.find(words)]
        left = list(found)
        for number in expected:
            if number in left:
                left.remove(number)
                right += 1
            else:
                say("missed", number, repr(words))
        for each in left:
            say("wrong", each, repr(words))
        hidden += len(expected)
        told += len(found)
    recall, precision = right / hidden, right / told
    say(f"{count} texts, {hidden} numbers: recall {recall:.4f}, precision {precision:.4f}")
    return recall, precision


def look_alikes(count, seed):
    """How many of `count` numbers that are nobody's are taken for somebody's."""
    maker = Maker(seed)
    wrong = [words for words in (maker.look_alike() for _ in range(count)) if numbers.find(words)]
    say(f"{count} look-alikes: {len(wrong)} alarms", wrong[:10])
    return len(wrong)


def test_hidden_numbers_are_found_and_others_left_alone():
    recall, precision = measure(300, seed=16)
    assert recall >= 0.99 and precision >= 0.95
    assert look_alikes(600, seed=17) <= 6


@pytest.mark.prove
def test_five_thousand_texts(capsys):
    with capsys.disabled():
        recall, precision = measure(5000, seed=2016)
        alarms = look_alikes(10_000, seed=2017)
    assert recall >= 0.99 and precision >= 0.95 and alarms <= 100


@pytest.mark.parametrize(
    ("words", "context", "kind", "masked"),
    [
        ("身份证１１０１０５１９４９１２３１００２ｘ", "", "resident_id", "110105********002X"),
        ("110105 19491231\n002X", "", "resident_id", "110105********002X"),
        ("440106196407", "身份证号", None, ""),
        ("1101054912310021", "", None, ""),
        ("110105491231002", "身份证号", "resident_id", "110105******002"),
        ("电话：138\u200b1234\u200b5678", "", "mobile", "138****5678"),
        ("+86-138-1234-5678", "", "mobile", "138****5678"),
        ("（138）1234-5678", "", "mobile", "138****5678"),
        ("138 1234\n5678", "", "mobile", "138****5678"),
        ("13812345678", "订单编号", None, ""),
        ("账号 6222 0212 3456 7890 128", "", "card", "622202*********0128"),
        ("6222 0212 3456 7890 129", "银行卡号", None, ""),
        ("4111-1111-1111-1111", "银行卡号", "card", "411111******1111"),
        ("4111-1111-1111-1111", "", None, ""),
        ("E12345678", "护照号", "passport", "E1*****78"),
        ("设备型号 E12345678", "", None, ""),
        ("家庭住址：广州市天河区体育西路12号3栋501房", "", "address",
         "广州市天河区体育西路12号3栋501房"),
        ("办公地址：广州市天河区体育东路1号体育大厦1201室", "", None, ""),
    ],
)  # fmt: skip
def test_each_kind(words, context, kind, masked):
    found = [(each.kind, each.masked) for each in numbers.find(words, context)]
    assert found == ([(kind, masked)] if kind else [])


def test_a_long_text_costs_no_more_than_its_length():
    """No pattern runs back and forth over digits, roads and doors (counted, not timed)."""
    roads = "广州市天河区体育西路12号" * 1_000
    for words in ("1 " * 9_000, roads, "13" * 9_000, "1室2房" * 3_000):
        assert len(numbers.find(words)) <= 1

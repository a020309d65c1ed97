"""Rows of tokens, and what is made of them, against a reader that goes through every token."""

import random

import pytest

from search.analysis import fold, tokens_of
from search.backends.base import BODY, NUMBERS, TITLE, All, Any, Phrase, Without
from tests.search.engines import ALL, elasticsearch_url, motor, paper, words

__all__ = ["elasticsearch_url", "motor"]

LETTERS = "体育场馆馆a1bé，。 \n〇𠮷体育体"
PAPERS, ROWS, TREES = 60, 250, 150
FIELDS = (None, None, TITLE, BODY)


@pytest.fixture
def texts(motor):
    """pk -> tokens of the fields of papers made by chance, which an engine knows."""
    chance, made = random.Random(8), {}
    for _each in range(PAPERS):
        title, body = ("".join(chance.choices(LETTERS, k=chance.randint(1, n))) for n in (8, 40))
        written = paper(fold(title) or "体", body, document_number=f"粤{chance.randint(1, 9)} 体")
        motor.write([written])
        own = written.document_number.lower()
        made[written.pk] = {
            TITLE: tokens_of(written.title_folded),
            BODY: tokens_of(written.body_folded),
            NUMBERS: tokens_of(own),
        }
    return made


def stands_in(phrase, tokens):
    """Whether tokens have those of a phrase in a row."""
    wanted, last = phrase.tokens[:-1], phrase.tokens[-1]
    for start in range(len(tokens) - len(wanted)):
        *first, end = tokens[start : start + len(wanted) + 1]
        if tuple(first) == wanted and (end.startswith(last) if phrase.prefix else end == last):
            return True
    return False


def matches(match, fields):
    """Whether a document of these tokens matches."""
    if isinstance(match, Phrase):
        asked = [match.field] if match.field else [TITLE, BODY]
        return any(stands_in(match, fields[field]) for field in asked)
    if isinstance(match, Without):
        return matches(match.match, fields) and not any(matches(e, fields) for e in match.excluded)
    every = all if isinstance(match, All) else any
    return every(matches(part, fields) for part in match.parts)


def row(chance, texts, fields=FIELDS):
    """A phrase: a row cut out of a text, or one that may stand in none."""
    field = chance.choice(fields)
    tokens = chance.choice(list(texts.values()))[field or chance.choice((TITLE, BODY))]
    start, length = chance.randrange(max(1, len(tokens))), chance.randint(1, 5)
    found = tokens[start : start + length] or ["体育"]
    if chance.random() < 0.15:
        chance.shuffle(found)
    if prefix := chance.random() < 0.25:
        found[-1] = found[-1][: chance.randint(1, len(found[-1]))]
    return Phrase(tuple(found), prefix, field)


def tree(chance, texts, depth=2):
    """A match of some phrases."""
    if not depth or chance.random() < 0.3:
        return row(chance, texts)
    parts = tuple(tree(chance, texts, depth - 1) for _each in range(chance.randint(1, 3)))
    if len(parts) > 1 and chance.random() < 0.3:
        return Without(parts[0], parts[1:])
    return chance.choice((All, Any))(parts)


def agrees(motor, match, texts):
    expected = {pk for pk, fields in texts.items() if matches(match, fields)}
    assert {each.pk for each in motor.find(match, ALL, PAPERS)} == expected, match
    assert set(motor.newest(match, ALL, 0, PAPERS)) == expected, match
    assert sum(each.count for each in motor.tally(match, ALL)) == len(expected), match
    assert set(motor.few(match, ALL, len(expected))) == expected, match
    assert not expected or motor.few(match, ALL, len(expected) - 1) is None, match
    return bool(expected)


def test_rows_of_tokens_are_found_where_they_stand(motor, texts):
    chance = random.Random(9)
    found = sum(
        agrees(motor, row(chance, texts, (*FIELDS, NUMBERS)), texts) for _each in range(ROWS)
    )
    assert ROWS / 2 < found < ROWS, "some stand in a text and some in none"


def test_what_is_made_of_rows_is_found_where_all_of_it_holds(motor, texts):
    chance = random.Random(10)
    found = sum(agrees(motor, tree(chance, texts), texts) for _each in range(TREES))
    assert TREES / 3 < found


def test_a_book_of_more_tokens_than_an_engine_holds_is_found_by_its_beginning(motor):
    chance = random.Random(11)
    body = fold("".join(chr(0x4E00 + chance.randrange(20_000)) for _each in range(400_000)))
    book = paper("巨著", body)
    motor.write([book])
    assert [each.pk for each in motor.find(words(body[50:60]), ALL, 5)] == [book.pk]


@pytest.mark.parametrize("length", [63, 64, 65, 100])
def test_words_of_any_length_are_found_wherever_they_stand(motor, length):
    word = "".join(chr(97 + number % 26) for number in range(length))
    named, told = paper(f"文件 {word}"), paper("文件", f"摘要 {word} 完")
    numbered = paper("公告", document_number=word)
    motor.write([named, told, numbered, paper("无关")])
    tokens = tuple(tokens_of(word))
    for match, expected in (
        (Phrase(tokens), {named.pk, told.pk}),
        (Phrase(tokens, field=TITLE), {named.pk}),
        (Phrase(tokens, field=NUMBERS), {numbered.pk}),
        (Without(words("文件"), (Phrase(tokens, field=TITLE),)), {told.pk}),
    ):
        assert {each.pk for each in motor.find(match, ALL, 9)} == expected, match

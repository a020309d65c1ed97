"""The language of queries, for people: everything that is no rule is simply words.

体育 场馆              both must be there (nothing found: some of them, and that is said)
"体育场馆" 《条例》      just as it stands; also “ ” 「 」 『 』
标题:条例 文号:236号    in the title; by number; also 正文:
栏目:政策法规 部门:办公室 narrows to a column, a department
-彩票                 without it
年:2016  年:2016-2018  日期:2016-01-01..2016-06-30
"""

import re
from calendar import monthrange
from datetime import date

from search.analysis import fold, fold_with_offsets, numbers_in
from search.analysis.tokens import HAS_CJK, runs_of
from search.query.model import LONGEST, Part, Query

#: Names before a colon -> what they narrow. English ones for /en/ and for machines.
FIELDS = {
    "标题": "title", "title": "title", "正文": "body", "内容": "body", "body": "body",
    "文号": "numbers", "索引号": "numbers", "number": "numbers",
    "栏目": "column", "column": "column",
    "部门": "department", "处室": "department", "责任处室": "department",
    "department": "department",
    "年": "years", "年份": "years", "year": "years", "日期": "dates", "时间": "dates",
    "date": "dates",
}  # fmt: skip
_NAMES = "|".join(sorted(FIELDS, key=len, reverse=True))
_QUOTES = (
    ("“", "”"),
    ("「", "」"),
    ("『", "』"),
    ("《", "》"),
    ('"', '"'),
    ("＂", "＂"),
    ("„", "“"),
)
_QUOTED = "|".join(
    f"{re.escape(left)}(?P<q{n}>[^{re.escape(left + right)}]*){re.escape(right)}"
    for n, (left, right) in enumerate(_QUOTES)
)
PIECE = re.compile(
    rf"(?P<minus>(?<!\S)[-－−](?=\S))?(?:(?P<field>(?<![^\s\-－−])(?:{_NAMES}))[:：]\s*)?"
    rf"(?:{_QUOTED}|(?P<bare>[^\s“”「」『』《》\"＂„]+))",
    re.IGNORECASE,
)
#: What makes a question of people's own words (findings: 99 % of questions, 0.6 % of keywords);
#: 何 and 几 only where they ask: 何冰娇 is a name, 几内亚 a country.
QUESTION = re.compile(
    "吗|呢|么|怎|咋|啥|是否|能否|可否|哪(?!吒)|谁|可以|[?？]"
    "|多[久少大长远]|[如为有]何|何[时地处种人]|几(?:多|[个天年月次岁人种项条点级元类份家名位张日])"
    r"|([^\W\d_])[不没]\1"
)
#: Free words longer than this without a gap are no query but a piece of a text.
PASTED = 60
YEARS = re.compile(r"^((?:19|20)\d\d)年?(?:\s*(?:-|~|至|到|\.\.+|—)+\s*((?:19|20)\d\d)年?)?$")
DAY = r"((?:19|20)\d\d)(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?"
DATES = re.compile(rf"^(?:{DAY})?\s*(?P<range>\.\.+|~|至|到|—)?\s*(?:{DAY})?$")


def parse(text):
    """The Query of what somebody typed; any text of any length gives one."""
    raw = "".join(c if c.isprintable() else " " for c in text[: 4 * LONGEST]).strip()[:LONGEST]
    found = _Found()
    for piece in PIECE.finditer(_whole_numbers(raw)):
        found.take(piece)
    return found.query(raw)


def _whole_numbers(raw):
    """The text with no gaps left in its document numbers: 粤办函 2016 236号 is one word."""
    folded, places = fold_with_offsets(raw)
    for _token, start, end in reversed(numbers_in(folded)):
        first, last = places[start], places[end]
        raw = raw[:first] + "".join(raw[first:last].split()) + raw[last:]
    return raw


class _Found:
    """What has been understood so far."""

    def __init__(self):
        self.parts, self.excluded, self.numbers = [], [], []
        self.columns, self.departments, self.years = [], [], []
        self.since = self.until = None

    def take(self, piece):
        """One piece: a word, a quoted text, with or without a field or a minus."""
        quoted = next((piece[f"q{n}"] for n in range(len(_QUOTES)) if piece[f"q{n}"]), None)
        value = quoted if quoted is not None else piece["bare"]
        if not value:
            return
        field = FIELDS[piece["field"].lower()] if piece["field"] else None
        if field in ("years", "dates") and self._date(value):
            return
        if field in ("column", "department"):
            names = self.columns if field == "column" else self.departments
            names.append(fold(value).strip())
            return
        if field in ("years", "dates"):  # no date after all: the words as they stand
            value, field = piece[0], None
        self._words(value, field, quoted is not None, bool(piece["minus"]))

    def _words(self, value, field, quoted, minus):
        folded = fold(value)
        if minus:
            if runs_of(folded):
                self.excluded.append(Part(folded, field, exact=True))
            return
        numbers = [] if field in ("title", "body") else numbers_in(folded)
        for token, _start, _end in numbers:
            self.numbers.append(token)
        for _token, start, end in reversed(numbers):
            folded = f"{folded[:start]} {folded[end:]}"
        if not runs_of(folded):
            return
        if quoted:
            self.parts.append(Part(folded.strip(), field, exact=True))
        else:
            # What punctuation parts is not one phrase.
            words = re.split(r"[\s，。、；：！？,;!?()（）\[\]【】<>]+", folded)
            self.parts += (Part(word, field) for word in words if runs_of(word))

    def _date(self, value):
        """Whether the value was understood as years or dates."""
        value = fold(value)
        if years := YEARS.match(value):
            first, last = sorted((int(years[1]), int(years[2] or years[1])))
            self.since, self.until = date(first, 1, 1), date(last, 12, 31)
            return True
        days = DATES.match(value)
        if not days or not (days[1] or days[5]):
            return False
        try:
            since = _day(days[1], days[2], days[3], first=True)
            until = (
                _day(days[5], days[6], days[7], first=False)
                if days["range"] or days[5]
                else _day(days[1], days[2], days[3], first=False)
            )
        except ValueError:
            return False
        self.since, self.until = since, until
        return True

    def query(self, raw):
        """All of it."""
        free = [part for part in self.parts if not part.exact and part.field is None]
        text = " ".join(part.text for part in free)
        longest = max((len(part.text) for part in free), default=0)
        return Query(
            raw=raw,
            parts=tuple(self.parts),
            excluded=tuple(self.excluded),
            numbers=tuple(dict.fromkeys(self.numbers)),
            columns=tuple(self.columns),
            departments=tuple(self.departments),
            since=self.since,
            until=self.until,
            question=bool(
                free
                and HAS_CJK.search(text)
                and sum(len(part.text) for part in self.parts) > 4
                and not self.numbers
                and not any(part.field for part in self.parts)
                # What is quoted asks nothing; a question may quote.
                and QUESTION.search(text if len(free) < len(self.parts) else raw)
            ),
            pasted=longest > PASTED or len(text) > 3 * PASTED,
        )


def _day(year, month, day, first):
    """The first or last day of what is written; None where nothing is. ValueError: no such day."""
    if not year:
        return None
    year = int(year)
    if not month:
        return date(year, 1, 1) if first else date(year, 12, 31)
    month = int(month)
    if not day:
        return date(year, month, 1 if first else monthrange(year, month)[1])
    return date(year, month, int(day))

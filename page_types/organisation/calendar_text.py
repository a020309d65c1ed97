"""A year's holidays as people have them: lines of a table, or the State Council's notice itself.

As lines, “2027-01-01,休,元旦”, “2027/2/20 班 春节调休”, “10月1日至7日，休，国庆节”; as the notice,
“国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）上班。”
"""

import csv
import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

#: What says in a cell whether the day is worked.
WORDS = {
    **dict.fromkeys(("班", "上班", "补班", "工作日", "1", "true", "yes", "是"), True),
    **dict.fromkeys(("休", "放假", "休息", "假", "0", "false", "no", "否"), False),
}
HEADS = {"date", "日期"}
LONGEST_RANGE = timedelta(days=15)
SATURDAY = 5
_DAY = r"(?:(\d{4})[-/.年])?(?:(\d{1,2})[-/.月])?(\d{1,2})日?(?:[（(][^）)]*[）)])?"
_DAYS = re.compile(rf"{_DAY}(?:\s*[至到~—–]+\s*{_DAY})?")
_COMPACT = re.compile(r"\b(\d{4})(\d{2})(\d{2})\b")
_NOTICE = re.compile(r"(?:[一二三四五六七八九十]+、)?([^：:\d,，\t]{1,12})[：:](.+)")


def read_year(text, year):
    """(day -> (whether worked, name), sentences about every line that is wrong)."""
    days, wrong = {}, []
    for number, line in enumerate(text.replace("\ufeff", "").splitlines(), 1):
        try:
            for day, worked, name in _line(line.strip(), year):
                if day in days:
                    raise _Wrong(_("日期重复"))
                days[day] = worked, name[:40]
        except _Wrong as problem:
            wrong.append(_("第 %(number)d 行：%(why)s") % {"number": number, "why": problem})
    if not wrong and days.get(date(year, 1, 1), (True, ""))[0]:
        wrong.append(
            _("没有元旦（1月1日）放假：请确认粘贴的是 %(year)d 年全年的安排") % {"year": year}
        )
    return days, wrong


class _Wrong(ValueError):
    """What is wrong with a line."""


def _line(line, year):
    notice = _NOTICE.fullmatch(line)
    if notice and ("放假" in line or "上班" in line):
        yield from _notice(notice[1].strip(), notice[2], year)
        return
    row = next(csv.reader([line.replace("，", ",").replace("\t", ",")]), [])
    cells = [cell.strip() for cell in row if cell.strip()]
    if len(cells) == 1:
        cells = cells[0].split(maxsplit=2)
    if not cells or cells[0].lower() in HEADS:
        return
    found = _DAYS.fullmatch(_COMPACT.sub(r"\1-\2-\3", cells[0]))
    if found is None or not found[2]:
        raise _Wrong(_("“%(word)s”不是日期，请写成 2027-01-01") % {"word": cells[0]})
    if len(cells) < 2 or cells[1].lower() not in WORDS:
        raise _Wrong(_("第二项请写“休”或“班”"))
    worked, name = WORDS[cells[1].lower()], cells[2] if len(cells) > 2 else ""
    for day in _span(found, year):
        if day.year != year:
            raise _Wrong(_("%(day)s 不在 %(year)d 年") % {"day": day, "year": year})
        yield _checked(day, worked, name)


def _notice(name, words, year):
    """A paragraph of the notice: each sentence says which days are off, or are worked."""
    for sentence in re.split("[。；;]", words):
        if not ("放假" in sentence or "上班" in sentence):
            continue
        worked, month = "上班" in sentence, None
        for found in _DAYS.finditer(sentence.partition("共")[0]):
            month = found[2] or month
            for day in _span(found, year, month):
                if day.year == year:
                    yield _checked(day, worked, name)
                elif day.weekday() < SATURDAY:
                    raise _Wrong(
                        _("%(day)s 不在 %(year)d 年，请单独录入") % {"day": day, "year": year}
                    )


def _checked(day, worked, name):
    if worked and day.weekday() < SATURDAY:
        raise _Wrong(_("%(day)s 本来就是工作日，请核对日期") % {"day": day})
    return day, worked, name


def _span(found, year, month=None):
    """The days of a match of `_DAYS`, from the first to the last."""
    try:
        first = date(int(found[1] or year), int(found[2] or month or 0), int(found[3]))
        if not found[6]:
            return [first]
        last = date(int(found[4] or first.year), int(found[5] or first.month), int(found[6]))
    except ValueError:
        raise _Wrong(_("“%(word)s”不是日期，请写成 2027-01-01") % {"word": found[0]}) from None
    if not first <= last <= first + LONGEST_RANGE:
        raise _Wrong(_("“%(word)s”的起止日期不对，请核对") % {"word": found[0]})
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]

"""Personal data in words: resident IDs, mobiles, bank cards, passports, home addresses.

What has a checksum is believed by it; what has none (mobiles) by its shape and by what stands
around it. Shape before label: a number that somebody calls 订单号 is one.
"""

import re
from dataclasses import dataclass

from page_types.review.checks.checksums import is_old_id, is_resident_id, passes_luhn
from page_types.review.checks.digits import Reading, digits_of, windows

#: How a mobile is grouped where other numbers stand beside it.
_USUAL = {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (1,) * 11}
#: How it is grouped where a line breaks it.
_BROKEN = {(3, 4, 4), (3, 8), (7, 4)}
#: Words that say that the number after them is no personal one.
_LABELS = re.compile(
    r"(?:订单号?|订单编号|单号|编号|流水号?|序号|受理号|批号|批次|合同号|发票号?|票号|代码|条码|"
    r"条形码|标识码|索引号|备案号|证书号|许可证号|文号|书号|刊号|案号|邮编|账单号|项目号|"
    r"(?<![A-Za-z])(?:ISBN|ISSN|NO|SN|ID|CN|ICP)\.?)[:：是为\s]*$",
    re.IGNORECASE,
)
_MONEY = re.compile(r"[¥￥$€£][ ]*$")
#: What, right after digits, says that they count or date something.
_UNIT = re.compile(r"[ ]?(?:[年月日时分秒元万亿%‰]|美元|人次|公里|平方|立方|千米|米|吨|件|份|条)")
#: Weaker ones: beside an unusual grouping they say that these are several numbers.
_COUNTED = re.compile(r"[ ]?[人名个项场家所台套次岁]")
_CARD_WORDS = re.compile(r"银行|卡号|账号|帐号|账户|帐户|储蓄|信用卡|借记卡|开户")
_PASSPORT_WORDS = re.compile(r"护照|通行证|passport", re.IGNORECASE)
_PASSPORT = re.compile(r"(?<![0-9A-Za-z])[A-Z]{1,2} ?\d{7,8}(?:\d{2})?(?![0-9A-Za-z])", re.I)
_OLD_ID_WORDS = re.compile(r"身份证|身份号|证件号")
_HOME_WORDS = re.compile(
    r"(?:家庭|居住|户籍|现住|常住)(?:地址|住址|址|地)[:：是为在于\s]*|住址[:：是为在\s]*|"
    r"(?:家住|现住|居住在|住在)"
)
_DOOR = re.compile(r"[0-9一二三四五六七八九十百零〇甲乙丙]{1,6}[ ]?(?:室|房|户)")
#: What comes before a door in an address: a road or estate, then a number and what it numbers.
_HOUSE = re.compile(
    r"(?:路|街|巷|道|胡同|村|弄|苑|园|里|小区|社区|城|庭|府|楼)[^，。；：\n]{0,12}?"
    r"[0-9一二三四五六七八九十]{1,6}[ ]?(?:号楼|号院|号|弄|栋|幢|座|单元)"
)
#: Words and figures that an address runs through, backwards from its door.
_THROUGH = re.compile(r"[一-龥0-9A-Za-z（）()#\- ]{0,60}$")


#: With fewer digits there is no such number (a home address has them in several places).
FEWEST = 3


@dataclass(frozen=True)
class Found:
    """A piece of personal data: places of its characters in the words, and how it may be shown."""

    kind: str
    places: tuple
    masked: str
    #: places -> "*" for the characters that masking hides; empty where it is not for us to mask.
    hidden: tuple = ()


def find(words, context=""):
    """All personal data in some words, in their order. `context` labels them (heads of a table)."""
    if sum(map(str.isdecimal, words)) < FEWEST:
        return []
    reading = Reading(words)
    found, taken = [], set()
    for kind, look in _LOOKS:
        for places, shown in look(reading, context):
            if not taken.intersection(places):
                taken.update(places)
                found.append(_found(kind, reading, places, shown))
    return sorted(found, key=lambda each: each.places)


def _found(kind, reading, places, shown):
    """`shown` is how many characters stay at the beginning and at the end; None: all of them."""
    words = tuple(reading.places[at] for at in places)
    if shown is None:
        return Found(kind, words, "".join(reading.form[at] for at in places))
    first, last = shown
    hidden = words[first : len(words) - last]
    masked = "".join(
        "*" if place in hidden else reading.form[at]
        for at, place in zip(places, words, strict=True)
    )
    return Found(kind, words, masked, hidden)


def _places(groups):
    return tuple(at for group in groups for at in range(group.start, group.end))


def _resident_ids(reading, context):
    """Numbers of 18 characters by their checksum; those of 15 (before 1999) only where words near
    them or the table's head say so: they have none, and 3.8 % of the 15-digit business registration
    numbers of the province (44…) look like one, as do 1.4 % of order numbers that begin with a day.
    """
    for groups in reading.runs:
        after = -1
        for first, last in windows(groups, {18}):
            window = groups[first : last + 1]
            if first > after and is_resident_id(digits_of(window)):
                if not _in_a_code(reading, window):
                    after = last
                    yield _places(window), (6, 4)
        for group in groups:
            if len(group.digits) == 15 and is_old_id(group.digits):
                if _OLD_ID_WORDS.search(reading.before(group.start, 16) + context):
                    yield _places([group]), (6, 3)


def _in_a_code(reading, window):
    """Whether letters are glued to the digits: then they are part of a longer code."""
    before, after = reading.before(window[0].start, 1), reading.after(window[-1].end, 1)
    # "ID" and "No" before a number glue themselves to it; letters after it never do.
    return bool(re.match(r"[A-Za-z]", after)) or before == "_"


def _cards(reading, context):
    for groups in reading.runs:
        after = -1
        for first, last in windows(groups, {16, 17, 18, 19}):
            window = groups[first : last + 1]
            number = digits_of(window)
            if first <= after or "X" in number or not passes_luhn(number):
                continue
            if not _stands_alone(reading, groups, first, last):
                continue
            said = reading.before(window[0].start, 20) + context
            union_pay = number.startswith("62")
            other = (number[0] in "345" and len(number) == 16) or number[0] == "9"
            if _LABELS.search(reading.before(window[0].start)) and not _CARD_WORDS.search(said):
                continue
            if union_pay or (other and _CARD_WORDS.search(said)):
                after = last
                yield _places(window), (6, 4)


def _stands_alone(reading, groups, first, last):
    """Whether no hyphen or dot joins a window to further digits, and no letter touches it."""
    if first and not _is_prefix(groups[first - 1]) and groups[first].gap in _JOINS:
        return False
    if last + 1 < len(groups) and groups[last + 1].gap in _JOINS:
        return False
    start, end = groups[first].start, groups[last].end
    if _ADDRESS.search(reading.before(start, 120)):
        return False
    return not re.search(r"[0-9A-Za-z_/=]$", _without_words(reading.before(start))) and not (
        re.match(r"[A-Za-z_]|\.\d|[ ]?[元万亿%‰]", reading.after(end))
    )


#: Marks that, without a space, make one code of what they join ("1. " before a number does not).
_JOINS = ("-", ".", "/", ":")
#: The address of a page, up to a number within it.
_ADDRESS = re.compile(r"(?:://|www\.)[!#-&*-+\-./0-:=?-~]*$", re.I)
_PHONE_LETTERS = re.compile(r"(?:tel|phone|mobile|mob|cell|wechat|weixin|wx|vx|[tm])\.?$", re.I)


def _without_words(before):
    """What stands before a number, without a word for "telephone" that touches it."""
    found = _PHONE_LETTERS.search(before)
    if found and not re.search(r"[A-Za-z0-9]$", before[: found.start()]):
        return before[: found.start()]
    return before


def _is_prefix(group):
    return group.digits in ("86", "0086")


def _mobiles(reading, context):
    for line in reading.runs:
        for groups in _cut(line):
            after = -1
            for first, last in windows(groups, {11, 13, 15}):
                window = groups[first : last + 1]
                if first > after and (skipped := _is_mobile(reading, groups, first, last)) >= 0:
                    if not _says_otherwise(reading, window, context):
                        after = last
                        yield _places(window)[skipped:], (3, 4)


def _cut(groups):
    """A run cut at slashes and colons: a mobile has neither."""
    part = []
    for group in groups:
        if part and re.search(r"[/:]", group.gap):
            yield part
            part = []
        part.append(group)
    yield part


def _is_mobile(reading, groups, first, last):
    """How many digits of country code to skip if the window is a mobile; -1 if it is none."""
    window = groups[first : last + 1]
    number = digits_of(window)
    skipped = 0
    for prefix in ("86", "0086"):
        if len(number) == 11 + len(prefix) and number.startswith(prefix):
            skipped = len(prefix)
    if len(number) - skipped != 11 or not re.match(r"1[3-9]\d{9}$", number[skipped:]):
        return -1
    if any(_UNIT.match(reading.after(group.end)) for group in window[:-1]):
        return -1
    if not _stands_alone(reading, groups, first, last):
        return -1
    lengths = tuple(len(group.digits) for group in window)
    if skipped and _is_prefix(window[0]):
        lengths = lengths[1:]
    elif skipped:
        lengths = (lengths[0] - skipped, *lengths[1:])
    if any("\n" in group.gap for group in window[1:]):
        return skipped if lengths in _BROKEN else -1
    if lengths in _USUAL:
        return skipped
    # Otherwise one sort of gap holds it together, and another sort parts it from its neighbours.
    gaps = {group.gap for group in window[1:]}
    counted = _COUNTED.match(reading.after(window[-1].end))
    apart = _gaps_around(reading, groups, first, last).isdisjoint(gaps)
    return skipped if apart and len(gaps) == 1 and not counted else -1


def _gaps_around(reading, groups, first, last):
    """The gaps between a window and its neighbours, where those are numbers of their own."""
    gaps = set()
    if first and _is_prefix(groups[first - 1]):
        first -= 1
    if first:
        before = groups[first - 1]
        # "附件1 138…": the figure belongs to the word before it.
        named = len(before.digits) < 3 and re.search(r"[一-龥]$", reading.before(before.start))
        if not named:
            gaps.add(groups[first].gap)
    if last + 1 < len(groups) and not _UNIT.match(reading.after(groups[last + 1].end)):
        gaps.add(groups[last + 1].gap)
    return gaps


def _says_otherwise(reading, window, context):
    """Whether the words around a number that could be a mobile say that it is something else."""
    before = reading.before(window[0].start)
    after = reading.after(window[-1].end)
    if _MONEY.search(before) or _LABELS.search(before) or (context and _LABELS.search(context)):
        return True
    if _UNIT.match(after):
        return True
    return after.startswith("号") and bool(re.search(r"[第〕】\]#№]$", before))


def _passports(reading, context):
    for found in _PASSPORT.finditer(reading.form):
        if _PASSPORT_WORDS.search(reading.before(found.start(), 20) + context):
            yield (
                tuple(at for at in range(*found.span()) if reading.form[at] != " "),
                (2, 2),
            )


def _addresses(reading, context):
    for door in _DOOR.finditer(reading.form):
        through = _THROUGH.search(reading.before(door.start(), 60)).group()
        if not _HOUSE.search(through):
            continue
        home = _HOME_WORDS.search(through)
        start = door.start() - len(through) + (home.end() if home else 0)
        said = home or _HOME_WORDS.search(reading.before(start, 10)) or "住址" in context
        if said or "单元" in through:
            yield tuple(range(start, door.end())), None


#: In this order: what is part of a surer number is not looked at again.
_LOOKS = (
    ("resident_id", _resident_ids),
    ("passport", _passports),
    ("card", _cards),
    ("mobile", _mobiles),
    ("address", _addresses),
)

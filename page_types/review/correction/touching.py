"""What a correction may not touch: numbers, dates, names, quotations, words that decide the sense.

There is no dictionary that knows every name: the rules err on the side of the ordinary chain.
"""

import re
import unicodedata

from django.utils.translation import gettext as _

#: Chinese numerals, plain and financial, and signs that count; what is not Chinese (①, full-width
#: digits …) Unicode knows. Unicode's own list of Chinese ones has 参 in it.
NUMERALS = "〇零二三四五六七八九十百千万亿廿卅两"
COUNTING = NUMERALS + "一壹贰叁肆伍陆柒捌玖拾佰仟俩几半数第初余多倍％%‰°℃￥$元"
DATES = "年月日时分周季旬"
DAY = re.compile(r"[今明昨前后][天日年]|[上中下]午|[今明昨当]晚|星期.|周[一二三四五六日末]")
#: Words that turn the sense of a sentence round or say what is owed.
DECIDING = "不未无没非勿禁免否须应必可仅只均"
#: Pairs between which words are somebody's title or saying.
QUOTED = ("《》", "“”", "「」", "『』", "〈〉", "‘’", "〔〕", "【】")
DOCUMENT_NUMBER = re.compile(r"[一-龥]{0,10}[〔\[（(【]\s*\d{2,4}\s*[〕\]）)】]\s*第?\s*\d*\s*号?")
#: Endings of names of organisations, and of places and offices (one sign: a short way only).
ORGANISATIONS = re.compile(
    r"公司|集团|中心|协会|总会|学会|商会|大学|中学|小学|学院|政府|办公室|俱乐部|基金会|联合会|委员会|组委会|支部|总队"
)
PLACES = re.compile(
    r"(?<![全各本我该外两地城农社])[省市县区镇乡村](?![场民域分别间份])|局(?![面部势限])|厅|处(?![理于在置罚分])"
    r"|馆|院|校(?![园])|所(?![有以需谓在述])|社(?![会区团群交])|委(?![托])|部(?![分署门])"
)
#: How far before such an ending a name may begin, in characters.
LONGEST_NAME, SHORT_NAME = 12, 4
#: What a name does not run across.
_BREAK = re.compile(r"[^\w]|[的是在和与及或等将已对为了把被由从到向给让]")
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任"
    "卢姚沈姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔"
    "向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍"
    "涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫"
    "费卜冷晏席卫米柏宗瞿桂佟臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_TITLES = (
    "主席|书记|省长|市长|县长|区长|局长|厅长|处长|科长|主任|部长|院长|校长|会长|秘书长|总裁|经理|董事长|教授|博士"
    "|教练|领队|队长|裁判|选手|运动员|球员|队员|冠军|亚军|季军|记者|编辑|同志|先生|女士|老师|医生|代表|委员|摄影|通讯员|名将|老将|小将"
)
#: What often stands right before a name in the middle of a sentence.
_BEFORE = "由和与及向对请被给让"
#: A surname with the signs behind it: after a title, before one, at the beginning of a phrase.
PERSONS = (
    re.compile(rf"(?:{_TITLES})(?P<name>[{SURNAMES}][一-龥]{{1,3}})"),
    re.compile(rf"(?P<name>[{SURNAMES}][一-龥]{{0,3}}?)(?:{_TITLES})"),
    re.compile(rf"(?:(?<![一-龥])|(?<=[{_BEFORE}]))(?P<name>[{SURNAMES}][一-龥]{{1,2}})"),
    re.compile(r"(?P<name>[一-龥]{1,8}·[一-龥·]{1,12})"),
)


def why_not(edit, names=()):
    """Reasons (sentences) why these words are more than a correction; `names` are known ones."""
    reasons = []
    words = edit.taken + edit.added
    sides = [
        (edit.old, edit.start, edit.end),
        (edit.new, edit.begin, edit.stop),
    ]
    near = "".join(text[:a].rstrip()[-1:] + text[b:].lstrip()[:1] for text, a, b in sides)
    if any(map(_counts, words)) or any(map(_is_number, near)):
        reasons.append(_("涉及数字"))
    if any(sign in DATES for sign in words) or any(_inside(DAY, *side) for side in sides):
        reasons.append(_("涉及日期、时间"))
    if any(sign in DECIDING for sign in words):
        reasons.append(_("涉及决定意思的字"))
    if any("LATIN" in unicodedata.name(sign, "") for sign in words):
        reasons.append(_("涉及字母"))
    if any(_inside(DOCUMENT_NUMBER, *side) for side in sides):
        reasons.append(_("涉及文号"))
    if any(_quoted(*side) for side in sides):
        reasons.append(_("涉及书名号或引号中的文字"))
    if any(_is_name(*side, names) for side in sides):
        reasons.append(_("涉及人名、机构名或地名"))
    shown = {"old": edit.taken or _("（无）"), "new": edit.added or _("（删去）")}
    return [
        _("“%(old)s”改为“%(new)s”%(reason)s。") % {**shown, "reason": reason} for reason in reasons
    ]


def _counts(sign):
    return sign in COUNTING or _is_digit(sign)


def _is_number(sign):
    """The same beside the words that were changed: 一 stands there in ordinary words (统一)."""
    return sign in NUMERALS or _is_digit(sign)


def _is_digit(sign):
    return not "一" <= sign <= "龥" and unicodedata.numeric(sign, None) is not None


def _inside(pattern, text, start, end):
    """Whether a match of the pattern has the place in it, or touches it."""
    return any(m.start() <= end and start <= m.end() for m in pattern.finditer(text))


def _quoted(text, start, end):
    """Whether the place stands between signs of quotation, or takes one in."""
    for opening, closing in QUOTED:
        if opening in text[start:end] or closing in text[start:end]:
            return True
        if text.rfind(opening, 0, start) > text.rfind(closing, 0, start):
            return True
    return '"' in text[start:end] or text.count('"', 0, start) % 2 == 1


def _is_name(text, start, end, names):
    for name in names:
        place = text.find(name, max(0, start - len(name)))
        while 0 <= place <= end:
            if place + len(name) >= start:
                return True
            place = text.find(name, place + 1)
    changed, behind = text[start:end], _BREAK.split(text[end : end + LONGEST_NAME])[0]
    ends = (changed, changed[-1:] + behind[:1])
    if any(pattern.search(words) for pattern in (ORGANISATIONS, PLACES) for words in ends):
        return True
    if ORGANISATIONS.search(behind) or PLACES.search(behind[:SHORT_NAME]):
        return True
    # Where nothing stood (or stands), a name before or behind may have grown (or shrunk).
    bare = int(start == end)
    return any(
        match.start("name") < end + bare and start - bare < match.end("name")
        for pattern in PERSONS
        for match in pattern.finditer(text)
    )

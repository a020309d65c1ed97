"""Texts with personal data hidden in them, and numbers that only look like it. Made by chance, the
same from the same seed; what is hidden is written down beside it.
"""

import random
from datetime import date, timedelta

#: Made apart from the code that is tried: weights as powers of two, modulo 11.
PROVINCES = [11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46,
             50, 51, 52, 53, 54, 61, 62, 63, 64, 65]  # fmt: skip
GAPS = [" ", "  ", "-", "－", "–", "—", ".", "·", "\u00a0", "\u3000", "\u2009", "\u200b", "\ufeff",
        "\u00ad", " - ", "_"]  # fmt: skip
WIDTHS = [
    str,
    lambda s: "".join(chr(ord(c) + 0xFEE0) for c in s),
    lambda s: "".join(chr(0x1D7CE + int(c)) if c.isdigit() else c for c in s),
    lambda s: "".join(chr(ord(c) + 0xFEE0) if n % 2 else c for n, c in enumerate(s)),
]
BEFORE = ["身份证号：", "（公民身份号码", "联系人张某，", "电话", "Tel:", "手机：", "运动员李某 ",
          "1. ", "2016年3月18日，", "附件1 ", "报名表：", "联系方式为", "",
          "共25人，其中"]  # fmt: skip
AFTER = ["。", "，请核对。", "）。", " 2016年度", "；", "、", "（本人）", "\n", "号运动员", " 王某"]


class Maker:
    """Numbers and texts by chance."""

    def __init__(self, seed):
        self.chance = random.Random(seed)

    def digits(self, count):
        return "".join(self.chance.choice("0123456789") for _ in range(count))

    def resident_id(self):
        born = date(1930, 1, 1) + timedelta(self.chance.randrange(34_000))
        body = f"{self.chance.choice(PROVINCES)}{self.digits(4)}{born:%Y%m%d}{self.digits(3)}"
        rest = sum(int(d) * pow(2, 17 - n, 11) for n, d in enumerate(body)) % 11
        return body + "10X98765432"[rest]

    def mobile(self):
        return f"1{self.chance.choice('3456789')}{self.digits(9)}"

    def disguised(self, number, usual):
        """The number in another width, with gaps at usual places, everywhere or by chance."""
        way = self.chance.randrange(4)
        if way == 0:
            cuts = set()
        elif way == 1:
            cuts = set(self.chance.choice(usual))
        elif way == 2:
            cuts = set(range(1, len(number)))
        else:
            cuts = set(self.chance.sample(range(1, len(number)), self.chance.randrange(1, 5)))
        gap, width = self.chance.choice(GAPS), self.chance.choice(WIDTHS)
        wide = [width(c) for c in number] if width is not WIDTHS[3] else list(width(number))
        if self.chance.random() < 0.3:
            number = number.lower()
            wide = [c.lower() if c == "X" else c for c in wide]
        return "".join((gap if n in cuts else "") + c for n, c in enumerate(wide))

    def hidden(self):
        """(as it stands in a text, the number)."""
        if self.chance.random() < 0.5:
            number = self.resident_id()
            return self.disguised(number, [(6,), (6, 14), (3, 6, 10, 14)]), number
        number = self.mobile()
        shown = self.disguised(number, [(3, 7), (3,), (7,)])
        return self.chance.choice(["", "", "", "+86 ", "86-"]) + shown, number

    def look_alike(self):
        """A number that is nobody's: orders, 文号, dates, extensions, codes, ISBNs, amounts."""
        c, d = self.chance, self.digits
        bad_id = self.resident_id()
        wrong = "10X98765432".replace(bad_id[-1], "")
        return c.choice([
            lambda: f"订单号：{date(2016, c.randrange(1, 13), 5):%Y%m%d}{d(10)}",
            lambda: f"订单编号1{c.choice('3456789')}{d(9)}",
            lambda: f"流水号{d(20)}",
            lambda: f"受理号：440{d(12)}",
            lambda: f"粤体〔{c.randrange(2001, 2027)}〕{c.randrange(1, 400)}号",
            lambda: f"粤体群〔2016〕{c.randrange(1, 9)}号、{c.randrange(10, 99)}号",
            lambda: f"{c.randrange(1990, 2027)}-{c.randrange(1, 13):02}-{c.randrange(1, 29):02} "
                    f"{c.randrange(24):02}:{c.randrange(60):02}:{c.randrange(60):02}",
            lambda: f"{c.randrange(1990, 2027)}年{c.randrange(1, 13)}月{c.randrange(1, 29)}日",
            lambda: f"{date(2016, 1, 1) + timedelta(c.randrange(3000)):%Y%m%d}{d(6)}",
            lambda: f"020-8{d(7)}转{d(4)}",
            lambda: f"（0755）2{d(7)}-{d(3)}",
            lambda: f"020-8{d(3)} {d(4)}、020-3{d(3)} {d(4)}",
            lambda: f"统一社会信用代码9144{d(4)}{d(8)}X{c.choice('ABCDEFGH')}",
            lambda: f"统一社会信用代码1144{d(4)}00{d(7)}{c.choice('KLMNPQ')}",
            lambda: f"ISBN 978-7-{d(3)}-{d(5)}-{d(1)}",
            lambda: f"ISBN 9787{d(9)}",
            lambda: f"国内统一刊号CN44-{d(4)}",
            lambda: f"{c.randrange(1, 99)},{d(3)},{d(3)},{d(3)}.{d(2)}元",
            lambda: f"资金1{c.choice('3456789')}{d(9)}元",
            lambda: f"¥1{c.choice('3456789')}{d(9)}.00",
            lambda: f"{d(5)}.{d(2)}万元、{d(4)}.{d(2)}万元",
            lambda: bad_id[:-1] + c.choice(wrong),
            lambda: f"项目代码2016-440100-{d(2)}-01-{d(6)}",
            lambda: f"粤ICP备{d(8)}号-1",
            lambda: f"比分{c.randrange(30)}:{c.randrange(30)}，成绩{d(1)}:{d(2)}.{d(2)}",
            lambda: f"邮编510{d(3)}",
            lambda: f"合同号GD{d(11)}",
            lambda: f"https://tyj.example.cn/content/post_1{c.choice('3456789')}{d(9)}.html",
        ])()  # fmt: skip

    def text(self):
        """(words, numbers hidden in them)."""
        parts, numbers = [], []
        for _ in range(self.chance.randrange(2, 7)):
            if self.chance.random() < 0.5:
                shown, number = self.hidden()
                numbers.append(number)
                parts.append(self.chance.choice(BEFORE) + shown + self.chance.choice(AFTER))
            else:
                parts.append(self.chance.choice(["", "见", "其中", "现公布"]) + self.look_alike()
                             + self.chance.choice("。，；、\n"))  # fmt: skip
        return "".join(parts), numbers

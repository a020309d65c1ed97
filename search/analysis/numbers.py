"""Document numbers (文号) in one form, however they are written.

粤办函〔2016〕236号 = [2016] = (2016) = 【2016】 = 粤办函2016年236号 = …第236号 (GB/T 9704, 7.2.5)
"""

import re

#: Year in brackets or before 年, serial, 号, in a folded text; the issuer stands before it.
NUMBER = re.compile(
    r"[〔\[(【〖〈<{「『]?\s{0,2}(?P<year>(?:19|20)\d\d)\s{0,2}"
    r"(?:[〕\])】〗〉>}」』]|年)?\s{0,2}第?\s{0,2}0{0,5}(?P<serial>[1-9]\d{0,5})\s{0,2}号"
)
ISSUER = re.compile(r"[\u3007\u3400-\u9fff]*\s*$")
#: So many characters before the year may be the issuer's; each ending of them is a token.
LONGEST_ISSUER = 8


def _token(year, serial, issuer=""):
    return f"dn{year}n{serial}{issuer}"


def _numbers(folded):
    """(year, serial, issuer, start, end) of each number; the issuer at most LONGEST_ISSUER long."""
    for found in NUMBER.finditer(folded):
        before = max(0, found.start() - LONGEST_ISSUER - 3)
        issuer = ISSUER.search(folded[before : found.start()])[0]
        named = issuer.strip()[-LONGEST_ISSUER:]
        start = found.start() - (len(issuer.lstrip()) if named else 0)
        yield found["year"], found["serial"], named, start, found.end()


def number_tokens(folded):
    """Tokens by which document numbers in a text are found: bare, and by endings of the issuer.

    Where an issuer begins, nobody can tell (按照粤办函〔2016〕236号): so each ending of what stands
    before the year is a token, and whoever asks with an issuer asks for just that one.
    """
    tokens = {}
    for year, serial, issuer, _start, _end in _numbers(folded):
        tokens[_token(year, serial)] = None
        for length in range(1, min(len(issuer), LONGEST_ISSUER) + 1):
            tokens[_token(year, serial, issuer[-length:])] = None
    return list(tokens)


def numbers_in(folded):
    """What a query asks for: [(token, start, end)] of each document number in it."""
    return [
        (_token(year, serial, issuer), start, end)
        for year, serial, issuer, start, end in _numbers(folded)
    ]

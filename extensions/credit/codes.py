"""Check digits of the codes by which the state names organisations and persons.

Sources: GB 32100-2015 (统一社会信用代码), GB 11714-1997 (组织机构代码), GB 11643-1999
(公民身份号码).
"""

import re
from datetime import date
from functools import lru_cache

#: The 31 characters of GB 32100: no I, O, S, V, Z.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_CREDIT = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}", re.A)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION = re.compile(r"[0-9A-Z]{8}[0-9X]", re.A)
_PERSON_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PERSON = re.compile(r"\d{17}[0-9X]", re.A)
#: First two characters of a credit code -> who has such a one. A soft rule: others exist.
OWNERS = {"11": "机关", "12": "事业单位", "51": "社会团体", "52": "民办非企业单位", "53": "基金会",
          "91": "企业", "92": "个体工商户"}  # fmt: skip


def is_organisation_code(text):
    """Whether nine characters (no hyphen) are a code of GB 11714 with its check character."""
    if not _ORGANISATION.fullmatch(text):
        return False
    total = sum(w * int(sign, 36) for w, sign in zip(_ORGANISATION_WEIGHTS, text, strict=False))
    return "0123456789X0"[11 - total % 11] == text[8]


@lru_cache(maxsize=4096)  # a sheet says the same few bodies in every row
def is_credit_code(text):
    """Whether eighteen characters are a code of GB 32100, with both check characters."""
    if not _CREDIT.fullmatch(text):
        return False
    total = sum(w * _VALUES[sign] for w, sign in zip(_CREDIT_WEIGHTS, text, strict=False))
    return ALPHABET[-total % 31] == text[17] and is_organisation_code(text[8:17])


def is_person_number(text):
    """Whether eighteen characters are a citizen's number: a real birthday and the check digit."""
    if not _PERSON.fullmatch(text):
        return False
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    total = sum(w * int(sign) for w, sign in zip(_PERSON_WEIGHTS, text, strict=False))
    return "10X98765432"[total % 11] == text[17]


def kind_of(text):
    """What a code is by its check digits: "credit", "organisation", "person" or ""."""
    if is_credit_code(text):
        return "credit"
    if is_person_number(text):
        return "person"
    return "organisation" if is_organisation_code(text) else ""

"""What numbers of identity documents and cards prove of themselves."""

from datetime import date

#: GB 11643: weights and check characters of the resident ID number.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
#: GB/T 2260: first two digits of a resident ID, by province.
_PROVINCES = {
    *range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55),
    *range(61, 66), 71, 81, 82, 83,
}  # fmt: skip


def is_resident_id(number, today=None):
    """Whether 18 characters are a valid resident ID number (GB 11643), or that of a foreigner's
    permanent residence card of 2023, which is built alike (9, province, country)."""
    if len(number) != 18 or not number[:17].isdigit() or "X" in number[:17]:
        return False
    if int(number[:2]) not in _PROVINCES and not (
        number[0] == "9" and int(number[1:3]) in _PROVINCES
    ):
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    if not date(1880, 1, 1) <= born <= (today or date.today()):  # noqa: DTZ011  a day, no moment
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECK[total % 11] == number[17]


def passes_luhn(number):
    """Whether the digits of a card are consistent (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_old_id(number):
    """Whether 15 digits can be a resident ID number of before 1999, which has no check digit."""
    try:
        date(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12]))
    except ValueError:
        return False
    return int(number[:2]) in _PROVINCES

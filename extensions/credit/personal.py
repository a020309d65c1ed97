"""Numbers and names of persons within texts: found however they are written, and hidden."""

import re
import unicodedata

from extensions.credit.codes import is_person_number
from extensions.credit.secrets import masked, masked_name
from page_types.review.checks import numbers

#: Kinds of `numbers` that are never published (domain facts, 3.6).
_DOCUMENTS = ("resident_id", "passport")
#: Kinds that are shown only if somebody means it.
_DOUBTFUL = {"mobile", "address"}
#: The tax number of a trader of before 2015: his own number and two digits.
_WITH_TWO_MORE = re.compile(r"(?<![0-9A-Za-z])(\d{17}[0-9Xx])\d{2}(?![0-9A-Za-z])", re.A)
#: With fewer digits there is no citizen's number in a text.
_FEWEST = 15
#: A number of fewer signs than that may stand anywhere by chance.
_SHORT = 6
#: What people put between the signs of a number.
_GAPS = " \t\n\u3000\xa0-－—_·."


def numbers_in(text, own=()):
    """Whether numbers of persons stand in a text: citizens', passports, and those of `own`."""
    if sum(map(str.isdecimal, text)) >= _FEWEST:
        if any(is_person_number(found.upper()) for found in _WITH_TWO_MORE.findall(text)):
            return True
        if any(found.kind in _DOCUMENTS for found in numbers.find(text)):
            return True
    elif "护照" in text or "通行证" in text:
        if any(found.kind == "passport" for found in numbers.find(text)):
            return True
    return any(_places(text, number) for number in own)


def doubtful_in(text):
    """Whether a mobile's number or a home's address stands in a text."""
    return any(found.kind in _DOUBTFUL for found in numbers.find(text))


def hidden(text, own=(), name=""):
    """The text with the numbers of `own` masked, and a natural person's name wherever it stands."""
    for number in own:
        for places in reversed(_places(text, number)):
            text = f"{text[: places[0]]}{masked(number)}{text[places[-1] + 1 :]}"
    if len(name) > 1 and name[0] in text:
        text = _spaced(name).sub(lambda _found: masked_name(name), text)
    return text


def names(text, name):
    """Whether a natural person's name stands in a text; one of a single sign is in every text."""
    return len(name) > 1 and _spaced(name).search(text) is not None


def _spaced(name):
    return re.compile(r"\s*".join(map(re.escape, "".join(name.split()))))


def _places(text, number):
    """Places of a number's signs in a text, for each time it stands there."""
    number = "".join(sign for sign in number.upper() if sign not in _GAPS)
    if len(number) < _SHORT or len(text) < len(number):
        return []
    signs, places = [], []
    for place, sign in enumerate(text):
        for each in unicodedata.normalize("NFKC", sign).upper():
            if each not in _GAPS:
                signs.append(each)
                places.append(place)
    form, found, at = "".join(signs), [], -1
    while (at := form.find(number, at + 1)) >= 0:
        found.append(places[at : at + len(number)])
    return found

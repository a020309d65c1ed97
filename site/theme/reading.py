"""Reading preferences: one cookie, rendered by the server on `<html>`, set by the door `/reading/`.

The cookie `reading` holds only what differs from the ordinary page, readable and without quoting:
`size:large.contrast:black`. Whatever is not on the closed list below is ignored. Every name there
is an attribute `data-NAME` of `<html>`; the style sheet does the rest, so nothing flashes and
nothing needs script. `portal.js` writes the same cookie in the same words.
"""

from django.utils.cache import patch_vary_headers

COOKIE = "reading"
#: One year, in seconds.
MAX_AGE = 365 * 24 * 3600
#: name -> what one may choose; the first is the ordinary page and is never written down.
CHOICES = {
    "size": ("medium", "small", "large", "largest"),
    "contrast": ("normal", "high", "black", "blue"),
    "view": ("normal", "elder", "plain"),
    "guide": ("off", "on"),
    "bar": ("closed", "open"),
}
_LONGEST = 200


def parse(value):
    """name -> choice of a cookie's text; what is unknown, malformed or ordinary is left out."""
    pairs = (part.partition(":") for part in (value or "")[:_LONGEST].split("."))
    return {name: choice for name, _, choice in pairs if choice in CHOICES.get(name, ())[1:]}


def dump(chosen):
    """The cookie's text, names in the order of the list; empty when all is ordinary."""
    return ".".join(f"{name}:{chosen[name]}" for name in CHOICES if chosen.get(name))


def chosen_by(request):
    """The valid preferences that a request brings; none for a request that is absent."""
    return parse(request.COOKIES.get(COOKIE)) if request is not None else {}


def changed(chosen, wanted):
    """`chosen` with the valid choices of the mapping `wanted` laid over it."""
    result = dict(chosen)
    for name, choices in CHOICES.items():
        choice = wanted.get(name)
        if choice == choices[0]:
            result.pop(name, None)
        elif choice in choices:
            result[name] = choice
    return result


def remember(response, chosen, secure):
    """Set the cookie, or take it away when all is ordinary again."""
    if value := dump(chosen):
        # Script reads and writes it too; it says nothing about anybody.
        response.set_cookie(COOKIE, value, max_age=MAX_AGE, secure=secure, samesite="Lax")
    else:
        response.delete_cookie(COOKIE, samesite="Lax")


def mark_as_personal(response):
    """No shared store may keep a page made for one reader.

    A response to a request without the cookie stays as it is, the same for everybody, and without
    `Vary`: the store of finished pages keeps that one, and a front server passes by the store when
    the cookie is there. Should a store in between hand the ordinary page to a reader who has
    preferences, `portal.js` sets them right.
    """
    patch_vary_headers(response, ("Cookie",))
    response.headers["Cache-Control"] = "private"

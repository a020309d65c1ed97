"""How much of a file is looked at; each limit is a setting (`PORTAL_FILE_…`)."""

from django.conf import settings

#: setting -> default; sizes in bytes of content, times in seconds of processor
DEFAULTS = {
    "PORTAL_FILE_UNPACKED": 200 * 1024 * 1024,  # all parts of one package (docx, xlsx, zip …)
    "PORTAL_FILE_PARTS": 5000,  # parts of one package
    "PORTAL_FILE_RATIO": 200,  # unpacked : packed, counted above 10 MB
    "PORTAL_FILE_TEXT": 400_000,  # characters of text that are kept
    "PORTAL_FILE_PAGES": 500,  # pages of a PDF that are read
    "PORTAL_FILE_SECONDS": 20,  # for reading one file
}
#: Below this a package may shrink as well as it likes: empty tables do.
RATIO_FROM = 10 * 1024 * 1024


def limit(name):
    """The value of a limit, as the bureau set it."""
    return getattr(settings, name, DEFAULTS[name])

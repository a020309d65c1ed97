"""The public pages that every browser test looks at, found on the site itself."""

import re
import urllib.request

FIXED = {
    "home": "/",
    "group of columns": "/xwzx/",
    "column with items": "/xwzx/gdtyxw/",
    "empty column": "/zwgk/sjzz/",
    "site map": "/site-map/",
    "search": "/search/?q=体育",
    "missing": "/nothing/here/",
}
KINDS = [*FIXED, "article", "policy"]
COLUMNS = {"article": "/xwzx/gdtyxw/", "policy": "/zwgk/zfxxgk/xxgkml/bmwj/"}


def path_of(portal, kind):
    """The address of one page of that kind."""
    if kind in FIXED:
        return FIXED[kind]
    column = COLUMNS[kind]
    text = urllib.request.urlopen(portal.url + column).read().decode()
    return re.search(rf'href="({column}[a-z0-9-]+/)"', text)[1]

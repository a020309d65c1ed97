"""The public pages that every browser test looks at, found on the site itself.

A new page type adds one line: to `COLUMNS` for a page of that type, to `FIXED` for an address.
"""

import re
import urllib.request

#: kind -> address
FIXED = {
    "home": "/",
    "group of columns": "/xwzx/",
    "column with items": "/xwzx/gdtyxw/",
    "empty column": "/zwgk/sjzz/",
    "site map": "/site-map/",
    "catalogue": "/zwgk/zfxxgk/xxgkml/",
    "picture list": "/xwzx/tpxw/",
    "leaders": "/zwgk/sjld/",
    "search": "/search/?q=体育",
    "reading preferences": "/reading/",
    "subscription": "/subscribe/gdtyxw/",
    "public form": "/report-error/",
    "privacy notice": "/privacy/",
    "open data": "/open-data/",
    "data set": "/open-data/publications/",
    "credit": "/credit/",
    "licences": "/credit/licences/",
    "penalty": "/credit/penalties/1/",
    "credit column": "/ztzl/xyxxsgs/",
    "missing": "/nothing/here/",
}
#: kind -> the column whose newest page is looked at
COLUMNS = {
    "article": "/xwzx/gdtyxw/",
    "policy": "/zwgk/zfxxgk/xxgkml/bmwj/",
    "notice": "/xwzx/tzgg/",
    "picture story": "/xwzx/tpxw/",
    "republication": "/xwzx/zscd/",
    "micropost": "/hdjl/zwwb/",
    "leader": "/zwgk/sjld/",
    "institution": "/tyyw/qzty/stzx/",
    "service": "/bsfw/xzspbz/",
    "list of powers": "/zwgk/zfxxgk/xxgkml/qzqd/",
    "statistics": "/zwgk/tjsj/",
    "topic": "/ztzl/jcay/",
    "link": "/tyyw/qzty/qztyw/",
}
KINDS = [*FIXED, *COLUMNS]
#: Those that differ in their frame: what every page has is asked of these.
FRAMES = [
    "home", "group of columns", "column with items", "empty column", "catalogue",
    "reading preferences", "public form", "missing", "article", "policy",
    "picture story", "service",
]  # fmt: skip


def path_of(portal, kind):
    """The address of one page of that kind."""
    if kind in FIXED:
        return FIXED[kind]
    column = COLUMNS[kind]
    text = urllib.request.urlopen(portal.url + column).read().decode()
    return re.search(rf'href="({column}[a-z0-9-]+/)"', text)[1]

"""From a public list to its file."""

from urllib.parse import urlencode

from exports.public.catalogue import PATH
from page_types.publication.views import fragment


def of_column(reading, entry, text):
    """On a column's page: its list as a file, for columns that have one."""
    node = reading.site.by_id.get(entry.column_id)
    if reading.preview or node is None or node.group or not node.public:
        return ""
    if node is reading.site.home:
        return ""
    url = f"{PATH}pages.csv?{urlencode({'column': node.key})}"
    return fragment("exports/open_data/column_link.html", {"url": url})

"""What the list of a new-media column shows besides: the page each post was composed from."""

from page_types.publication.lists import row_of
from page_types.publication.models import Pointer


def posts(reading, node, context):
    """`articles`: page id of a post -> line of its page, for those that are public; one query."""
    posts = [row.page_id for row in context["rows"]]
    pointers = Pointer.objects.filter(entry_id__in=posts, role="article").select_related(
        "to_page__department"
    )
    return {
        "articles": {
            pointer.entry_id: row_of(reading.site, pointer.to_page) for pointer in pointers
        }
    }

"""Questions asked of the live site after a publication. Every room may register its own.

A probe is a function `(event) -> sentence`, empty when all is well.
"""

from django.utils.translation import gettext as _

from page_types.publication.addresses import public_path
from page_types.publication.models import Entry
from page_types.publication.snapshot import snapshot
from page_types.publication.verify import digest_of

_probes = []


def register(probe):
    """Ask `probe` after every publication from now on; usable as a decorator."""
    if probe not in _probes:
        _probes.append(probe)
    return probe


def run_probes(event):
    """What is wrong after the event, as sentences; empty when every probe is content."""
    return [str(found) for probe in _probes if (found := probe(event))]


@register
def address_shows_this_text(event):
    """The public address of the page leads to an entry with exactly the text of the event."""
    page_id = int(event.subject.removeprefix("page/"))
    path = public_path(page_id)
    if path is None:
        return _("发布后找不到公开条目")
    node, rest, former = snapshot().longest(path.strip("/"))
    shown = (
        Entry.objects.select_related("text")
        .filter(column_id=node and node.pk, slug=rest[0] if rest else "")
        .first()
    )
    if shown is None or former or shown.pk != page_id:
        return _("公开网址 %(path)s 打开的不是这一页") % {"path": path}
    if shown.text_id != event.text_id or digest_of(shown.text) != event.text_id:
        return _("公开网址 %(path)s 显示的不是刚批准的文本") % {"path": path}
    return ""

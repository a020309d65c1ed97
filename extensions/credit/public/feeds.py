"""RSS of the newest licences and penalties."""

from django.conf import settings
from django.http import HttpResponse

from extensions.credit.models import KINDS
from extensions.credit.search_source import LABELS, title_of
from page_types.publication.days import midnight
from page_types.publication.feeds import FEED_LENGTH, ColumnFeed
from page_types.publication.snapshot import snapshot
from page_types.publication.views import public


@public
def feed(request, kind):
    """The records that became public last."""
    name, label = snapshot().name, LABELS[kind]
    made = ColumnFeed(
        title=f"{label} - {name}",
        link=settings.SITE_URL + request.path.removesuffix("feed/"),
        description=f"{name}·{label}",
        language="zh-cn",
        feed_url=settings.SITE_URL + request.path,
    )
    records = KINDS[kind].objects.public().select_related("department")
    for record in records.order_by("-public_on", "-pk")[:FEED_LENGTH]:
        url = settings.SITE_URL + record.get_absolute_url()
        made.add_item(
            title=title_of(record),
            link=url,
            description=record.shown("content")[:300],
            pubdate=midnight(record.public_on),
            unique_id=url,
            author_name=record.department.name,
        )
    return HttpResponse(
        made.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8"
    )

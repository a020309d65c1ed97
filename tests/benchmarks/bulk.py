"""Many public articles at once, straight into the ledger tables of a throw-away database."""

from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from page_types.publication.models import Address, Column, Counter, Entry, Event, Listing, Text
from page_types.publication.models.events import page_subject
from page_types.publication.texts import canonical

FIRST_PAGE = 1_000_000
BODY = "<p>全省各级体育部门按照职责分工组织开展群众性体育活动，及时公开信息。</p>" * 12


@transaction.atomic
def add_articles(count, key="gdtyxw", batch=2000):
    """`count` articles in column `key`, one an hour back from now; returns the newest slug."""
    column = Column.objects.get(key=key)
    department = column.owners.first()
    number = Counter.lock(Counter.EVENT)
    now = timezone.now()
    for start in range(0, count, batch):
        texts, events, entries, listings, addresses = [], [], [], [], []
        for place in range(start, min(start + batch, count)):
            page_id, slug = FIRST_PAGE + place, f"bench-{place}"
            title, shown = f"【演示】第 {place} 条信息", now - timedelta(hours=place)
            content = canonical(_content(title, slug))
            label = "page_types.articlepage"
            digest = sha256(f"{label}\n1\n{content}".encode()).hexdigest()
            number.value += 1
            texts.append(Text(digest=digest, type=label, schema=1, content=content))
            events.append(
                Event(
                    number=number.value, subject=page_subject(page_id), what=Event.What.PUBLISHED,
                    authority="bench", at=now, shown_at=shown, title=title, column=column,
                    department=department, kind=column.kind, text_id=digest,
                    source=Event.Source.DEMO,
                )
            )  # fmt: skip
            entries.append(
                Entry(
                    page_id=page_id, type=label, column=column, department=department, slug=slug,
                    title=title, summary=title, shown_at=shown, first_published_at=shown,
                    text_id=digest, event_id=number.value,
                )
            )  # fmt: skip
            listings.append(
                Listing(column=column, entry_id=page_id, kind=column.kind, shown_at=shown)
            )
            addresses.append(Address(column=column, slug=slug, page_id=page_id))
        for model, rows in (
            (Text, texts), (Event, events), (Entry, entries), (Listing, listings),
            (Address, addresses),
        ):  # fmt: skip
            model.objects.bulk_create(rows)
    number.save()
    return "bench-0"


def _content(title, slug):
    return {
        "title": title, "slug": slug, "seo_title": "", "search_description": "", "summary": title,
        "source": "演示", "keywords": "", "also_shown_in": [], "interprets": [],
        "body": [{"type": "paragraph", "value": BODY, "id": slug}],
    }  # fmt: skip

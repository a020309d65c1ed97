"""How often a public page asks the database: bounded, never twice the same, flat in size."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from page_types.publication.models import Listing


def queries(client, path):
    client.get(path)  # the columns are read once and kept
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def shape(sql):
    """The query without its values."""
    return re.sub(r"\d+|'[^']*'", "?", sql)


def picture(ledger, name="图.png"):
    from io import BytesIO

    from django.core.files.base import ContentFile
    from PIL import Image

    from page_types.models import PortalImage

    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return PortalImage.objects.create(title=name, file=ContentFile(out.getvalue(), name=name))


def rich_article(ledger, links=3):
    """An article with links, pictures, an attachment, explained documents, shown elsewhere."""
    targets = [ledger.article("notice", f"目标{number}") for number in range(links)]
    body = [
        ("paragraph", "".join(f'<p><a linktype="page" id="{t.pk}">链接</a></p>' for t in targets)),
        *[
            ("figure", {"image": picture(ledger, f"{n}.png"), "alternative_text": f"图{n}"})
            for n in range(links)
        ],
        ("attachments", [{"document": ledger.document(f"{n}.pdf"), "title": f"附件{n}"}
                         for n in range(links)]),
    ]  # fmt: skip
    page = ledger.draft("explained", "丰富的一篇", body=body)
    for target in targets:
        page.interprets.create(page=target)
    page.save_revision(user=ledger.editor)
    ledger.publish(page)
    return page


#: Article: columns' token, entry, pointers, files, pictures, neighbours in the list (one query for
#: previous and next), what extensions add below.
LIMITS = {"home": 20, "column": 10, "article": 7}


@pytest.mark.parametrize("kind", LIMITS)
def test_number_of_queries_is_bounded_and_none_is_repeated(ledger, client, kind):
    page = rich_article(ledger)
    paths = {"home": "/", "column": "/policy/explained/",
             "article": f"/policy/explained/{page.slug}/"}  # fmt: skip
    asked = queries(client, paths[kind])
    assert len(asked) <= LIMITS[kind], "\n".join(asked)
    assert len({shape(sql) for sql in asked}) == len(asked), "\n".join(asked)


def test_a_policy_page_is_bounded_with_every_extension_on(ledger, client, models):
    page = ledger.article("policy", "一份文件", model=models.policy)
    assert len(queries(client, f"/policy/{page.slug}/")) <= LIMITS["article"]


@pytest.mark.parametrize("kind", LIMITS)
def test_number_of_queries_does_not_grow(ledger, client, kind):
    small = rich_article(ledger, links=1)
    paths = {"home": "/", "column": "/news/", "article": f"/policy/explained/{small.slug}/"}
    ledger.article("news", "第一条")
    before = len(queries(client, paths[kind]))
    for number in range(25):
        ledger.article("news", f"第{number}条")
    for number in range(10):
        ledger.column(f"more{number}", f"更多{number}")
        ledger.column(f"below{number}", f"下级{number}", parent=f"more{number}")
    if kind == "article":
        paths["article"] = f"/policy/explained/{rich_article(ledger, links=6).slug}/"
    if kind == "column":
        before = max(before, len(queries(client, "/news/page/2/")))
    assert len(queries(client, paths[kind])) <= before


def plan_of(queryset):
    with connection.cursor() as cursor:
        sql, params = queryset.query.sql_with_params()
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        return " ".join(str(row) for row in cursor.fetchall())


@pytest.mark.parametrize("analysed", [False, True])
def test_lists_walk_an_index_and_sort_nothing(ledger, analysed):
    if connection.vendor != "sqlite":
        pytest.skip("the plan's wording is SQLite's; PostgreSQL chooses by size")
    now = timezone.now()
    for number in range(5):
        ledger.article("news", f"第{number}条", shown_at=now - timedelta(hours=number))
    if analysed:
        connection.cursor().execute("ANALYZE")
    newest = ("-shown_at", "-entry")
    column = ledger.columns["news"]
    by_column = Listing.objects.filter(column=column).order_by(*newest)[:20]
    by_kind = Listing.objects.filter(kind="news").order_by(*newest)[:8]
    assert "TEMP B-TREE" not in plan_of(by_column)
    assert "listing_newest_first" in plan_of(by_column)
    assert "TEMP B-TREE" not in plan_of(by_kind)

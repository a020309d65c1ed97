"""What only the writing side knows is found in no public output."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import Page, Revision

from page_types.models import ArticlePage, ColumnPage, HomePage, InterpretedDocument
from page_types.publication.models import Entry
from page_types.publication.reading import Reading
from page_types.publication.sql_guard import WritingSideRead, reading_side_only
from page_types.publication.texts import rebuild

CANARY = "机密金丝雀"


def outputs(client, ledger, *paths):
    """Everything public: every address of the ledger and every door."""
    doors = [
        "/",
        "/site-map/",
        "/sitemap.xml",
        "/sitemap-0.xml",
        "/robots.txt",
        "/search/?q=金丝雀",
    ]
    columns = [f"/feeds/{key}.xml" for key in ledger.columns]
    pages = [node.url for node in Reading().site.walk()]
    for path in [*doors, *columns, *pages, *paths]:
        answer = client.get(path)
        content = b"".join(answer) if answer.streaming else answer.content
        yield path, content.decode(errors="replace") + str(answer.headers)


#: What a text field gets where the canary itself would break the tree.
VALUES = {"slug": "canary", "url_path": f"/{CANARY}/"}
LEFT_ALONE = {"path"}


def plant(ledger, page):
    """The canary in every text field of every row of the writing side."""
    for model in (Page, ArticlePage, ColumnPage, HomePage):
        names = [
            field.name
            for field in model._meta.local_fields
            if field.get_internal_type() in ("CharField", "TextField")
            and field.name not in LEFT_ALONE
        ]
        rows = model.objects.filter(depth__gt=1)
        rows.update(**{name: VALUES.get(name, CANARY) for name in names})
    ArticlePage.objects.update(body=json.dumps([{"type": "paragraph", "value": CANARY}]))
    for revision in Revision.objects.all():
        text = json.dumps(revision.content, ensure_ascii=False).replace("演示文章", CANARY)
        revision.content, revision.object_str = json.loads(text), CANARY
        revision.save()
    page.interprets.all().delete()


def test_the_canary_is_found_nowhere(ledger, client):
    target = ledger.article("notice", "目标")
    page = ledger.draft(
        "explained", body=[("paragraph", f'<a linktype="page" id="{target.pk}">去</a>')]
    )
    page.interprets.create(page=target)
    page.save_revision(user=ledger.editor)
    ledger.publish(page)
    ledger.draft("news", f"{CANARY}草稿")
    path = f"/policy/explained/{page.slug}/"
    before = dict(outputs(client, ledger, path))
    plant(ledger, ArticlePage.objects.get(pk=page.pk))
    after = dict(outputs(client, ledger, path))
    assert not [path for path, text in after.items() if CANARY in text or "canary" in text]
    assert after == before


def test_a_link_shows_the_published_address_and_a_draft_is_plain_text(ledger, client):
    target = ledger.article("notice", "公开的标题")
    ledger.revise(target, title=f"{CANARY}新标题", slug="canary")
    draft = ledger.draft("notice", f"{CANARY}草稿")
    page = ledger.article(
        "news",
        body=[("paragraph", f'<p><a linktype="page" id="{target.pk}">甲</a>'
               f'<a linktype="page" id="{draft.pk}">乙</a><a linktype="page" id="x">丙</a></p>')],
    )  # fmt: skip
    text = client.get(f"/news/{page.slug}/").content.decode()
    assert f'<a href="/notice/{target.slug}/">甲</a>' in text
    assert "<a>乙</a>" in text and "<a>丙</a>" in text
    assert CANARY not in text
    ledger.publish(draft)
    assert f'href="/notice/{draft.slug}/"' in client.get(f"/news/{page.slug}/").content.decode()


def test_related_documents_are_linked_both_ways(ledger, client, models):
    document = ledger.article("policy", "一份文件", model=models.policy)
    explained = ledger.draft("explained", "读懂它")
    explained.interprets.create(page=document)
    explained.save_revision(user=ledger.editor)
    before = client.get(f"/policy/{document.slug}/").content.decode()
    assert "读懂它" not in before
    ledger.publish(explained)
    there = client.get(f"/policy/{document.slug}/").content.decode()
    back = client.get(f"/policy/explained/{explained.slug}/").content.decode()
    assert f"/policy/explained/{explained.slug}/" in there and "政策解读" in there
    assert f"/policy/{document.slug}/" in back and "解读的文件" in back


def test_an_absent_child_relation_reads_no_live_table(ledger):
    target = ledger.article("notice", "目标")
    page = ledger.article("explained", "没有解读对象")
    text = Entry.objects.get(pk=page.pk).text
    page.interprets.create(page=target)
    page.save()
    text.content = text.content.replace('"interprets":[],', "")  # a text of before the relation
    with reading_side_only():
        assert list(rebuild(text).interprets.all()) == []


def test_a_rebuilt_text_cannot_be_written_or_walked(ledger):
    page = rebuild(Entry.objects.get(pk=ledger.article("news").pk).text)
    for name in ("save", "delete", "save_revision", "move", "get_parent", "get_children"):
        with pytest.raises(PermissionDenied, match="只读"):
            getattr(page, name)()


@pytest.mark.parametrize("model", [Page, Revision, ArticlePage, InterpretedDocument])
def test_the_guard_refuses_sql_of_the_writing_side(db, model):
    with reading_side_only(), pytest.raises(WritingSideRead, match=model._meta.db_table):
        list(model.objects.all())


def test_the_guard_is_around_public_views(ledger, client, monkeypatch):
    monkeypatch.setattr(
        "page_types.models.HomePage.public_context",
        lambda self, reading, entry: {"leak": Page.objects.count()},
    )
    with pytest.raises(WritingSideRead):
        client.get("/")


def test_an_unknown_field_or_block_is_an_error_in_tests(ledger):
    text = Entry.objects.get(pk=ledger.article("news").pk).text
    text.content = text.content.replace('"source":""', '"source":"","gone":"x"')
    with pytest.raises(LookupError, match="gone"):
        rebuild(text)
    text.content = text.content.replace('"gone":"x",', "").replace(
        '"body":[]', '"body":[{"type":"vanished","value":"x","id":"1"}]'
    )
    with pytest.raises(LookupError, match=r"gone|vanished"):
        rebuild(text)

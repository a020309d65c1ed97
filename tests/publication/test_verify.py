"""`verify_ledger`: finds what differs from the ledger, mends mirrors only, only from the ledger."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from page_types.models import ArticlePage, NoticePage, PolicyPage
from page_types.publication.models import Entry


def verify(*arguments):
    out = StringIO()
    try:
        call_command("verify_ledger", *arguments, stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}", error.returncode
    return out.getvalue(), 0


def test_a_sound_ledger(ledger):
    ledger.article("news", body=[("paragraph", "<p>正文</p>")])
    text, code = verify()
    assert code == 0
    assert "一致" in text


@pytest.mark.parametrize("field", ["title", "live", "body"])
def test_a_changed_page_row_is_found_and_mended_from_the_ledger(ledger, client, field):
    page = ledger.article("news", "原题", body=[("paragraph", "<p>正文</p>")])
    draft = ledger.revise(page, title="更新的草稿")
    value = {"title": "偷改", "live": False, "body": "[]"}[field]
    ArticlePage.objects.filter(pk=page.pk).update(**{field: value})
    before = client.get(f"/news/{page.slug}/").content
    text, code = verify()
    assert code == 1
    assert field in text
    text, code = verify("--mend")
    assert code == 0, text
    row = ArticlePage.objects.get(pk=page.pk)
    assert (row.title, row.live, len(row.body)) == ("原题", True, 1)
    assert row.get_latest_revision() == draft
    assert row.has_unpublished_changes
    assert client.get(f"/news/{page.slug}/").content == before


def test_a_row_that_claims_to_be_public_is_found_and_mended(ledger):
    draft = ledger.draft("news")
    Page.objects.filter(pk=draft.pk).update(live=True)
    assert "台账中没有" in verify("--mend")[0]
    assert not Page.objects.get(pk=draft.pk).live


def test_an_altered_text_is_reported_and_never_mended(ledger):
    entry = Entry.objects.get(pk=ledger.article("news").pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE publication_text SET content = REPLACE(content, '演示', '篡改')"
            " WHERE digest = %s", [entry.text_id],
        )  # fmt: skip
    text, code = verify("--mend")
    assert code == 1
    assert "text altered" in text


def test_missing_and_altered_files_are_reported(ledger):
    documents = [ledger.document("一.pdf"), ledger.document("二.pdf")]
    ledger.article(
        "news", body=[("attachments", [{"document": d, "title": d.title} for d in documents])]
    )
    storage = documents[0].file.storage
    with open(storage.path(documents[0].file.name), "ab") as file:
        file.write(b"more")
    storage.delete(documents[1].file.name)
    text, code = verify("--mend")
    assert code == 1
    assert "内容不符" in text and "附件缺失" in text


def test_altered_list_facts_and_facets_are_found_and_made_anew_from_the_text(ledger, models):
    page = ledger.article(
        "policy", "一份文件", model=models.policy, document_number="粤体〔2016〕1号"
    )
    entry = Entry.objects.get(pk=page.pk)
    Entry.objects.filter(pk=page.pk).update(line={"document_number": "粤体〔2016〕9号"})
    entry.facets.filter(name="genre").update(value="order")
    text, code = verify()
    assert code == 1 and "列表要素" in text
    assert verify("--mend")[1] == 0
    entry.refresh_from_db()
    assert entry.line["document_number"] == "粤体〔2016〕1号"
    assert list(entry.facets.filter(name="genre").values_list("value", flat=True)) == ["notice"]


def test_a_page_with_dates_is_no_difference(ledger):
    deadline = timezone.now() + timedelta(days=3)
    ledger.article("notice", "报名", model=NoticePage, deadline=deadline)
    ledger.article("policy", "文件", model=PolicyPage, signed_date=timezone.localdate())
    text, code = verify()
    assert code == 0, text

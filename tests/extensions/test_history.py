"""The first extension: the public change log of policy documents."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone


@pytest.fixture
def document(ledger, models):
    return ledger.article("policy", "一份文件", model=models.policy)


def test_a_policy_page_links_to_its_change_log(ledger, document, client):
    page = client.get(f"/policy/{document.slug}/").content.decode()
    assert f'href="/history/{document.pk}/"' in page
    article = ledger.article("news", "不是文件")
    assert "/history/" not in client.get(f"/news/{article.slug}/").content.decode()


def test_the_log_names_every_publication_and_no_draft(ledger, document, client):
    ledger.revise(document, title="修订后的文件")
    ledger.publish(document)
    ledger.revise(document, title="草稿中的文件")
    text = client.get(f"/history/{document.pk}/").content.decode()
    assert "首次发布" in text and "修订发布" in text
    assert "一份文件" in text and "修订后的文件" in text
    assert "草稿中的文件" not in text
    assert "办公室" in text


def test_only_public_documents_have_a_log(ledger, client, models):
    draft = ledger.draft("policy", "草稿", model=models.policy)
    article = ledger.article("news", "不是文件")
    for pk in (draft.pk, article.pk, 10**9):
        assert client.get(f"/history/{pk}/").status_code == 404


def test_each_line_bears_the_day_on_which_it_became_public(ledger, client, models):
    shown = timezone.now() - timedelta(days=400)
    document = ledger.article("policy", "一份文件", model=models.policy, shown_at=shown)
    ledger.revise(document, title="修订后的文件")
    ledger.publish(document)
    page = BeautifulSoup(client.get(f"/history/{document.pk}/").content, "html.parser")
    days = [time["datetime"][:10] for time in page.select(".change-log time")]
    assert days == [str(timezone.localtime(shown).date()), str(timezone.localdate())]

"""The first extension: the public change log of policy documents."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from page_types.publication.versions import versions_of


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


def compared(client, document, *numbers):
    """The comparison of two versions (1, 2 …), as the form of the log leads there."""
    log = BeautifulSoup(client.get(f"/history/{document.pk}/").content, "html.parser")
    keys = [option["value"] for option in log.select("#compare-new option")][::-1]
    old, new = (keys[number - 1] for number in numbers)
    answer = client.get(f"/history/{document.pk}/compare/", {"old": old, "new": new}, follow=True)
    return BeautifulSoup(answer.content, "html.parser").main, answer


def test_any_two_versions_are_compared_word_by_word(ledger, client, models):
    note = ledger.article("policy", "起草说明", model=models.policy)
    unchanged = ("paragraph", "<p>第一条 没有变的一段。</p>")
    first = ledger.article(
        "policy", "健身办法", model=models.policy, document_number="粤体〔2016〕1号",
        body=[unchanged, ("paragraph", "<p>第二条 补助300元，三年有效。</p><p>第三条 删去。</p>")],
    )  # fmt: skip
    body = [unchanged, ("paragraph", "<p>第二条 补助500元，五年有效。</p>")]
    draft = type(first).objects.get(pk=first.pk).get_latest_revision_as_object()
    draft.title, draft.body, draft.genre = "健身管理办法", body, "order"
    draft.related_documents.create(page=note, role="drafting_note")
    draft.save_revision(user=ledger.editor)
    ledger.publish(first)
    ledger.revise(first, title="第三个名字")
    ledger.publish(first)
    page, answer = compared(client, first, 2, 1)  # in whichever order they are chosen
    assert answer.redirect_chain[-1][0].startswith(f"/history/{first.pk}/compare/")
    taken = [mark.text.removeprefix("［删去］") for mark in page.find_all("del")]
    added = [mark.text.removeprefix("［增加］") for mark in page.find_all("ins")]
    assert "300" in taken and "500" in added and "第三条 删去。" in taken
    assert "管理" in added and "起草说明：起草说明" in added
    assert "（1 段相同）" in page.text and "没有变的一段" not in page.text
    assert "第三个名字" not in page.section.text
    page, _answer = compared(client, first, 1, 3)
    assert "第三个名字" in page.section.text


def test_a_comparison_costs_the_same_whatever_the_texts(
    ledger, client, models, django_assert_num_queries
):
    def versions(title, count):
        made = ledger.article("policy", title, model=models.policy)
        for number in range(count):
            body = [("paragraph", f"<p>{n}：{'长' * 400}{number}</p>") for n in range(count * 20)]
            ledger.revise(made, title=f"{title}{number}", body=body)
            ledger.publish(made)
        return made

    for made in (versions("甲", 1), versions("乙", 4)):
        keys = [v.event.pk for v in versions_of(made.pk)]
        address = f"/history/{made.pk}/compare/{keys[0]}/{keys[-1]}/"
        client.get(address)
        with django_assert_num_queries(4):
            assert client.get(address).status_code == 200


def test_what_is_no_version_cannot_be_compared(ledger, client, document):
    event = versions_of(document.pk)[0].event.pk
    log = f"/history/{document.pk}/"
    for address in (f"{event}/{event}", f"1/{event}", f"{event}/999999"):
        assert client.get(f"{log}compare/{address}/").status_code == 404
    for query in ("", "?old=x&new=²", f"?old={event}&new={event}"):
        assert client.get(f"{log}compare/{query}")["Location"] == f"{log}#compare"
    assert "比较两版" not in client.get(log).content.decode()  # there is but one

"""The one door: what it takes to get through, what it writes, what it refuses."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from page_types.publication.authorities import Authority, Plan, ReOwn, Sealed
from page_types.publication.errors import AddressTaken, PublicationRefused
from page_types.publication.models import (
    Address,
    Column,
    Entry,
    Event,
    Listing,
    Seal,
    Text,
)
from page_types.publication.publish import publish, re_own
from page_types.publication.texts import text_of, text_of_data


def everything():
    """All of the ledger, to compare before and after."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Address, Entry, Event, Listing, Seal, Text, Column)
    }


def refused(call, *args, **kwargs):
    before = everything()
    with pytest.raises(PublicationRefused) as caught, transaction.atomic():
        call(*args, **kwargs)
    assert everything() == before
    return caught.value.reason


def test_first_publication_writes_event_entry_and_listing(ledger):
    page = ledger.article("news", "第一次发布")
    entry = Entry.objects.get(pk=page.pk)
    event = entry.event
    assert (event.what, event.who, event.authority) == ("published", ledger.reviewer, "sealed")
    assert event.number == Event.objects.count()
    assert (event.column, event.department) == (ledger.columns["news"], ledger.office)
    assert entry.text_id == event.text_id
    assert Listing.objects.get(entry=entry).own
    assert page.live and not page.has_unpublished_changes


def test_the_base_authority_and_foreign_ones_prove_nothing(ledger):
    text = text_of(ledger.draft("news").get_latest_revision())
    assert refused(publish, text, Authority())
    assert refused(publish, text, Plan())
    assert refused(publish, text, ReOwn())


def test_seals_must_cover_every_step(ledger):
    page = ledger.draft("news")
    text, authority = ledger.sealed(page)
    authority.chain.steps.append({"task": 2, "step": "leader_review", "title": "分管局领导审批"})
    authority.chain.save()
    assert "分管局领导审批" in refused(publish, text, authority)


def test_a_chain_without_steps_publishes_nothing(ledger):
    text, authority = ledger.sealed(ledger.draft("news"))
    authority.chain.steps = []
    assert refused(publish, text, authority)


def test_a_text_changed_after_the_seal_is_refused(ledger):
    page = ledger.draft("news")
    _text, authority = ledger.sealed(page)
    revision = page.get_latest_revision()
    revision.content["title"] = "偷换的标题"  # as autosave rewrites a revision under the same id
    revision.save()
    assert "不是现在的文本" in refused(publish, text_of(revision), authority)


def test_a_file_changed_after_the_seal_is_refused(ledger):
    document = ledger.document()
    page = ledger.draft(
        "news",
        body=[("attachments", [{"document": document, "title": "附件"}])],
    )
    text, authority = ledger.sealed(page)
    type(document).objects.filter(pk=document.pk).update(file_hash="0" * 40)
    assert refused(publish, text, authority)


def test_a_page_moved_after_the_seal_is_refused(ledger):
    page = ledger.draft("news")
    _text, authority = ledger.sealed(page)
    page.move(ledger.pages["notice"], pos="last-child")
    page = type(page).objects.get(pk=page.pk)
    assert "变动" in refused(publish, text_of(page.get_latest_revision()), authority)


def test_a_department_changed_after_the_seal_is_refused(ledger):
    page = ledger.draft("news")
    _text, authority = ledger.sealed(page)
    type(page).objects.filter(pk=page.pk).update(department=ledger.mass)
    page = type(page).objects.get(pk=page.pk)
    assert refused(publish, text_of(page.get_latest_revision()), authority)


def test_seals_are_spent_once(ledger):
    page = ledger.draft("news")
    text, authority = ledger.sealed(page)
    publish(text, authority, who=ledger.reviewer)
    assert refused(publish, text, Sealed(authority.chain))
    assert authority.chain.seals.get().state == Seal.State.SPENT


def test_seals_of_another_page_are_worth_nothing(ledger):
    _text, authority = ledger.sealed(ledger.draft("news", "甲"))
    other = ledger.draft("news", "乙")
    assert refused(publish, text_of(other.get_latest_revision()), authority)


def test_the_plan_publishes_no_article_and_no_draft_of_a_column(ledger):
    column = ledger.pages["news"]
    column.lead = "<p>未经审核的导语</p>"
    assert "只能改动栏目名称" in refused(
        publish, text_of_data(column, column.serializable_data()), Plan()
    )
    column.lead = ""
    column.title = "新名称"
    publish(text_of_data(column, column.serializable_data()), Plan())
    assert Entry.objects.get(pk=column.pk).title == "新名称"


def test_an_address_is_never_given_to_another_page(ledger):
    first = ledger.article("news", "同名")
    ledger.revise(first, slug="moved-away")
    ledger.publish(first)
    second = ledger.draft("news", "另一篇", slug=first.slug + "x")
    text, _authority = ledger.sealed(second)
    revision = second.get_latest_revision()
    revision.content["slug"] = first.slug
    revision.save()
    text, authority = ledger.sealed(second, revision)
    with pytest.raises(AddressTaken), transaction.atomic():
        publish(text, authority)
    assert not Entry.objects.filter(pk=second.pk).exists()


def test_an_article_cannot_take_the_address_of_a_column_below(ledger):
    page = ledger.draft("policy", "解读", slug="explained-draft")
    revision = page.get_latest_revision()
    revision.content["slug"] = "explained"
    revision.save()
    with pytest.raises(AddressTaken), transaction.atomic():
        publish(*ledger.sealed(page, revision))


def test_the_ledger_is_append_only(ledger):
    page = ledger.article("news")
    event = Entry.objects.get(pk=page.pk).event
    text = event.text
    for act in (event.save, event.delete, text.save, text.delete, Event.objects.all().delete):
        with pytest.raises(PermissionDenied):
            act()
    with pytest.raises(PermissionDenied):
        Text.objects.filter(pk=text.pk).update(content="{}")
    assert Entry.objects.get(pk=page.pk).text.content == text.content


def test_a_failing_mirror_undoes_nothing(ledger, client, monkeypatch, caplog):
    monkeypatch.setattr("page_types.publication.publish.mirror", lambda *args: 1 / 0)
    page = ledger.draft("news", "照样公开")
    ledger.publish(page)
    assert "照样公开" in client.get(f"/news/{page.slug}/").content.decode()
    assert "could not be brought in line" in caplog.text


def test_a_newer_draft_survives_the_publication_of_the_older_text(ledger):
    page = ledger.draft("news", "第一稿")
    older = page.get_latest_revision()
    ledger.revise(page, title="第二稿")
    publish(*ledger.sealed(page, older), who=ledger.reviewer)
    page = type(page).objects.get(pk=page.pk)
    assert (page.title, page.draft_title, page.has_unpublished_changes) == (
        "第一稿",
        "第二稿",
        True,
    )
    assert page.get_latest_revision_as_object().title == "第二稿"
    assert page.live_revision == older


def test_re_owning_changes_entries_and_no_text_and_no_past_event(ledger):
    page = ledger.article("news", "移交")
    before = Entry.objects.get(pk=page.pk)
    event = re_own(ledger.columns["news"], ledger.office, ledger.mass, ReOwn())
    entry = Entry.objects.get(pk=page.pk)
    assert (entry.department, entry.text_id) == (ledger.mass, before.text_id)
    assert (event.what, event.detail) == ("re_owned", {"from": "office", "to": "mass"})
    assert before.event.department == ledger.office


def test_index_numbers_are_given_once_and_kept(ledger, models, settings):
    settings.PORTAL_ISSUER_CODE = "11440000006940000X"
    first = ledger.article("policy", "文件一", model=models.policy)
    second = ledger.article("policy", "文件二", model=models.policy)
    numbers = [Entry.objects.get(pk=page.pk).facts["index_number"] for page in (first, second)]
    year = Entry.objects.get(pk=first.pk).shown_at.year
    assert numbers == [f"11440000006940000X/{year}-0000{n}" for n in (1, 2)]
    ledger.revise(first, title="文件一（修订）")
    ledger.publish(first)
    assert Entry.objects.get(pk=first.pk).facts["index_number"] == numbers[0]


def test_a_refused_publication_does_not_use_up_an_index_number(ledger, models):
    text, authority = ledger.sealed(ledger.draft("policy", "文件", model=models.policy))
    authority.chain.steps = []
    refused(publish, text, authority)
    page = ledger.article("policy", "文件二", model=models.policy)
    assert Entry.objects.get(pk=page.pk).facts["index_number"].endswith("-00001")

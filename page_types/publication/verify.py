"""Comparing the ledger with what was made of it; mending only mirrors, only from the ledger."""

from hashlib import sha1, sha256

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import transaction
from wagtail.models import Page

from page_types.publication.differences import Difference
from page_types.publication.mirror import differences, mirror
from page_types.publication.models import Entry, ShownFile, Text
from page_types.publication.publish import write_derived
from page_types.publication.texts import rebuild
from page_types.publication.verify_past import verify_past
from page_types.publication.versions import text_of_entry


def verify(progress=lambda done, total: None):
    """Yield every Difference between ledger, page rows and files shown."""
    entries = Entry.objects.select_related("text", "event", "department").order_by("pk")
    entries = entries.prefetch_related("facets")
    total = entries.count()
    live = set(Page.objects.filter(live=True, depth__gt=1).values_list("pk", flat=True))
    for done, entry in enumerate(entries.iterator(chunk_size=500), 1):
        live.discard(entry.pk)
        yield from _verify_entry(entry)
        progress(done, total)
    for pk in sorted(live):
        yield Difference(
            "row", f"page {pk}", "页面行标为已发布，台账中没有 / live, not in the ledger", True
        )
    yield from verify_past()
    yield from _verify_files()


def digest_of(text):
    """The digest that a stored Text must have."""
    return sha256(f"{text.type}\n{text.schema}\n{text.content}".encode()).hexdigest()


def _verify_entry(entry):
    subject = f"page {entry.pk} {entry.title}"
    if digest_of(entry.text) != entry.text_id:
        yield Difference("text", subject, "公开文本与其摘要不符 / text altered", False)
    if entry.event.text_id != entry.text_id:
        yield Difference("entry", subject, "条目与事件的文本不同 / entry differs from event", False)
    elif not _is_derived(entry):
        yield Difference("line", subject, "列表要素或目录分类与文本不同 / line or facets", True)
    model = apps.get_model(entry.type)
    if not model.objects.filter(pk=entry.pk).exists():
        yield Difference("row", subject, "页面行已不存在 / page row is gone", False)
    elif fields := differences(model, text_of_entry(entry)):
        yield Difference("row", subject, f"页面行不同 / row differs: {', '.join(fields)}", True)


def _is_derived(entry):
    """Whether what lists and catalogue show of the entry is what its text says."""
    page = rebuild(entry.text)
    filed = {(facet.name, facet.value) for facet in entry.facets.all()}
    return entry.line == page.line_of(entry) and filed == {
        (name, value) for name, value in page.facets_of(entry) if value
    }


def _verify_files():
    for file in ShownFile.objects.select_related("entry").order_by("pk").iterator():
        subject = f"page {file.entry_id} {file.title}"
        if not default_storage.exists(file.name):
            yield Difference("file", subject, f"附件缺失 / missing: {file.name}", False)
            continue
        with default_storage.open(file.name) as stored:
            if sha1(stored.read(), usedforsecurity=False).hexdigest() != file.sha1:
                yield Difference("file", subject, f"附件内容不符 / altered: {file.name}", False)


def unused_texts():
    """Texts that no event names (there should be none)."""
    from page_types.publication.models import Event

    return Text.objects.exclude(pk__in=Event.objects.exclude(text=None).values("text"))


@transaction.atomic
def mend_rows():
    """Make every page row say what the ledger says; returns how many were changed."""
    count = 0
    for entry in Entry.objects.select_related("text", "event__who").order_by("pk"):
        model = apps.get_model(entry.type)
        if model.objects.filter(pk=entry.pk).exists() and differences(model, text_of_entry(entry)):
            mirror(model, text_of_entry(entry), entry.event)
            count += 1
        if digest_of(entry.text) == entry.text_id and not _is_derived(entry):
            write_derived(entry, rebuild(entry.text))
            count += 1
    public = Entry.objects.values("page_id")
    count += (
        Page.objects.filter(live=True, depth__gt=1)
        .exclude(pk__in=public)
        .update(live=False, has_unpublished_changes=True)
    )
    return count

"""Texts published by this release stay renderable: those kept here are rendered for ever.

A release that changes a page type adds a folder with new ones and leaves the old ones alone.
"""

import json
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.models import get_page_models

from page_types.base import PortalPage
from page_types.organisation.models import Department
from page_types.publication.models import Column, Entry, Text
from page_types.publication.reading import Reading, in_force
from page_types.publication.snapshot import snapshot
from page_types.publication.texts import rebuild
from page_types.publication.verify import digest_of
from page_types.publication.views import article_context, base_context

KEPT = sorted(Path(__file__).with_name("kept").glob("*/*.json"))


def stored(path):
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Text(digest=kept["digest"], type=kept["type"], schema=kept["schema"],
                content=kept["content"]), kept["shows"]  # fmt: skip


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_kept_text_renders_with_all_its_words(ledger, path):
    text, shows = stored(path)
    assert digest_of(text) == text.digest, "the kept text itself must never be edited"
    page = rebuild(text)
    entry = Entry(
        page_id=999, type=text.type, column=Column.objects.get(key="news"), slug="kept",
        department=Department.objects.first(), title=page.title, text=text,
        shown_at=timezone.now(), first_published_at=timezone.now(),
    )  # fmt: skip
    reading = Reading(snapshot(), entry, page)
    node = reading.site.by_id[entry.column_id]
    with in_force(reading):
        context = base_context(reading, node)
        if page.is_column_text:
            html = f"{page.title} {page.lead} {getattr(page, 'body', '')}"
        else:
            html = render_to_string(
                page.template,
                {
                    **context,
                    **article_context(reading, entry, page),
                    **page.public_context(reading, entry),
                },
            )
    for words in shows:
        assert words in html


def test_every_page_type_is_kept():
    kept = {json.loads(path.read_text(encoding="utf-8"))["type"] for path in KEPT}
    types = {
        model._meta.label_lower
        for model in get_page_models()
        if issubclass(model, PortalPage) and model is not PortalPage
    }
    assert kept == types

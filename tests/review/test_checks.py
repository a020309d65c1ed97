"""Publish checks before, probes after."""

from types import SimpleNamespace

import pytest
from wagtail.images.tests.utils import get_test_image_file

from page_types.models import PortalImage
from page_types.publication.models import Entry, Text
from page_types.publication.texts import text_of
from page_types.review import publish_checks, services
from page_types.review.changes import words
from page_types.review.checks import registry
from page_types.review.probes import run_probes


def problems(page):
    return [p.message for p in publish_checks.problems_of(text_of(page.latest_revision), page)]


def test_text_must_say_something(house):
    for body in ([], [("paragraph", "<p> </p>")], [("heading", "")]):
        page = house.draft(house.alice, "news", "空", body=body)
        assert problems(page) == ["正文是空的"]
    column = house.pages["news"]
    assert problems(column) == []


def test_figures_need_alternative_text(house):
    image = PortalImage.objects.create(title="图", file=get_test_image_file(), consent="nobody")
    figure = {"image": image, "alternative_text": "", "caption": ""}
    page = house.draft(house.alice, "news", "图", body=[("figure", figure), ("figure", figure)])
    assert problems(page) == ["第 1 张图片没有替代文字", "第 2 张图片没有替代文字"]
    with pytest.raises(services.ReviewRefused, match=r"第 1 张.*第 2 张"):
        services.submit(page, house.alice)
    house.edit(page, house.alice, body=[("figure", {**figure, "alternative_text": "起跑"})])
    services.submit(page, house.alice)


def test_a_check_of_another_room(house, monkeypatch):
    monkeypatch.setattr(registry, "_checks", {})

    @publish_checks.register
    def doubtful(text, page):
        yield publish_checks.Problem("title", "标题可疑", blocking="禁" in text.title)

    services.submit(house.draft(house.alice, "news", "标题"), house.alice)
    with pytest.raises(services.ReviewRefused, match="标题可疑"):
        services.submit(house.draft(house.alice, "news", "禁语"), house.alice)


def test_probe_looks_at_the_public_address(house):
    page = house.publish(house.draft(house.alice, "quick", "标题"), house.alice)
    entry = Entry.objects.get(pk=page.pk)
    event = entry.event
    assert run_probes(event) == []
    other = Text.objects.exclude(pk=entry.text_id).first()
    Entry.objects.filter(pk=page.pk).update(text=other)
    assert "不是刚批准的文本" in run_probes(event)[0]
    assert "找不到公开条目" in run_probes(SimpleNamespace(subject="page/999999", text_id=""))[0]


def test_words_of_any_value():
    value = [
        {"id": "x", "type": "paragraph", "value": "<p>甲&amp;乙</p><p>丙</p>"},
        {"id": "y", "type": "figure", "value": {"image": 3, "caption": None}},
        True,
    ]
    assert words(value) == "甲&乙\n丙\n3\n是"

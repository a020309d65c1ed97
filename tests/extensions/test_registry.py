"""How an extension joins and leaves: the variable, the entry points, the registries."""

from importlib.metadata import EntryPoint

import pytest
from django.core.exceptions import ImproperlyConfigured

from exports import datasets, figures
from page_types.publication import kinds
from portal import extensions
from search import sources


def test_not_set_means_all_and_empty_means_none():
    assert "history" in extensions.enabled_extensions(None)
    assert extensions.enabled_extensions("") == []
    assert extensions.enabled_extensions(" history , ") == ["history"]


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(ImproperlyConfigured, match=r"histroy.*history"):
        extensions.enabled_extensions("histroy")


def test_none_switched_on_installs_not_even_the_base():
    assert extensions.extension_apps([]) == []
    assert extensions.extension_apps(["history"])[-1] == "extensions.base"


def test_another_package_joins_by_an_entry_point(monkeypatch):
    point = EntryPoint("swimming", "swimming.apps:SwimmingConfig", "portal.extensions")
    monkeypatch.setattr(extensions, "entry_points", lambda group: [point])
    assert extensions.available_extensions()["swimming"] == "swimming.apps.SwimmingConfig"
    assert "swimming" in extensions.enabled_extensions(None)


def test_a_package_cannot_take_a_built_in_name(monkeypatch):
    point = EntryPoint("history", "other:Config", "portal.extensions")
    monkeypatch.setattr(extensions, "entry_points", lambda group: [point])
    assert extensions.available_extensions()["history"].startswith("extensions.history")


def test_a_name_is_taken_once():
    with pytest.raises(ValueError, match="publications"):
        datasets.register(datasets.get("publications"))
    with pytest.raises(ValueError, match="publications"):
        figures.register(figures.get("publications"))
    with pytest.raises(ValueError, match="news"):
        kinds.register(kinds.get("news"))
    source = sources.Source("letters", "来信")
    sources.register(source)
    try:
        with pytest.raises(ValueError, match="letters"):
            sources.register(source)
    finally:
        sources._sources.remove("letters")


def test_a_kind_whose_extension_is_off_is_an_ordinary_list():
    kind = kinds.get("kind-of-a-switched-off-extension")
    assert kind.template == kinds.get("news").template
    assert kind.page_types == ("page_types.ArticlePage",)

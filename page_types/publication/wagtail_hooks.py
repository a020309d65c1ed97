"""Wagtail reads this module for its hooks."""

from wagtail import hooks

from page_types.publication import links


@hooks.register("register_rich_text_features", order=100)
def link_handlers(features):
    links.register(features)

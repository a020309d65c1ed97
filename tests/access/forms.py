"""What a browser sends from Wagtail's editor: the whole form, so that a probe is a real request."""

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from page_types.blocks import PARAGRAPH_FEATURES
from tests.houses import declared


def article(title, *, slug="", action="", interprets=(), blocks=None, **more):
    """The fields of an article's form; `action` is the button pressed."""
    if blocks is None:
        text = rich_text("<p>新写的正文</p>", features=PARAGRAPH_FEATURES)
        blocks = [("paragraph", text)]
    data = nested_form_data(
        {
            "title": title,
            "slug": slug,
            "summary": "",
            "body": streamfield(blocks),
            "source": "",
            "keywords": "",
            "search_description": "",
            "interprets": inline_formset([{"page": str(pk), "id": ""} for pk in interprets]),
        }
    )
    return {**data, **declared(), **({action: "1"} if action else {}), **more}


def column(title, *, action="", **more):
    """The fields of the form of a column's or the home page's text."""
    data = nested_form_data(
        {
            "title": title,
            "lead": rich_text("<p>新的导语</p>", features=PARAGRAPH_FEATURES),
            "body": streamfield([]),
            "search_description": "",
        }
    )
    return {**data, **({action: "1"} if action else {}), **more}

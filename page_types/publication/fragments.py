"""What extensions add below a public page of a type, without the page type naming them."""

#: In place of a type: every column page and the home page, whatever type its text has.
COLUMN_PAGES = "column pages"

_fragments = {}


def register(type_label, render):
    """`render(reading, entry, text)` returns safe HTML (or "") for pages of that type.

    `COLUMN_PAGES` as the type means every column page, the home page included.
    """
    _fragments.setdefault(type_label.lower(), []).append(render)


def render_all(reading, entry, text):
    """The fragments of a page, in the order in which they were registered."""
    renders = _fragments.get(text._meta.label_lower, [])
    if text.is_column_text:
        renders = [*renders, *_fragments.get(COLUMN_PAGES, [])]
    return [html for html in (render(reading, entry, text) for render in renders) if html]

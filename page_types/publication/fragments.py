"""What extensions add below a public page of a type, without the page type naming them."""

_fragments = {}


def register(type_label, render):
    """`render(reading, entry, text)` returns safe HTML (or "") for pages of that type."""
    _fragments.setdefault(type_label.lower(), []).append(render)


def render_all(reading, entry, text):
    """The fragments of a page, in the order in which they were registered."""
    renders = _fragments.get(text._meta.label_lower, [])
    return [html for html in (render(reading, entry, text) for render in renders) if html]

"""隐私说明: what the site keeps of its visitors. Each room answers for its own paragraph.

Rooms register a paragraph beside the code that keeps the data, so that the paragraph of an
extension that is switched off is not there, and nobody promises for another.
"""

from collections.abc import Callable
from dataclasses import dataclass

from page_types.publication.registry import Registry
from page_types.publication.views import door, public


@dataclass(frozen=True)
class Paragraph:
    """`template` is shown below the heading `title`; `context()` gives its figures (days, names).

    Lower positions come first.
    """

    name: str
    title: str
    template: str
    position: int = 100
    context: Callable = dict


_paragraphs = Registry("privacy paragraph")
register = _paragraphs.register


def paragraphs():
    """Every paragraph with its context, by position."""
    return [
        {"name": each.name, "title": each.title, "template": each.template, **each.context()}
        for each in sorted(_paragraphs.all(), key=lambda each: each.position)
    ]


@public
def notice(request):
    """`/privacy/`."""
    return door(request, "publication/privacy.html", "/privacy/", {"paragraphs": paragraphs()})

"""Finding the words that a remark quotes: exactly one place, within one piece of plain words."""

from django.utils.translation import gettext as _

from page_types.review.errors import ReviewRefused
from page_types.review.leaves import leaves_of


def find(text, quote, anchor=""):
    """The Leaf of the PageText that has `quote`, in the field or block `anchor` or anywhere.

    Raises ReviewRefused where the words are not there, stand in several places, or run across
    bold type, a link or the end of a paragraph: replacing them would break the markup.
    """
    leaves = [leaf for leaf in leaves_of(text) if not anchor or leaf.anchor == anchor]
    counts = [(sum(node.count(quote) for node in leaf.nodes), leaf) for leaf in leaves]
    total = sum(count for count, _leaf in counts)
    if total > 1:
        raise ReviewRefused(
            _("“%(quote)s”出现了 %(count)d 次，请多摘几个字，使它只指一处。")
            % {"quote": quote, "count": total}
        )
    if total == 0:
        if any(quote in "".join(leaf.nodes) for leaf in leaves):
            raise ReviewRefused(
                _("“%(quote)s”跨越了加粗、链接或段落，请只摘其中一段，分几条提出。")
                % {"quote": quote}
            )
        raise ReviewRefused(
            _("文中没有“%(quote)s”，请照抄原文（包括标点）。") % {"quote": quote}
            if not anchor
            else _("所选的位置没有“%(quote)s”，请照抄原文（包括标点），或改选位置。")
            % {"quote": quote}
        )
    return next(leaf for count, leaf in counts if count)


def why_not_applicable(remark, text):
    """Why a suggestion cannot be taken into the text as it is now; empty if it can."""
    try:
        find(text, remark.quote, remark.anchor)
    except ReviewRefused as refused:
        return refused.reason
    return ""

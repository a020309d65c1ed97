"""What lists of some kinds of column show besides: pictures, and an order by rank."""

from wagtail.images import get_image_model

from page_types.publication import kinds, lists

#: Scaled once for all lists; the same specification in every template.
THUMBNAIL = "fill-480x320|format-webp"
PORTRAIT = "fill-240x320|format-webp"


def thumbnails(rows, spec=THUMBNAIL):
    """page id -> rendition of the picture that its line names, two queries at most for all.

    A missing rendition is made once and kept; the picture's own row is read for that only.
    """
    wanted = {row.page_id: row.line["picture"] for row in rows if row.line.get("picture")}
    if not wanted:
        return {}
    model = get_image_model()
    renditions = model.get_rendition_model().objects.filter(
        image_id__in=wanted.values(), filter_spec=spec
    )
    found = {rendition.image_id: rendition for rendition in renditions}
    missing = set(wanted.values()) - set(found)
    for image in model.objects.filter(pk__in=missing) if missing else ():
        found[image.pk] = image.get_rendition(spec)
    return {page: found[image] for page, image in wanted.items() if image in found}


def pictures(reading, node, context):
    """`thumbnails` for a picture-led list."""
    return {"thumbnails": thumbnails(context["rows"])}


def _ranked(site, column_id):
    rows, _total = lists.of_column(site, column_id, 1, 200)
    return sorted(rows, key=lambda row: (row.line.get("rank", 1000), row.page_id))


def beside_in_rank(reading, entry):
    """`next` and `previous` of a page whose column stands by rank: those above and below it there.

    Nothing for a preview; the neighbours by date stay where the column has another order.
    """
    node = reading.site.by_id[entry.column_id]
    if reading.preview or kinds.get(node.kind).context is not by_rank:
        return {}
    rows = _ranked(reading.site, entry.column_id)
    here = next((place for place, row in enumerate(rows) if row.page_id == entry.pk), None)
    if here is None:
        return {}
    return {
        "next": rows[here - 1] if here else None,
        "previous": rows[here + 1] if here + 1 < len(rows) else None,
    }


def by_rank(reading, node, context):
    """Leaders and institutions in their order, the whole list on one page."""
    rows = _ranked(reading.site, node.pk)
    return {
        "rows": rows,
        "page_count": 1,
        "previous_url": "",
        "next_url": "",
        "thumbnails": thumbnails(rows, PORTRAIT),
    }

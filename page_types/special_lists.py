"""What lists of some kinds of column show besides: pictures, and an order by rank."""

from wagtail.images import get_image_model

from page_types.publication import lists

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


def by_rank(reading, node, context):
    """Leaders and institutions in their order, the whole list on one page."""
    rows, _total = lists.of_column(reading.site, node.pk, 1, 200)
    rows.sort(key=lambda row: (row.line.get("rank", 1000), row.page_id))
    return {
        "rows": rows,
        "page_count": 1,
        "previous_url": "",
        "next_url": "",
        "thumbnails": thumbnails(rows, PORTRAIT),
    }

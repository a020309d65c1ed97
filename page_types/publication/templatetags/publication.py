"""Tags for public templates: pictures as the ledger shows them."""

from django import template
from django.utils.html import format_html
from wagtail.images.models import Filter

from page_types.publication.reading import current

register = template.Library()


@register.simple_tag
def shown_image(image, alt="", spec="max-1200x1200|format-webp"):
    """`<img>` of a scaled picture with its size; the alternative text is the block's."""
    if image is None:
        return ""
    rendition = current().rendition(image, Filter(spec=spec))
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="{}" loading="lazy" decoding="async">',
        rendition.url,
        rendition.width,
        rendition.height,
        alt,
    )

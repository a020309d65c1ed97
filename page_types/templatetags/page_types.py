"""Tags and filters for the templates of page types. None of them asks the database, except
`scaled`, which asks the reading in force.
"""

import re
from datetime import date, datetime
from urllib.parse import urlsplit

from django import template
from django.utils import timezone
from wagtail.images.models import Filter

from page_types.link import local_path
from page_types.notice import state_of
from page_types.publication.addresses import path_of
from page_types.publication.reading import current

register = template.Library()


@register.filter
def notice_state(line):
    """The state of a notice now, from its line; false when it has no deadline."""
    return state_of(line) if line else None


@register.filter
def moment(text):
    """An ISO string of a line as local time; None for an empty one."""
    return timezone.localtime(datetime.fromisoformat(text)) if text else None


@register.filter
def is_past(day):
    """Whether a day (ISO string or date) lies before today; false for none."""
    if isinstance(day, str):
        day = date.fromisoformat(day) if day else None
    return day is not None and day < timezone.localdate()


@register.filter
def host(url):
    """The name of the machine that an address leads to."""
    return urlsplit(url or "").netloc


@register.filter
def elsewhere(url):
    """Whether an address leads to another site."""
    return bool(url) and not local_path(url)


@register.filter
def telephones(text):
    """(as written, `tel:` address or "") for every number of a field that may hold several."""
    found = []
    for part in re.split(r"[、，,；;/]\s*", text or ""):
        digits = re.sub(r"[^\d+]", "", re.sub(r"[（(]?转.*$", "", part))
        found.append((part.strip(), f"tel:{digits}" if len(digits) >= 5 else ""))
    return [pair for pair in found if pair[0]]


@register.simple_tag
def scaled(image, spec):
    """The rendition of a picture, read with all others of the page; None without a picture."""
    return current().rendition(image, Filter(spec=spec)) if image else None


@register.simple_tag
def way(card):
    """Where a link card leads: {"url", "external"}; None while its page is not public."""
    if entry := card.get("page"):
        return {"url": path_of(current().site, entry), "external": False}
    url = card.get("url")
    if not url:
        return None
    return {"url": local_path(url) or url, "external": not local_path(url)}


@register.filter
def video_type(file):
    """The media type of a video file by its name."""
    return "video/webm" if file.file_extension == "webm" else "video/mp4"

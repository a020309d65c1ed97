"""The admin's preview: the public view itself, with an entry made from the draft."""

import json

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from page_types.publication.errors import PublicationRefused
from page_types.publication.models import Entry
from page_types.publication.reading import Reading
from page_types.publication.texts import canonical, rebuild, text_of_data
from page_types.publication.views import show


def preview(request, page):
    """The page `page` (a draft, perhaps unsaved) as visitors would see it, marked as a preview."""
    stored = type(page).objects.filter(pk=page.pk).first() or page
    try:
        text = text_of_data(stored, json.loads(canonical(page.serializable_data())))
    except PublicationRefused as refused:
        return HttpResponse(_("暂不能预览：%(why)s") % {"why": refused.reason}, status=409)
    return preview_text(request, text)


def preview_text(request, text, of_public=False):
    """Exactly this PageText as visitors would see it, marked as a preview (or as what they see)."""
    page = rebuild(text)
    entry = Entry.objects.select_related("department").filter(pk=text.page_id).first()
    entry = entry or Entry(
        page_id=text.page_id or 0, shown_at=timezone.now(), first_published_at=timezone.now()
    )
    entry.type, entry.column_id = text.type, text.column_id
    entry.department_id, entry.title = text.department_id, text.title
    entry.slug = "" if page.is_column_text else text.slug or "preview"
    entry.summary = page.public_summary()
    reading = Reading(entry=entry, text=page)
    reading.preview = "public" if of_public else True
    return show(request, reading)

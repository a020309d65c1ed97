"""Versions of a list of powers: each publication in the ledger is one; two can be compared."""

import csv
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from page_types.publication.models import Entry, Event
from page_types.publication.models.events import page_subject
from page_types.publication.reading import Reading, in_force
from page_types.publication.texts import rebuild
from page_types.publication.views import base_context

#: Fields of an item, in the order of the table, and their headings.
FIELDS = {
    "code": _("事项编码"),
    "name": _("事项名称"),
    "category": _("类别"),
    "basis": _("依据"),
    "subject": _("实施主体"),
    "process_text": _("流程说明"),
    "supervision_phone": _("监督电话"),
    "note": _("备注"),
}


@dataclass(frozen=True)
class Version:
    """One publication: its number, the event, and the items as plain dicts in their order."""

    number: int
    event: Event
    text: object
    items: list

    @property
    def by_code(self):
        """code -> item."""
        return {item["code"]: item for item in self.items}


def versions_of(page_id):
    """Every version of the list, oldest first; two publications of one text are one version."""
    events = (
        Event.objects.filter(subject=page_subject(page_id))
        .exclude(text=None)
        .select_related("text", "department")
        .order_by("number")
    )
    found, last = [], None
    for event in events:
        if event.text_id == last:
            continue
        last = event.text_id
        text = rebuild(event.text)
        items = [
            {name: child["value"].get(name) or "" for name in FIELDS}
            for child in text.items.raw_data
        ]
        found.append(Version(len(found) + 1, event, text, items))
    return found


def compare(old, new):
    """(added, removed, changed) between two versions, by code; changed: (item, old, fields)."""
    before, after = old.by_code, new.by_code
    added = [item for code, item in after.items() if code not in before]
    removed = [item for code, item in before.items() if code not in after]
    changed = [
        {
            "item": item,
            "fields": [
                (heading, before[code][name], item[name])
                for name, heading in FIELDS.items()
                if before[code][name] != item[name]
            ],
        }
        for code, item in after.items()
        if code in before and before[code] != item
    ]
    return added, removed, changed


def _list(entry, slug):
    """(entry of the list in that column, its versions); 404 if there is none."""
    found = (
        Entry.objects.select_related("text", "department", "event")
        .filter(column_id=entry.column_id, slug=slug, type="page_types.listofpowerspage")
        .first()
    )
    if found is None:
        raise Http404
    return found, versions_of(found.pk)


def _version(versions, number):
    if not 1 <= number <= len(versions):
        raise Http404
    return versions[number - 1]


def _show(request, template, entry, path, context):
    reading = Reading(None, entry, rebuild(entry.text))
    node = reading.site.by_id[entry.column_id]
    with in_force(reading):
        base = base_context(reading, node, path=path)
        return render(
            request, template, {**base, "list_url": f"{node.url}{entry.slug}/", **context}
        )


def version(request, column_entry, slug, number):
    """`<slug>/versions/<n>/`: the table as it stood."""
    entry, versions = _list(column_entry, slug)
    context = {"version": _version(versions, number), "versions": versions, "headings": FIELDS}
    return _show(request, "page_types/powers/version.html", entry, request.path, context)


def comparison(request, column_entry, slug, old, new):
    """`<slug>/compare/<n>/<m>/`: what was added, removed and changed from version n to m."""
    entry, versions = _list(column_entry, slug)
    first, second = _version(versions, old), _version(versions, new)
    added, removed, changed = compare(first, second)
    context = {
        "old": first,
        "new": second,
        "versions": versions,
        "added": added,
        "removed": removed,
        "changed": changed,
    }
    return _show(request, "page_types/powers/compare.html", entry, request.path, context)


def choose(request, column_entry, slug):
    """`<slug>/compare/?old=1&new=2`: the answer of the form, sent on to the comparison."""
    _entry, versions = _list(column_entry, slug)
    asked = (request.GET.get("old", ""), request.GET.get("new", ""))
    if not all(each.isascii() and each.isdigit() and len(each) < 6 for each in asked):
        raise Http404
    for each in asked:
        _version(versions, int(each))
    return redirect(f"{int(asked[0])}/{int(asked[1])}/")


def download(request, column_entry, slug, number):
    """`<slug>/versions/<n>/download/`: a spreadsheet (CSV in UTF-8 with a mark, so that Excel and
    WPS read the Chinese); a cell that looks like a formula is quoted.
    """
    _entry, versions = _list(column_entry, slug)
    found = _version(versions, number)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-v{number}.csv"'
    writer = csv.writer(response)
    writer.writerow([str(heading) for heading in FIELDS.values()])
    for item in found.items:
        writer.writerow([_cell(item[name]) for name in FIELDS])
    return response


def _cell(value):
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


urlpatterns = [
    path("<slug:slug>/versions/<int:number>/", version),
    path("<slug:slug>/versions/<int:number>/download/", download),
    path("<slug:slug>/compare/", choose),
    path("<slug:slug>/compare/<int:old>/<int:new>/", comparison),
]

"""Versions of a list of powers: each publication in the ledger is one; two can be compared."""

import csv
from dataclasses import dataclass
from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from page_types.publication.addresses import path_of
from page_types.publication.models import Address, Entry, Event
from page_types.publication.reading import Reading, in_force
from page_types.publication.snapshot import snapshot
from page_types.publication.texts import rebuild
from page_types.publication.tombstone import tombstone
from page_types.publication.versions import versions_of as public_versions_of
from page_types.publication.views import base_context

TYPE = "page_types.listofpowerspage"

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
    def published_at(self):
        """When visitors got it."""
        return self.event.public_since

    @property
    def rows(self):
        """The items as lists of cells in the order of FIELDS: (field, heading, value)."""
        return [
            [(name, heading, item[name]) for name, heading in FIELDS.items()] for item in self.items
        ]

    @property
    def by_code(self):
        """code -> item."""
        return {item["code"]: item for item in self.items}


def versions_of(page_id):
    """Every version that may be shown, oldest first; two publications of one text are one."""
    found = []
    for public in public_versions_of(page_id):
        event = public.event
        text = rebuild(event.text)
        items = [
            {name: child["value"].get(name) or "" for name in FIELDS}
            for child in text.items.raw_data
        ]
        found.append(Version(public.number, event, text, items))
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


class NoSuchVersion(LookupError):
    """What was asked for is no version of the list; the message says so, and what to do."""


def of_a_list(view):
    """A view of `(request, entry of the list, its versions, ...)`, by the address of the list.

    404 where no list stands there, and for a version that the list does not have: then with the
    versions to choose from. Under a former address of the list the visitor is sent on.
    """

    @wraps(view)
    def found(request, column_entry, slug, **kwargs):
        lists = Entry.objects.select_related("text", "department", "event").filter(type=TYPE)
        entry = lists.filter(column_id=column_entry.column_id, slug=slug).first()
        if entry is not None:
            versions = versions_of(entry.pk)
            try:
                return view(request, entry, versions, **kwargs)
            except NoSuchVersion as refusal:
                context = {"said": str(refusal), "versions": versions[::-1], "canonical_url": ""}
                return _show(
                    request, "page_types/powers/no_version.html", entry, versions, context, 404
                )
        former = Address.objects.filter(column_id=column_entry.column_id, slug=slug)
        entry = lists.filter(pk__in=former.values("page_id")).first()
        site = snapshot()
        if entry is None:
            return _withdrawn(request, site, column_entry, former)
        there = f"{site.by_id[column_entry.column_id].url}{slug}/"
        below = request.path.removeprefix(there)
        return redirect(f"{path_of(site, entry)}{below}", permanent=True)

    return found


def _withdrawn(request, site, column_entry, former):
    """The tombstone of a withdrawn list, whose versions are withdrawn with it; else 404."""
    address = former.first()
    if address is None:
        raise Http404
    return tombstone(request, site, site.by_id[column_entry.column_id], address.page_id)


def _version(versions, number):
    if not 1 <= number <= len(versions):
        message = gettext("本清单共有 %(count)d 版，没有第 %(number)d 版。请从下面的版本中选择。")
        raise NoSuchVersion(message % {"count": len(versions), "number": number})
    return versions[number - 1]


def _show(request, template, entry, versions, context, status=200):
    """A page about versions of the list, under the list's own column."""
    reading = Reading(None, entry, rebuild(entry.text))
    node = reading.site.by_id[entry.column_id]
    with in_force(reading):
        shown = {
            **base_context(reading, node, path=request.path),
            "list_url": path_of(reading.site, entry),
            "present": versions[-1],
            **context,
        }
        return render(request, template, shown, status=status)


@of_a_list
def version(request, entry, versions, number):
    """`<slug>/versions/<n>/`: the table as it stood. Pictures and files of then are not shown."""
    context = {"version": _version(versions, number), "headings": FIELDS.values()}
    return _show(request, "page_types/powers/version.html", entry, versions, context)


@of_a_list
def comparison(request, entry, versions, old, new):
    """`<slug>/compare/<n>/<m>/`: what was added, removed and changed from version n to m."""
    first, second = _version(versions, old), _version(versions, new)
    if old >= new:
        raise NoSuchVersion(gettext("请选择两个不同的版本比较，较早的一版在前。"))
    added, removed, changed = compare(first, second)
    context = {"old": first, "new": second, "added": added, "removed": removed, "changed": changed}
    return _show(request, "page_types/powers/compare.html", entry, versions, context)


@of_a_list
def choose(request, entry, versions):
    """`<slug>/compare/?old=1&new=2`: the answer of the form, sent on to the comparison.

    The older of the two stands first, whichever was chosen first; without two versions to compare
    the visitor is back at the form.
    """
    asked = (request.GET.get("old", ""), request.GET.get("new", ""))
    url = path_of(snapshot(), entry)
    if not all(each.isascii() and each.isdigit() and len(each) < 6 for each in asked):
        return redirect(f"{url}#versions")
    old, new = sorted(_version(versions, int(each)).number for each in asked)
    return redirect(f"{url}#versions" if old == new else f"{url}compare/{old}/{new}/")


@of_a_list
def download(request, entry, versions, number):
    """`<slug>/versions/<n>/download/`: a spreadsheet (CSV in UTF-8 with a mark, so that Excel and
    WPS read the Chinese); a cell that looks like a formula is quoted.
    """
    found = _version(versions, number)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{entry.slug}-v{number}.csv"'
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

"""What one text changes of another: words marked, links, files, and what only the eye can see."""

import html
import re
from dataclasses import dataclass, field

from django.apps import apps
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from page_types.comparison import compare, fields_in_order, label_of
from page_types.publication.files import files_of
from page_types.publication.models import Entry
from page_types.publication.versions import text_of_entry

_END_OF_BLOCK = re.compile(r"</(p|h\d|li|ul|ol|tr)>|<br\s*/?>", re.IGNORECASE)
_LINK = re.compile(r"<a\b([^>]*)>", re.IGNORECASE)
_HREF = re.compile(r'href="([^"]*)"')
_PAGE = re.compile(r'linktype="page"')
_NUMBER = re.compile(r'\bid="(\d+)"')


@dataclass(frozen=True)
class Changes:
    """`fields`: FieldChanges with marked words; links and files that went and came (their names);
    `looks`: labels of fields that differ in nothing of this, but do.
    """

    fields: list = field(default_factory=list)
    links: tuple = ((), ())
    files: tuple = ((), ())
    looks: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.fields or any(self.links) or any(self.files) or self.looks)


def changes_between(old, new, old_files=None, new_files=None):
    """The Changes from one PageText to another; files as they are now unless given."""
    model = apps.get_model(new.type)
    fields = compare(old, new, silent=())
    links = _gone_and_come(_links(old), _links(new))
    files = _gone_and_come(
        _files(files_of(old) if old_files is None else old_files),
        _files(files_of(new) if new_files is None else new_files),
    )
    said = {change.label for change in fields}
    before, after = old.data, new.data
    looks = [
        label
        for name in fields_in_order(model, {**before, **after})
        if before.get(name) != after.get(name) and (label := label_of(model, name)) not in said
    ]
    return Changes(fields, links, files, looks)


def changes_of(text):
    """The Changes against the public text; None while the page is not public."""
    entry = Entry.objects.select_related("text").filter(pk=text.page_id).first()
    if entry is None:
        return None
    return changes_between(text_of_entry(entry), text, old_files=entry.files.all())


def _files(files):
    """What readers get -> how it is told."""
    return {
        tuple(
            file.key
        ): f"{file.title}（{file.get_kind_display()}，{file.name.rsplit('/', 1)[-1]}）"
        for file in files
    }


def _links(text):
    """Targets of the links in words -> how they are told. Documents are told as files."""
    found, pages = {}, set()
    for value in _strings(text.data):
        for attributes in _LINK.findall(value):
            number = _NUMBER.search(attributes)
            if _PAGE.search(attributes) and number:
                pages.add(int(number[1]))
            elif href := _HREF.search(attributes):
                found[href[1]] = html.unescape(href[1])
    titles = dict(Entry.objects.filter(pk__in=pages).values_list("pk", "title")) if pages else {}
    for page in pages:
        found[page] = _("页面“%(title)s”") % {"title": titles.get(page, _("（不公开的页面）"))}
    return found


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def _gone_and_come(old, new):
    gone = tuple(said for key, said in old.items() if key not in new)
    return gone, tuple(said for key, said in new.items() if key not in old)


def words(value):
    """Any JSON value as lines of plain text; the ids of blocks are left out."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dict):
        value = [item for name, item in value.items() if name not in ("id", "type")]
    if isinstance(value, list):
        return "\n".join(filter(None, map(words, value)))
    text = _END_OF_BLOCK.sub("\n", str(value))
    return html.unescape(strip_tags(text)).strip()

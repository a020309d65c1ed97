"""Making pages of the demonstration's data: each field read by what the model says it is."""

import json
import re
from datetime import datetime, time, timedelta
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

from page_types import models as page_models
from page_types.compose import post_text
from page_types.models import InterpretedDocument, MicropostPage, RelatedDocument
from page_types.organisation.models import Department
from page_types.publication.addresses import path_of
from page_types.publication.models import Column, Entry
from page_types.publication.snapshot import snapshot
from structure import demo_markup
from structure.demo_files import Files

TYPES = {
    "article": page_models.ArticlePage,
    "policy": page_models.PolicyPage,
    "notice": page_models.NoticePage,
    "pictures": page_models.PictureStoryPage,
    "republication": page_models.RepublicationPage,
    "micropost": page_models.MicropostPage,
    "leader": page_models.LeaderPage,
    "institution": page_models.InstitutionPage,
    "service": page_models.ServicePage,
    "powers": page_models.ListOfPowersPage,
    "statistics": page_models.StatisticsPage,
    "topic": page_models.TopicPage,
    "link": page_models.LinkPage,
}
_LINK = re.compile(r'<a data-demo="([^"]*)">')
_YEAR = re.compile(r"\{(年|上年|前年|月|日)\}")


class DemoError(Exception):
    """The content cannot be loaded; the message says why, in both languages."""


class Maker:
    """Makes and changes the page of one item.

    `pages`: key -> number of the pages loaded so far; `as_of`: the day from which dates count.
    """

    def __init__(self, item, officer, pages, as_of):
        self.item, self.officer, self.pages, self.as_of = item, officer, pages, as_of
        self.shown_at = item.shown_at(as_of)
        self.files = Files(officer, item.department)

    def draft(self):
        """A draft in its column, with a first revision by the officer."""
        item = self.item
        column = Column.objects.filter(key=item.column).first()
        if column is None:
            raise DemoError(
                f"{item.key}: 没有栏目 {item.column}，请先运行 sync_structure / "
                f"no column {item.column}: run sync_structure first"
            )
        department = Department.objects.get(code=item.department)
        page = TYPES[item.type](
            slug=item.slug, live=False, owner=self.officer, department=department
        )
        fields = dict(item.fields)
        if hasattr(page, "source"):
            fields.setdefault("source", f"演示·{department.name}")
        if isinstance(page, MicropostPage):
            fields = self._composed(fields)
        self.change(page, fields)
        if item.keywords:
            page.keywords = ",".join(item.keywords)
        page.go_live_at = item.goes_live_at(self.as_of)
        Page.objects.get(pk=column.page_id).add_child(instance=page)
        page.save_revision(user=self.officer, log_action="wagtail.create")
        return page

    def change(self, page, fields):
        """Give the page these fields as the data writes them."""
        for name, value in fields.items():
            if name == "interprets":
                page.interprets = [InterpretedDocument(page_id=self.number(key)) for key in value]
            elif name == "related":
                page.related_documents = [
                    RelatedDocument(role=role, page_id=self.number(key))
                    for role, key in value.items()
                ]
            elif name == "also_shown_in":
                page.also_shown_in = list(Column.objects.filter(key__in=value))
            else:
                self._set(page, name, value)

    def number(self, key):
        """The page of a key that is loaded already."""
        if key not in self.pages:
            raise DemoError(
                f"{self.item.key}: 链接指向的“{key}”尚未载入 / "
                f"the link's target {key} is not loaded yet"
            )
        return self.pages[key]

    def words(self, text):
        """The text with {年}, {上年}, {前年}, {月}, {日} of its shown date filled in."""
        day = timezone.localtime(self.shown_at).date()
        known = {"年": day.year, "上年": day.year - 1, "前年": day.year - 2}
        known |= {"月": day.month, "日": day.day}
        return _YEAR.sub(lambda found: str(known[found[1]]), text)

    def _set(self, page, name, value):
        try:
            field = page._meta.get_field(name)
        except FieldDoesNotExist:
            raise DemoError(
                f"{self.item.key}: {self.item.type} 没有 {name} 这一项 / no such field: {name}"
            ) from None
        if isinstance(value, str):
            value = self.words(value)
        if isinstance(field, StreamField):
            setattr(page, name, json.dumps(self._stream(field, value)))
        elif isinstance(field, RichTextField):
            setattr(page, name, demo_markup.rich(value, self.number))
        elif isinstance(field, models.ForeignKey) and field.related_model is Page:
            setattr(page, field.attname, self.number(value))
        elif isinstance(field, models.ForeignKey) and field.related_model is get_image_model():
            setattr(page, name, self.files.picture(value))
        elif isinstance(field, models.DateTimeField):
            setattr(page, name, self._moment(value))
        elif isinstance(field, models.DateField):
            setattr(page, name, self._day(value))
        else:
            setattr(page, name, value)

    def _day(self, value):
        """A date as it is, or so many days before the day of the demonstration."""
        return self.as_of - timedelta(days=value) if isinstance(value, int) else value

    def _moment(self, value):
        """A moment: `shown` is the shown date, `{before_shown: hours}`, else `[days, time]`."""
        if value == "shown":
            return self.shown_at
        if isinstance(value, dict):
            return self.shown_at - timedelta(hours=value["before_shown"])
        days, clock = value
        return timezone.make_aware(datetime.combine(self._day(days), time.fromisoformat(clock)))

    def _composed(self, fields):
        """A post out of its page, as the admin composes it, with an address on example.org."""
        entry = Entry.objects.get(pk=self.number(fields["article"]))
        platform = fields["platform"]
        url = settings.SITE_URL + path_of(snapshot(), entry)
        return {
            "text": post_text(entry, url, settings.PORTAL_POST_LENGTHS.get(platform)),
            "post_url": f"https://example.org/{platform}/{self.item.key}",
            "posted_at": "shown",
            **fields,
        }

    # -- streams -----------------------------------------------------------------------------

    def _stream(self, field, value):
        name = field.name
        if name == "body":
            return list(self._body(value))
        if name == "pictures":
            return [
                {"type": "picture", "value": self.files.picture_value(each, credit=True)}
                for each in value
            ]
        if name == "series":
            return [{"type": "series", "value": self._statistics(each)} for each in value]
        kind = {"materials": "material", "steps": "step", "items": "item"}[name]
        block = field.stream_block.child_blocks[kind]
        return [{"type": kind, "value": self._row(block, each)} for each in value]

    def _row(self, block, row):
        """A row with all its fields; words that the data leaves out are empty, as in the editor."""
        row = {
            key: self.words(text) if isinstance(text, str) else text for key, text in row.items()
        }
        if "blank" in row:
            row["blank"] = self.files.document(row["blank"]).pk
        if "process_chart" in row:
            row["process_chart"] = self.files.picture(row["process_chart"]).pk
        for name, child in block.child_blocks.items():
            if name not in row:
                words = isinstance(child, blocks.CharBlock | blocks.TextBlock)
                row[name] = child.get_default() or ("" if words else None)
        return row

    def _body(self, parts):
        for part in [parts] if isinstance(parts, str) else parts:
            if isinstance(part, str):
                for name, value in demo_markup.blocks(self.words(part), self.number):
                    yield {"type": name, "value": value}
                continue
            ((name, value),) = part.items()
            make = getattr(self, f"_{name}", None)
            if make is None:
                raise DemoError(f"{self.item.key}: 不认识的内容块 {name} / unknown block {name}")
            yield {"type": name, "value": make(value)}

    def _heading(self, value):
        return self.words(value)

    def _paragraph(self, value):
        return _LINK.sub(
            lambda found: f'<a linktype="page" id="{self.number(found[1])}">', self.words(value)
        )

    def _quotation(self, value):
        return value

    def _callout(self, value):
        text = demo_markup.rich(self.words(value["text"]), self.number)
        return {"kind": "information", **value, "text": text}

    def _figure(self, value):
        return self.files.picture_value(value)

    def _gallery(self, value):
        pictures = [self.files.picture_value(each, credit=True) for each in value]
        return _listed(pictures)

    def _attachments(self, value):
        return _listed(
            {"document": self.files.document(each).pk, "title": f"【演示】{each['title']}"}
            for each in value
        )

    def _table(self, value):
        rows = [[self.words(str(cell)) for cell in row] for row in value["rows"]]
        return {
            "data": rows,
            "cell": [],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_header_choice": "row",
            "table_caption": self.words(value["caption"]),
        }

    def _statistics(self, value):
        rows = [
            {"label": self.words(str(label)), "value": str(number), "note": (more or [""])[0]}
            for label, number, *more in value["rows"]
        ]
        return {
            "title": self.words(value["title"]),
            "unit": value["unit"],
            "chart": value.get("chart", "bar"),
            "rows": _listed(rows),
        }

    def _newest(self, value):
        return {"count": 4, **value}

    def _links(self, value):
        cards = [
            {
                "title": each["title"],
                "text": each.get("text", ""),
                "page": self.number(each["page"]) if "page" in each else None,
                "url": each.get("url", ""),
            }
            for each in value
        ]
        return _listed(cards)


def _listed(values):
    """Values as a ListBlock stores them."""
    return [{"type": "item", "value": value, "id": str(uuid4())} for value in values]

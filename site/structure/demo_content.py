"""Reading content.yaml, and making drafts of it as the admin would."""

import json
import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

import yaml
from django.utils import timezone
from wagtail.models import Page

from page_types.models import ArticlePage, InterpretedDocument, PolicyPage
from page_types.organisation.models import Department
from page_types.publication.models import Column

CONTENT_FILE = Path(__file__).with_name("demo") / "content.yaml"
TYPES = {"article": ArticlePage, "policy": PolicyPage}
#: What an entry says about itself rather than about its text.
ABOUT = {
    "key", "column", "type", "department", "body", "keywords", "interprets",
    "age_days", "time", "at", "returned_by", "reason",
}  # fmt: skip
LINK = re.compile(r'<a data-demo="([^"]*)">')


class DemoError(Exception):
    """The content cannot be loaded; the message says why, in both languages."""


@dataclass(frozen=True)
class Item:
    """One text of the demonstration and how far it gets.

    `at` is the step at which it waits, `returned_by` the post that returns it (for `reason`);
    without either it is published, `age_days` before the day of the demonstration.
    """

    key: str
    type: str
    column: str
    department: str
    fields: dict
    body: list
    keywords: list
    slug: str = ""
    interprets: str = ""
    age_days: int = 0
    time: str = "09:00"
    at: str = ""
    returned_by: str = ""
    reason: str = ""

    @property
    def is_public(self):
        """Whether it goes all the way."""
        return not self.at and not self.returned_by

    def shown_at(self, as_of):
        """The date that visitors see, on a demonstration of that day."""
        day = as_of - timedelta(days=self.age_days)
        return timezone.make_aware(datetime.combine(day, time.fromisoformat(self.time)))


def read_content(path=CONTENT_FILE):
    """The items of the file in the order of loading: what is linked to comes first."""
    data = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    rows = [{"key": key, **row} for key, row in data["documents"].items()]
    # Articles have their key as address; documents get theirs from the title, as in the admin.
    rows += [
        {"slug": row["key"], **row}
        for row in [*data["articles"], *data["waiting"], data["returned"]]
    ]
    try:
        return [_item(row) for row in rows]
    except (KeyError, TypeError) as error:
        raise DemoError(f"content.yaml 写法不对 / not as expected: {error!r}") from error


def _item(row):
    about = {name: row[name] for name in ABOUT & set(row)}
    slug = row.get("slug", "")
    fields = {name: value for name, value in row.items() if name not in ABOUT | {"slug"}}
    return Item(slug=slug, fields=fields, **about)


def make_draft(item, officer, pages):
    """A draft of the item in its column, with a first revision by the officer.

    `pages`: key -> number of the pages loaded so far, for links.
    """
    column = Column.objects.filter(key=item.column).first()
    if column is None:
        raise DemoError(
            f"{item.key}: 没有栏目 {item.column}，请先运行 sync_structure / "
            f"no column {item.column}: run sync_structure first"
        )
    page = TYPES[item.type](
        **item.fields,
        slug=item.slug,
        keywords=",".join(item.keywords),
        body=json.dumps([_block(block, pages, item.key) for block in item.body]),
        live=False,
        owner=officer,
        department=Department.objects.get(code=item.department),
    )
    if item.interprets:
        page.interprets.add(InterpretedDocument(page_id=_number(item.interprets, pages, item.key)))
    Page.objects.get(pk=column.page_id).add_child(instance=page)
    page.save_revision(user=officer, log_action="wagtail.create")
    return page


def _block(block, pages, key):
    ((name, value),) = block.items()
    if name == "paragraph":
        value = LINK.sub(
            lambda found: f'<a linktype="page" id="{_number(found[1], pages, key)}">', value
        )
    return {"type": name, "value": value}


def _number(target, pages, key):
    if target not in pages:
        raise DemoError(
            f"{key}: 链接指向的“{target}”尚未载入 / the link's target {target} is not loaded yet"
        )
    return pages[target]

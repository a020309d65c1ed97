"""Reading the demonstration's data: what is loaded, in which order, and how far each text gets."""

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

import yaml
from django.utils import timezone

from structure.demo_making import TYPES, DemoError

__all__ = ["DemoError", "Item", "read_content", "small"]

FOLDER = Path(__file__).with_name("demo")
#: In the order of loading: what is linked to comes first. The schema stands in news.yaml.
FILES = (
    "content", "policies", "news", "business", "organisation", "notices", "disclosure",
    "services", "powers", "statistics", "interaction", "topics", "links", "media", "waiting",
)  # fmt: skip
#: The mark of everything invented; only the real plan goes without.
MARK = "【演示】"
REAL = "plan"
#: What an item says about itself rather than about its text.
ABOUT = {
    "key", "column", "type", "department", "keywords", "age_days", "time", "at", "returned_by",
    "reason", "versions", "slug", "go_live_days", "remark", "correction",
}  # fmt: skip
_LINKED = re.compile(r'\[\[([^\]|]+)\||data-demo="([^"]*)"')
#: Where a text may stop: as a draft, or at a step of its chain.
STOPS = ("draft", "department_review", "leader_review", "office_review", "centre_publish")


@dataclass(frozen=True)
class Item:
    """One text of the demonstration and how far it gets.

    `at` is the step at which it waits ("draft": never submitted), `returned_by` the post that
    returns it (for `reason`); with `go_live_days` it is approved and waits so many days from today
    for its time; without any of these it is published, `age_days` before the day of the
    demonstration. `versions` are later publications: the fields that change, with an age each.
    `remark` (quote, wording, body) is what the person of the step notes where it waits, and
    `correction` the fields of a later text that waits in the short chain.
    """

    key: str
    type: str
    column: str
    department: str
    fields: dict
    keywords: list = field(default_factory=list)
    slug: str = ""
    age_days: int = 0
    time: str = "09:00"
    at: str = ""
    returned_by: str = ""
    reason: str = ""
    versions: tuple = ()
    go_live_days: int = 0
    remark: dict = field(default_factory=dict)
    correction: dict = field(default_factory=dict)

    @property
    def is_public(self):
        """Whether it goes all the way, now."""
        return not (self.at or self.returned_by or self.go_live_days)

    def goes_live_at(self, as_of):
        """When a text that waits for its time goes public; None for all others."""
        if not self.go_live_days:
            return None
        day = max(as_of, timezone.localdate()) + timedelta(days=self.go_live_days)
        return timezone.make_aware(datetime.combine(day, time.fromisoformat(self.time)))

    @property
    def title(self):
        """As visitors and lists show it."""
        return self.fields["title"]

    def shown_at(self, as_of, age_days=None):
        """The date that visitors see, on a demonstration of that day."""
        day = as_of - timedelta(days=self.age_days if age_days is None else age_days)
        return timezone.make_aware(datetime.combine(day, time.fromisoformat(self.time)))

    def links(self):
        """Keys of the items this one points at, wherever."""
        return set(_keys_in(self.fields)) | set(_keys_in(list(self.versions)))


def read_content(folder=FOLDER):
    """The items of all files in the order of loading; raises DemoError with file and key."""
    items, seen = [], set()
    for name in FILES:
        path = Path(folder) / f"{name}.yaml"
        for row in _rows(path):
            item = _item(path.name, row)
            if item.key in seen:
                raise DemoError(f"{path.name}: 键 {item.key} 写了两次 / a key is written twice")
            seen.add(item.key)
            items.append(item)
    return items


def small(items):
    """A sample: content.yaml's texts, one of each page type and kind of stop, and their targets."""
    by_key = {item.key: item for item in items}
    of_content = {row["key"] for row in _rows(FOLDER / "content.yaml")}
    wanted, types = set(), set()
    for item in items:
        if item.key in of_content or (item.is_public and item.type not in types):
            wanted.add(item.key)
            types.add(item.type)
    while more := {key for pk in wanted for key in by_key[pk].links()} - wanted:
        wanted |= more
    return [item for item in items if item.key in wanted]


def _rows(path):
    """The rows of a file. content.yaml has sections of its own; the others are groups of items."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise DemoError(f"{path.name}: YAML 写法不对 / not YAML: {error}") from error
    try:
        if path.stem == "content":
            rows = [{"key": key, **row} for key, row in data["documents"].items()]
            # Articles have their key as address; documents get theirs from the title.
            rest = [*data["articles"], *data["waiting"], data["returned"]]
            return rows + [{"slug": row["key"], **row} for row in rest]
        rows = []
        for group in data:
            common = {name: value for name, value in group.items() if name != "items"}
            # A row of another type shares the place, not the group's own fields.
            place = {name: common[name] for name in ABOUT & set(common)}
            rows += [
                {"slug": row["key"], **(place if "type" in row else common), **row}
                for row in group["items"]
            ]
        return rows
    except (KeyError, TypeError, AttributeError) as error:
        raise DemoError(f"{path.name} 写法不对 / not as expected: {error!r}") from error


def _item(file, row):
    about = {name: row[name] for name in ABOUT & set(row)}
    fields = {name: value for name, value in row.items() if name not in ABOUT}
    try:
        if about["key"] != REAL and not fields["title"].startswith(MARK):
            fields["title"] = MARK + fields["title"]
        if isinstance(fields.get("interprets"), str):
            fields["interprets"] = [fields["interprets"]]
        if not {"at", "returned_by", "go_live_days"} & set(about):
            about["age_days"]  # a public text has a date
        about["versions"] = tuple(about.get("versions", ()))
        item = Item(fields=fields, **about)
    except (KeyError, TypeError, AttributeError) as error:
        raise DemoError(
            f"{file}: {row.get('key', row)} 写法不对 / not as expected: {error!r}"
        ) from error
    _check(file, item)
    return item


def _check(file, item):
    wrong = [
        message
        for fails, message in (
            (item.type not in TYPES, f"type {item.type}"),
            (item.at and item.at not in STOPS, f"at {item.at}"),
            (item.is_public and not 0 <= item.age_days <= 730, f"age_days {item.age_days}"),
            (bool(item.returned_by) != bool(item.reason), "returned_by / reason"),
            (item.remark and not item.at, "remark / at"),
            (item.correction and not item.is_public, "correction"),
            (
                any(not 0 <= each.get("age_days", -1) < item.age_days for each in item.versions),
                "versions: age_days",
            ),
        )
        if fails
    ]
    if wrong:
        raise DemoError(f"{file}: {item.key} 写法不对 / not as expected: {'；'.join(wrong)}")


def _keys_in(value):
    """Keys in links, relations, successors and cards, at any depth."""
    if isinstance(value, str):
        yield from (found[1] or found[2] for found in _LINKED.finditer(value))
    elif isinstance(value, list):
        for each in value:
            yield from _keys_in(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name in ("successor", "article", "page") and isinstance(each, str):
                yield each
            elif name == "interprets":
                yield from each
            elif name == "related":
                yield from each.values()
            else:
                yield from _keys_in(each)

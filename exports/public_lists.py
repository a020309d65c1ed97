"""What visitors read as lists, as data sets: public pages, columns, powers, guides to services.

All from the ledger, as its pages show it at this moment; no draft and no page row is asked.
"""

from functools import partial

from django.conf import settings
from django.db.models import Max
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from exports import datasets
from exports.columns import DATE, IDENTIFIER, MOMENT, NUMBER, URL, Column
from exports.datasets import Dataset, Filter
from page_types.organisation.models import Department
from page_types.power_versions import FIELDS
from page_types.power_versions import TYPE as POWERS
from page_types.powers import ListOfPowersPage
from page_types.publication import lists
from page_types.publication.addresses import path_of
from page_types.publication.days import during
from page_types.publication.models import Entry
from page_types.publication.snapshot import snapshot
from page_types.publication.texts import rebuild
from page_types.service import ServicePage

SERVICES = "page_types.servicepage"
_ADDRESS = Column("url", _("网址"), URL)
_DEPARTMENT = Column("department", _("责任处室"))


def _departments():
    return Department.objects.filter(active=True).values_list("code", "name")


def _columns():
    return [(n.key, n.title) for n in snapshot().by_key.values() if n.public and not n.group]


def _entries(start, end, column="", department="", **narrowed):
    """Public pages by the date that visitors see, days included; columns' own pages are none."""
    found = Entry.objects.exclude(slug="").filter(during("shown_at", start, end), **narrowed)
    if column:
        found = found.filter(column__key=column)
    if department:
        found = found.filter(department__code=department)
    return found.select_related("department").order_by("-shown_at", "-page_id")


def _each(line):
    """The rows of entries, `line(site, entry)` one of them: the columns are read once for all."""

    def lines(entries):
        site = snapshot()
        return (line(site, entry) for entry in entries)

    return lines


def _address(site, entry):
    return settings.SITE_URL + path_of(site, entry)


# --- public pages --------------------------------------------------------------------------------

_PAGES = (
    Column("title", _("标题"), width=60),
    _ADDRESS,
    Column("shown_at", _("发布时间"), MOMENT),
    Column("column", _("栏目")),
    _DEPARTMENT,
    Column("index_number", _("索引号"), IDENTIFIER, help=_("列入政府信息公开目录的才有")),
    Column("document_number", _("文号"), IDENTIFIER),
    Column("validity", _("有效性"), help=_("政策文件才有")),
    Column("summary", _("内容概述"), width=60),
)


def _page(site, entry):
    line = {**entry.facts, **entry.line}
    return (
        entry.title,
        _address(site, entry),
        entry.shown_at,
        site.by_id[entry.column_id].title,
        entry.department.name,
        line.get("index_number", ""),
        line.get("document_number", ""),
        line.get("validity_label", ""),
        entry.summary,
    )


def _pages(start, end, **filters):
    return _entries(start, end, **filters).defer("text")


# --- columns -------------------------------------------------------------------------------------

_OF_COLUMNS = (
    Column("key", _("代码")),
    Column("title", _("栏目")),
    Column("within", _("上级栏目")),
    _ADDRESS,
    Column("owners", _("责任处室"), width=40),
    Column("period", _("更新周期（天）"), NUMBER, help=_("空：没有规定周期")),
    Column("updated", _("最近更新"), DATE),
)


def _column_lines(start, end):
    """Every column that visitors may open; a period narrows to those last updated in it."""
    last_updates = lists.last_updates()
    for node in snapshot().by_id.values():
        if not node.public:
            continue
        last = last_updates.get(node.pk)
        day = localtime(last).date() if last else None
        if (start and (day is None or day < start)) or (end and (day is None or day > end)):
            continue
        yield (
            node.key,
            node.title,
            node.parent.title if node.parent else "",
            settings.SITE_URL + node.url,
            node.owner_names,
            node.update_period_days,
            day,
        )


# --- powers and services -------------------------------------------------------------------------

_OF_POWERS = (
    Column("list", _("清单"), width=40),
    Column("kind", _("清单类型")),
    *(Column(name, label, IDENTIFIER if name == "code" else "text", width=30)
      for name, label in FIELDS.items()),
    _ADDRESS,
)  # fmt: skip
_KIND = Filter("kind", _("清单类型"), lambda: ListOfPowersPage.ListKind.choices)


def _powers(start, end, kind=""):
    """The items of the lists in force; the period is that of their publication."""
    site = snapshot()
    for entry in _entries(start, end, type=POWERS).select_related("text"):
        page, address = rebuild(entry.text), _address(site, entry)
        if kind and page.list_kind != kind:
            continue
        label = str(page.get_list_kind_display())
        for block in page.items:
            cells = (str(block.value.get(name) or "") for name in FIELDS)
            yield (entry.title, label, *cells, address)


_PLAIN = ("audience", "time_limit", "promised_time", "fee", "result", "place", "hours", "phone",
          "complaints_phone", "online_url")  # fmt: skip


def _label(name):
    return ServicePage._meta.get_field(name).verbose_name


_OF_SERVICES = (
    Column("title", _("事项名称"), width=40),
    _ADDRESS,
    Column("item_type", _label("item_type")),
    *(Column(name, _label(name), URL if name == "online_url" else "text") for name in _PLAIN),
    _DEPARTMENT,
    Column("shown_at", _("发布时间"), MOMENT),
)


def _service(site, entry):
    page = rebuild(entry.text)
    return (
        entry.title,
        _address(site, entry),
        str(page.get_item_type_display()),
        *(getattr(page, name) for name in _PLAIN),
        entry.department.name,
        entry.shown_at,
    )


def _services(start, end, **filters):
    return _entries(start, end, type=SERVICES, **filters).select_related("text")


# --- registering ---------------------------------------------------------------------------------


def _updated(**narrowed):
    """When one of these pages was last published."""
    found = Entry.objects.exclude(slug="").filter(**narrowed)
    return found.aggregate(last=Max("event__at"))["last"]


def register():
    """Called once, when the room is ready."""
    of_department = Filter("department", _("责任处室"), _departments)
    for each in (
        datasets.of_query(
            "pages", _("公开信息目录"), _PAGES, _pages, lines=_each(_page),
            description=_("本网站现在公开的每一条信息：标题、网址、栏目、责任处室、索引号和文号。"),
            filters=(Filter("column", _("栏目"), _columns), of_department),
            updated=_updated,
        ),
        Dataset(
            "columns", _("栏目目录"), _OF_COLUMNS, _column_lines,
            description=_("本网站的全部栏目：责任处室、更新周期和最近更新日期。"),
            updated=_updated,
        ),
        Dataset(
            "powers", _("权责清单事项"), _OF_POWERS, _powers,
            description=_("现行权力清单、责任清单、负面清单中的每一个事项；期间按清单公布日期计。"),
            filters=(_KIND,),
            updated=partial(_updated, type=POWERS),
        ),
        datasets.of_query(
            "services", _("办事指南"), _OF_SERVICES, _services, lines=_each(_service),
            description=_("每一份办事指南的时限、收费、地点和电话，完整内容见网页。"),
            filters=(of_department,),
            updated=partial(_updated, type=SERVICES),
        ),
    ):  # fmt: skip
        datasets.register(each)

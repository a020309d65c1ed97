"""Public pages, columns and topics among them, as documents: from the ledger's approved texts."""

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from page_types.policy import validity_of
from page_types.publication.addresses import path_of
from page_types.publication.models import Entry
from page_types.publication.snapshot import snapshot
from search.making import document
from search.page_words import data_of, words_of
from search.sources import PAGE, Source

NAME = "page"
#: Type of page -> (kind of document, label).
KINDS = {
    "page_types.articlepage": ("article", _("信息")),
    "page_types.policypage": ("policy", _("政策文件")),
    "page_types.noticepage": ("notice", _("通知公告")),
    "page_types.servicepage": ("service", _("办事指南")),
    "page_types.picturestorypage": ("picture", _("图片新闻")),
    "page_types.republicationpage": ("republication", _("转载")),
    "page_types.micropostpage": ("micropost", _("政务新媒体")),
    "page_types.leaderpage": ("leader", _("领导")),
    "page_types.institutionpage": ("institution", _("机构")),
    "page_types.listofpowerspage": ("powers", _("权责清单")),
    "page_types.statisticspage": ("statistics", _("统计数据")),
    "page_types.topicpage": ("topic", _("专题")),
    "page_types.linkpage": ("link", _("链接")),
    "page_types.columnpage": ("column", _("栏目")),
    "page_types.homepage": ("column", _("栏目")),
}
#: Kinds that stand as they are: no date says how new they are.
UNDATED = {"column", "leader", "institution", "link"}


class PageSource(Source):
    """Every public entry."""

    follows_ledger = True

    def ids(self):
        return map(str, Entry.objects.order_by("pk").values_list("pk", flat=True).iterator())

    def documents(self, ids):
        site = snapshot()
        entries = Entry.objects.select_related("text").filter(pk__in=[int(pk) for pk in ids])
        with translation.override(None):  # labels as they stand in the source: Chinese
            return [_document(site, entry) for entry in entries]

    def shown(self, documents):
        site = snapshot()
        for each in documents:
            each.title, each.url = each.entry.title, path_of(site, each.entry)
        return documents


source = PageSource(NAME, _("网页"), dict(KINDS.values()))


def place_of(entry):
    """What every document of an entry has from it, files included."""
    day = timezone.localtime(entry.shown_at).date()
    return {
        "page_id": entry.pk,
        "event_id": entry.event_id,
        "column_id": entry.column_id,
        "department_id": entry.department_id,
        "date": None if kind_of(entry) in UNDATED else day,
    }


def kind_of(entry):
    """The kind of an entry's document; a page type of somebody else's is an ordinary text."""
    return KINDS.get(entry.type, KINDS["page_types.articlepage"])[0]


def _document(site, entry):
    data, kind = data_of(entry.text), kind_of(entry)
    return document(
        NAME,
        entry.pk,
        kind=kind,
        title=entry.title,
        url=path_of(site, entry),
        summary=entry.summary,
        body=words_of(entry.type, data, besides=entry.summary),
        format=PAGE,
        validity=validity_of(entry.line)[0] if kind == "policy" else "",
        document_number=entry.line.get("document_number", ""),
        index_number=entry.facts.get("index_number", ""),
        facts=_facts(kind, entry, data),
        **place_of(entry),
    )


def _facts(kind, entry, data):
    """What a result shows besides: what lists show, and of a service its steps and its fee."""
    facts = {name: value for name, value in entry.line.items() if value not in ("", None)}
    if kind == "service":
        steps = [step["value"].get("title", "") for step in data.get("steps") or []]
        facts |= {"steps": [title for title in steps if title]}
        facts |= {name: data[name] for name in ("fee", "audience", "place") if data.get(name)}
    return facts

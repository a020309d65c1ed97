"""Tags and filters of the theme: words for periods and kinds, look-ups, safe static addresses.

None of them asks the database; templates of every room may load them (`{% load portal_theme %}`).
"""

from pathlib import PurePosixPath

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def period(days):
    """Days of an update period as a reader says it: 14 -> 每2周; none -> 不设周期."""
    if not days:
        return _("不设周期")
    named = {14: _("每2周"), 183: _("每6个月"), 365: _("每年")}
    return named.get(days) or ngettext("每%(days)d天", "每%(days)d天", days) % {"days": days}


@register.filter
def awaited(kind):
    """What will stand in a column of that kind, for the sentence on an empty column."""
    return {
        "news": _("工作动态和新闻信息"),
        "policy": _("政策文件及其解读"),
        "notice": _("通知、公告和公示"),
        "personnel": _("人事任免、招录等信息"),
        "plan": _("发展规划和计划"),
        "service": _("办事指南和服务入口"),
        "interaction": _("与公众交流的内容"),
        "topic": _("专题信息"),
        "catalogue": _("政府信息公开目录所列的信息"),
        "link": _("相关网站和系统的入口"),
        "statistics": _("统计数据"),
        "institution": _("机构设置和职责"),
        "credit": _("行政许可和行政处罚信息"),
        "requests": _("依申请公开的办理渠道"),
        "annual_report": _("政府信息公开工作年度报告"),
    }.get(kind) or _("本栏目的信息")


@register.filter
def lookup(mapping, key):
    """The value of a key that is itself a variable; nothing if it is absent."""
    return mapping.get(key) if mapping else None


@register.filter
def extension(name):
    """The kind of a file as readers know it: `documents/jh.pdf` -> PDF."""
    return PurePosixPath(str(name or "")).suffix.lstrip(".").upper()


@register.filter
def loose_documents(files, body=None):
    """The documents among `files` that no attachments block of `body` shows already."""
    shown = set()
    for block in body or ():
        if block.block_type == "attachments":
            documents = (item["document"] for item in block.value)
            shown |= {document.pk for document in documents if document}
    return [file for file in files or () if file.kind == "document" and file.object_id not in shown]


@register.simple_tag
def columns_of(site, *kinds):
    """Public columns of some kinds, in menu order, groups left out."""
    walk = getattr(site, "walk", None)
    return [node for node in walk() if node.kind in kinds and not node.group] if walk else []


@register.simple_tag
def asset(path):
    """Address of a static file; never raises, so that no error page fails over its style sheet."""
    try:
        return static(path)
    except ValueError:  # the manifest of hashed names is missing or does not know the file
        return settings.STATIC_URL + path

"""Tags and filters of the theme: words for periods and kinds, look-ups, safe static addresses.

None of them asks the database; templates of every room may load them (`{% load portal_theme %}`).
"""

from pathlib import PurePosixPath

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from theme import reading, variants

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
        "pictures": _("图片新闻"),
        "republication": _("国务院和省政府重要信息的转载"),
        "new_media": _("政务新媒体发布的信息"),
        "powers": _("权力清单、责任清单和负面清单"),
        "leaders": _("负责人简历和分工"),
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
    """The documents among `files` that no attachments or video block of `body` shows already."""
    shown = set()
    for block in body or ():
        if block.block_type == "attachments":
            documents = [item["document"] for item in block.value]
        else:
            documents = [block.value["video"]] if block.block_type == "video" else []
        # A file as shown to the public knows its document; a draft's is the document.
        shown |= {getattr(each, "object_id", each.pk) for each in documents if each}
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


@register.simple_tag(takes_context=True)
def reading_choices(context):
    """name -> what this reader has chosen, ordinary choices included: attributes of `<html>`."""
    chosen = reading.chosen_by(context.get("request"))
    return {name: chosen.get(name, choices[0]) for name, choices in reading.CHOICES.items()}


@register.simple_tag(takes_context=True)
def page_language(context):
    """The value of `<html lang>`."""
    return variants.of_request(context.get("request")).language


@register.simple_tag(takes_context=True)
def page_variants(context, base=""):
    """The page's variants: `language`, `label`, `url` (after `base`), `current`.

    Without `base` the query goes along: a search is shown in the other writing too. A page that is
    not there (`is_missing`) has no variants: the links lead home.
    """
    request, path, query = context.get("request"), "/", ""
    if request and not context.get("is_missing"):
        path, query = request.path, request.META.get("QUERY_STRING", "")
    more = f"?{query}" if query and not base else ""
    here = variants.of_request(request)
    return [
        {
            "language": variant.language,
            "label": variant.label,
            "url": f"{base}{variant.path(path)}{more}",
            "current": variant is here,
        }
        for variant in variants.VARIANTS
    ]


@register.filter
def qr_address(url):
    """Where the QR code of a public address is drawn; nothing for the home page."""
    path = (url or "").removeprefix(settings.SITE_URL).strip("/")
    return f"/qr/{path}.svg" if path else ""

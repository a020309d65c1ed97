"""The details of an entry in words, for people; the csv file and the lines have the exact data."""

import json

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

#: What the keys of `data` are called; others are told under their own name.
NAMES = {
    "reason": _("原因"),
    "comment": _("意见"),
    "changed": _("变更"),
    "added": _("增加"),
    "removed": _("移除"),
    "grants": _("授权"),
    "file": _("文件"),
    "before": _("原文件"),
    "size": _("字节数"),
    "rows": _("行数"),
    "filters": _("条件"),
    "path": _("地址"),
    "event": _("发布事件"),
    "problems": _("问题"),
    "label": _("检查"),
    "conclusion": _("结论"),
    "reviewer": _("保密审查人"),
    "task": _("环节"),
    "workflow": _("审核链"),
    "lines": _("内容"),
    "changes": _("项数"),
    "post": _("岗位"),
    "starts": _("自"),
    "ends": _("至"),
    "adopted": _("补入"),
    "count": _("条数"),
    "unknown_name_mac": _("所输用户名不存在，标记"),
}
#: Numbers, fingerprints and what the entry says elsewhere: they tell a reader nothing.
_LEFT_OUT = {"uuid", "revision", "text", "hash", "source", "seen", "seals", "files", "chain",
             "column", "shown_at", "authority"}  # fmt: skip
_LONGEST = 160


def details(entry):
    """Names and values, empties left out; what a log or event tells within stands beside."""
    facts = entry.facts
    for inner in ("log", "detail"):
        facts |= facts.pop(inner, None) or {}
    if isinstance(workflow := facts.get("workflow"), dict):
        facts["task"] = workflow.get("task")
    return "；".join(
        f"{NAMES.get(name, name)}：{_words(value)}"
        for name, value in facts.items()
        if name not in _LEFT_OUT and value not in (None, "", [], {})
    )


def _words(value):
    if isinstance(value, dict) and value.get("title"):
        value = value["title"]
    if isinstance(value, list):
        strings = all(isinstance(each, str) for each in value)
        value = "、".join(value) if strings else gettext("%(count)d 项") % {"count": len(value)}
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"

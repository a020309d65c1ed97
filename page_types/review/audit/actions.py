"""What acts are called, and of which sort they are."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry

from page_types.publication.models import Event
from page_types.review.audit.models import Kind

EVENT_PREFIX = "event."

#: Acts that stand in no log of Wagtail's: action -> (kind, label).
OWN = {
    "sign_in.success": (Kind.SIGN_IN, _("登录")),
    "sign_in.failure": (Kind.SIGN_IN, _("登录失败")),
    "sign_in.throttled": (Kind.SIGN_IN, _("登录过于频繁，已拒绝")),
    "sign_in.out": (Kind.SIGN_IN, _("退出登录")),
    "person.created": (Kind.PERMISSION, _("建立用户")),
    "person.changed": (Kind.PERMISSION, _("变更用户资料或权限标志")),
    "person.password_set": (Kind.PERMISSION, _("设置密码（由他人、用命令或凭重设邮件）")),
    "person.password_changed": (Kind.PERMISSION, _("本人修改密码")),
    "person.groups": (Kind.PERMISSION, _("变更用户所属的组")),
    "person.permissions": (Kind.PERMISSION, _("变更用户的单项权限")),
    "appointment.created": (Kind.PERMISSION, _("任职")),
    "appointment.changed": (Kind.PERMISSION, _("变更任职")),
    "appointment.deleted": (Kind.PERMISSION, _("删除任职")),
    "group.created": (Kind.PERMISSION, _("建立组")),
    "group.changed": (Kind.PERMISSION, _("变更组")),
    "group.deleted": (Kind.PERMISSION, _("删除组")),
    "group.permissions": (Kind.PERMISSION, _("变更组的权限")),
    "group.granted": (Kind.PERMISSION, _("授予组对栏目或文件集的权限")),
    "group.withdrawn": (Kind.PERMISSION, _("收回组对栏目或文件集的权限")),
    "file.uploaded": (Kind.FILE, _("上传文件")),
    "file.replaced": (Kind.FILE, _("替换文件")),
    "file.deleted": (Kind.FILE, _("删除文件")),
    "export.downloaded": (Kind.EXPORT, _("下载导出文件")),
    "export.requested": (Kind.EXPORT, _("申请后台导出")),
    "export.read": (Kind.EXPORT, _("用程序接口读取数据集")),
    "export.written": (Kind.EXPORT, _("用命令导出文件")),
    "open_data.terms": (Kind.OTHER, _("修改数据使用许可")),
    "records.import": (Kind.OTHER, _("从表格导入记录")),
    "plan.applied": (Kind.PLAN, _("应用栏目规划")),
    "audit.begun": (Kind.AUDIT, _("启用审计")),
    "audit.addresses_erased": (Kind.AUDIT, _("清除到期的网络地址")),
}
_REVIEW = ("wagtail.workflow", "review.", "base.", "portal.handover")
_PEOPLE = ("organisation.user", "auth.group", "organisation.appointment")
_FILES = ("page_types.portalimage", "page_types.portaldocument")


def kind_of(action, otherwise=Kind.OTHER, object_type=""):
    """The sort of an act of Wagtail's log."""
    if "check" in action:
        return Kind.CHECK
    if action.startswith(_REVIEW):
        return Kind.REVIEW
    if object_type in _PEOPLE:
        return Kind.PERMISSION
    return Kind.FILE if object_type in _FILES else otherwise


def label_of(action):
    """The action in words; its code, if nobody knows it any more."""
    if action in OWN:
        return str(OWN[action][1])
    if action.startswith(EVENT_PREFIX):
        return str(dict(Event.What.choices).get(action.removeprefix(EVENT_PREFIX), action))
    registry.scan_for_actions()
    formatter = registry.formatters.get(action)
    return str(formatter.label) if formatter else action


def choices():
    """(kind's label, [(action, label)]) of everything that can be looked for."""
    found = {kind: [] for kind in Kind}
    for action, (kind, label) in OWN.items():
        found[kind].append((action, label))
    found[Kind.LEDGER] += [(EVENT_PREFIX + value, label) for value, label in Event.What.choices]
    for action, label in registry.get_choices():
        found[kind_of(action, Kind.TEXT)].append((action, label))
    for kind, actions in found.items():
        yield kind.label, [(f"kind:{kind.value}", _("全部")), *actions]

"""The reports' place in Wagtail's menu; imported by the room's `wagtail_hooks`."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

#: Core's items (by their names) that ours replace.
REPLACED = {"aging-pages", "locked-pages"}


@hooks.register("construct_reports_menu")
def replace_core(request, items):
    items[:] = [item for item in items if item.name not in REPLACED]


@hooks.register("register_reports_menu_item")
def aging_item():
    return MenuItem(
        _("公开信息的更新时间"), reverse("review:aging"), name="aging", icon_name="time", order=1100
    )


@hooks.register("register_reports_menu_item")
def locked_item():
    return MenuItem(
        _("不能编辑的稿件"), reverse("review:locked"), name="locked", icon_name="lock", order=700
    )

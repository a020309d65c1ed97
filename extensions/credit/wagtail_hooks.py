"""Wagtail reads this module for its hooks: the desk, its menu group, the log, histories."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from extensions.base.records.history_desk import record_urls
from extensions.credit import reporting, reverting, services
from extensions.credit.desk import lists, urls
from extensions.credit.desk.settings import CreditSettings
from extensions.credit.models import KINDS


@hooks.register("register_admin_urls")
def desk_urls():
    return [
        path("credit/", include(urls)),
        *(
            url
            for kind, model in KINDS.items()
            for url in record_urls(
                model,
                lambda user, kind=kind: services.visible_to(user, kind),
                reverting.may_revert,
                reverting.revert,
                changes=f"credit_{kind}_changes",
            )
        ),
    ]


lists.register()


@hooks.register("register_admin_viewset")
def lists_of_codes():
    return CreditSettings()


class CreditItem(MenuItem):
    """Shown to those whose business licences and penalties are."""

    def __init__(self, *args, shown=services.may_enter, **kwargs):
        self._shown = shown
        super().__init__(*args, **kwargs)

    def is_shown(self, request):
        return self._shown(request.user)


class CreditMenu(SubmenuMenuItem):
    """The group 双公示."""

    def is_shown(self, request):
        return services.may_enter(request.user)


@hooks.register("register_admin_menu_item")
def menu_item():
    items = [
        CreditItem(_("行政许可"), lists.list_url("licence"), name="licences",
                   icon_name="clipboard-list", order=10),
        CreditItem(_("行政处罚"), lists.list_url("penalty"), name="penalties",
                   icon_name="clipboard-list", order=20),
        CreditItem(_("本月无记录"), reverse("credit:none"), name="credit-none",
                   icon_name="calendar", order=30),
        CreditItem(_("报送信用平台"), reverse("credit:report"), name="credit-report",
                   icon_name="upload", order=50, shown=reporting.may_report),
    ]  # fmt: skip
    return CreditMenu(
        _("双公示"), Menu(None, items=items), name="credit", icon_name="clipboard-list", order=66
    )


@hooks.register("register_log_actions")
def log_actions(actions):
    for action, label, message in (
        ("credit.create", _("录入"), _("录入了记录")),
        ("credit.write", _("修改"), _("修改了草稿")),
        ("credit.import", _("导入"), _("从表格导入")),
        ("credit.discard", _("删除草稿"), _("删除了草稿")),
        ("credit.publish", _("公示"), _("公示了记录")),
        ("credit.correct", _("更正"), _("更正了公示中的记录")),
        ("credit.withdraw", _("撤下"), _("撤下了公示中的记录")),
        ("credit.repair", _("信用修复"), _("登记了信用修复")),
        ("credit.over", _("期满"), _("公示期满，停止公示")),
        ("credit.none", _("本月无"), _("声明本月无记录")),
        ("credit.none_withdrawn", _("撤销声明"), _("撤销了本月无记录的声明")),
    ):
        actions.register_action(action, label, message)

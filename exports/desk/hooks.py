"""The screen in the admin: addresses and menu."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from exports.desk import urls
from exports.desk.rights import datasets_of
from page_types.publication.announcements import may_speak


@hooks.register("register_admin_urls")
def screens():
    return [path("exports/", include(urls))]


class ExportsItem(MenuItem):
    """Shown to those who may have some data set."""

    def is_shown(self, request):
        return bool(datasets_of(request.user))


@hooks.register("register_admin_menu_item")
def menu():
    return ExportsItem(
        _("数据导出"), reverse("portal_exports:index"), name="exports", icon_name="download",
        order=64,
    )  # fmt: skip


class TermsItem(MenuItem):
    """Shown to those who may speak for the whole site."""

    def is_shown(self, request):
        return may_speak(request.user)


@hooks.register("register_settings_menu_item")
def terms_menu():
    return TermsItem(
        _("数据使用许可"), reverse("portal_exports:terms"), name="open-data-terms",
        icon_name="doc-full", order=55,
    )  # fmt: skip

"""The desk in the admin: addresses, menu, log."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.log_actions import LogFormatter

from search.desk import pinning, urls
from search.desk.rights import may_enter
from search.desk.viewsets import VIEWSETS


@hooks.register("register_admin_urls")
def screens():
    return [path("search-desk/", include(urls))]


@hooks.register("register_admin_viewset")
def lists():
    return VIEWSETS


class DeskItem(MenuItem):
    """Shown to those who work at the desk; others do not even see the menu."""

    def is_shown(self, request):
        return may_enter(request.user)


@hooks.register("register_admin_menu_item")
def menu():
    screens = [
        (_("检索情况"), "search_desk:index", "search"),
        (_("推荐结果"), "search_desk:pins", "thumbtack"),
        *((each.label, each.index_name, each.icon) for each in VIEWSETS),
    ]
    items = [
        DeskItem(label, reverse(name), name=name.replace(":", "-"), icon_name=icon, order=order)
        for order, (label, name, icon) in enumerate(screens)
    ]
    return SubmenuMenuItem(
        _("检索工作台"), Menu(items=items), name="search-desk", icon_name="search", order=62
    )


@hooks.register("register_log_actions")
def in_the_log(actions):
    for action, label, said in (
        (pinning.PINNED, _("推荐结果"), _("“%(query)s”推荐了“%(title)s”")),
        (pinning.UNPINNED, _("取消推荐"), _("“%(query)s”不再推荐“%(title)s”")),
        (pinning.MOVED, _("调整推荐次序"), _("“%(query)s”的推荐中上移了“%(title)s”")),
    ):
        actions.register_action(action)(_formatter(label, said))


def _formatter(name, said):
    class Formatter(LogFormatter):
        label = name

        def format_message(self, log_entry):
            return said % {"query": "", "title": "", **log_entry.data}

    return Formatter

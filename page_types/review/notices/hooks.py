"""Menu and account panel of the notices; imported by the room's `wagtail_hooks`."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from page_types.review.notices import service


class NoticesMenuItem(MenuItem):
    """通知, with the number of unread ones. One object serves all requests: it holds no number."""

    def render_component(self, request):
        component = super().render_component(request)
        if unread := service.unread(request.user):
            component.label = _("通知（%(count)d）") % {"count": unread}
        return component


@hooks.register("register_admin_menu_item")
def menu_item():
    return NoticesMenuItem(
        _("通知"), reverse("review:notices"), name="notices", icon_name="mail", order=45
    )


@hooks.register("register_account_menu_item")
def preferences_item(request):
    return {
        "url": reverse("review:notice_choices"),
        "label": _("通知邮件"),
        "help_text": _("选择各类通知的邮件何时发送"),
    }

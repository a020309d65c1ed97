"""The way to the deputies' screens; imported by the room's `wagtail_hooks`."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from page_types.review.deputies import services


@hooks.register("register_account_menu_item")
def deputies_item(request):
    if services.own_posts(request.user).exists():
        return {
            "url": reverse("review:deputies"),
            "label": _("我的代审人"),
            "help_text": _("外出、休假前指定代审人和起止日期"),
        }
    return None

"""Buttons, menu items and log actions; imported by the room's `wagtail_hooks`."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter

from page_types.base import PortalPage
from page_types.organisation.duties import duties_of
from page_types.review.checks import desk, masking, secrecy, severity, submission


@hooks.register("register_page_header_buttons")
def checks_button(page, user, view_name="", next_url=None):
    """From the editor and the list to what the checks find in the newest draft."""
    if page.pk and page.latest_revision_id and _is_ours(page) and duties_of(user).posts:
        yield Button(
            _("发布检查"),
            reverse("review:checks", args=[page.pk]),
            icon_name="clipboard-list",
            priority=17,
        )


def _is_ours(page):
    return isinstance(page, PortalPage) or issubclass(page.specific_class or object, PortalPage)


@hooks.register("insert_editor_js")
def lead_to_the_field():
    return format_html('<script src="{}"></script>', static("review/checks.js"))


@hooks.register("register_admin_viewset")
def words():
    return desk.WordsViewSet()


class SettingsItem(MenuItem):
    """Shown to the office and to administrators."""

    def is_shown(self, request):
        return desk.may_decide(request.user)


@hooks.register("register_settings_menu_item")
def settings_item():
    return SettingsItem(
        _("发布检查设置"), reverse("review:check_settings"), name="check-settings",
        icon_name="clipboard-list", order=606,
    )  # fmt: skip


#: log action -> (its name, what the log says of it)
SAID = {
    submission.OVERRIDDEN: (_("带着理由送审"), _("“%(label)s”未改，理由：%(reason)s")),
    secrecy.DECLARED: (_("保密审查"), _("保密审查人%(reviewer)s，%(reviewed_on)s")),
    masking.MASKED: (_("遮盖个人信息"), _("遮盖个人信息")),
    severity.CHANGED: (_("发布检查设置"), _("%(check)s：%(kind)s %(before)s → %(after)s")),
}

#: What the sentences above name; an old entry may lack one.
SAID_OF = ("label", "reason", "reviewer", "reviewed_on", "check", "kind", "before", "after")


@hooks.register("register_log_actions")
def in_the_log(actions):
    for action, (label, said) in SAID.items():
        actions.register_action(action)(_formatter(label, said))


def _formatter(name, said):
    class Formatter(LogFormatter):
        label = name

        def format_message(self, log_entry):
            return said % {**dict.fromkeys(SAID_OF, ""), **log_entry.data}

    return Formatter

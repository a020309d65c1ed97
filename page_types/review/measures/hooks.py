"""Buttons, menu item and log actions; imported by the room's `wagtail_hooks`."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter

from page_types.organisation.duties import duties_of
from page_types.organisation.models import Post
from page_types.permissions import nearest_column
from page_types.publication.addresses import was_public
from page_types.review.measures import services


class MeasuresMenuItem(MenuItem):
    """Shown to everybody with a post: what becomes of one's page can be read by its department."""

    def is_shown(self, request):
        return bool(duties_of(request.user).posts)


@hooks.register("register_admin_menu_item")
def menu_item():
    return MeasuresMenuItem(
        _("处置"), reverse("review:measures"), name="measures", icon_name="cogs", order=56
    )


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def measures_button(page, user, view_name="", next_url=None):
    """Of pages that are or were public; an administrator may have to help one in review."""
    duties = duties_of(user)
    column = nearest_column(user, page)
    if not duties.posts or column is None or column.page_id == page.pk:
        return
    if Post.ADMINISTRATOR in duties.posts or was_public(page):
        yield Button(
            _("处置"),
            reverse("review:measures_of_page", args=[page.pk]),
            icon_name="cogs",
            priority=80,
        )


#: log action -> (its name, what the log says of it)
SAID = {
    services.ASKED: (_("申请处置"), _("申请%(what)s：%(reason)s")),
    services.DONE: (_("处置"), _("%(what)s：%(reason)s")),
    services.REFUSED: (_("不同意处置"), _("不同意%(what)s：%(answer)s")),
    services.TAKEN_BACK: (_("撤回处置申请"), _("撤回申请：%(what)s")),
    services.COUNTERSIGNED: (_("会签"), _("会签%(what)s：%(answer)s")),
}


@hooks.register("register_log_actions")
def in_the_log(actions):
    for action, (label, said) in SAID.items():
        actions.register_action(action)(_formatter(label, said))


def _formatter(name, said):
    class Formatter(LogFormatter):
        label = name

        def format_message(self, log_entry):
            return said % {"what": "", "reason": "", "answer": "", **log_entry.data}

    return Formatter

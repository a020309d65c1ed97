"""The editor's button for a correction; the room's `wagtail_hooks` puts it among core's."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem

from page_types.publication.models.events import CORRECTION
from page_types.review.correction import services


class SubmitCorrectionMenuItem(ActionMenuItem):
    """按更正送审, where it would be accepted as the draft stands; the server decides again."""

    name = "action-submit"
    label = _("按更正送审")
    icon_name = "edit"
    template_name = "review/correction/menu_item.html"

    def get_context_data(self, parent_context):
        return {**super().get_context_data(parent_context), "value": CORRECTION}

    def is_shown(self, context):
        if context["view"] != "edit" or context["locked_for_user"]:
            return False
        return services.offer(context["page"].specific, context["request"].user)

"""How the history calls a text that was set aside; imported by the room's `wagtail_hooks`."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from page_types.review.parallel.services import SET_ASIDE


@hooks.register("register_log_actions")
def in_the_log(actions):
    actions.register_action(
        SET_ASIDE, _("另存冲突的文本"), _("保存时他人已有更新的版本，文本另存于此")
    )

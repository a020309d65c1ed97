"""How the log tells of remarks; imported by the room's `wagtail_hooks`."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from page_types.review.remarks import services

#: log action -> (its name, what the log says of it)
SAID = {
    services.REMARKED: (_("提出审核意见"), _("%(place)s：%(quote)s → %(wording)s %(body)s")),
    services.TAKEN: (
        _("采纳修改建议"),
        _("%(taker)s采纳了%(proposer)s的建议：%(quote)s → %(wording)s"),
    ),
    services.SETTLED: (_("处理审核意见"), _("%(state)s：%(body)s %(answer)s")),
}


@hooks.register("register_log_actions")
def in_the_log(actions):
    for action, (label, said) in SAID.items():
        actions.register_action(action)(_formatter(label, said))


def _formatter(name, said):
    class Formatter(LogFormatter):
        label = name

        def format_message(self, log_entry):
            data = {**log_entry.data, "wording": log_entry.data["wording"] or ""}
            for person in ("proposer", "taker"):
                data[person] = (data[person] or {}).get("name", "")
            return said % data

    return Formatter

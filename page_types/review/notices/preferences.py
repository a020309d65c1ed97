"""Which mails a person wants: a screen of ours, in the place of core's panel of the account."""

from django import forms
from wagtail.admin.views import account

from page_types.review.notices import kinds
from page_types.review.notices.models import How, NoticeChoice


class ChoicesForm(forms.Form):
    """One choice a kind; kinds whose mails always come are not asked."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        chosen = dict(user.notice_choices.values_list("kind", "how"))
        for kind in kinds.every():
            if not kind.always:
                self.fields[kind.name] = forms.ChoiceField(
                    label=kind.label,
                    choices=How.choices,
                    initial=chosen.get(kind.name, How.NOW),
                    # A screen that was opened before a kind came says nothing of it.
                    required=False,
                )

    def save(self):
        for kind, how in self.cleaned_data.items():
            if how:
                NoticeChoice.objects.update_or_create(
                    user=self.user, kind=kind, defaults={"how": how}
                )


def replace_core():
    """Core's panel offers mails that it no longer sends: two screens would contradict each other.

    Its account page hides every tab without script, so that ours is no tab of it.
    """
    account.NotificationsSettingsPanel.is_active = lambda self: False

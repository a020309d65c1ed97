"""The one form: what was found wrong."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RemarkForm(forms.Form):
    """Asked of both buttons; only a problem needs words."""

    remark = forms.CharField(
        label=_("发现的问题"),
        required=False,
        max_length=1000,
        help_text=_("确认无误的不用填。发现问题的，写明哪里不对，责任处室和办公室会收到。"),
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

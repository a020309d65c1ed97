"""What a reviewer fills in to remark on a place of the text."""

from django import forms
from django.utils.translation import gettext_lazy as _

from page_types.review.leaves import places_of


class RemarkForm(forms.Form):
    """A remark, or with other wording a suggestion; the places are those of the `text`."""

    anchor = forms.ChoiceField(label=_("位置"), required=False)
    quote = forms.CharField(
        label=_("原文"), required=False, max_length=500, help_text=_("照抄要改的几个字，只指一处")
    )
    wording = forms.CharField(label=_("建议改为"), required=False, max_length=500)
    leave_out = forms.BooleanField(label=_("建议删去这些字"), required=False)
    body = forms.CharField(
        label=_("意见"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args, text, **kwargs):
        super().__init__(*args, **kwargs)
        places = [(place.anchor, place.label) for place in places_of(text)]
        self.fields["anchor"].choices = [("", _("由原文确定（或针对全文）")), *places]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("leave_out") and cleaned.get("wording"):
            raise forms.ValidationError(_("“建议改为”和“建议删去”只能选一样。"))
        return cleaned

    @property
    def note(self):
        """The arguments of `services.remark`."""
        data = self.cleaned_data
        wording = data["wording"] or ("" if data["leave_out"] else None)
        return {
            "anchor": data["anchor"],
            "quote": data["quote"],
            "wording": wording,
            "body": data["body"],
        }

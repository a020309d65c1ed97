"""Forms of the desk."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.manuscripts.models import Manuscript
from page_types.organisation.models import Department


class DayInput(forms.DateInput):
    """The browser's own calendar; typed as 2016-09-01 where there is none."""

    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class AssignForm(forms.ModelForm):
    """What the office asks for, of whom, by when."""

    class Meta:
        model = Manuscript
        fields = ["title", "brief", "department", "assisting", "due", "body"]
        widgets = {
            "due": DayInput(),
            "brief": forms.Textarea({"rows": 4}),
            "assisting": forms.CheckboxSelectMultiple,
            "body": forms.Textarea({"rows": 12}),
        }
        help_texts = {"body": _("办公室已有初稿时填写；没有可不填")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        for name in ("department", "assisting"):
            self.fields[name].queryset = Department.objects.filter(active=True)

    def clean_due(self):
        due = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError(_("应交稿日期已过，请改为今天或以后。"))
        return due


class WriteForm(forms.Form):
    """The text, and the version that it was written on."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("题目"), max_length=200)
    body = forms.CharField(label=_("正文"), max_length=20000, widget=forms.Textarea({"rows": 20}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class ApproveForm(forms.Form):
    """An approval names what was seen."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    comment = forms.CharField(
        label=_("意见（可不填）"), required=False, widget=forms.Textarea({"rows": 2})
    )


class ReasonForm(forms.Form):
    """Whoever returns or drops says why."""

    reason = forms.CharField(label=_("原因"), max_length=500, widget=forms.Textarea({"rows": 3}))


class SentForm(forms.Form):
    """To whom it was sent, and when."""

    recipient = forms.CharField(label=_("报送单位"), max_length=100)
    reference = forms.CharField(label=_("报送编号（没有可不填）"), max_length=60, required=False)
    sent_on = forms.DateField(label=_("报送日期"), widget=DayInput())


class OutcomeForm(forms.Form):
    """What became of it."""

    outcome = forms.CharField(
        label=_("采用情况"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )

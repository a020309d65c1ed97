"""What somebody asks of a data set: the same fields in the admin, on public pages, for machines."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from exports.formats import FORMATS

#: Days that may be asked for: who counts on from them stays within what a calendar can hold.
DAYS = date(1900, 1, 1), date(2999, 12, 31)
#: Characters of a text that is looked for.
LONGEST = 100


class AskedForm(forms.Form):
    """The period (days included, either may be missing) and the filters of a data set."""

    def __init__(self, dataset, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.dataset = dataset
        for name, label in (("from", _("开始日期")), ("to", _("结束日期"))):
            self.fields[name] = forms.DateField(
                label=label,
                required=False,
                input_formats=["%Y-%m-%d"],
                validators=[MinValueValidator(DAYS[0]), MaxValueValidator(DAYS[1])],
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                error_messages={"invalid": _("请按“年-月-日”填写日期，例如 2016-09-01。")},
            )
        for each in dataset.filters:
            self.fields[each.name] = _field(each)

    def clean(self):
        start, end = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if start and end and start > end:
            self.add_error("to", _("结束日期早于开始日期，请改正。"))
        return self.cleaned_data

    @property
    def asked(self):
        """(start, end, filters) of a valid form; filters are (name, value) pairs, none empty."""
        filters = ((each.name, self.cleaned_data.get(each.name)) for each in self.dataset.filters)
        return (
            self.cleaned_data["from"],
            self.cleaned_data["to"],
            tuple(pair for pair in filters if pair[1]),
        )

    @property
    def problems(self):
        """Field -> messages, for answers to machines."""
        return {name: [str(each) for each in found] for name, found in self.errors.items()}


class FileForm(AskedForm):
    """As above, with the format of a file."""

    def __init__(self, dataset, *args, **kwargs):
        super().__init__(dataset, *args, **kwargs)
        choices = [(form.name, form.label) for form in FORMATS.values()]
        self.fields["format"] = forms.ChoiceField(label=_("格式"), choices=choices)


def _field(asked):
    pairs = asked.pairs()
    if not pairs and not asked.choices:
        return forms.CharField(label=asked.label, required=False, max_length=LONGEST)
    return forms.ChoiceField(
        label=asked.label,
        required=False,
        choices=[("", _("全部")), *pairs],
        error_messages={"invalid_choice": _("没有“%(value)s”这一项。")},
    )

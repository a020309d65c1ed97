"""Forms of the desk. The rules of the standard are `validation`'s; a form only reads the fields."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.credit import layouts
from extensions.credit.models import Code, NoRecordStatement, PublicityRule
from extensions.credit.secrets import masked
from page_types.organisation.models import Department

#: Columns with a list of codes, and whether other words are allowed.
_LISTED = {
    "party_kind": (Code.List.PARTY_KIND, False),
    "legal_id_kind": (Code.List.ID_KIND, True),
    "person_id_kind": (Code.List.ID_KIND, True),
    "licence_kind": (Code.List.LICENCE_KIND, True),
}
#: From so many characters on a column is written in a box of several lines.
LONG = 1000


#: The first field of each part of a long form, and what the part is called.
_HEADINGS = {
    "licence": {"name": _("行政相对人"), "document_name": _("决定"), "issuer": _("机关和来源")},
    "penalty": {"name": _("行政相对人"), "document_number": _("决定"), "issuer": _("机关和来源")},
}


class DayInput(forms.DateInput):
    """The browser's own calendar; typed as 2016-09-01 where there is none."""

    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class RecordForm(forms.Form):
    """The columns of a table of 2018, and whose record it is.

    `departments` may be chosen from when it is new; what is refused is told by `add_faults`.
    """

    def __init__(self, kind, *args, departments=None, record=None, **kwargs):
        self.kind = kind
        if record is not None:
            values = {**record.values(), **dict.fromkeys(record.secret_fields, "")}
            if kind == "penalty":
                values["severity"] = record.severity
            kwargs["initial"] = values | kwargs.get("initial", {})
        self.record = record
        super().__init__(*args, label_suffix="", **kwargs)
        if departments is not None:
            self.fields["department"] = forms.ModelChoiceField(
                Department.objects.filter(pk__in=departments), label=_("承办处室"),
                empty_label=None,
            )  # fmt: skip
        today = timezone.localdate()
        for item in layouts.LAYOUTS[kind, 2018]:
            self.fields[item.attr] = self._field(item, today)
        if kind == "penalty":
            self.fields["severity"] = forms.ChoiceField(
                choices=[("", _("按处罚类别确定")), *PublicityRule.Severity.choices],
                label=_("公示档次"), required=False,
                help_text=_("轻微的一般不公示；多种处罚并处的，按最重的一种"),
            )  # fmt: skip
        if record is not None:
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=record.version
            )

        for attr, heading in _HEADINGS[kind].items():
            self.fields[attr].heading = heading

    def _field(self, item, today):
        label = f"{item.label} *" if item.required else item.label
        common = {"label": label, "required": False}
        if item.kind == layouts.DATE:
            note = _("长期有效的填 2099-12-31") if item.attr == "valid_to" else ""
            return forms.DateField(widget=DayInput(), help_text=note, **common)
        if item.kind == layouts.AMOUNT:
            return forms.DecimalField(
                max_digits=16, decimal_places=6, help_text=_("单位是万元：2000 元填 0.2"), **common
            )
        if item.attr == "current_state":
            choices = [("1", _("有效")), ("2", _("无效"))]
            return forms.ChoiceField(choices=choices, **common)
        if item.attr in _LISTED:
            name, open_ended = _LISTED[item.attr]
            labels = list(Code.objects.on(today).filter(list=name).values_list("label", flat=True))
            if not open_ended:
                # What the list had on the day of an older decision may stay.
                own = getattr(self.record, item.attr, "")
                labels += [own] if own and own not in labels else []
                choices = [("", "—"), *((label, label) for label in labels)]
                return forms.ChoiceField(choices=choices, **common)
            return forms.CharField(help_text="、".join(labels), **common)
        if item.attr == "penalty_kinds":
            labels = Code.objects.on(today).filter(list=Code.List.PENALTY_KIND)
            note = _("有多种的用“；”分开。可填：%s") % "、".join(each.label for each in labels)
            return forms.CharField(help_text=note, **common)
        if item.length >= LONG:
            return forms.CharField(widget=forms.Textarea({"rows": 4}), **common)
        return forms.CharField(help_text=self._of_secret(item), strip=True, **common)

    def _of_secret(self, item):
        """A number that is there is not put into the page again: left empty, it stays."""
        if not item.secret:
            return ""
        if number := getattr(self.record, item.attr, ""):
            return _("现为 %s，加密保存，不公示。不改请留空；要删去，请同时清空证件类型") % masked(
                number
            )
        return _("加密保存，不公示")

    @property
    def values(self):
        """Attribute -> value of the columns, as the services take them."""
        taken = {"department", "version", "reason", "note"}
        return {
            name: value if value is not None or self._keeps_none(name) else ""
            for name, value in self.cleaned_data.items()
            if name not in taken and not self._stays(name, value)
        }

    def _stays(self, name, value):
        """Whether the record keeps its number: none was typed, and the sort of document stands."""
        if value or self.record is None or name not in self.record.secret_fields:
            return False
        return bool(self.cleaned_data.get(f"{name}_kind"))

    def _keeps_none(self, name):
        return isinstance(self.fields[name], (forms.DateField, forms.DecimalField))

    def add_faults(self, faults):
        """Each fault at its field."""
        for fault in faults:
            self.add_error(fault.attr if fault.attr in self.fields else None, str(fault))


class CorrectForm(RecordForm):
    """The columns, why they change, and what visitors are told of it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.CharField(
            label=_("更正原因 *"), max_length=500, widget=forms.Textarea({"rows": 2}),
            help_text=_("记入历史记录，不公开"),
        )  # fmt: skip
        self.fields["note"] = forms.CharField(
            label=_("公开说明 *"), max_length=500, widget=forms.Textarea({"rows": 2}),
            help_text=_("显示在公示页面上：更正了哪一项、为什么；不写自然人的姓名和号码"),
        )  # fmt: skip
        self.order_fields(["reason", "note", *self.fields])


class _Action(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class PlainForm(_Action):
    """An action that needs nothing said."""


class ApproveForm(_Action):
    """An approval names what was seen."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    comment = forms.CharField(label=_("意见（可不填）"), max_length=500, required=False)


class ReasonForm(_Action):
    """An action that needs a reason."""

    reason = forms.CharField(label=_("原因"), max_length=500, widget=forms.Textarea({"rows": 2}))


class RepairForm(_Action):
    """By which decision the credit was repaired."""

    reason = forms.CharField(
        label=_("信用修复依据（决定文号、日期）"), max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip


class WithdrawForm(_Action):
    """Why, what visitors are told, and since when the decision no longer stands."""

    cause_on = forms.DateField(
        label=_("决定被变更、撤销、确认违法或无效的日期"), required=False, widget=DayInput(),
        help_text=_("行政处罚法第四十八条：自该日起 3 日内撤回并公开说明理由"),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("撤下原因"), max_length=500, widget=forms.Textarea({"rows": 2})
    )
    note = forms.CharField(
        label=_("公开说明"), max_length=500, widget=forms.Textarea({"rows": 2}),
        help_text=_("公众在原网址看到；不写自然人的姓名和号码"),
    )  # fmt: skip


class NoneForm(_Action):
    """Which department decided nothing of which kind in which month."""

    kind = forms.ChoiceField(label=_("类别"), choices=NoRecordStatement.Kind.choices)
    month = forms.DateField(
        label=_("月份"), input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.TextInput({"type": "month"}),
        error_messages={"invalid": _("请写成 2016-09。")},
    )  # fmt: skip
    department = forms.ModelChoiceField(Department.objects, label=_("处室"), empty_label=None)

    def __init__(self, departments, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Department.objects.filter(pk__in=departments)


class ReportForm(_Action):
    """Which records go to the credit platform."""

    kind = forms.ChoiceField(label=_("类别"), choices=NoRecordStatement.Kind.choices)
    what = forms.ChoiceField(
        label=_("范围"),
        choices=[("changed", _("上次报送之后变动的")), ("all", _("期间内公示中的全部"))],
    )
    start = forms.DateField(label=_("决定日期从"), required=False, widget=DayInput())
    end = forms.DateField(label=_("到"), required=False, widget=DayInput())
    form = forms.ChoiceField(label=_("格式"), choices=[("xlsx", "xlsx"), ("csv", "csv")])

    def clean(self):
        data = super().clean()
        if data.get("start") and data.get("end") and data["start"] > data["end"]:
            raise forms.ValidationError(_("开始日期晚于结束日期。"))
        return data

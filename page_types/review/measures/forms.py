"""The forms by which measures are asked for: a reason, and what else each of them needs."""

from urllib.parse import unquote, urlsplit

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from page_types.publication import pins
from page_types.publication.models import Entry, Measure, ReasonKind
from page_types.publication.snapshot import snapshot
from page_types.review.measures import rules

Kind = Measure.Kind
#: What visitors may be told; that a time has run out says the clock.
REASON_KINDS = [(kind.value, kind.label) for kind in ReasonKind if kind != ReasonKind.EXPIRED]


class ReasonForm(forms.Form):
    """A measure that needs nothing but its reason."""

    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("写入台账和日志，供办公室决定和日后查考，不对外公开。"),
    )  # fmt: skip

    def __init__(self, *args, situation, **kwargs):
        super().__init__(*args, **kwargs)
        self.situation = situation

    def detail(self):
        """What the service gets besides the reason."""
        return {}


class WithdrawalForm(ReasonForm):
    """The kind of reason is what visitors read; a successor is named by its public address."""

    reason_kind = forms.ChoiceField(
        label=gettext_lazy("撤下的原因"), choices=REASON_KINDS, widget=forms.RadioSelect,
        help_text=gettext_lazy("公众在原网址看到这一类原因；“含有个人信息”只显示“已撤下”。"),
    )  # fmt: skip
    successor = forms.CharField(
        label=gettext_lazy("新页面的网址"), max_length=500, required=False,
        help_text=gettext_lazy("已迁移或已被取代时必填，如 /tzgg/2016-1/；须是本站公开的页面。"),
    )  # fmt: skip
    all_versions = forms.BooleanField(
        label=gettext_lazy("以前公开过的各版本也含有该个人信息，一并隐藏"),
        required=False, initial=True,
        help_text=gettext_lazy("只在“含有个人信息”时有效；隐藏的文本不再恢复，修订记录中也不显示。"),
    )  # fmt: skip
    field_order = ("reason_kind", "successor", "all_versions", "reason")

    def clean_successor(self):
        """The page's number, or None."""
        asked = self.cleaned_data["successor"].strip()
        if not asked:
            return None
        path = unquote(urlsplit(asked).path).strip("/")
        node, rest, _former = snapshot().longest(path)
        found = None
        if node is not None and len(rest) <= 1:
            found = Entry.objects.filter(column_id=node.pk, slug="".join(rest)).first()
        if found is None:
            raise forms.ValidationError(_("这个网址没有公开的页面，请从浏览器地址栏复制。"))
        if found.pk == self.situation.page.pk:
            raise forms.ValidationError(_("这是要撤下的页面自己。"))
        return found.pk

    def clean(self):
        cleaned = super().clean()
        needed = cleaned.get("reason_kind") in (ReasonKind.MOVED, ReasonKind.SUPERSEDED)
        if needed and "successor" in cleaned and cleaned["successor"] is None:
            self.add_error("successor", _("请填写新页面的网址，公众由此转到新页面。"))
        return cleaned

    def detail(self):
        cleaned, detail = self.cleaned_data, {"reason_kind": self.cleaned_data["reason_kind"]}
        if cleaned["reason_kind"] in (ReasonKind.MOVED, ReasonKind.SUPERSEDED):
            detail["successor"] = cleaned["successor"]
        if cleaned["reason_kind"] == ReasonKind.PERSONAL_DATA:
            detail["all_versions"] = cleaned["all_versions"]
        return detail


class EarlierForm(ReasonForm):
    """One of the texts that were public before."""

    event = forms.TypedChoiceField(
        label=gettext_lazy("恢复哪一个文本"), coerce=int, widget=forms.RadioSelect
    )
    field_order = ("event", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["event"].choices = [
            (
                version.event.pk,
                _("第 %(number)d 版，%(day)s 公开：%(title)s")
                % {
                    "number": version.number,
                    "day": f"{timezone.localtime(version.event.public_since):%Y-%m-%d %H:%M}",
                    "title": version.event.title,
                },
            )
            for version in reversed(self.situation.earlier)
        ]

    def detail(self):
        return {"event": self.cleaned_data["event"]}


class MoveForm(ReasonForm):
    """One of the columns that take such a text of this department."""

    column = forms.TypedChoiceField(label=gettext_lazy("移动到"), coerce=int)
    field_order = ("column", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        nodes = snapshot().by_id
        self.fields["column"].choices = [("", "---------")] + [
            (column.pk, " › ".join(node.title for node in nodes[column.pk].line))
            for column in rules.columns_to_move_to(self.situation.page)
            if column.pk in nodes
        ]

    def detail(self):
        return {"column": self.cleaned_data["column"]}


class PinForm(ReasonForm):
    """Until the end of a day."""

    until = forms.DateField(
        label=gettext_lazy("置顶到（含当日）"), widget=forms.DateInput({"type": "date"})
    )
    field_order = ("until", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        last = pins.last_day()
        self.fields["until"].help_text = _("最晚到 %(day)s；到期自动取消。") % {"day": last}
        self.fields["until"].widget.attrs |= {
            "min": timezone.localdate().isoformat(),
            "max": last.isoformat(),
        }

    def clean_until(self):
        until = self.cleaned_data["until"]
        if not timezone.localdate() <= until <= pins.last_day():
            raise forms.ValidationError(
                _("请填写今天至 %(day)s 之间的日期。") % {"day": pins.last_day()}
            )
        return until

    def detail(self):
        return {"until": self.cleaned_data["until"].isoformat()}


FORMS = {
    Kind.WITHDRAW: WithdrawalForm,
    Kind.EMERGENCY: WithdrawalForm,
    Kind.EARLIER: EarlierForm,
    Kind.MOVE: MoveForm,
    Kind.PIN: PinForm,
}


def form_for(kind):
    """The form class of a kind of measure."""
    return FORMS.get(kind, ReasonForm)


class AnswerForm(forms.Form):
    """A decision or countersignature in words."""

    answer = forms.CharField(
        label=gettext_lazy("意见"), max_length=500, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip

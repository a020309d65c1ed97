"""Looking for entries: who may see which, and the filters of the screen."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from page_types.organisation.duties import duties_of
from page_types.organisation.models import Department, Post, User
from page_types.publication.days import during
from page_types.review.audit import actions
from page_types.review.audit.models import AuditEntry

#: Posts that see the whole trail, network addresses included.
ALL_SEEING = {Post.OFFICE, Post.CENTRE, Post.ADMINISTRATOR}
KIND = "kind:"


def sees_everything(user):
    """Whether the user sees the entries of every department."""
    return bool(duties_of(user).posts & ALL_SEEING)


def visible_entries(user):
    """The entries that a user may see: office, centre and administrators all, others their own.

    "Own" are those of the departments for which he holds a post today, as stored with the entry.
    """
    if sees_everything(user):
        return AuditEntry.objects.all()
    return AuditEntry.objects.filter(department_id__in=duties_of(user).departments)


class AuditFilter(forms.Form):
    """By GET; nothing is required. What is not understood is told at its field."""

    who = forms.CharField(label=_("人员"), required=False, max_length=100)
    action = forms.ChoiceField(label=_("操作"), required=False)
    about = forms.CharField(label=_("对象"), required=False, max_length=100)
    start = forms.DateField(
        label=_("自"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    end = forms.DateField(
        label=_("至"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    department = forms.ModelChoiceField(
        label=_("部门"), required=False, queryset=Department.objects.none(), empty_label=_("全部")
    )

    def __init__(self, data, user):
        super().__init__(data)
        departments = Department.objects.all()
        if not sees_everything(user):
            departments = departments.filter(pk__in=duties_of(user).departments)
        self.fields["department"].queryset = departments
        self.fields["action"].choices = [("", _("全部")), *actions.choices()]

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and start > end:
            self.add_error("end", _("结束日期早于开始日期，请改正。"))
        return cleaned

    def narrow(self, entries):
        """The entries that match everything that was understood."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        for name, value in given.items():
            entries = entries.filter(getattr(self, f"_{name}")(value))
        return entries

    def said(self):
        """The filters that apply, as the log of a download keeps them."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}

    def _who(self, value):
        """A name of then, or whoever is called so today: names change, numbers do not."""
        today = User.objects.filter(Q(username__iexact=value) | Q(last_name__iexact=value))
        return Q(user_name__icontains=value) | Q(user_id__in=today.values("pk"))

    def _action(self, value):
        if value.startswith(KIND):
            return Q(kind=value.removeprefix(KIND))
        return Q(action=value)

    def _about(self, value):
        """Words of the name, or `#` and the number of a page or record."""
        number = value.removeprefix("#")
        return Q(object_id=number) if value != number else Q(label__icontains=value)

    def _start(self, day):
        return during("at", start=day)

    def _end(self, day):
        return during("at", end=day)

    def _department(self, value):
        return Q(department=value)

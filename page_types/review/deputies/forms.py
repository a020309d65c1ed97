"""Forms of the deputies' screens."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from page_types.organisation.models import Appointment, User
from page_types.review.deputies import services
from page_types.review.handover import post_of


class _Day(forms.DateField):
    """A day, chosen from the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class _Post(forms.ModelChoiceField):
    def label_from_instance(self, appointment):
        return post_of(appointment)


class _Person(forms.ModelChoiceField):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, empty_label=_("请选择"), **kwargs)

    def label_from_instance(self, person):
        return f"{person}（{person.department}）" if person.department else str(person)


class DeputyForm(forms.Form):
    """A deputy of one's own: for which post, who, from when to when."""

    appointment = _Post(Appointment.objects.none(), label=_("岗位"), empty_label=None)
    deputy = _Person(User.objects.none(), label=_("代审人"))
    starts = _Day(label=_("自"), initial=timezone.localdate)
    ends = _Day(label=_("至（含当日）"))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["appointment"].queryset = services.own_posts(user)
        people = User.objects.filter(is_active=True, appointments__in=Appointment.objects.current())
        self.fields["deputy"].queryset = (
            people.exclude(pk=user.pk).select_related("department").distinct()
        ).order_by("department__position", "last_name", "first_name", "pk")


class EmergencyForm(forms.Form):
    """Who takes a stuck step from today, until when, and why."""

    deputy = _Person(User.objects.none(), label=_("应急代审人"))
    ends = _Day(label=_("至（含当日）"), help_text=_("自今天起；期满自动终止"))
    reason = forms.CharField(label=_("原因"), max_length=200, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args, step, user, **kwargs):
        super().__init__(*args, **kwargs)
        people = services.people_for(step).exclude(pk=user.pk)
        self.fields["deputy"].queryset = people.select_related("department")

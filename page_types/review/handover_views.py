"""The screens of a hand-over: whose, what he holds and who takes it, are you sure."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from page_types.organisation.models import Appointment, User
from page_types.review import handover
from page_types.review.errors import ReviewRefused

PER_PAGE = 25


class HandoverForm(forms.Form):
    """A successor a post, or nobody yet; whether the account is closed."""

    deactivate = forms.BooleanField(
        label=gettext_lazy("停用账号（本人离开单位，不再登录）"), required=False
    )
    allow_gaps = forms.BooleanField(
        label=gettext_lazy("允许暂时空缺（有稿件会停在无人的环节）"), required=False
    )

    def __init__(self, person, appointments, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.appointments = appointments
        people = User.objects.filter(is_active=True).exclude(pk=person.pk)
        for appointment in appointments:
            self.fields[self.name(appointment)] = forms.ModelChoiceField(
                people.order_by("department__position", "username"),
                label=handover.post_of(appointment),
                required=False,
                empty_label=_("暂不指定"),
            )

    @staticmethod
    def name(appointment):
        return f"successor_{appointment.pk}"

    @property
    def posts(self):
        """The fields of the successors, one a post."""
        return [self[self.name(appointment)] for appointment in self.appointments]

    @property
    def successors(self):
        """Primary key of an appointment -> the person chosen for it."""
        chosen = {a.pk: self.cleaned_data[self.name(a)] for a in self.appointments}
        return {pk: user for pk, user in chosen.items() if user}


def _administrators_only(user):
    if not handover.may_hand_over(user):
        raise PermissionDenied


@require_safe
def people(request):
    """Whoever holds a post or has an account open, to choose whose things are handed over."""
    _administrators_only(request.user)
    held = {}
    for appointment in Appointment.objects.current().select_related("department"):
        held.setdefault(appointment.user_id, []).append(handover.post_of(appointment))
    users = User.objects.filter(is_active=True).order_by("department__position", "username")
    page = Paginator(users.select_related("department"), PER_PAGE).get_page(request.GET.get("p"))
    for user in page:
        user.held = "；".join(held.get(user.pk, []))
    context = {"page_title": _("人员交接"), "header_icon": "user", "people": page}
    return render(request, "review/handover/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def screen(request, user_id):
    """What a person holds; then what the hand-over would do; then it is done."""
    _administrators_only(request.user)
    person = get_object_or_404(User, pk=user_id)
    held = handover.holdings_of(person)
    form = HandoverForm(person, held.appointments, request.POST or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        sure = request.POST.get("step") == "do"
        try:
            outcome = _hand_over(person, form, request.user, dry_run=not sure)
        except ReviewRefused as refused:
            messages.error(request, refused.reason)
        else:
            if sure:
                messages.success(request, _("“%(who)s”的交接已办理。") % {"who": person})
                return redirect("review:handovers")
    context = {
        "page_title": _("人员交接"),
        "page_subtitle": str(person),
        "header_icon": "user",
        "person": person,
        "held": held,
        "form": form,
        "outcome": outcome,
        "deactivate": outcome is not None and form.cleaned_data["deactivate"],
    }
    template = "confirm" if outcome else "screen"
    return render(request, f"review/handover/{template}.html", context)


def _hand_over(person, form, by, dry_run):
    return handover.hand_over(
        person,
        form.successors,
        by=by,
        deactivate=form.cleaned_data["deactivate"],
        allow_gaps=form.cleaned_data["allow_gaps"],
        dry_run=dry_run,
    )

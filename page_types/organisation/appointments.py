"""任职 in the admin: who holds which post, from when to when. Ended, never deleted."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from page_types.organisation.models import Appointment, User
from page_types.organisation.services import refresh_groups


class AppointmentPolicy(ModelPermissionPolicy):
    """Core lets whoever may change also delete; an appointment gets an end date instead."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return super().user_has_any_permission(user, [a for a in actions if a != "delete"])


class AppointmentForm(WagtailAdminModelForm):
    """Saving an appointment brings the person's admin groups in line, at once."""

    class Meta:
        model = Appointment
        fields = ["user", "post", "department", "starts", "ends", "deputy_for"]
        help_texts = {
            "department": _("信息员、处室审核人、分管局领导须指定部门；其他岗位不填"),
            "ends": _("调离、卸任时填最后一天；任职记录不删除"),
            "deputy_for": _("代审时填被代者，并填起止日期"),
        }

    def save(self, commit=True):
        before = Appointment.objects.filter(pk=self.instance.pk).values_list("user", flat=True)
        people = set(before)
        appointment = super().save(commit)
        if commit:
            for user in User.objects.filter(pk__in={*people, appointment.user_id}):
                refresh_groups(user)
        return appointment


class AppointmentViewSet(ModelViewSet):
    """A list with search and filters; the verbs behind it are `organisation.services`."""

    model = Appointment
    name = "appointments"
    icon = "user"
    menu_label = _("任职")
    menu_order = 600
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = [
        "user",
        Column("get_post_display", label=_("岗位"), sort_key="post"),
        "department",
        "starts",
        "ends",
        "deputy_for",
    ]
    list_filter = ["post", "department"]
    search_fields = ["user__username", "user__last_name", "user__first_name"]
    ordering = ["department__position", "post", "pk"]

    @property
    def permission_policy(self):
        return AppointmentPolicy(self.model)

    def get_form_class(self, for_update=False):
        return AppointmentForm

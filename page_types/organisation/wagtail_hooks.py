"""Wagtail reads this module for its hooks: appointments, users never deleted, first passwords."""

from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages

from page_types.organisation import calendar_desk, passwords
from page_types.organisation.appointments import AppointmentViewSet
from page_types.organisation.models import User
from page_types.organisation.services import DEPUTY_NAMED, DEPUTY_WITHDRAWN

NEVER_DELETED = _("用户不能删除，请改为停用：其名字留在发布台账与审核记录中。")


@hooks.register("register_admin_viewset")
def appointments():
    return AppointmentViewSet("appointments")


@hooks.register("register_admin_viewset")
def calendar_of_working_days():
    return calendar_desk.CalendarViewSet("calendar")


@hooks.register("register_admin_urls")
def year_of_working_days():
    return calendar_desk.urls()


@hooks.register("register_log_actions")
def years_in_the_log(actions):
    actions.register_action(calendar_desk.LOADED, _("载入年份"), _("载入了一年的工作日安排"))


@hooks.register("before_delete_user")
def deactivate_instead(request, user):
    """Core deletes; people sign the ledger and the logs."""
    messages.error(request, NEVER_DELETED)
    return redirect("wagtailusers_users:edit", user.pk)


@hooks.register("before_bulk_action")
def deactivate_instead_of_bulk_delete(request, action_type, objects, view):
    """Core's bulk action deletes by queryset, past the model's own refusal."""
    if action_type == "delete" and objects and isinstance(objects[0], User):
        messages.error(request, NEVER_DELETED)
        return redirect("wagtailusers_users:index")
    return None


@hooks.register("register_admin_urls")
def first_password():
    return [path("first-password/", passwords.change, name=passwords.PAGE)]


@hooks.register("after_create_user")
def password_by_another(request, user):
    """Whoever makes an account knows its password: its owner changes it when he comes."""
    passwords.must_be_changed(user)


@hooks.register("before_edit_user")
def password_before(request, user):
    request.password_before = user.password


@hooks.register("after_edit_user")
def password_set_by_another(request, user):
    if user.password != request.password_before and user != request.user:
        passwords.must_be_changed(user)


@hooks.register("register_log_actions")
def deputies_in_the_log(actions):
    actions.register_action(DEPUTY_NAMED, _("指定代审人"), _("指定了代审人"))
    actions.register_action(DEPUTY_WITHDRAWN, _("撤回代审人"), _("撤回了代审人"))

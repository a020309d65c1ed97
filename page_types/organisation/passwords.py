"""A password that somebody else has set is changed at the first sign-in, before anything else."""

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.log_actions import log

PAGE = "portal_first_password"
#: What a signed-in page of the admin needs to be shown, and the way out.
OPEN = {
    PAGE,
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
}


def must_be_changed(user):
    """From now on the user may do nothing but change his password."""
    user.must_change_password = True
    user.save(update_fields=["must_change_password"])


class FirstPasswordMiddleware:
    """Every address of the admin leads to the change of password; what is no page is refused."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        if request.resolver_match.view_name in OPEN or not request.user.is_authenticated:
            return None
        if not request.user.must_change_password:
            return None
        wants_page = request.method in ("GET", "HEAD") and request.accepts("text/html")
        if wants_page and "wagtailadmin_api" not in request.resolver_match.namespaces:
            return redirect(PAGE)
        return JsonResponse({"detail": _("请先修改初始密码，再进行其他操作。")}, status=403)


class FirstPasswordForm(PasswordChangeForm):
    """Django's form; the new password must be a new one."""

    error_messages = {
        **PasswordChangeForm.error_messages,
        "same": gettext_lazy("新密码不能与原密码相同，请另设一个。"),
    }

    def clean(self):
        cleaned = super().clean()
        old, new = cleaned.get("old_password"), cleaned.get("new_password1")
        if old and old == new:
            raise ValidationError({"new_password1": self.error_messages["same"]})
        return cleaned


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change(request):
    """The only screen of whoever still has the password that he was given."""
    if not request.user.must_change_password:
        return redirect("wagtailadmin_account")
    form = FirstPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        update_session_auth_hash(request, user)
        log(instance=user, action="wagtail.edit", user=user)
        messages.success(request, _("密码已修改。今后请用新密码登录。"))
        return redirect("wagtailadmin_home")
    context = {"form": form, "page_title": _("修改初始密码"), "header_icon": "key"}
    return render(request, "organisation/first_password.html", context)

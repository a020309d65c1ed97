"""The sign-in form of the admin, with a brake on guessing."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_ratelimit.core import is_ratelimited
from wagtail.admin.forms.auth import LoginForm

from page_types.organisation.duties import duties_of
from page_types.publication.visitors import network_of
from page_types.review.audit.sign_ins import refused

#: Failures of one name from one network, and of all names from one network (an office has one
#: address); by the name alone anybody could lock anybody out.
OF_A_NAME, OF_A_NETWORK = "10/15m", "100/15m"


class PortalLoginForm(LoginForm):
    """Core gives the password no label, so that it is called by its English field name."""

    error_messages = {
        **LoginForm.error_messages,
        "no_post": _("您的账号还没有岗位，不能进入后台。请联系系统管理员为您任职，再重新登录。"),
        "throttled": _("登录失败次数过多，请 15 分钟后再试。忘记密码请联系系统管理员。"),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs["placeholder"] = _("输入用户名")
        self.fields["password"].label = _("密码")

    def clean(self):
        """Core tries every password; ours counts the failures, and then tries none."""
        name = self.cleaned_data.get("username") or ""
        if self._over("sign-in", OF_A_NAME, name) or self._over("sign-in", OF_A_NETWORK):
            # Once in a while is enough: the trail must not be flooded by whoever is refused.
            if not self._over("sign-in-told", "1/15m", count=True):
                refused("sign_in.throttled", self.request, name)
            raise ValidationError(self.error_messages["throttled"], code="throttled")
        try:
            return super().clean()
        except ValidationError:
            self._over("sign-in", OF_A_NAME, name, count=True)
            self._over("sign-in", OF_A_NETWORK, count=True)
            raise

    def confirm_login_allowed(self, user):
        """Core signs in whoever has a password and then shows the form again, with no way on."""
        super().confirm_login_allowed(user)
        if not duties_of(user).posts and not user.has_perm("wagtailadmin.access_admin"):
            raise ValidationError(self.error_messages["no_post"], code="no_post")

    def _over(self, group, rate, name="", count=False):
        """Whether more than `rate` were counted for the network (and the name); counts one more."""
        return is_ratelimited(
            self.request,
            group=group,
            key=lambda group, request: f"{network_of(request)} {name.casefold()}",
            rate=rate,
            increment=count,
        )

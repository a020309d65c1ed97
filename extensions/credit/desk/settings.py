"""Lists of codes and periods of publicity, kept by the office and administrators."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from extensions.credit.models import Code, PublicityRule
from page_types.organisation.duties import duties_of
from page_types.organisation.models import Post

KEEPERS = {Post.OFFICE, Post.ADMINISTRATOR}


class KeepersPolicy(ModelPermissionPolicy):
    """Office and administrators, by their posts; nobody else by any grant."""

    def user_has_permission(self, user, action):
        return bool(duties_of(user).posts & KEEPERS)

    def user_has_any_permission(self, user, actions):
        return self.user_has_permission(user, None)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action)


class _Kept(ModelViewSet):
    icon = "list-ul"
    copy_view_enabled = False
    inspect_view_enabled = False

    @property
    def permission_policy(self):
        return KeepersPolicy(self.model)


class CodeViewSet(_Kept):
    """代码表."""

    model = Code
    name = "credit_codes"
    menu_label = _("双公示代码表")
    list_display = ["label", "list", "value", "starts", "ends"]
    list_filter = ["list"]
    search_fields = ["label"]
    form_fields = ["list", "value", "label", "severity", "starts", "ends", "position", "source"]


class RuleViewSet(_Kept):
    """公示期限."""

    model = PublicityRule
    name = "credit_rules"
    menu_label = _("双公示公示期限")
    list_display = [
        "severity",
        "starts",
        "ends",
        BooleanColumn("shown", label=_("公示")),
        "min_months",
        "max_months",
        BooleanColumn("verified", label=_("已核实")),
    ]
    list_filter = ["severity"]
    form_fields = [
        "severity", "starts", "ends", "shown", "min_months", "max_months", "source", "verified",
    ]  # fmt: skip


class CreditSettings(ModelViewSetGroup):
    """Both, in the menu of settings."""

    menu_label = _("双公示设置")
    menu_icon = "list-ul"
    menu_order = 610
    add_to_settings_menu = True
    items = (CodeViewSet("credit_codes"), RuleViewSet("credit_rules"))

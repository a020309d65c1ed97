"""Forms of the public door and of the desk."""

from urllib.parse import unquote, urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from extensions.base.public_forms import PublicForm
from extensions.error_reports.models import ErrorReport
from page_types.organisation.models import Department
from page_types.publication.models.announcements import is_local_path

LONGEST_PAGE = 500


def local_path(address, host):
    """The path of an address of this site (`/news/` or the full address), or None.

    `host` is the one that was asked: it need not be that of SITE_URL.
    """
    address = (address or "").strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme in ("http", "https") and parts.netloc in (
        host,
        urlsplit(settings.SITE_URL).netloc,
    ):
        address = parts.path or "/"
    path = unquote(urlsplit(address).path) if is_local_path(address) else ""
    return path if is_local_path(path) and len(path) <= LONGEST_PAGE else None


class ReportForm(PublicForm):
    """What is wrong, and where. Only the page, the kind and a description are asked for."""

    page = forms.CharField(
        label=_("有错误的页面"),
        max_length=LONGEST_PAGE,
        help_text=_("本网站的网址，以 / 开头，或从浏览器地址栏复制。"),
        error_messages={"required": _("请填写有错误的页面的网址；说不清的填 /（首页）。")},
    )
    kind = forms.ChoiceField(
        label=_("错误类型"),
        choices=[("", _("请选择")), *ErrorReport.Kind.choices],
        error_messages={"required": _("请选择错误类型。")},
    )
    description = forms.CharField(
        label=_("错误在哪里，应该是什么"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("不超过 1000 字。请不要填写身份证号等个人信息。"),
        error_messages={"required": _("请写明错误在哪里。")},
    )
    contact = forms.CharField(
        label=_("联系方式"),
        max_length=100,
        required=False,
        help_text=_("电话或邮箱，只用于核实这条找错，不公开。不填也会处理。"),
    )

    def __init__(self, *args, host, **kwargs):
        super().__init__(*args, **kwargs)
        self.host = host

    def clean_page(self):
        path = local_path(self.cleaned_data["page"], self.host)
        if path is None:
            raise ValidationError(_("这不是本网站的网址，请填写以 / 开头的网址，如 /tzgg/。"))
        return path


class StateForm(PublicForm):
    """Reference and code, as the page of thanks gave them."""

    reference = forms.CharField(
        label=_("编号"), max_length=20, error_messages={"required": _("请填写编号。")}
    )
    code = forms.CharField(
        label=_("查询码"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请填写查询码。")},
    )


class PassOnForm(forms.Form):
    """To whom; the owner of the column is proposed."""

    department = forms.ModelChoiceField(
        label=_("转给"),
        queryset=Department.objects.filter(active=True),
        error_messages={"required": _("请选择承办部门。")},
    )


class AnswerForm(forms.Form):
    """What was done about it."""

    text = forms.CharField(
        label=_("处理结果"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("反映人凭编号和查询码可以看到。"),
        error_messages={"required": _("请写明处理结果。")},
    )

"""The one form: an address and consent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from extensions.base.public_forms import PublicForm


class SubscribeForm(PublicForm):
    """Consent is a box to tick: without it nothing is stored and nothing is mailed."""

    email = forms.EmailField(
        label=_("您的邮箱"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("请填写邮箱地址。"),
            "invalid": _("邮箱地址不完整或有误，应形如 name@example.cn。"),
        },
    )
    consent = forms.BooleanField(
        label=_("我同意网站保存这个邮箱，仅用于发送本栏目的更新；退订后立即删除"),
        error_messages={"required": _("请先勾选同意，否则我们不能保存您的邮箱。")},
    )

"""数据使用许可: the words under which open data go out, set by who may speak for the site."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exports.terms import OpenDataTerms, set_terms, terms
from page_types.publication.announcements import may_speak


class TermsForm(forms.ModelForm):
    """Text and, where there is one, the address of the whole licence."""

    url = forms.URLField(
        label=OpenDataTerms._meta.get_field("url").verbose_name,
        help_text=OpenDataTerms._meta.get_field("url").help_text,
        max_length=500,
        required=False,
        assume_scheme="https",
    )

    class Meta:
        model = OpenDataTerms
        fields = ("text", "url")
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request):
    """The terms of now in a form; what held before stays on record."""
    if not may_speak(request.user):
        raise PermissionDenied
    held = terms()
    form = TermsForm(request.POST or None, initial={"text": held.text, "url": held.url})
    if request.method == "POST" and form.is_valid():
        set_terms(request, form.cleaned_data["text"], form.cleaned_data["url"])
        messages.success(request, _("已保存，“数据开放”的各页和接口即时更新。"))
        return redirect("portal_exports:terms")
    return render(
        request,
        "exports/desk/terms.html",
        {
            "page_title": _("数据使用许可"),
            "header_icon": "doc-full",
            "form": form,
            "held": held,
            "past": OpenDataTerms.objects.select_related("set_by")[:20],
        },
        status=422 if form.errors else 200,
    )

"""A post composed from a public page: a draft with title, summary and link, cut to the platform.

Nothing leaves the house: the draft goes through the chain of its column like every text.
"""

import re

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from page_types.base import drafting_department
from page_types.micropost import MicropostPage
from page_types.permissions import columns_by_path
from page_types.publication.addresses import path_of
from page_types.publication.models import Entry
from page_types.publication.snapshot import snapshot

#: A sentence ends here; a line does too.
_SENTENCE = re.compile(r"[^。！？；!?;\n]*[。！？；!?;\n]+[”’」』）)]*")


def cut_to(text, longest):
    """`text` if it is no longer than `longest` characters, else its last whole sentence.

    Where not even the first sentence fits, the words are cut and "…" stands for the rest.
    """
    text = text.strip()
    if longest is None or len(text) <= longest:
        return text
    end = 0
    for sentence in _SENTENCE.finditer(text):
        if len(text[: sentence.end()].rstrip()) > longest:
            break
        end = sentence.end()
    return text[:end].rstrip() or text[: max(0, longest - 1)].rstrip() + "…"


def post_text(entry, url, longest):
    """Title in 【】, then the summary, so that the link still fits into `longest` characters."""
    room = None if longest is None else longest - len(url) - 1
    head = entry.title if entry.title.startswith("【") else f"【{entry.title}】"
    if room is not None and len(head) > room:
        head = f"【{entry.title[: max(1, room - 3)]}…】"
    return head + _rest(entry.summary, None if room is None else room - len(head))


def _rest(summary, room):
    """What of the summary fits; rather nothing than three words of a sentence."""
    if room is not None and room < 10 and len(summary) > room:
        return ""
    return cut_to(summary, room)


def columns_for(user):
    """New-media columns in which the user may draft: (column, department) pairs."""
    found = []
    for column in columns_by_path(user).values():
        if column.kind == "new_media" and not column.group:
            if department := drafting_department(user, column):
                found.append((column, department))
    return sorted(found, key=lambda pair: pair[0].position)


class ComposeForm(forms.Form):
    """For which platform, and in which column."""

    platform = forms.ChoiceField(label=MicropostPage._meta.get_field("platform").verbose_name)
    column = forms.ChoiceField()

    def __init__(self, columns, site, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["platform"].choices = MicropostPage.Platform.choices
        self.fields["column"].label = _("写入栏目")
        self.fields["column"].choices = [
            (str(column.pk), site.by_id[column.pk].title) for column, _department in columns
        ]


class ChooseForm(forms.Form):
    """Which public page; the chooser offers what the user may link to."""

    page = forms.ModelChoiceField(Page.objects.none(), label="", widget=AdminPageChooser)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        public = Entry.objects.exclude(slug="").exclude(type=MicropostPage._meta.label_lower)
        self.fields["page"].queryset = Page.objects.filter(pk__in=public.values("pk"))
        self.fields["page"].label = _("公开页面")
        # A page that may not be named is not shown again by its number.
        self.fields["page"].widget.get_instance = lambda pk: (
            self.fields["page"].queryset.filter(pk=pk).first() if str(pk).isdigit() else None
        )
        self.fields["page"].error_messages["invalid_choice"] = _("请选择已公开的页面。")


def choose_page(request):
    """From a new-media column: choose the public page first."""
    if not columns_for(request.user):
        raise PermissionDenied
    form = ChooseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("compose_micropost", form.cleaned_data["page"].pk)
    context = {
        "form": form,
        "page_title": _("写成政务新媒体信息"),
        "back_url": reverse("wagtailadmin_home"),
        "header_icon": "mail",
        "media": form.media,
        "choosing": True,
    }
    return render(request, "page_types/admin/compose.html", context)


def compose_micropost(request, page_id):
    """Ask for platform and column, then make the draft and open it in the editor."""
    columns = columns_for(request.user)
    if not columns:
        raise PermissionDenied
    site = snapshot()
    entry = Entry.objects.select_related("text").filter(pk=page_id).exclude(slug="").first()
    if entry is None or entry.type == MicropostPage._meta.label_lower:
        raise Http404
    form = ComposeForm(columns, site, request.POST or None)
    if request.method == "POST" and form.is_valid():
        column, department = next(
            pair for pair in columns if str(pair[0].pk) == form.cleaned_data["column"]
        )
        page = _draft(request.user, entry, site, column, department, form.cleaned_data["platform"])
        messages.success(request, _("已写成草稿，请核对文字后送审。"))
        return redirect("wagtailadmin_pages:edit", page.pk)
    context = {
        "form": form,
        "page_title": _("写成政务新媒体信息"),
        "page_subtitle": entry.title,
        "back_url": reverse("wagtailadmin_explore", args=[site.by_id[entry.column_id].page_id]),
        "header_icon": "mail",
    }
    return render(request, "page_types/admin/compose.html", context)


@transaction.atomic
def _draft(user, entry, site, column, department, platform):
    url = settings.SITE_URL + path_of(site, entry)
    page = MicropostPage(
        title=entry.title,
        platform=platform,
        text=post_text(entry, url, settings.PORTAL_POST_LENGTHS.get(platform)),
        article_id=entry.pk,
        department_id=department,
        owner=user,
        live=False,
    )
    Page.objects.get(pk=column.page_id).add_child(instance=page)
    page.save_revision(user=user, log_action="wagtail.create")
    return page

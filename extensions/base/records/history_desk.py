"""A record's history in the admin: timeline, comparison, as it was, back to an old version.

An extension mounts it with one line: `register_admin_urls` -> `record_urls(Licence, …)`.
"""

from dataclasses import dataclass
from datetime import datetime, time

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.models import Page

from exports import datasets
from extensions.base.records import history
from extensions.base.records.showing import Eyes, what_happened
from extensions.base.records.timeline import timeline
from page_types.review.policy import visible


def history_url(record):
    """Where the history of a record is read; empty if its extension did not mount it."""
    try:
        return reverse(_name(type(record), "history"), args=[record.pk])
    except NoReverseMatch:
        return ""


def record_urls(model, visible_to, may_revert=None, revert=history.revert, changes=""):
    """The admin addresses of the history of a model's records.

    `visible_to(user)` is the queryset of records whose history the user may read.
    `may_revert(user, record)`: whether he may go back to an old version (nobody, if not given);
    `revert(record, version, user, reason)` does it. `changes`: the data set of who did what.
    """
    desk = _Desk(model, visible_to, may_revert or _nobody, revert, changes)
    base = f"records/{model._meta.app_label}/{model._meta.model_name}/<int:pk>"
    return [
        path(f"{base}/history/", require_safe(desk.history), name=_name(model, "history")),
        path(f"{base}/compare/", require_safe(desk.compare), name=_name(model, "compare")),
        path(f"{base}/as-it-was/", require_safe(desk.as_it_was), name=_name(model, "as_it_was")),
        path(
            f"{base}/revert/<int:version>/",
            require_http_methods(["GET", "HEAD", "POST"])(desk.revert),
            name=_name(model, "revert"),
        ),
    ]


def _nobody(user, record):
    return False


@require_safe
def page_history(request, pk):
    """The timeline of a page: its drafts, its log, its review; to be compared as Wagtail does."""
    page = get_object_or_404(Page.objects.filter(visible(request.user)), pk=pk)
    entries = timeline(page, request.user)
    urls = {"compare": "", "as_it_was": "", "history": ""}
    lines = [{"entry": entry, "url": _compare_url(page, entry.version)} for entry in entries]
    return render(
        request,
        "ext_base/records/timeline.html",
        {
            "page_title": _("历史记录"),
            "page_subtitle": page.get_admin_display_title(),
            "header_icon": "history",
            "lines": lines,
            "urls": urls,
            "record_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        },
    )


def _compare_url(page, revision):
    """Where Wagtail shows what a revision changed."""
    if revision is None:
        return ""
    return reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", revision.pk])


def _name(model, what):
    return f"records_{model._meta.app_label}_{model._meta.model_name}_{what}"


class DayForm(forms.Form):
    """The day of which one wants to know; its end counts."""

    on = forms.DateField(label=gettext_lazy("日期"), widget=forms.DateInput(attrs={"type": "date"}))


class ReasonForm(forms.Form):
    """Why one goes back, and which version was the newest when one asked."""

    reason = forms.CharField(
        label=gettext_lazy("原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    newest = forms.IntegerField(widget=forms.HiddenInput)


@dataclass(frozen=True)
class _Desk:
    model: type
    visible_to: object
    may_revert: object
    do_revert: object
    changes: str = ""

    def record(self, request, pk):
        return get_object_or_404(self.visible_to(request.user), pk=pk)

    def version(self, record, number):
        return get_object_or_404(history.versions(record), pk=number)

    def page(self, request, template, record, title, **context):
        urls = {
            name: reverse(_name(self.model, name), args=[record.pk])
            for name in ("history", "compare", "as_it_was")
        }
        context = {
            "page_title": title,
            "page_subtitle": str(record),
            "header_icon": "history",
            "record": record,
            "urls": urls,
            "record_url": record.review_url() if hasattr(record, "review_url") else "",
            **context,
        }
        return render(request, f"ext_base/records/{template}.html", context)

    def history(self, request, pk):
        record = self.record(request, pk)
        entries = timeline(record, request.user)
        may_revert = self.may_revert(request.user, record)
        newest = next((entry.version for entry in entries if entry.version), None)
        lines = [
            {
                "entry": entry,
                "revert": reverse(_name(self.model, "revert"), args=[pk, entry.version.pk])
                if may_revert and entry.version and entry.version != newest
                else "",
            }
            for entry in entries
        ]
        return self.page(
            request,
            "timeline",
            record,
            _("历史记录"),
            lines=lines,
            versions=[(entry.version.pk, entry) for entry in entries if entry.version],
            day_form=DayForm(label_suffix=""),
            export_url=self.export_url(request),
        )

    def export_url(self, request):
        """Where who did what with records of the model is had as a file, if the user may."""
        dataset = datasets.get(self.changes)
        if dataset is None or not dataset.may_be_had_by(request.user):
            return ""
        return reverse("portal_exports:dataset", args=[self.changes])

    def compare(self, request, pk):
        record = self.record(request, pk)
        chosen = [request.GET.get(side, "") for side in ("old", "new")]
        if not all(number.isdecimal() and len(number) < 19 for number in chosen):
            raise Http404
        old, new = sorted(
            (self.version(record, number) for number in chosen),
            key=lambda version: (version.history_date, version.pk),
        )
        eyes = Eyes(self.model, request.user)
        eyes.ahead([old, new])
        return self.page(
            request,
            "compare",
            record,
            _("版本比较"),
            old=old,
            new=new,
            changes=eyes.compared(old, new),
        )

    def as_it_was(self, request, pk):
        record = self.record(request, pk)
        form, found = DayForm(request.GET), None
        if form.is_valid():
            evening = timezone.make_aware(datetime.combine(form.cleaned_data["on"], time.max))
            found = history.as_it_was(record, evening)
        eyes = Eyes(self.model, request.user)
        eyes.ahead([found] if found else [])
        return self.page(
            request,
            "as_it_was",
            record,
            _("当日的内容"),
            day_form=form,
            version=found,
            what=what_happened(found) if found else "",
            values=eyes.values(found) if found else [],
        )

    def revert(self, request, pk, version):
        record = self.record(request, pk)
        if not self.may_revert(request.user, record):
            raise PermissionDenied
        chosen, newest = self.version(record, version), history.versions(record).first()
        form = ReasonForm(request.POST or None, initial={"newest": newest.pk})
        if request.method == "POST" and form.is_valid():
            if self._reverted(request, record, chosen, newest, form.cleaned_data):
                return redirect(_name(self.model, "history"), pk)
        eyes = Eyes(self.model, request.user)
        eyes.ahead([chosen, newest])
        kept = set(getattr(self.model, "kept_on_revert", ()))
        return self.page(
            request,
            "revert",
            record,
            _("恢复到旧版本"),
            version=chosen,
            form=form,
            changes=[c for c in eyes.changes(newest, chosen) if c.name not in kept],
        )

    def _reverted(self, request, record, chosen, newest, data):
        if data["newest"] != newest.pk:
            messages.error(request, _("记录已被他人修改，请核对后再恢复。"))
            return False
        try:
            self.do_revert(record, chosen, request.user, data["reason"])
        except ValidationError as refused:
            messages.error(request, _("没有恢复：%(why)s") % {"why": " ".join(refused.messages)})
            return False
        messages.success(request, _("已恢复为旧版本的内容，作为新版本保存。"))
        return True

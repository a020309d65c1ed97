"""The office's screens: how grave each check is, by kind of column; the words to confirm."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.viewsets.model import ModelViewSet

from page_types.organisation.calendar_desk import KEEPERS, KeepersPolicy
from page_types.organisation.duties import duties_of
from page_types.publication import kinds
from page_types.publication.snapshot import snapshot
from page_types.review.checks.models import CheckSeverity, ConfirmWord
from page_types.review.checks.registry import Severity, check_of, checks
from page_types.review.checks.severity import decide


class WordsViewSet(ModelViewSet):
    """The dictionary of words to confirm; core logs who changed what."""

    model = ConfirmWord
    name = "confirm_words"
    icon = "list-ul"
    menu_label = gettext_lazy("需核对的词语")
    menu_order = 607
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = ["word", "suggestion", "note", "active"]
    list_filter = ["active"]
    search_fields = ["word", "suggestion", "note"]
    form_fields = ["word", "suggestion", "note", "active"]

    @property
    def permission_policy(self):
        return KeepersPolicy(self.model)


def may_decide(user):
    """Whether the user keeps the checks: office and administrators, by their posts."""
    return bool(duties_of(user).posts & KEEPERS)


#: Columns that are named beside their kind.
NAMED = 3


def kinds_in_use():
    """(name, label) of the kinds of the site's columns, in the order of the plan.

    The label names some columns: not every kind has a name of its own.
    """
    titles = {}
    for node in snapshot().by_id.values():
        titles.setdefault(node.kind, []).append(node.title)
    return [
        (name, f"{kinds.get(name).label}（{'、'.join(columns[:NAMED])}"
               f"{'……' if columns[NAMED:] else ''}）")
        for name, columns in titles.items()
    ]  # fmt: skip


class SeverityForm(forms.Form):
    """One choice for all kinds of columns, and one for each kind that differs."""

    def __init__(self, check, *args, **kwargs):
        super().__init__(*args, **kwargs)
        decided = dict(
            CheckSeverity.objects.filter(check_name=check.name).values_list("kind", "severity")
        )
        levels = list(Severity.choices)
        own, same = Severity(check.severity).label, ("", _("与各类栏目相同"))
        fields = [
            ("", _("各类栏目"), [("", _("默认（%(level)s）") % {"level": own}), *levels]),
            *((kind, label, [same, *levels]) for kind, label in kinds_in_use()),
        ]
        for kind, label, choices in fields:
            self.fields[f"kind-{kind}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=decided.get(kind, "")
            )

    @property
    def wanted(self):
        """What `decide` takes."""
        return {name.removeprefix("kind-"): value for name, value in self.cleaned_data.items()}


@require_safe
def index(request):
    """All checks: what they look for, how grave they are, where that differs."""
    if not may_decide(request.user):
        raise PermissionDenied
    labels = dict(kinds_in_use())
    rows = {}
    for row in CheckSeverity.objects.order_by("kind"):
        rows.setdefault(row.check_name, {})[row.kind] = row
    lines = [
        {
            "check": check,
            "level": (
                rows[check.name][""].get_severity_display()
                if "" in rows.get(check.name, {})
                else Severity(check.severity).label
            ),
            "differing": [
                (labels.get(kind, kind), row.get_severity_display())
                for kind, row in rows.get(check.name, {}).items()
                if kind
            ],
        }
        for check in checks()
    ]
    return render(
        request,
        "review/checks/severities.html",
        {"page_title": _("发布检查设置"), "header_icon": "clipboard-list", "lines": lines},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one(request, name):
    """How grave one check is, by kind of column."""
    check = check_of(name)
    if not may_decide(request.user):
        raise PermissionDenied
    if check is None or not check.adjustable:
        raise Http404
    form = SeverityForm(check, request.POST or None)
    if request.method == "POST" and form.is_valid():
        changed = decide(check, form.wanted, request.user)
        messages.success(
            request,
            _("“%(check)s”已保存，改动 %(count)d 项，从下一次送审起生效。")
            % {"check": check.label, "count": len(changed)},
        )
        return redirect("review:check_settings")
    return render(
        request,
        "review/checks/severity.html",
        {
            "page_title": _("发布检查设置"),
            "page_subtitle": check.label,
            "header_icon": "clipboard-list",
            "check": check,
            "form": form,
        },
    )

"""工作日安排 in the admin: single days, and a whole year from a table or the notice itself."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from page_types.organisation import calendar
from page_types.organisation.calendar_text import read_year
from page_types.organisation.duties import duties_of
from page_types.organisation.models import CalendarDay, CalendarYear, Post

KEEPERS = {Post.OFFICE, Post.ADMINISTRATOR}
LOADED = "organisation.calendar_year"
#: Bytes of a file with the days of a year.
LARGEST = 200_000


class KeepersPolicy(ModelPermissionPolicy):
    """Office and administrators, by their posts; nobody else by any grant."""

    def user_has_permission(self, user, action):
        return bool(duties_of(user).posts & KEEPERS)

    def user_has_any_permission(self, user, actions):
        return self.user_has_permission(user, None)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action)


class CalendarViewSet(ModelViewSet):
    """The days that differ from the calendar."""

    model = CalendarDay
    name = "calendar"
    icon = "calendar"
    menu_label = gettext_lazy("工作日安排")
    menu_order = 605
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = ["date", BooleanColumn("is_workday", label=gettext_lazy("上班")), "name"]
    list_filter = ["is_workday"]
    search_fields = ["name"]
    ordering = ["-date"]

    form_fields = ["date", "is_workday", "name"]

    @property
    def permission_policy(self):
        return KeepersPolicy(self.model)

    @property
    def index_view_class(self):
        class Index(super().index_view_class):
            @property
            def header_buttons(view):
                year = HeaderButton(
                    gettext_lazy("各年安排与载入"),
                    url=reverse("calendar_year"),
                    icon_name="upload",
                )
                return [*super().header_buttons, year]

        return Index


class YearForm(forms.Form):
    """A year, and its holidays and worked weekends: pasted, or as a file."""

    year = forms.IntegerField(label=gettext_lazy("年份"), min_value=2000, max_value=2100)
    lines = forms.CharField(
        label=gettext_lazy("放假与调休"),
        required=False,
        help_text=gettext_lazy(
            "可以直接粘贴国务院办公厅通知中各节日的段落，例如“元旦：1月1日（周四）至3日（周六）"
            "放假调休，共3天。1月4日（周日）上班。”也可以粘贴表格，每行：日期，休或班，名称，"
            "例如“2027-01-01,休,元旦”。没有列出的日子按周一至周五上班。"
        ),
        widget=forms.Textarea({"rows": 12}),
    )
    table = forms.FileField(
        label=gettext_lazy("或上传 CSV 文件"),
        required=False,
        help_text=gettext_lazy("列：日期，休或班，名称。上传了文件，就不看上面粘贴的内容。"),
    )
    replace = forms.BooleanField(label=gettext_lazy("替换这一年已有的全部安排"), required=False)

    def clean(self):
        """Every wrong line is told with its number; nothing is loaded then."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        field = "table" if cleaned["table"] else "lines"
        text = _words_of(cleaned["table"]) if cleaned["table"] else cleaned["lines"]
        if not text.strip():
            raise ValidationError({"lines": _("请粘贴这一年的安排，或上传文件。")})
        cleaned["days"], wrong = read_year(text, cleaned["year"])
        if wrong:
            raise ValidationError({field: wrong})
        if (
            not cleaned["replace"]
            and CalendarDay.objects.filter(date__year=cleaned["year"]).exists()
        ):
            raise ValidationError(
                {"replace": _("这一年已有安排。确认要全部替换的，请勾选后再载入。")}
            )
        return cleaned


def _words_of(file):
    """A CSV as Excel and WPS write it: UTF-8 or GB 18030."""
    if file.size > LARGEST:
        raise ValidationError({"table": _("文件太大，一年的安排不会超过 200 KB。")})
    stored = file.read()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return stored.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError({"table": _("文件不是文本，请另存为 CSV 再上传。")})


@transaction.atomic
def load_year(year, days, user):
    """Replace what the table says of the year: `days` is day -> (whether worked, name)."""
    CalendarDay.objects.filter(date__year=year).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(date=day, is_workday=worked, name=name)
        for day, (worked, name) in sorted(days.items())
    )
    record, _made = CalendarYear.objects.update_or_create(
        year=year, defaults={"loaded_by": user, "loaded_at": timezone.now()}
    )
    log(instance=record, action=LOADED, user=user, data={"year": year, "days": len(days)})
    calendar.changed()


@dataclass(frozen=True)
class Special:
    """A day that is no ordinary one of its week."""

    day: date
    worked: bool
    name: str
    own: bool


def specials_of(year):
    """The days of a year on which the bureau differs from Monday to Friday, as it counts now."""
    own = dict(CalendarDay.objects.filter(date__year=year).values_list("date", "name"))
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return [
        Special(day, worked, own.get(day) or calendar.library_name(day), day in own)
        for day in days
        if day.year == year
        and ((worked := calendar.is_working_day(day)) != (day.weekday() < calendar.SATURDAY))
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def year_screen(request):
    """Which years are known, one of them day by day; loading one: open deadlines follow."""
    if not duties_of(request.user).posts & KEEPERS:
        raise PermissionDenied
    missing = calendar.missing_year()
    this_year = timezone.localdate().year
    form = YearForm(
        request.POST or None, request.FILES or None, initial={"year": missing or this_year + 1}
    )
    if request.method == "POST" and form.is_valid():
        year = form.cleaned_data["year"]
        load_year(year, form.cleaned_data["days"], request.user)
        messages.success(request, _("%(year)d 年已载入，未到期的期限已重新计算。") % {"year": year})
        return redirect(f"{reverse('calendar_year')}?year={year}")
    asked = request.GET.get("year", "")
    shown = int(asked) if asked.isdecimal() and 2000 <= int(asked) <= 2100 else this_year
    context = {
        "page_title": _("各年的工作日安排"),
        "header_icon": "calendar",
        "form": form,
        "missing": missing,
        "library": sorted(calendar.LIBRARY_YEARS),
        "loaded": CalendarYear.objects.select_related("loaded_by").order_by("-year"),
        "shown": shown,
        "known": calendar.is_known(shown),
        "years": (shown - 1, shown + 1),
        "specials": specials_of(shown),
    }
    return render(request, "organisation/calendar_year.html", context)


def urls():
    """Address of the screen of years."""
    return [path("calendar-year/", year_screen, name="calendar_year")]

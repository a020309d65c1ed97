"""The lists of the desk, over wagtail-modeladmin: filters, search, deadlines coloured."""

from datetime import timedelta

from django.conf import settings
from django.contrib.admin import SimpleListFilter
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import modeladmin_register

from extensions.base.records.modeladmin import IndexedSearch, RecordAdmin
from extensions.credit import services
from extensions.credit.codes import is_person_number
from extensions.credit.models import Licence, Penalty
from extensions.credit.models.states import State
from extensions.credit.secrets import digest_of
from page_types.organisation.duties import duties_of
from page_types.organisation.models import Department

#: A record that must be public within so many days is near its day.
SOON_DAYS = 3
#: Kind of record -> the last part of its list's address.
PATHS = {"licence": "licences", "penalty": "penalties"}
WAITING = (State.DRAFT, State.IN_REVIEW)


def soon(today=None):
    """First and last day of those that are near."""
    today = today or timezone.localdate()
    return today, today + timedelta(days=SOON_DAYS)


class DeadlineFilter(SimpleListFilter):
    """By the seven working days."""

    title = _("公示期限")
    parameter_name = "deadline"

    def lookups(self, request, model_admin):
        return [
            ("late", _("未公示，已超期")),
            ("soon", _("即将到期")),
            ("was_late", _("逾期公示")),
            ("withdrawn_late", _("逾期撤下")),
        ]

    def queryset(self, request, queryset):
        chosen = self.value()
        if chosen == "late":
            return queryset.filter(state__in=WAITING, due_on__lt=timezone.localdate())
        if chosen == "soon":
            return queryset.filter(state__in=WAITING, due_on__range=soon())
        if chosen == "was_late":
            return queryset.filter(public_on__gt=F("due_on"))
        if chosen == "withdrawn_late":
            days = timedelta(days=settings.CREDIT_WITHDRAW_DAYS)
            return queryset.filter(state=State.WITHDRAWN, ended_on__gt=F("cause_on") + days)
        return queryset


class DepartmentFilter(SimpleListFilter):
    """By department: those whose records the user may read."""

    title = _("承办处室")
    parameter_name = "department"

    def lookups(self, request, model_admin):
        duties = duties_of(request.user)
        mine = {} if duties.sees_all else {"pk__in": duties.departments}
        return Department.objects.filter(**mine).values_list("code", "name")

    def queryset(self, request, queryset):
        return queryset.filter(department__code=self.value()) if self.value() else queryset


class NumbersSearch(IndexedSearch):
    """A person's number is found by its digest, for it is written nowhere."""

    def search_queryset(self, queryset, search_term, **kwargs):
        term = "".join(search_term.split()).upper()
        if is_person_number(term):
            digest = digest_of(term)
            return queryset.filter(person_id_digest=digest) | queryset.filter(
                legal_id_digest=digest
            )
        return super().search_queryset(queryset, search_term, **kwargs)


class _CreditAdmin(RecordAdmin):
    menu_icon = "clipboard-list"
    add_to_admin_menu = False  # the group of `wagtail_hooks` has it
    list_display = (
        "document_number", "name", "department", "decided_mark", "due_mark", "public_mark", "state",
    )  # fmt: skip
    list_filter = ("state", DeadlineFilter, DepartmentFilter)
    search_fields = ("name", "document_number", "credit_code")
    search_handler_class = NumbersSearch
    sortable_by = ("decided_mark",)
    list_select_related = ("department",)
    index_view_extra_css = [*RecordAdmin.index_view_extra_css, "ext_credit/desk.css"]

    @property
    def kind(self):
        return self.model.kind

    def may_enter(self, user):
        return services.may_enter(user)

    def visible_to(self, user):
        return services.visible_to(user, self.kind)

    def create_url(self, user):
        return reverse("credit:add", args=[self.kind]) if duties_of(user).officer_of else ""

    def links(self, request):
        duties, found = duties_of(request.user), []
        if duties.officer_of:
            imports = f"{reverse('records_imports:index')}?importer=credit_{self.kind}"
            found.append((_("从表格导入"), imports))
            found.append((_("批量送审"), reverse("credit:submit", args=[self.kind])))
        if duties.reviewer_of:
            found.append((_("批量审核"), reverse("credit:review", args=[self.kind])))
        found.append((_("公示页面"), reverse("credit")))
        return found

    def decided_mark(self, record):
        """The day of the decision."""
        return record.decided_on.isoformat()

    decided_mark.short_description = _("决定日期")
    decided_mark.admin_order_field = "decided_on"

    def due_mark(self, record):
        """The last day, and whether it is near or over."""
        day = record.due_on.isoformat()
        return {"late": _("%s 已超期") % day, "soon": _("%s 即将到期") % day}.get(
            urgency_of(record), day
        )

    due_mark.short_description = _("应公示日期")

    def public_mark(self, record):
        """The day on which it became public, and whether that was late."""
        if not record.public_on:
            return ""
        day = record.public_on.isoformat()
        return _("%s（逾期）") % day if record.is_late else day

    public_mark.short_description = _("公示日期")

    def get_extra_class_names_for_field_col(self, obj, field_name):
        urgency = urgency_of(obj)
        if field_name == "public_mark" and obj.public_on and obj.is_late:
            return ["credit-was-late"]
        return [f"credit-{urgency}"] if urgency and field_name == "due_mark" else []


def urgency_of(record):
    """How near its day a record is that is not public: "late", "soon" or ""."""
    if record.state not in WAITING:
        return ""
    first, last = soon()
    return "late" if record.due_on < first else "soon" if record.due_on <= last else ""


class LicenceAdmin(_CreditAdmin):
    """行政许可."""

    model, menu_label, base_url_path = Licence, _("行政许可"), f"credit/{PATHS['licence']}"


class PenaltyAdmin(_CreditAdmin):
    """行政处罚."""

    model, menu_label, base_url_path = Penalty, _("行政处罚"), f"credit/{PATHS['penalty']}"


def register():
    """Mount the lists (Wagtail reads `wagtail_hooks` once)."""
    return [modeladmin_register(LicenceAdmin), modeladmin_register(PenaltyAdmin)]


def list_url(kind, query=""):
    """Address of the list of a kind."""
    url = reverse(f"credit_{PATHS[kind]}_modeladmin_index")
    return f"{url}?{query}" if query else url

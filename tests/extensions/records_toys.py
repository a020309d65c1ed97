"""A small model of records with an importer, a list and a history; its tables are made by hand.

It belongs to no installed app: no migration asks for it, and no other test meets it.
"""

from datetime import date

from django.db import connection, models
from django.urls import include, path, reverse

from extensions.base.records.history import (
    RecordHistory,
    bulk_create_with_history,
    bulk_update_with_history,
    save_with_reason,
)
from extensions.base.records.history_desk import record_urls
from extensions.base.records.importing.importers import Importer
from extensions.base.records.modeladmin import RecordAdmin
from extensions.base.records.sheets.layouts import (
    AMOUNT,
    CHOICE,
    DATE,
    IDENTIFIER,
    Field,
    Layout,
)
from page_types.organisation.duties import duties_of
from page_types.organisation.models import Department, User
from portal.urls import urlpatterns as portal_urls

KINDS = (("01", "普通"), ("02", "特许"))


class Tracked(models.Model):
    """`TrackedRecord`, with versions in an app that is not installed."""

    history = RecordHistory(app="records_toys")

    class Meta:
        abstract = True


class Toy(Tracked):
    """A licence in small."""

    secret_fields = ("secret",)
    secret_permission = "organisation.change_user"
    unshown_fields = ("digest",)
    kept_on_revert = ("public",)

    name = models.CharField("名称", max_length=200, db_index=True)
    number = models.CharField("文书号", max_length=64, db_index=True)
    kind = models.CharField("类别", max_length=2, choices=KINDS, blank=True)
    decided = models.DateField("决定日期", db_index=True)
    until = models.DateField("有效期至", null=True, blank=True)
    fine = models.DecimalField("罚款金额", max_digits=18, decimal_places=6, null=True, blank=True)
    secret = models.CharField("证件号码", max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    text = models.TextField("内容", blank=True)
    public = models.BooleanField("公开", default=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records_toys"
        verbose_name = "玩具许可"
        verbose_name_plural = "玩具许可"
        indexes = [models.Index(fields=["department", "decided"], name="toy_department_decided")]

    def __str__(self):
        return f"{self.number} {self.name}"

    def needs_reason(self):
        return self.public


FIELDS = [
    Field("name", "T_MC", "行政相对人名称", required=True, length=200, aliases=("名称",)),
    Field("number", "T_WSH", "文书号", IDENTIFIER, required=True, length=64),
    Field("kind", "T_LB", "类别", CHOICE, choices=KINDS),
    Field("decided", "T_RQ", "决定日期", DATE, required=True),
    Field("until", "T_YXQ", "有效期至", DATE, words={"长期": date(2099, 12, 31)}),
    Field("fine", "T_FK", "罚款金额（万元）", AMOUNT, unit="万元", places=6),
    Field("secret", "T_ZJ", "证件号码", IDENTIFIER, secret=True, length=64),
    Field("text", "T_NR", "内容", length=4000),
]
LAYOUT = Layout("toy", "玩具格式", FIELDS)


class ToyImporter(Importer):
    """Known by their number, one department's to another's closed."""

    name, label, layouts = "toys", "玩具许可", (LAYOUT,)

    def key(self, values):
        return values["number"]

    def title(self, values):
        return f"{values.get('number', '')} {values.get('name', '')}"

    def existing(self, keys, department):
        return {each.number: each for each in Toy.objects.filter(number__in=keys)}

    def validate(self, given):
        until, decided = given.values.get("until"), given.values.get("decided")
        if until and decided and until < decided:
            yield given.problem("until", "早于决定日期。", "请核对。")

    def refuse(self, given, record, user, department, found):
        if record is not None and record.department_id != department.pk:
            yield given.problem("number", "是其他部门的记录。", "请联系该部门。")

    def apply(self, new, changed, user, sheet_import):
        department = sheet_import.department
        made = [Toy(**given.values, department=department) for given in new]
        bulk_create_with_history(made, user, "导入")
        fields = set()
        for each in changed:
            fields.update(each.fields)
            for name in each.fields:
                setattr(each.record, name, each.given.values[name])
        bulk_update_with_history([each.record for each in changed], fields, user, "导入")


class ToyAdmin(RecordAdmin):
    """The list."""

    model = Toy
    list_display = ("name", "number", "kind", "department", "decided")
    list_filter = ("kind", "public")
    list_select_related = ("department",)
    search_fields = ("name", "number")
    sortable_by = ("decided",)

    def may_enter(self, user):
        return bool(duties_of(user).departments) or user.is_superuser

    def visible_to(self, user):
        return visible_to(user)


def visible_to(user):
    """Toys of the departments for which the user holds a post; all for the superuser."""
    if user.is_superuser:
        return Toy.objects.all()
    return Toy.objects.filter(department__in=duties_of(user).departments)


def may_revert(user, record):
    """Officers of the toy's department."""
    return record.department_id in duties_of(user).officer_of


def _urls():
    from wagtail.admin.auth import require_admin_access
    from wagtail.utils.urlpatterns import decorate_urlpatterns

    listed = [
        *ToyAdmin().get_admin_urls_for_registration(),
        *record_urls(Toy, visible_to, may_revert),
    ]
    return decorate_urlpatterns(listed, require_admin_access)


urlpatterns = [path("admin/", include(_urls())), *portal_urls]


def make_tables():
    """The tables of toys and their versions, in the transaction of the test."""
    editor = connection.schema_editor()
    editor.deferred_sql = []
    for model in (Toy, Toy.history.model):
        sql, params = editor.table_sql(model)
        with connection.cursor() as cursor:
            cursor.execute(sql, params or None)
            for statement in editor.deferred_sql:
                cursor.execute(str(statement))
            for statement in editor._model_indexes_sql(model):
                cursor.execute(str(statement))
        editor.deferred_sql = []


def officer_of(department):
    """Anybody who is its officer."""
    return User.objects.filter(appointments__department=department).first()


def toy(house, **values):
    values = {"name": "甲公司", "number": "1号", "decided": date(2016, 9, 1), **values}
    values.setdefault("department", house.departments["a"])
    return save_with_reason(Toy(**values), house.alice, "登记")


def get(house, user, name, *args, **query):
    return house.client(user).get(reverse(name, args=args), query)

"""Lists of records in the admin, over wagtail-modeladmin: `RecordAdmin`.

wagtail-modeladmin counts every row, scans every text and exports what it lists. Here counting
stops at a bound, searching goes by the index, exporting is the business of `exports`.
"""

from django.core.paginator import InvalidPage
from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.paginator import WagtailPaginator
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.helpers.search import BaseSearchHandler
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup
from wagtail_modeladmin.views import IndexView, InspectView

from extensions.base.records.history_desk import history_url
from extensions.base.records.showing import MASK, Eyes

__all__ = ["RecordAdmin", "RecordAdminGroup"]

#: Rows that a list counts and pages through; whoever wants more narrows it.
BOUND = 5000


class BoundedPaginator(WagtailPaginator):
    """A paginator that counts to BOUND: what is beyond is told as “more”, and not counted."""

    @cached_property
    def count(self):
        """Rows, at most BOUND."""
        return self.object_list.order_by()[:BOUND].count()

    @property
    def is_bounded(self):
        """Whether there may be more rows than are counted."""
        return self.count == BOUND


class IndexedSearch(BaseSearchHandler):
    """Finds rows by texts within their indexed fields.

    Each field is looked through in its own index, which holds nothing else: the rows themselves,
    ten times as large, are read for what was found only.
    """

    @property
    def show_search_form(self):
        """Whether there is anything to search in."""
        return bool(self.search_fields)

    def search_queryset(self, queryset, search_term, **kwargs):
        """The rows that hold every word of the term in one of the fields or another."""
        for word in search_term.split()[:5]:
            queryset = queryset.filter(self._holding(queryset, word))
        return queryset

    def _holding(self, queryset, word):
        anywhere = Q()
        found = set()
        for name in self.search_fields:
            holds = _holds(name, word)
            anywhere |= holds
            rows = queryset.model._default_manager.filter(holds).order_by()
            found.update(rows.values_list("pk", flat=True)[: BOUND + 1])
            if len(found) > BOUND:  # a common word: a page of rows is soon full
                return anywhere
        return Q(pk__in=found)


def _holds(name, word):
    """The condition that a field holds a word. Where there is no case, `LIKE` need not look for
    it: SQLite finds a text in a text three times as fast without."""
    if word.upper() != word.lower():
        return Q(**{f"{name}__icontains": word})
    return Q(GreaterThan(StrIndex(F(name), Value(word)), 0))


class RecordPermissions(PermissionHelper):
    """Looking is for those who may enter; writing goes through the extension's own desk."""

    admin = None

    def user_can_list(self, user):
        """Whether the user may see the list at all."""
        return self.admin.may_enter(user)

    def user_can_create(self, user):
        """Records are made by the extension's own form, where it has one."""
        return bool(self.admin.create_url(user))

    def user_can_inspect_obj(self, user, obj):
        """A record that is in the user's list may be looked at."""
        return self.user_can_list(user) and self.admin.visible_to(user).filter(pk=obj.pk).exists()

    def user_can_edit_obj(self, user, obj):
        """Never here: see `edit_url`."""
        return False

    user_can_delete_obj = user_can_edit_obj

    def user_has_any_permissions(self, user):
        """What the menu asks."""
        return self.user_can_list(user)


class RecordButtons(ButtonHelper):
    """The buttons of a line: look, edit in the extension's own desk, history."""

    def get_buttons_for_obj(self, obj, exclude=None, classnames_add=None, classnames_exclude=None):
        """Built without asking the database for each row: what is listed may be looked at."""
        in_list = "inspect" not in (exclude or ())
        desk = self.view.model_admin.desk_url(obj, self.request.user)
        found = [(_("办理"), desk), (_("历史"), history_url(obj))]
        if in_list:
            found.insert(0, (_("查看"), self.url_helper.get_action_url("inspect", obj.pk)))
        # The foot of the page of one record is dark.
        classes = "button button-small button-secondary" if in_list else "button"
        return [
            {"url": url, "label": label, "title": f"{label} {obj}", "classname": classes}
            for label, url in found
            if url
        ]

    def get_primary_button(self, obj):
        """Where the first column leads."""
        desk = self.view.model_admin.desk_url(obj, self.request.user)
        return {"url": desk or self.url_helper.get_action_url("inspect", obj.pk), "title": ""}

    def add_button(self, classnames_add=None, classnames_exclude=None):
        """The button above the list."""
        label = _("新增%(what)s") % {"what": self.verbose_name}
        names = [*self.add_button_classnames, *(classnames_add or ())]
        return {
            "url": self.view.model_admin.create_url(self.request.user),
            "label": label,
            "title": label,
            "icon": "plus",
            "classname": self.finalise_classname(names, classnames_exclude or []),
        }


class RecordIndexView(IndexView):
    """The list: no stock export, a bounded count, nothing of the address but what was declared."""

    paginator_class = BoundedPaginator

    def dispatch(self, request, *args, **kwargs):
        """As the stock view, but never an export: that would go past `exports` and its audit."""
        request.GET = request.GET.copy()
        request.GET.pop(self.EXPORT_VAR, None)
        self.sortable_by = self.model_admin.sortable_by
        return super().dispatch(request, *args, **kwargs)

    def get_filters(self, request):
        """The declared filters alone: stock takes any lookup, of secret fields too."""
        specs, has_filters, _any_lookup, distinct = super().get_filters(request)
        return specs, has_filters, {}, distinct

    def get_ordering_field(self, field_name):
        """Sorting by what has no index would sort everything."""
        return super().get_ordering_field(field_name) if field_name in self.sortable_by else None

    def get_ordering(self, request, queryset):
        """The primary key runs the way of what comes before it, as in an index."""
        found = super().get_ordering(request, queryset)
        turned = {} if found[0].startswith("-") else {"-pk": "pk", f"-{self.opts.pk.name}": "pk"}
        return [turned.get(name, name) for name in found]

    def get_context_data(self, **kwargs):
        """The stock context, with one bounded count instead of two counts of everything."""
        paginator = self.paginator_class(self.queryset, self.items_per_page)
        try:
            page = paginator.page(self.page_num)
        except InvalidPage:
            page = paginator.page(1)
        context = {
            "view": self,
            "all_count": paginator.count or self.get_base_queryset().order_by()[:1].count(),
            "result_count": paginator.count,
            "paginator": paginator,
            "page_obj": page,
            "elided_page_range": paginator.get_elided_page_range(page.number),
            "object_list": page.object_list,
            "user_can_create": self.permission_helper.user_can_create(self.request.user),
            "show_search": self.search_handler.show_search_form,
            "links": self.model_admin.links(self.request),
            "bound": BOUND if paginator.is_bounded else 0,
            **kwargs,
        }
        return super(IndexView, self).get_context_data(**context)


class RecordInspectView(InspectView):
    """One record, field by field; secrets masked for those who may not see them."""

    page_title = gettext_lazy("查看")

    def get_meta_title(self):
        """What the window is called."""
        return f"{self.page_title} {self.instance}"

    def get_field_display_value(self, field_name, field=None):
        """The value as the viewer may see it."""
        if field_name in self.eyes.secret:
            return MASK if getattr(self.instance, field_name, "") else ""
        return super().get_field_display_value(field_name, field)

    @cached_property
    def eyes(self):
        """How the viewer sees the model."""
        return Eyes(self.model, self.request.user)


class RecordAdmin(ModelAdmin):
    """A list of records; the extension says who sees which, and where they are worked on.

    class LicenceAdmin(RecordAdmin):
        model, menu_label = Licence, _("行政许可")
        list_display, list_filter = ("name", "number", "state"), ("state", "department")
        search_fields = ("name", "number")  # indexed fields
        def visible_to(self, user): ...

    `list_filter`: fields with choices or relations to few rows, or `SimpleListFilter`s; one that
    asks the table for its values grows with it.
    """

    index_view_class = RecordIndexView
    inspect_view_class = RecordInspectView
    inspect_view_enabled = True
    history_view_enabled = False
    search_handler_class = IndexedSearch
    button_helper_class = RecordButtons
    index_template_name = "ext_base/records/index.html"
    index_view_extra_css = ["review/review.css", "ext_base/records.css"]
    list_per_page = 50
    ordering = ("-pk",)
    #: Fields by whose headings one may sort: with an index, best behind that of the department.
    sortable_by = ()

    def get_permission_helper_class(self):
        """The rules above, knowing this list."""
        return type("Permissions", (RecordPermissions,), {"admin": self})

    def may_enter(self, user):
        """Whether the user sees the list (and its menu item) at all."""
        return user.has_perm(f"{self.opts.app_label}.view_{self.opts.model_name}")

    def visible_to(self, user):
        """The records that the user may see."""
        raise NotImplementedError  # abstract: each list says whose records it shows

    def desk_url(self, record, user):
        """Where the record is worked on; empty for none. Called per row: no query."""
        return record.review_url() if hasattr(record, "review_url") else ""

    def create_url(self, user):
        """Where a record is made; empty if the user may not."""
        return ""

    def links(self, request):
        """(label, address) of links above the list: downloads of what is filtered, imports."""
        return []

    def get_queryset(self, request):
        """The user's records, in the list's order."""
        return self.visible_to(request.user).order_by(*self.get_ordering(request))

    def get_inspect_view_fields(self):
        """Every field but those that nobody should see."""
        unshown = {self.opts.pk.name, *getattr(self.model, "unshown_fields", ())}
        return [name for name in super().get_inspect_view_fields() if name not in unshown]

    def get_admin_urls_for_registration(self):
        """Only looking: the stock forms would write past the extension's verbs."""
        kept = {self.url_helper.get_action_url_name(name) for name in ("index", "inspect")}
        return tuple(u for u in super().get_admin_urls_for_registration() if u.name in kept)

    def register_indexing(self):
        """Not in Wagtail's index of references: records refer to no page."""

    def register_admin_url_finders(self):
        """The log's links lead to the extension's desk, not to a stock form that is not there."""


class RecordAdminGroup(ModelAdminGroup):
    """Several lists under one menu item."""

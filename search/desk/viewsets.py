"""Core's lists and forms for what is entered word by word; core logs who changed what."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from page_types.publication.snapshot import snapshot
from search.desk.rights import DeskPolicy
from search.vocabulary_models import ColumnBoost, DictionaryWord, HiddenQuery, StopWord, Synonym


class DeskViewSet(ModelViewSet):
    """A list of the desk: for its people, reached from the desk's own navigation."""

    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50

    @property
    def permission_policy(self):
        return DeskPolicy(self.model)

    @property
    def label(self):
        """What the list is called."""
        return self.model._meta.verbose_name_plural

    @property
    def index_name(self):
        """The name of the list's address."""
        return self.get_url_name("index")


class SynonymForm(WagtailAdminModelForm):
    """A group may be begun with a query that found nothing: `?words=`."""

    class Meta:
        model = Synonym
        fields = ["words", "active", "note"]
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}


class Synonyms(DeskViewSet):
    """同义词."""

    model = Synonym
    name = "search_synonyms"
    icon = "link"
    list_display = ["words", BooleanColumn("active", label=_("启用")), "note", "updated_at"]
    list_filter = ["active"]
    search_fields = ["words", "note"]

    @property
    def index_view_class(self):
        class Index(super().index_view_class):
            @property
            def header_buttons(view):
                url = reverse("search_desk:paste")
                return [
                    *super().header_buttons,
                    HeaderButton(_("成批添加"), url=url, icon_name="upload"),
                ]

        return Index

    def get_form_class(self, for_update=False):
        return SynonymForm

    @property
    def add_view_class(self):
        class Add(super().add_view_class):
            def get_initial(self):
                return {**super().get_initial(), "words": self.request.GET.get("words", "")[:60]}

        return Add


class Words(DeskViewSet):
    """词典."""

    model = DictionaryWord
    name = "search_words"
    icon = "list-ul"
    list_display = ["word", "note", "updated_at"]
    search_fields = ["word", "note"]
    form_fields = ["word", "note"]


class StopWords(DeskViewSet):
    """停用词."""

    model = StopWord
    name = "search_stop_words"
    icon = "cross"
    list_display = ["word", BooleanColumn("stops", label=_("不参加检索")), "note", "updated_at"]
    list_filter = ["stops"]
    search_fields = ["word", "note"]
    form_fields = ["word", "stops", "note"]


class HiddenQueries(DeskViewSet):
    """不显示的检索词."""

    model = HiddenQuery
    name = "search_hidden"
    icon = "no-view"
    list_display = ["word", "note", "updated_at"]
    search_fields = ["word", "note"]
    form_fields = ["word", "note"]


class BoostForm(WagtailAdminModelForm):
    """Columns by their place in the menu."""

    class Meta:
        model = ColumnBoost
        fields = ["column", "points", "note"]
        widgets = {"column": forms.Select(attrs={"class": "search-column"})}

    class Media:
        css = {"all": ["search/desk.css"]}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = [
            (node.pk, " › ".join(each.title for each in node.line)) for node in snapshot().walk()
        ]
        self.fields["column"].choices = [("", "---------"), *names]


class Boosts(DeskViewSet):
    """栏目权重."""

    model = ColumnBoost
    name = "search_boosts"
    icon = "order"
    list_display = [
        Column("column_title", label=_("栏目")),
        Column("get_points_display", label=_("排序"), sort_key="points"),
        "note",
        "updated_at",
    ]

    def get_form_class(self, for_update=False):
        return BoostForm


#: In the order of the desk's navigation.
VIEWSETS = (Synonyms(), Words(), StopWords(), Boosts(), HiddenQueries())

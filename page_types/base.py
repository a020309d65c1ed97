"""PortalPage: what every page of the portal is. Writing is Wagtail's; reading is the ledger's."""

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page, TaskState

from page_types.organisation.duties import duties_of
from page_types.organisation.models import Department
from page_types.own_files import OwnFiles
from page_types.permissions import PortalPagePermissionTester, may_draft_in, may_name
from page_types.publication.addresses import path_of_page
from page_types.publication.columns import column_of
from page_types.publication.indexing import next_index_number
from page_types.publication.models import Address, Column
from page_types.slugs import RESERVED, suggest


def conceal(form, user):
    """Core's page chooser shows the title of whatever page a request names by its number."""
    for field in form.fields.values():
        if isinstance(field.widget, AdminPageChooser):
            find = field.widget.get_instance
            field.widget.get_instance = lambda value, find=find: (
                page if (page := find(value)) and may_name(user, page) else None
            )


class PortalCopyForm(CopyForm):
    """Copying makes drafts. Stock offers "publish" and "alias" by the policy, not by our tester."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)
        columns = Column.objects.exclude(page_id=None).values("page_id")
        self.fields["new_parent_page"].queryset = Page.objects.filter(pk__in=columns)
        conceal(self, self.user)


class PortalPageForm(WagtailAdminPageForm):
    """The department is set by the server; an empty address is made from the title."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "留空则由标题自动生成；发布后改动，旧网址自动跳转到新网址。"
            )
        self.own_files = OwnFiles(self.for_user, self.instance)
        self.own_files.guard(self)
        for formset in self.formsets.values():
            for form in formset.forms:
                conceal(form, self.for_user)
                self.own_files.guard(form)

    def _post_clean(self):
        # Core lets obligatory fields wait until a draft is submitted; so do rules between fields.
        self.instance.checks_text = not self.is_deferred_validation
        super()._post_clean()

    def clean_slug(self):
        slug = self.cleaned_data.get("slug") or ""
        if slug in RESERVED:
            raise ValidationError(_("“%(slug)s”是系统保留的网址，请换一个。") % {"slug": slug})
        column = self._column()
        taken = column and Address.objects.filter(column=column, slug=slug).exclude(
            page_id=self.instance.pk
        )
        if slug and taken and taken.exists():
            raise ValidationError(
                _("网址“%(slug)s”已属于本栏目的另一页面，请换一个。") % {"slug": slug}
            )
        return slug

    def _column(self):
        if self.instance.pk:
            return column_of(self.instance)
        return column_of(self.parent_page) if self.parent_page else None

    def clean(self):
        cleaned = super().clean()
        self.own_files.refuse()
        column = self._column()
        if not self.instance.pk and self.instance.department_id is None and column:
            department = drafting_department(self.for_user, column)
            if department is None:
                raise ValidationError(_("您不是可在本栏目供稿的部门的信息员，不能在此新建。"))
            self.instance.department_id = department
        if "slug" in self.fields and not cleaned.get("slug") and column:
            kept = self.instance.slug if self._has_address(column) else ""
            cleaned["slug"] = self.instance.slug = kept or suggest(
                cleaned.get("title") or "", column.pk, self.instance.pk, self._siblings()
            )
        return cleaned

    def _has_address(self, column):
        """Whether readers may know the page's address: a new title alone does not change it."""
        pk = self.instance.pk
        return pk is not None and Address.objects.filter(column=column, page_id=pk).exists()

    def _siblings(self):
        parent = self.parent_page or self.instance.get_parent()
        return parent.get_children().exclude(pk=self.instance.pk).values_list("slug", flat=True)


def drafting_department(user, column):
    """The department (primary key) for which the user drafts in the column, or None."""
    duties = duties_of(user)
    mine = (
        duties.officer_of
        if not user.is_superuser
        else frozenset(filter(None, [user.department_id]))
    )
    for department in sorted(mine, key=lambda pk: pk != user.department_id):
        if may_draft_in(column, department):
            return department
    return None


class PortalPage(Page):
    """Concrete parent of all page types, so that one query narrows a listing by department."""

    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="pages",
        verbose_name=_("责任处室"),
    )

    #: Raised, with an upgrade function, whenever a field or block changes its shape.
    text_schema = 1
    #: Fields that the plan or the server sets: no text, no form field, kept over every draft.
    plan_fields = ("department",)
    #: What belongs to this one document: "duplicate as a draft" leaves it empty.
    not_copied = ()
    #: Whether the page is the text of a column (its address belongs to the column).
    is_column_text = False

    base_form_class = PortalPageForm
    copy_form_class = PortalCopyForm
    # No "private pages": what is public is decided by the ledger alone.
    private_page_options = []
    is_creatable = False
    content_panels = [FieldPanel("title")]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    #: Core publishes at these dates past the ledger; here they are sealed with the text and kept by
    #: `publication.schedule`.
    settings_panels = [
        MultiFieldPanel(
            [FieldPanel("go_live_at"), FieldPanel("expire_at")],
            heading=_("定时"),
            help_text=_(
                "随稿件一起送审。批准后到时间自动发布、自动撤下；不填则批准后立即发布，长期公开。"
            ),
        )
    ]

    class Meta:
        verbose_name = _("页面")

    #: Whether `clean` asks `check_text`: the form says so at submission, a draft may be unfinished.
    checks_text = False

    # -- writing side ------------------------------------------------------------------------

    def clean(self):
        super().clean()
        if self.checks_text:
            self.check_text()

    def check_text(self):
        """Raise ValidationError (field -> message) for what a draft may hold and not go out with.

        Asked by the form at submission, and of every text submitted by whatever route.
        """

    def _set_core_field_defaults(self):
        """Core's ASCII rules leave nothing of a Chinese title; ours makes pinyin of it."""
        if not self.slug and self.title and self.path:
            if column := column_of(self):
                self.slug = suggest(self.title, column.pk, self.pk, self._sibling_slugs())
        super()._set_core_field_defaults()

    def _sibling_slugs(self):
        return set(self.get_siblings().exclude(pk=self.pk).values_list("slug", flat=True))

    def permissions_for_user(self, user):
        """Core grants what a group holds above; ours takes it back by column and department."""
        return PortalPagePermissionTester(user, self)

    def with_content_json(self, content):
        """Core takes every field from the draft; a draft must not change who may edit or review."""
        page = super().with_content_json(content)
        for name in self.plan_fields:
            attname = self._meta.get_field(name).attname
            setattr(page, attname, getattr(self, attname))
        return page

    def save_revision(self, *args, overwrite_revision=None, **kwargs):
        """Core lets autosave rewrite a revision in place; one under review stays as it is."""
        if overwrite_revision and TaskState.objects.filter(revision=overwrite_revision).exists():
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def get_admin_display_title(self):
        """Core shows the draft's title also of public pages, to everybody who can list them."""
        return self.title if self.live else super().get_admin_display_title()

    # -- reading side ------------------------------------------------------------------------

    def get_url_parts(self, request=None):
        """Core walks the tree; the address is what the ledger says, and None while not public."""
        from django.conf import settings

        path = path_of_page(self)
        return None if path is None else (1, settings.SITE_URL, path)

    def route(self, request, path_components):
        """Core finds a page by the tree, for its link chooser too, and shows the draft's title."""
        raise Http404

    def serve(self, request, *args, **kwargs):
        """Core renders the row; the public reads the ledger only (`publication.router`)."""
        raise Http404

    def serve_preview(self, request, mode_name):
        """The public view itself, with an entry made from the draft."""
        from page_types.publication.preview import preview

        return preview(request, self)

    # -- what the ledger asks of a text --------------------------------------------------------

    def public_summary(self):
        """One or two sentences for lists and meta tags."""
        return self.search_description

    def facts_at_first_publication(self, event):
        """Facts that the ledger gives once and no text may change: the 索引号, never used again."""
        return {"index_number": next_index_number(event.shown_at.year)} if self.in_catalogue else {}

    #: Fields of which at least one must say something before the page can be submitted.
    speaking_fields = ("body",)
    #: Whether the page is filed in the catalogue of government information (and has a 索引号).
    in_catalogue = False

    def public_line(self):
        """What a list shows beside title and summary: plain JSON values, labels in Chinese."""
        return {}

    def line_of(self, entry):
        """What lists show of a public page: `public_line`, and in the catalogue the 生成日期."""
        formed = self.formed_on(entry) if self.in_catalogue else None
        return {**({"formed_on": formed.isoformat()} if formed else {}), **self.public_line()}

    def facets_of(self, entry):
        """(name, value) pairs by which the catalogue finds the page: organ, genre, topic, year."""
        if not self.in_catalogue:
            return []
        return [
            ("catalogue", "all"),
            ("organ", entry.department.code),
            ("year", str((self.formed_on(entry) or localtime(entry.first_published_at)).year)),
        ]

    def formed_on(self, entry):
        """生成日期: the day the information came into being (Art 12), or None if unknown."""
        return localtime(entry.first_published_at).date()

    def relations(self):
        """page id -> relation, for pointers whose field alone does not say it."""
        return {}

    def date_to_show(self):
        """The moment visitors see as its date, where the text itself fixes one; else None."""
        return None

    def structured_type(self):
        """The schema.org type of the page and what it adds: (type, dict)."""
        return "Article", {}

    def leads_to(self):
        """The path of this site to which visitors are sent on at once; "" for an ordinary page."""
        return ""

    def also_shown_in_ids(self):
        """Columns in whose lists the page stands besides its own."""
        return []

    def public_context(self, reading, entry):
        """More context for the public template."""
        return {}

"""The home page: what is new, what can be done here, and who is responsible."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from page_types import special_lists
from page_types.base import PortalPage
from page_types.blocks import PARAGRAPH_FEATURES
from page_types.publication import lists
from page_types.publication.snapshot import SHARED_OWNERS

#: Kinds whose newest entries the home page shows, and how many.
SECTIONS = {"news": 8, "notice": 6, "policy": 6, "pictures": 4}


class HomePage(PortalPage):
    """One a portal; its title is the bureau's name."""

    lead = RichTextField(_("导语"), blank=True, features=PARAGRAPH_FEATURES)

    is_column_text = True
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["page_types.ColumnPage"]
    content_panels = [*PortalPage.content_panels, FieldPanel("lead")]
    promote_panels = [FieldPanel("search_description")]
    settings_panels = []  # a column stands as long as the plan has it

    class Meta:
        verbose_name = _("首页")

    def public_context(self, reading, entry):
        site = reading.site
        sections = lists.newest_of_kinds(site, SECTIONS)
        return {
            "sections": sections,
            "thumbnails": special_lists.thumbnails(sections["pictures"]),
            "responsible": _responsible(site),
            "service_columns": _of_kind(site, "service"),
            "topic_columns": _of_kind(site, "topic"),
        }


def _responsible(site):
    """(owner, columns) in the plan's order of departments; shared columns come last."""
    columns = {name: [] for name in [*site.departments, *SHARED_OWNERS]}
    for node in site.walk():
        for owner in node.owners if not node.group else ():
            columns[owner].append(node)
    return [(owner, owned) for owner, owned in columns.items() if owned]


def _of_kind(site, kind):
    return [node for node in site.walk() if node.kind == kind and not node.group]

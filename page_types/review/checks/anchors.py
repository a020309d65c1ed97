"""Where in the editor a field stands: the element that a problem's link leads to."""

from functools import cache

from wagtail.admin.panels import FieldPanel, InlinePanel, PanelGroup


@cache
def _sections(model):
    """field name -> id of the section of the editor's form that shows it.

    Core makes these ids of the panels' names while it binds them (`PanelGroup.BoundPanel`,
    `wagtailadmin/shared/panel.html`): that of the panel above, and the panel's own.
    """
    found = {}

    def walk(panel, prefix, section, depth):
        if isinstance(panel, PanelGroup):
            for child, name in zip(panel.children, panel.child_identifiers, strict=True):
                # A tab is no section, and within a section nothing else is one.
                own = section or (f"{prefix}-{name}-section" if depth else "")
                walk(child, f"{prefix}-child-{name}", own, depth + 1)
        elif isinstance(panel, FieldPanel):
            found.setdefault(panel.field_name, section)
        elif isinstance(panel, InlinePanel):
            found.setdefault(panel.relation_name, section)

    walk(model.get_edit_handler(), "panel", "", 0)
    return found


def anchor_of(model, field):
    """The id of the field's section, or "" where the editor does not show it."""
    return _sections(model).get(field, "")


def block_anchor(number):
    """The id of a block of a body, by the block's own id."""
    return f"block-{number}-section" if number else ""

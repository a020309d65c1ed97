"""The admin in the portal's own colour."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def admin_colour():
    """Wagtail's colours are custom properties; ours only sets the primary one."""
    return format_html('<link rel="stylesheet" href="{}">', static("theme/admin.css"))


@hooks.register("construct_help_menu")
def no_foreign_help(request, items):
    """Core's guide and news of Wagtail are English, elsewhere, and advertised by a badge."""
    foreign = ("editor-guide", "whats-new")
    items[:] = [item for item in items if not item.name.startswith(foreign)]

"""Closes admin views that never ask who may see a page.

Core's chooser, bulk, move and cancellation screens show the title of any page whose number they are
given (measured, one by one). Every page number in an admin address or query must be visible.
"""

from django.http import Http404

PAGE_ARGUMENTS = (
    "page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk",
)  # fmt: skip
#: Fields of core's forms that name the page to copy, move or create below: answers show its title.
PAGE_FIELDS = ("new_parent_page", "parent_page", "chooser")
#: Changing chains is the plan's business: these screens of core would do it behind its back.
CHAIN_SCREENS = {
    "add", "enable", "disable", "edit", "remove", "add_task", "select_task_type", "edit_task",
    "disable_task", "enable_task", "task_chooser_create",
}  # fmt: skip
#: Core lists the files of all collections there, and no screen of the admin asks for it.
FILES_IN_API = {"wagtailadmin_api:images", "wagtailadmin_api:documents"}
BUREAU_WIDE_REPORTS = {"page_types_usage", "page_types_usage_results"}


class DepartmentGuard:
    """Middleware: answers as core does when somebody lacks the right, before the view is asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if not _is_admin(match) or not request.user.is_authenticated:
            return None
        from wagtail.admin.auth import permission_denied

        return None if _may_ask(request, match, args, kwargs) else permission_denied(request)


def _is_admin(match):
    return any(
        (name or "").startswith(("wagtailadmin", "wagtail_bulk")) for name in
        (*match.namespaces, match.url_name)
    )  # fmt: skip


def _may_ask(request, match, args, kwargs):
    from wagtail.models import Page

    from page_types.organisation.duties import duties_of
    from page_types.review.policy import linkable, visible

    space, name = match.namespace, match.url_name or ""
    if space in FILES_IN_API or (space == "wagtailadmin_workflows" and name in CHAIN_SCREENS):
        return False
    if request.user.is_superuser or duties_of(request.user).sees_all:
        _page_ids(request, space, name, args, kwargs)  # a number that is none is still a 404
        return True
    if space == "wagtailadmin_reports" and name in BUREAU_WIDE_REPORTS:
        return False
    asked = Page.objects.filter(pk__in=_page_ids(request, space, name, args, kwargs))
    seen = linkable if name.startswith("wagtailadmin_choose_page") else visible
    return not asked.exclude(seen(request.user)).exists()


def _page_ids(request, space, name, args, kwargs):
    """Every page number in the address, the query and the fields of an admin view."""
    found = [kwargs[key] for key in PAGE_ARGUMENTS if key in kwargs]
    if space == "wagtailadmin_pages":
        found += args[:1]  # `revisions_compare` has positional arguments
    about = f"{kwargs.get('app_label')}.{kwargs.get('model_name')}"
    if about == "wagtailcore.page" and "object_id" in kwargs:
        found.append(kwargs["object_id"])
    if about == "wagtailcore.page" or name.startswith("wagtailadmin_choose_page"):
        for key in ("id", "childOf", "target_pages[]"):
            found += request.GET.getlist(key)
    if space == "wagtailadmin_pages" or about == "wagtailcore.page":
        for key in PAGE_FIELDS:
            found += request.POST.getlist(key)
    try:
        return {int(pk) for pk in found if pk not in ("", "all")}
    except (TypeError, ValueError):
        raise Http404 from None

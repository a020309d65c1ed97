"""Who sees which pages in the admin's lists: columns all, drafts those of one's department.

The page tester answers for one page; lists, searches, reports and the admin API ask the policy and
are narrowed here by one condition of the query.
"""

from functools import wraps

from django.db.models import Q
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.documents.views.bulk_actions.document_bulk_action import DocumentBulkAction
from wagtail.images.views.bulk_actions.image_bulk_action import ImageBulkAction
from wagtail.permission_policies.pages import PagePermissionPolicy

from page_types.base import PortalPage
from page_types.organisation.duties import duties_of
from page_types.publication.models import Column, Entry


def visible(user):
    """The condition on pages that this user may see in the admin."""
    duties = duties_of(user)
    if user.is_superuser or duties.sees_all:
        return Q()
    mine = PortalPage.objects.filter(department_id__in=duties.departments)
    columns = Column.objects.exclude(page_id=None)
    return Q(depth=1) | Q(pk__in=columns.values("page_id")) | Q(pk__in=mine.values("pk"))


def linkable(user):
    """Pages to which this user may link: what he sees, and whatever is public."""
    seen = visible(user)  # an empty condition means everything
    return seen | Q(pk__in=Entry.objects.values("pk")) if seen else seen


def narrow():
    """Called once, when the room is ready."""
    _narrow_policy()
    _narrow_bulk_actions()
    for action in (ImageBulkAction, DocumentBulkAction):
        _say_nothing_of_others(action)
    # Nine actions that write (a draft can be replaced in spite of every lock); the explorer's menu
    # only reads.
    PagesAdminAPIViewSet.actions = {}


def _narrow_policy():
    """Core: everything below a grant. On the class, since the admin API makes its own policy.

    `explorable_instances` begins with the same method and adds columns only (the ancestors of
    grants), so that it is narrowed with it.
    """
    original = PagePermissionPolicy.instances_user_has_any_permission_for

    @wraps(original)
    def narrowed(self, user, actions):
        return original(self, user, actions).filter(visible(user))

    PagePermissionPolicy.instances_user_has_any_permission_for = narrowed


def _narrow_bulk_actions():
    """Core: "all in this list" means all, seen or not."""
    original = PageBulkAction.get_all_objects_in_listing_query

    @wraps(original)
    def narrowed(self, parent_id):
        found = [getattr(item, "pk", item) for item in original(self, parent_id)]
        return list(
            self.model.objects.filter(visible(self.request.user), pk__in=found).values_list(
                "pk", flat=True
            )
        )

    PageBulkAction.get_all_objects_in_listing_query = narrowed


def _say_nothing_of_others(action):
    """Core lists the files it may not touch for this user, with their titles."""
    original = action.get_context_data

    @wraps(original)
    def narrowed(self, **kwargs):
        return {**original(self, **kwargs), "items_with_no_access": []}

    action.get_context_data = narrowed

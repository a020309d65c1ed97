"""The page tester: what a user may do with a page, by nearest column and the page's department.

Wagtail's grants inherit downward and cannot be taken back below; ours only make a place reachable,
and this tester takes back what the post does not give. Superusers meet the same tester.
"""

from wagtail.models import Page, PagePermissionTester

from page_types.organisation.duties import duties_of
from page_types.organisation.models import Post
from page_types.publication.addresses import was_public
from page_types.publication.models import Column, Entry

_CACHE = "_columns_by_path"


def may_draft_in(column, department_id):
    """Whether officers of the department may draft in the column: owner, contributor or shared."""
    if column.group or column.key == Column.HOME:
        return False
    if column.shared or column.open_to_all:
        return True
    return any(
        department.pk == department_id
        for relation in (column.owners, column.contributors)
        for department in relation.all()
    )


def columns_by_path(user):
    """Tree path of each column page -> its Column; kept as long as the user object."""
    if (cached := getattr(user, _CACHE, None)) is None:
        columns = {
            column.page_id: column
            for column in Column.objects.exclude(page_id=None).prefetch_related(
                "owners", "contributors"
            )
        }
        paths = Page.objects.filter(pk__in=columns).values_list("path", "pk")
        cached = {path: columns[pk] for path, pk in paths}
        setattr(user, _CACHE, cached)
    return cached


def forget_columns(user):
    """Read the columns again (after a change within one request)."""
    if hasattr(user, _CACHE):
        delattr(user, _CACHE)


def nearest_column(user, page):
    """The column of a page, by its tree path; None for the root."""
    columns = columns_by_path(user)
    for end in range(len(page.path), 0, -page.steplen):
        if column := columns.get(page.path[:end]):
            return column
    return None


def may_name(user, page):
    """Whether the title of a specific page may be shown to the user: he sees it, or everyone."""
    seen = PortalPagePermissionTester(user, page).may_see()
    return seen or Entry.objects.filter(pk=page.pk).exists()


class PortalPagePermissionTester(PagePermissionTester):
    """Core's questions, answered by posts. Nobody may publish, unpublish or set privacy here."""

    def __init__(self, user, page):
        super().__init__(user, page)
        self.duties = duties_of(user)
        self.column = nearest_column(user, page)
        self.is_column_page = self.column is not None and self.column.page_id == page.pk
        if not self.user.is_superuser and self.user.is_active and not self.may_see():
            self.permissions = set()

    # -- seeing ------------------------------------------------------------------------------

    def may_see(self):
        """Columns are seen by everyone here; drafts by their department and the bureau."""
        if self.page.pk is None:  # being created: whether it may be, the column above says
            return True
        if self.user.is_superuser or self.page.depth <= 2 or self.is_column_page:
            return True
        return self.duties.may_see(self.page.department_id)

    def can_view_revisions(self):
        return self.may_see() and super().can_view_revisions()

    # -- writing -----------------------------------------------------------------------------

    def may_write(self):
        """Whether the user is an officer who may write this page."""
        if not self.user.is_active or self.page_is_root or self.column is None:
            return False
        if self.user.is_superuser:
            return True
        if self.is_column_page:
            return bool(self.duties.officer_of & self._writers_of_column())
        return self.page.department_id in self.duties.officer_of and may_draft_in(
            self.column, self.page.department_id
        )

    def _writers_of_column(self):
        """Departments whose officers write the column's own text: for shared ones the office."""
        if self.column.shared or self.column.key == Column.HOME:
            return {self.page.department_id}
        return {department.pk for department in self.column.owners.all()}

    def _in_review(self):
        return bool(self.page.workflow_in_progress)

    def can_edit(self):
        if self.page.alias_of_id:
            return False
        if self.may_write():
            return True
        # A reviewer opens the editor read-only while the page is at his step (it is locked).
        task = self.page.current_workflow_task if self.may_see() else None
        return bool(task and task.user_can_access_editor(self.page, self.user))

    def can_add_subpage(self):
        if not self.is_column_page or self.column.group or not self.user.is_active:
            return False
        if not self.user.is_superuser and not any(
            may_draft_in(self.column, department) for department in self.duties.officer_of
        ):
            return False
        return any(
            model.can_create_at(self.page)
            for model in self.page.specific_class.creatable_subpage_models()
        )

    def can_delete(self, ignore_bulk=False):
        """A draft that was never public and is not under review; nothing else, by nobody."""
        if self.is_column_page or not self.may_write():
            return False
        return not was_public(self.page) and not self._in_review() and self.page.is_leaf()

    def can_move(self):
        return self.can_delete(ignore_bulk=True)

    def can_move_to(self, destination):
        if self.page == destination or not self.can_move():
            return False
        if not self.page.specific_class.can_create_at(destination):
            return False
        target = nearest_column(self.user, destination)
        return (
            target is not None
            and target.page_id == destination.pk
            and may_draft_in(target, self.page.department_id)
        )

    def can_copy(self):
        return not self.is_column_page and self.may_write()

    def can_submit_for_moderation(self):
        return self.may_write() and super().can_submit_for_moderation()

    # -- never: approval ends in `publish()`, withdrawal and the like are services -------------

    def can_publish(self):
        return False

    can_unpublish = can_publish_subpage = can_reorder_children = can_publish
    can_set_view_restrictions = can_unschedule = can_publish

    def can_lock(self):
        """Core gives locks to whoever holds a grant; here a page is locked by being in review."""
        return False

    def can_unlock(self):
        return self.user_has_lock() or Post.ADMINISTRATOR in self.duties.posts

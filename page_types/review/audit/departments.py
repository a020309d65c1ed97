"""Whose entry it is: the department of what was done, as it stands at that moment."""

from wagtail.models import Page

from page_types.base import PortalPage
from page_types.organisation.models import Department


def department_of(thing):
    """The department (number) of a page, person, file or record; None if it has none."""
    if isinstance(thing, Department):
        return thing.pk
    if isinstance(thing, Page) and not isinstance(thing, PortalPage):
        return _of_page(thing.pk)
    if found := getattr(thing, "department_id", None):
        return found
    if person := getattr(thing, "user", None):
        return getattr(person, "department_id", None)
    if post := getattr(thing, "post", None):  # a group of a post
        return getattr(post, "department_id", None)
    if collection := getattr(thing, "collection", None):  # one per department, by its name
        return Department.objects.filter(name=collection.name).values_list("pk", flat=True).first()
    if page_id := getattr(thing, "page_id", None):
        return _of_page(page_id)
    return None


def department_of_page(row):
    """The department of the page of a log entry, also if the page is gone from the row."""
    field = type(row)._meta.get_field("page")
    if field.is_cached(row) and isinstance(row.page, PortalPage):
        return row.page.department_id
    return _of_page(row.page_id)


def _of_page(page_id):
    return PortalPage.objects.filter(pk=page_id).values_list("department_id", flat=True).first()

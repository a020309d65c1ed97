"""What the editor and the review screen show of the publish checks."""

from django import template
from django.urls import reverse

from page_types.base import PortalPage
from page_types.publication.texts import text_of
from page_types.review import rules
from page_types.review.checks import secrecy
from page_types.review.checks.anchors import anchor_of
from page_types.review.checks.models import OverriddenCheck
from page_types.review.checks.submission import Findings
from page_types.review.checks.views import in_review
from page_types.review.errors import ReviewRefused
from page_types.review.routes import SHOWN

register = template.Library()


@register.simple_tag
def place_of(problem, page, base=""):
    """The link to what a problem is about: a field or block of the editor, or the declaration."""
    if problem.anchor == secrecy.ANCHOR:
        return f"#{secrecy.ANCHOR}"
    anchor = problem.anchor or anchor_of(type(page), problem.field)
    return f"{base}#{anchor}" if anchor else base


@register.simple_tag
def editor_of(page):
    """The address of the page's editor."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@register.inclusion_tag("review/checks/in_editor.html", takes_context=True)
def checks_in_editor(context):
    """After a refused submission: all that is wrong with the draft, each linked to its field."""
    request, page = context["request"], context.get("page")
    found = None
    if SHOWN in request.GET and isinstance(page, PortalPage) and page.pk and not in_review(page):
        try:
            with rules.told_as_refusal():
                found = Findings(text_of(page.get_latest_revision()), page.specific)
        except ReviewRefused:
            found = None
    return {"findings": found, "page": page}


@register.inclusion_tag("review/checks/secrecy_box.html", takes_context=True)
def secrecy_box(context):
    """The declaration, at the end of the editor's form: filled in, but for the tick."""
    # Core names the page in its editor, and only in the form while it is being created.
    page = context.get("page") or getattr(context.get("form"), "instance", None)
    user = context["request"].user
    shown = isinstance(page, PortalPage) and not page.is_column_text
    if shown and page.pk is not None:
        shown = page.permissions_for_user(user).may_write() and not in_review(page)
    return {"form": secrecy.form_for(page, user=user) if shown else None}


@register.inclusion_tag("review/checks/of_review.html")
def checks_of_review(task_state):
    """For reviewers: the declaration, and what was left as it is and why."""
    text = text_of(task_state.revision)
    declaration = secrecy.declaration_of(text)
    overridden = OverriddenCheck.objects.filter(page_id=text.page_id).select_related("by")
    seen = declaration.seen if declaration else secrecy.seen_of(text)
    return {
        "declaration": declaration,
        "overridden": overridden.filter(seen=seen).order_by("pk"),
        "page_id": text.page_id,
    }

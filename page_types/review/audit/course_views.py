"""办理经过 as a screen of its own: office and leaders cannot open a page in the editor."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from page_types.review import policy
from page_types.review.audit.course import course_of


@require_safe
def page_course(request, page_id):
    """Who drafted, submitted, approved and published the page, for whoever may see it."""
    page = get_object_or_404(Page.objects.filter(policy.visible(request.user)), pk=page_id)
    context = {
        "page_title": _("办理经过"),
        "page_subtitle": page.get_admin_display_title(),
        "header_icon": "history",
        "course": course_of(page),
        "trail_url": f"{reverse('review:audit')}?about=%23{page.pk}",
    }
    return render(request, "review/audit/page_course.html", context)

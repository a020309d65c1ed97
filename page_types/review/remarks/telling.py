"""Who is told of remarks: the authors, once until they have looked; the proposer of a taken one."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved

from page_types.organisation.models import User
from page_types.publication.models import Entry
from page_types.publication.texts import text_of
from page_types.review import notices, rules, today
from page_types.review.notices.models import Notice
from page_types.review.remarks.models import Remark

KIND = "remark"
#: How many texts with open remarks are named on the home.
NAMED = 3


def connect():
    """Called once, when the room is ready."""
    notices.kinds.register(KIND, gettext_lazy("审核意见与修改建议"))
    today.register(sentences)
    uid = "review_remarks"
    task_submitted.connect(_submitted, sender=TaskState, dispatch_uid=uid)
    workflow_approved.connect(_approved, sender=WorkflowState, dispatch_uid=uid)


def _submitted(instance, **kwargs):
    """Suggestions whose words are gone from what is submitted have been dealt with."""
    from page_types.review.remarks.services import make_obsolete

    page_id = int(instance.workflow_state.object_id)
    if Remark.objects.filter(page_id=page_id, state=Remark.State.OPEN).exists():
        make_obsolete(page_id, text_of(instance.revision))


def _approved(instance, **kwargs):
    """What was approved in spite of a remark is not waiting for anybody any more."""
    from page_types.review.remarks.services import make_obsolete

    make_obsolete(int(instance.object_id))


def remarked(page, note):
    """The authors, unless an unread line about the page tells them already."""
    url = reverse("review:remarks", args=[page.pk])
    authors = (rules.people_with_a_hand([page.pk])[page.pk] | {page.owner_id}) - {note.by_id}
    waiting = Notice.objects.filter(kind=KIND, url=url, read_at=None).values("user")
    told = {"title": _title(page), "step": note.step, "note": note}
    notices.notify(
        User.objects.filter(pk__in=authors, is_active=True).exclude(pk__in=waiting),
        KIND,
        _("审核意见：%(title)s") % told,
        "remark",
        told,
        url,
    )


def taken(page, user, notes):
    """The proposers: their wording is in the text now."""
    people = {note.by_id for note in notes} - {user.pk}
    told = {"title": _title(page), "taker": user, "notes": notes}
    notices.notify(
        User.objects.filter(pk__in=people, is_active=True),
        KIND,
        _("已采纳您的修改建议：%(title)s") % told,
        "remark_taken",
        told,
        reverse("review:remarks", args=[page.pk]),
    )


def _title(page):
    return page.draft_title or page.title


def sentences(desk):
    """Texts of the officer on which remarks are open."""
    if not desk.duties.officer_of:
        return
    open_ones = (
        Remark.objects.filter(
            state=Remark.State.OPEN, chain__department_id__in=desk.duties.officer_of
        )
        .values("page_id")
        .annotate(count=Count("pk"))
        .order_by("page_id")
    )[:NAMED]
    titles = _titles([line["page_id"] for line in open_ones])
    for line in open_ones:
        yield today.Sentence(
            _("“%(title)s”有 %(count)d 条审核意见待处理")
            % {"title": titles.get(line["page_id"], ""), "count": line["count"]},
            reverse("review:remarks", args=[line["page_id"]]),
        )


def _titles(pks):
    from wagtail.models import Page

    drafts = dict(Page.objects.filter(pk__in=pks).values_list("pk", "draft_title"))
    public = dict(Entry.objects.filter(pk__in=pks).values_list("pk", "title"))
    return {**public, **{pk: title for pk, title in drafts.items() if title}}

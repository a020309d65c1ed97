"""Steps with nobody left to act: found when a step begins and by the clock, told to the office."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted

from page_types.organisation.duties import duties_of
from page_types.organisation.models import Appointment, Post, User
from page_types.publication import scheduler
from page_types.publication.models import Chain
from page_types.review import today
from page_types.review.deputies.models import StuckStep
from page_types.review.gaps import open_gaps
from page_types.review.notices import kinds, notify

KIND = "stuck"
#: Who is told and may name an emergency deputy.
TOLD = {Post.OFFICE, Post.ADMINISTRATOR}
NAMED = 20


def connect(label):
    """Called once, when the room is ready."""
    kinds.register(KIND, label)
    task_submitted.connect(_begun, sender=TaskState, dispatch_uid="review_stuck")
    scheduler.register("stuck", look, every=timedelta(minutes=10))
    today.register(sentences)


def minds(user):
    """Whether the user is told of stuck steps and may name an emergency deputy."""
    return bool(duties_of(user).posts & TOLD)


def stuck_steps():
    """Those of running reviews, the longest first."""
    running = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    return (
        StuckStep.objects.filter(chain__review_id__in=running.values("pk"))
        .select_related("chain__department")
        .order_by("since", "pk")
    )


def _begun(instance, **kwargs):
    look(Chain.objects.filter(review_id=instance.workflow_state_id))


@transaction.atomic
def look(chains=None):
    """Bring the stuck steps of the chains (or of all) in line with who is there today.

    Those that are new are told, in one notice a person. Periodic work, too.
    """
    found = {(gap.chain.pk, gap.task_id): gap for gap in open_gaps(chains)}
    present = StuckStep.objects.all()
    if chains is not None:
        present = present.filter(chain__in=chains)
    known = {(step.chain_id, step.task_id): step.pk for step in present}
    StuckStep.objects.filter(pk__in=[known[place] for place in known.keys() - found]).delete()
    new = [found[place] for place in sorted(found.keys() - known)]
    if not new:
        return ""
    now = timezone.now()
    StuckStep.objects.bulk_create(
        (
            StuckStep(chain=gap.chain, task_id=gap.task_id, title=gap.title, since=now)
            for gap in new
        ),
        ignore_conflicts=True,
    )
    _tell(new)
    return f"无人可办 / nobody to act: {len(new)}"


def _tell(new):
    shown = new[:NAMED]
    titles = dict(
        Page.objects.filter(pk__in={gap.chain.page_id for gap in shown}).values_list(
            "pk", "draft_title"
        )
    )
    lines = [
        {
            "title": titles.get(gap.chain.page_id, ""),
            "step": gap.title,
            "department": gap.chain.department,
        }
        for gap in shown
    ]
    held = Appointment.objects.current().filter(post__in=TOLD)
    notify(
        User.objects.filter(is_active=True, appointments__in=held).distinct(),
        KIND,
        _("有 %(count)d 个审核环节无人可办") % {"count": len(new)},
        "stuck",
        {"lines": lines, "more": len(new) - len(lines)},
        reverse("review:stuck"),
    )


def sentences(desk):
    """On the home of office and administrators."""
    if desk.duties.posts & TOLD and (count := stuck_steps().count()):
        yield today.Sentence(
            _("有 %(count)d 个审核环节无人可办，请指定代审人") % {"count": count},
            reverse("review:stuck"),
        )

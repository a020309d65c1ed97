"""两个工作日规则: document, drafting note and interpretation reported to the office in time.

The plan, note 2: 各处室印发的规范性文件及文件起草说明、政策解读必须于2个工作日内报办公室. Counted
from the signed date; "reported" is the moment at which a text's review first reached the office, or
at which it became public where its chain has no such step.
"""

from datetime import date

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Min
from wagtail.models import Page, TaskState, WorkflowState

from page_types.base import PortalPage
from page_types.organisation import calendar
from page_types.publication.models import Event
from page_types.publication.models.events import page_subject
from page_types.review.follow_up.models import Explanation, PlanNumber, ReportingDuty
from page_types.review.tasks import OfficeReview

#: The plan's name of the number of working days, and what holds until a plan was read.
DAYS, DEFAULT_DAYS = "interpretation_report_workdays", 2


@transaction.atomic
def set_plan_numbers(numbers):
    """Make `numbers` (name -> value) those of the plan; returns name -> value of what changed.

    Duties that have begun keep their days.
    """
    present = dict(PlanNumber.objects.values_list("name", "value"))
    changed = {name: value for name, value in numbers.items() if present.get(name) != value}
    for name, value in changed.items():
        PlanNumber.objects.update_or_create(name=name, defaults={"value": value})
    return changed


def days_to_report():
    """Working days from the signed date, by the plan."""
    found = PlanNumber.objects.filter(name=DAYS).values_list("value", flat=True).first()
    return DEFAULT_DAYS if found is None else found


@transaction.atomic
def read_draft(page_id, content):
    """Take over what the newest draft of a page (serialised) says of documents and their notes."""
    concerned = set()
    if "normative" in content:
        notes = {
            row.get("page")
            for row in content.get("related_documents") or ()
            if row.get("role") == "drafting_note"
        }
        wanted = {(page_id, note, Explanation.Kind.NOTE) for note in notes - {None}}
        _keep(Explanation.objects.filter(document_id=page_id, kind=Explanation.Kind.NOTE), wanted)
        _keep_duty(page_id, content)
        concerned.add(page_id)
    if "interprets" in content:
        kind = Explanation.Kind.INTERPRETATION
        documents = {row.get("page") for row in content["interprets"] or ()} - {None}
        present = Explanation.objects.filter(page_id=page_id, kind=kind)
        concerned |= {*documents, *present.values_list("document_id", flat=True)}
        _keep(present, {(document, page_id, kind) for document in documents})
    if concerned:
        refresh(concerned)


def _keep(present, wanted):
    """Bring the rows of a queryset in line with (document, page, kind) triples."""
    rows = {(row.document_id, row.page_id, row.kind): row.pk for row in present}
    stale = [pk for triple, pk in rows.items() if triple not in wanted]
    if stale:
        Explanation.objects.filter(pk__in=stale).delete()
    Explanation.objects.bulk_create(
        (
            Explanation(document_id=document, page_id=page, kind=kind)
            for document, page, kind in wanted - set(rows)
        ),
        ignore_conflicts=True,
    )


def _keep_duty(page_id, content):
    """The duty of a document, by what its newest draft says of itself."""
    signed = content.get("signed_date") or None
    if isinstance(signed, str):  # as it was read from the database; just saved, it is a date
        signed = date.fromisoformat(signed)
    first = settings.PORTAL_REPORTING_SINCE
    if not content["normative"] or signed is None or (first and signed < first):
        ReportingDuty.objects.filter(page_id=page_id).delete()
        return
    known = ReportingDuty.objects.filter(page_id=page_id).first()
    days = known.days if known else days_to_report()
    deadline = calendar.add_working_days(signed, days)
    department = PortalPage.objects.values_list("department_id", flat=True).get(pk=page_id)
    ReportingDuty.objects.update_or_create(
        page_id=page_id,
        defaults={
            "title": content["title"],
            "department_id": department,
            "signed_date": signed,
            "days": days,
            "due": deadline.day,
            "provisional": deadline.provisional,
        },
    )


def concerned_by(page_ids):
    """The documents among these pages, and those that these pages explain."""
    explained = Explanation.objects.filter(page_id__in=page_ids)
    return {*page_ids, *explained.values_list("document_id", flat=True)}


def refresh(document_ids):
    """Read anew what of these documents has reached the office; a document without duty is none."""
    duties = list(ReportingDuty.objects.filter(page_id__in=document_ids))
    if not duties:
        return
    explained = {duty.pk: {kind: [] for kind in Explanation.Kind} for duty in duties}
    for row in Explanation.objects.filter(document_id__in=explained):
        explained[row.document_id][row.kind].append(row.page_id)
    pages = {*explained}
    pages.update(pk for kinds in explained.values() for found in kinds.values() for pk in found)
    reported = reported_at(pages)
    for duty in duties:
        kinds = explained[duty.pk]
        duty.document_at = reported.get(duty.pk)
        duty.note_at = _first(reported, kinds[Explanation.Kind.NOTE])
        duty.interpretation_at = _first(reported, kinds[Explanation.Kind.INTERPRETATION])
        moments = [getattr(duty, name) for name in duty.PARTS]
        duty.done_at = max(moments) if all(moments) else None
        duty.save(update_fields=[*duty.PARTS, "done_at"])


def _first(reported, pages):
    return min((reported[pk] for pk in pages if pk in reported), default=None)


def reported_at(page_ids):
    """page id -> when it first reached the office or the public; others are left out.

    A review that its author took back has not been reported.
    """
    steps = (
        TaskState.objects.filter(
            task__in=OfficeReview.objects.values("pk"),
            workflow_state__base_content_type=ContentType.objects.get_for_model(Page),
            workflow_state__object_id__in=[str(pk) for pk in page_ids],
        )
        .exclude(workflow_state__status=WorkflowState.STATUS_CANCELLED)
        .values_list("workflow_state__object_id")
        .annotate(Min("started_at"))
    )
    subjects = {page_subject(pk): pk for pk in page_ids}
    public = (
        Event.objects.filter(subject__in=subjects, what=Event.What.PUBLISHED)
        .values_list("subject")
        .annotate(Min("at"))
    )
    found = {int(pk): at for pk, at in steps.order_by()}
    for subject, at in public.order_by():
        pk = subjects[subject]
        found[pk] = min(found.get(pk, at), at)
    return found


def recompute():
    """Bring open duties in line with calendar and departments as they are; returns how many moved.

    Nothing that was done in time becomes late by a calendar loaded afterwards.
    """
    moved = 0
    duties = list(ReportingDuty.objects.filter(done_at=None))
    departments = dict(
        PortalPage.objects.filter(pk__in=[duty.pk for duty in duties]).values_list(
            "pk", "department_id"
        )
    )
    for duty in duties:
        deadline = calendar.add_working_days(duty.signed_date, duty.days)
        now = deadline.day, deadline.provisional, departments.get(duty.pk, duty.department_id)
        if (duty.due, duty.provisional, duty.department_id) != now:
            duty.due, duty.provisional, duty.department_id = now
            duty.save(update_fields=["due", "provisional", "department"])
            moved += 1
    return moved


def forget(page_id):
    """A page that was never public is gone for good."""
    Explanation.objects.filter(document_id=page_id).delete()
    Explanation.objects.filter(page_id=page_id).delete()
    ReportingDuty.objects.filter(page_id=page_id).delete()

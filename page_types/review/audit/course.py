"""办理经过: who drafted, submitted, approved and published a page, and when; in the editor.

From the seals and the events, not from the log: these are what publishing was proved by.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.side_panels import PageStatusSidePanel
from wagtail.models import PageLogEntry

from page_types.publication.models import Chain, Event, Seal
from page_types.publication.models.events import page_subject
from page_types.review.deputies.acting import in_place_of

TEMPLATE = "review/audit/course.html"
_BEGAN = ("wagtail.create", "wagtail.copy")
_PUBLISHING = {
    Event.What.PUBLISHED,
    Event.What.REVISED,
    Event.What.REINSTATED,
    Event.What.RESTORED,
}
_MOST = 50
_WHEN_PUBLIC = gettext_lazy("公开文本")
_NOW = gettext_lazy("最近一次送审")


@dataclass(frozen=True)
class Stage:
    """One line: what, who, when; nobody and no time: it is still awaited; a time only: the plan."""

    what: str
    who: object
    at: datetime | None
    #: Whose place it was, where a deputy acted.
    place_of: object = None


def course_of(page):
    """[(heading, [Stage])]: the draft, the public text, and a later review if there is one."""
    found = [(_("起草"), [_drafted(page)])]
    chains = list(
        Chain.objects.filter(page_id=page.pk).select_related("started_by").order_by("-started_at")
    )
    seals, all_seals = {}, Seal.objects.filter(chain__in=chains).select_related("by", "chain")
    for seal in (all_seals := list(all_seals.order_by("at"))):
        seals.setdefault(seal.chain_id, []).append(seal)
    deputies = in_place_of(all_seals)
    events = _public_life(page)
    used = _chain_of(events[0], chains, seals) if events else None
    if events:
        stages = _stages(used, seals, Seal.State.SPENT, deputies) if used else []
        stages += [Stage(event.get_what_display(), event.who, event.at) for event in events]
        found.append((_WHEN_PUBLIC, stages))
    if chains and chains[0] != used:
        found.append((_NOW, _stages(chains[0], seals, Seal.State.VALID, deputies)))
    return found


def _drafted(page):
    entry = (
        PageLogEntry.objects.filter(page=page.pk, action__in=_BEGAN)
        .select_related("user")
        .order_by("timestamp", "pk")
        .first()
    )
    if entry:
        return Stage(_("起草"), entry.user, entry.timestamp)
    return Stage(_("起草"), page.owner, page.first_published_at)


def _public_life(page):
    """The last publication of the page and what happened to it since (moved, withdrawn …)."""
    events = Event.objects.filter(subject=page_subject(page.pk)).select_related("who")
    newest = list(events.order_by("-number")[:_MOST])
    for place, event in enumerate(newest):
        if event.what in _PUBLISHING:
            return newest[: place + 1][::-1]
    return []


def _chain_of(event, chains, seals):
    """The chain whose seals were spent on the event."""
    spent = f"event {event.number}"
    for chain in chains:
        if any(seal.ended_why == spent for seal in seals.get(chain.pk, ())):
            return chain
    return None


def _stages(chain, seals, state, deputies):
    """Submission and steps in their order, each with the seal of that state, if it has one."""
    held = {seal.task_id: seal for seal in seals.get(chain.pk, ()) if seal.state == state}
    stages = [Stage(_("送审"), chain.started_by, chain.started_at)]
    for step in chain.steps:
        seal = held.get(step["task"])
        place_of = seal and deputies.get(seal.pk)
        stages.append(Stage(step["title"], seal and seal.by, seal and seal.at, place_of))
    return stages


def connect():
    """Called once, by `audit.connect()`: core has no hook for the status panel of a page."""
    templates, context = (
        PageStatusSidePanel.get_status_templates,
        PageStatusSidePanel.get_context_data,
    )

    @wraps(templates)
    def with_course(self, context):
        return [*templates(self, context), *([TEMPLATE] if self.object.pk else [])]

    @wraps(context)
    def with_its_data(self, parent_context):
        # A function: templates call it, whoever does not show it pays nothing.
        return {**context(self, parent_context), "course": lambda: course_of(self.object)}

    PageStatusSidePanel.get_status_templates = with_course
    PageStatusSidePanel.get_context_data = with_its_data

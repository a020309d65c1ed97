"""Authorities: by what right a text goes public. Each proves itself from the database.

`publish()` believes no caller: an authority's `prove()` reads seals, plan or ownership again, so
that an authority made by the wrong hands is worth nothing. Which modules may make one is watched
by a test (`tests/publication/test_one_writer.py`).
"""

from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from page_types.publication.errors import PublicationRefused
from page_types.publication.models import Chain, Schedule, Seal
from page_types.publication.models.measures import ReasonKind
from page_types.publication.seals import complete_seals, seen_of

#: Name of a chain -> function(chain, text, entry) that proves what else such a chain asks for,
#: raising PublicationRefused; rooms above register theirs.
chain_proofs = {}


class Authority:
    """The base: a name for the event, and a proof."""

    name = ""
    #: Whether what happens ends what waited for the page (an older text, its expiry).
    replaces_schedule = True
    #: What the event is called, where that does not follow from the page's past.
    what = None

    def prove(self, text, entry):
        """Raise PublicationRefused unless this authority covers publishing `text` over `entry`."""
        raise PublicationRefused(_("没有发布依据。"))

    def prove_withdrawal(self, entry, reason_kind, successor_page_id):
        """Raise PublicationRefused unless this covers taking the entry down for such a reason."""
        raise PublicationRefused(_("没有撤下依据。"))

    def prove_move(self, entry, column):
        """Raise PublicationRefused unless this covers moving the entry to that column."""
        raise PublicationRefused(_("没有移动依据。"))

    def prove_blanking(self, page_id):
        """Raise PublicationRefused unless this covers removing hidden texts of that page."""
        raise PublicationRefused(_("没有清除依据。"))

    def spend(self, event):
        """What is used up once the text is public."""

    def detail(self):
        """Facts of the authority that the event keeps."""
        return {}


@dataclass
class Sealed(Authority):
    """Every step of the chain, as it stood when the review began, has sealed exactly this text."""

    chain: Chain
    name = "sealed"

    def prove(self, text, entry):
        self._seals = complete_seals(self.chain, text)
        if more := chain_proofs.get(self.chain.name):
            more(self.chain, text, entry)

    def spend(self, event):
        Seal.objects.filter(pk__in=[seal.pk for seal in self._seals]).update(
            state=Seal.State.SPENT, ended_why=f"event {event.number}"
        )

    def detail(self):
        return {
            "chain": self.chain.name,
            "seals": [[seal.step, seal.by_id, seal.at.isoformat()] for seal in self._seals],
        }


@dataclass
class Plan(Authority):
    """The plan makes and names columns: their public text, or the empty one, its fields set."""

    name = "plan"
    replaces_schedule = False
    FIELDS = frozenset({"title"})

    def prove(self, text, entry):
        from django.apps import apps

        from page_types.publication.schemas import upgrade
        from page_types.publication.texts import content_of

        model = apps.get_model(text.type)
        if not model.is_column_text:
            raise PublicationRefused(_("栏目规划只能发布栏目页，不能发布稿件。"))
        if entry is not None:
            import json

            base = upgrade(model, entry.text.schema, json.loads(entry.text.content))
        else:
            base = content_of(model, model().serializable_data())
        mine = {k: v for k, v in text.data.items() if k not in self.FIELDS}
        theirs = {k: v for k, v in base.items() if k not in self.FIELDS}
        if mine != theirs:
            raise PublicationRefused(_("栏目规划只能改动栏目名称，其余内容须经审核发布。"))


@dataclass
class ReOwn(Authority):
    """A column has passed to another department by the plan: entry fields only, never a text."""

    name = "re-own"


@dataclass
class Expiry(Authority):
    """The date of coming down that was sealed with the public text has come."""

    schedule: Schedule
    name = "expiry"
    # A newer text that waits, or is in review, goes its own way.
    replaces_schedule = False

    def prove_withdrawal(self, entry, reason_kind, successor_page_id):
        due = Schedule.objects.filter(
            pk=self.schedule.pk,
            what=Schedule.What.EXPIRY,
            state=Schedule.State.WAITING,
            page_id=entry.pk,
            digest=entry.text_id,
            due_at__lte=timezone.now(),
        )
        waiting = due.select_related("chain").first()
        if waiting is None or reason_kind != ReasonKind.EXPIRED:
            raise PublicationRefused(_("没有到期撤下的依据，或时间未到。"))
        if waiting.chain is not None:
            self._prove_date(waiting)

    def _prove_date(self, waiting):
        """That the seals which published the text cover this very date."""
        from wagtail.models import Revision

        from page_types.publication.texts import text_of

        revision = Revision.objects.filter(pk=waiting.revision_id).first()
        # The page may stand in another column since.
        text = revision and replace(text_of(revision), column_id=waiting.chain.column_id)
        seals = waiting.chain.seals.filter(state=Seal.State.SPENT).values_list("seen", flat=True)
        if text is None or text.expire_at != waiting.due_at or set(seals) != {seen_of(text)}:
            raise PublicationRefused(_("到期撤下的时间与批准的不同。"))

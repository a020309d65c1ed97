"""Authorities: by what right a text goes public. Each proves itself from the database.

`publish()` believes no caller: an authority's `prove()` reads seals, plan or ownership again, so
that an authority made by the wrong hands is worth nothing. Which modules may make one is watched
by a test (`tests/publication/test_one_writer.py`).
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from page_types.publication.errors import PublicationRefused
from page_types.publication.models import Chain, Seal
from page_types.publication.seals import complete_seals


class Authority:
    """The base: a name for the event, and a proof."""

    name = ""
    #: Whether the text that goes out ends what waited for the page (an older text, its expiry).
    replaces_schedule = True

    def prove(self, text, entry):
        """Raise PublicationRefused unless this authority covers publishing `text` over `entry`."""
        raise PublicationRefused(_("没有发布依据。"))

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

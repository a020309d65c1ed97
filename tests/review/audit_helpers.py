"""What the tests of the audit trail share: a house whose trail is numbered, and looking at it."""

import io

from django.core.management import CommandError, call_command
from django.db.models import QuerySet

from page_types.review.audit import sequencer
from page_types.review.audit.models import AuditEntry
from tests.houses import small_house


def numbered_house():
    """A house with one page that went through its review; everything numbered, a head written."""
    house = small_house()
    house.article = house.draft(house.alice, "quick", "全民健身日")
    house.publish(house.article, house.alice)
    sequencer.told()
    return house


def verified():
    """(exit code, what `verify_audit` says)."""
    said = io.StringIO()
    try:
        call_command("verify_audit", stdout=said)
    except CommandError as error:
        return error.returncode, f"{said.getvalue()}{error}"
    return 0, said.getvalue()


def last():
    """The newest entry."""
    return AuditEntry.objects.order_by("-number").first()


def behind(model):
    """The rows of a table for somebody who goes past the portal, straight to the database."""
    return QuerySet(model).order_by("pk")

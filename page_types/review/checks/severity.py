"""What a failing check means, by kind of column: the office's decisions over the checks' own."""

from django.db import transaction
from wagtail.log_actions import log

from page_types.publication.snapshot import snapshot
from page_types.review.checks.models import CheckSeverity
from page_types.review.checks.registry import check_of, checks

CHANGED = "review.check_severity"


def severities(text):
    """check name -> severity for a text, by the kind of its column. One query."""
    node = snapshot().by_id.get(text.column_id)
    return of_kind(node.kind if node else "")


def of_kind(kind):
    """check name -> severity in columns of a kind."""
    found = {check.name: check.severity for check in checks()}
    # The row for all kinds comes first, that of the kind after it.
    for row in CheckSeverity.objects.filter(kind__in=["", kind]).order_by("kind"):
        check = check_of(row.check_name)
        if check is not None and check.adjustable:
            found[check.name] = row.severity
    return found


@transaction.atomic
def decide(check, wanted, user):
    """Set what a check means: `wanted` is kind ("" for all) -> severity, "" for none decided.

    Returns what changed, as (kind, before, after); it is logged on the page of nobody, but by name.
    """
    before = dict(
        CheckSeverity.objects.filter(check_name=check.name).values_list("kind", "severity")
    )
    changed = [
        (kind, before.get(kind, ""), severity)
        for kind, severity in wanted.items()
        if before.get(kind, "") != severity
    ]
    for kind, _before, severity in changed:
        if severity:
            row, _made = CheckSeverity.objects.update_or_create(
                check_name=check.name, kind=kind, defaults={"severity": severity}
            )
        else:
            row = CheckSeverity.objects.get(check_name=check.name, kind=kind)
        log(
            instance=row,
            action=CHANGED,
            user=user,
            title=str(check.label),
            data={"check": check.name, "kind": kind, "before": _before, "after": severity},
        )
        if not severity:
            row.delete()
    return changed

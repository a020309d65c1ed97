"""From the plan to the site: `synchronise(plan)` makes the site what the plan says it is.

One step a module, each idempotent, each saying what it changes. There is one code for showing and
doing: `--plan` runs every step and rolls the transaction back, so that it also shows what would be
refused on the way (an address that is taken), which no comparison beforehand would find.
"""

from page_types.publication.columns import touch_columns
from page_types.publication.models import Counter
from structure.sync import chains, columns, departments, grants, left, owners, paths, portal, texts
from structure.sync.run import Refused, Report, Run

__all__ = ["Refused", "Report", "synchronise"]

#: In this order: people before places, places before texts, texts before who may touch them.
STEPS = (departments, portal, columns, paths, owners, texts, chains, grants, left)


def synchronise(plan) -> Report:
    """Bring the site in line with the plan, within the caller's transaction; says what changed.

    Raises Refused (or a refusal of the ledger) when something stands in the way; the caller's
    transaction must then be rolled back.
    """
    Counter.lock("structure")  # a second run waits here, and then finds nothing left to do
    run = Run(plan)
    for step in STEPS:
        step.apply(run)
    if run.report.changed:
        touch_columns()
    return run.report

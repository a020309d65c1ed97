"""What `verify_ledger` reports."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """One thing that is not as the ledger says. `mendable`: a mirror, made anew from the ledger."""

    what: str
    subject: str
    detail: str
    mendable: bool

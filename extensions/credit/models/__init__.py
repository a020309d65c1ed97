"""Licences, penalties, and what is said of them by rules and by lists."""

from extensions.credit.models.lists import Code, PublicityRule
from extensions.credit.models.records import KINDS, CreditRecord, Licence, Penalty
from extensions.credit.models.statements import NoRecordStatement, PublicNote, Report

__all__ = [
    "KINDS",
    "Code",
    "CreditRecord",
    "Licence",
    "NoRecordStatement",
    "Penalty",
    "PublicNote",
    "PublicityRule",
    "Report",
]

"""One line of JSON an entry, for a log server: logger `portal.audit`, by default on stdout.

After the commit, so that nothing is told that was undone. A line that was lost in a crash shows as
a gap of numbers there; `sequence_audit --lines-from N` writes it again.
"""

import json
import logging

from page_types.organisation.models import Department
from page_types.review.audit import chain
from page_types.review.audit.actions import label_of

logger = logging.getLogger("portal.audit")


def write(entries, addresses):
    """Write the entries; `addresses` is number -> network address."""
    if not logger.isEnabledFor(logging.INFO) or not logger.handlers:
        return
    names = dict(Department.objects.values_list("pk", "name"))
    for entry in entries:
        logger.info(line(entry, names, addresses.get(entry.number)))


def line(entry, departments, address):
    """The line of one entry. Numbers and codes as in the database, names beside them."""
    told = {
        "number": entry.number,
        "at": chain.moment(entry.at),
        "entered_at": chain.moment(entry.entered_at),
        "kind": entry.kind,
        "action": entry.action,
        "action_label": label_of(entry.action),
        "user_id": entry.user_id,
        "user": entry.user_name,
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "object": entry.label,
        "department": departments.get(entry.department_id),
        "address": address,
        "data": entry.facts,
        "adopted": entry.adopted,
        "mac": entry.mac,
    }
    return json.dumps(told, ensure_ascii=False)

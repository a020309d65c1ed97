"""审计: one trail of who did what, that cannot be changed unseen.

An act writes a row of the outbox in its own transaction (`outbox.note`), so that there is an entry
exactly when the act was done. After the commit `sequencer.sequence_audit()` gives each row a number
without gaps and chains it to the one before it by an HMAC whose key is outside the database; a head
of the chain goes to a folder outside it every day. `verify.findings()` tells what was changed.

Nobody has to call anything: Wagtail's log, the ledger's events, sign-ins, permissions, files and
downloads are followed by signals (`sources`, `people`, `sign_ins`, `files`, `downloads`). Acts that
leave none of these (the plan, an export by command) call `note()`.
"""

from django.utils.translation import gettext_lazy as _


def connect():
    """Called once, when the room is ready."""
    from page_types.publication import privacy, scheduler
    from page_types.review.audit import (
        course,
        downloads,
        files,
        people,
        retention,
        sequencer,
        sign_ins,
        sources,
    )

    for each in (sources, people, sign_ins, files, downloads, course):
        each.connect()
    scheduler.register("audit", sequencer.told)
    scheduler.register("audit-addresses", retention.told, every=retention.EVERY)
    title, template = _("后台审计记录"), "review/audit/privacy.html"
    paragraph = privacy.Paragraph("audit", title, template, 35, retention.privacy_facts)
    privacy.register(paragraph)

"""`verify_audit`: was the audit trail changed, cut or bypassed?"""

import sys

from django.core.management.base import BaseCommand, CommandError

from page_types.review.audit import verify
from page_types.review.audit.models import AuditEntry

#: As many are named; the rest is counted.
SHOWN = 200


class Command(BaseCommand):
    help = (
        "核对审计记录：改动、缺失、调换、伪造、截去末尾，以及与日志、发布事件和日记账头是否一致。\n"
        "Verify the audit trail: changes, gaps, reordering, forgery, cuts; compare it with logs, "
        "events and daily heads. Exit code 1: something was found."
    )

    def handle(self, *args, **options):
        count = 0
        for count, found in enumerate(verify.findings(self._progress), 1):
            if count <= SHOWN:
                self.stdout.write(f"{found.where}：{found.what}")
        if count:
            raise CommandError(f"审计记录有 {count} 处异常 / findings: {count}", returncode=1)
        total = AuditEntry.objects.count()
        self.stdout.write(
            f"审计记录完整，共 {total} 条 / the audit trail is whole: {total} entries"
        )

    def _progress(self, done, total):
        if sys.stderr.isatty():
            self.stderr.write(f"\r{done}/{total}", ending="\n" if done >= total else "")

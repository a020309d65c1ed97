"""`sequence_audit`: number what waits in the audit outbox, and write the day's head."""

from django.core.management.base import BaseCommand

from page_types.organisation.models import Department
from page_types.review.audit import lines
from page_types.review.audit.models import AuditAddress, AuditEntry
from page_types.review.audit.sequencer import told


class Command(BaseCommand):
    help = (
        "给待编号的审计记录编号并签名，写当天的日记账头（run_scheduler 的一部分）。"
        "--lines-from N 再次输出第 N 条起的 JSON 行，供日志服务器补收。\n"
        "Number and sign what waits in the audit outbox and write the day's head: a part of "
        "run_scheduler. --lines-from N prints the lines from entry N again, for a log server."
    )

    def add_arguments(self, parser):
        parser.add_argument("--lines-from", type=int, metavar="N", dest="first")

    def handle(self, *args, first, **options):
        if first is None:
            self.stdout.write(told() or "没有待编号的审计记录 / nothing waits")
            return
        names = dict(Department.objects.values_list("pk", "name"))
        while entries := list(
            AuditEntry.objects.filter(number__gte=first).order_by("number")[:500]
        ):
            known = AuditAddress.objects.in_bulk([entry.number for entry in entries])
            for entry in entries:
                kept = known.get(entry.number)
                self.stdout.write(lines.line(entry, names, kept and kept.address))
            first = entries[-1].number + 1

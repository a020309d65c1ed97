"""`report_credit KIND --format F -o FILE`: what goes to the credit platform."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from exports.writing import Wish, write_to
from extensions.credit import reporting
from page_types.review.audit.models import Kind
from page_types.review.audit.outbox import note


class Command(BaseCommand):
    help = (
        "按 2018 年标准生成报送文件；--changed 只含上次报送后变动的，并记为已报送。\n"
        "Write the file for the credit platform; --changed: what changed since the last report."
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=["licence", "penalty"])
        parser.add_argument("--format", choices=["xlsx", "csv"], default="xlsx")
        parser.add_argument("--layout", type=int, choices=[2016, 2018], default=2018)
        parser.add_argument("--from", dest="start", type=date.fromisoformat, metavar="DATE")
        parser.add_argument("--to", dest="end", type=date.fromisoformat, metavar="DATE")
        parser.add_argument("--changed", action="store_true")
        parser.add_argument("-o", dest="output", type=Path, required=True)

    def handle(self, *args, kind, layout, start, end, changed, output, **options):
        if start and end and start > end:
            raise CommandError("--from 晚于 --to / --from is later than --to")
        if not output.resolve().parent.is_dir():
            raise CommandError(f"没有这个文件夹 / no such folder: {output.resolve().parent}")
        began = timezone.now()
        table = reporting.table(
            kind, layout, changed_since=reporting.since(kind) if changed else None
        )
        count = write_to(output, table, options["format"], Wish(start, end, by="report_credit"))
        note(
            "export.written",
            kind=Kind.EXPORT,
            label=f"{table.name}.{options['format']}",
            data={"file": str(output), "from": start, "to": end, "rows": count},
        )
        if changed and not start and not end:
            reporting.note(kind, began, count)
        self.stdout.write(f"{output}: {count} 行 / rows")

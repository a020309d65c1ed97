"""`export DATASET --format F -o FILE`: a data set as a file, written whole or not at all."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from exports.datasets import all_datasets, get
from exports.formats import FORMATS, TooManyRows
from exports.writing import Wish, write_to
from page_types.review.audit.models import Kind
from page_types.review.audit.outbox import note


class Command(BaseCommand):
    help = "导出数据集为文件。--list 列出数据集。\nWrite a data set to a file; --list names them."

    def add_arguments(self, parser):
        parser.add_argument("dataset", nargs="?", help="数据集 / data set")
        parser.add_argument("--list", action="store_true", help="列出数据集 / list data sets")
        parser.add_argument("--format", choices=sorted(FORMATS), default="csv")
        parser.add_argument("--from", dest="start", type=date.fromisoformat, metavar="DATE")
        parser.add_argument("--to", dest="end", type=date.fromisoformat, metavar="DATE")
        parser.add_argument("-o", dest="output", type=Path, help="文件 / file")

    def handle(self, *args, dataset, output, start, end, **options):
        if options["list"]:
            for each in all_datasets():
                self.stdout.write(f"{each.name}\t{each.label}")
            return
        chosen = get(dataset)
        if chosen is None:
            names = "、".join(each.name for each in all_datasets())
            raise CommandError(
                f"没有数据集“{dataset}”，可用：{names} / no such data set; there are: {names}"
            )
        if output is None:
            raise CommandError("请用 -o 指定文件 / name a file with -o")
        if not output.resolve().parent.is_dir():
            raise CommandError(f"没有这个文件夹 / no such folder: {output.resolve().parent}")
        if start and end and start > end:
            raise CommandError("--from 晚于 --to / --from is later than --to")
        try:
            count = write_to(output, chosen, options["format"], Wish(start, end, by="export"))
        except TooManyRows as problem:
            raise CommandError(str(problem)) from problem
        note(
            "export.written",
            kind=Kind.EXPORT,
            label=f"{dataset}.{options['format']}",
            data={"file": str(output), "from": start, "to": end, "rows": count},
        )
        self.stdout.write(f"{output}: {count} 行 / rows")

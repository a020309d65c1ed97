"""`export DATASET --format F -o FILE`: a data set as a file, written whole or not at all."""

import csv
import json
import os
import tempfile
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from exports.datasets import all_datasets, get
from page_types.publication.cells import harmless
from page_types.review.audit.models import Kind
from page_types.review.audit.outbox import note


def _csv(dataset, rows, file):
    # The mark at the start tells spreadsheet programs that the text is UTF-8.
    file.write("\ufeff")
    writer = csv.writer(file)
    writer.writerow([str(label) for _name, label in dataset.columns])
    count = 0
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        count += 1
    return count


def _json(dataset, rows, file):
    names = [name for name, _label in dataset.columns]
    records = [dict(zip(names, row, strict=True)) for row in rows]
    json.dump(records, file, ensure_ascii=False, indent=1)
    file.write("\n")
    return len(records)


FORMATS = {"csv": _csv, "json": _json}


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
        count = self._write(chosen, chosen.rows(start, end), output, options["format"])
        note(
            "export.written",
            kind=Kind.EXPORT,
            label=f"{dataset}.{options['format']}",
            data={"file": str(output), "from": start, "to": end, "rows": count},
        )
        self.stdout.write(f"{output}: {count} 行 / rows")

    def _write(self, dataset, rows, output, form):
        handle, torn = tempfile.mkstemp(dir=output.resolve().parent, prefix=f".{output.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                count = FORMATS[form](dataset, rows, file)
            os.replace(torn, output)
        except BaseException:
            os.unlink(torn)
            raise
        return count

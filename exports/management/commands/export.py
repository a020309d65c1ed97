"""`export DATASET --format F -o FILE`: a data set as a file, written whole or not at all."""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from exports.datasets import all_datasets, get
from exports.formats import FORMATS, TooManyRows
from exports.writing import Wish, write_to
from page_types.organisation.models import User
from page_types.review.audit.models import Kind
from page_types.review.audit.outbox import name_of, note

PERIOD = "日期，如 2016-09-01，含当日 / a day, included"


class Command(BaseCommand):
    help = "导出数据集为文件。--list 列出数据集。\nWrite a data set to a file; --list names them."

    def add_arguments(self, parser):
        parser.add_argument("dataset", nargs="?", help="数据集 / data set")
        parser.add_argument("--list", action="store_true", help="列出数据集 / list data sets")
        parser.add_argument("--format", choices=sorted(FORMATS), default="csv")
        parser.add_argument("--from", dest="start", type=_day, metavar="DATE", help=PERIOD)
        parser.add_argument("--to", dest="end", type=_day, metavar="DATE", help=PERIOD)
        parser.add_argument(
            "--user", help="只含此人有权查看的行和列 / only what this user may have"
        )
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
        output = _place(output)
        if start and end and start > end:
            raise CommandError("--from 晚于 --to / --from is later than --to")
        user = _user(options["user"], chosen)
        wish = Wish(start, end, by=name_of(user) or "export", user=user)
        try:
            count = write_to(output, chosen, options["format"], wish)
        except TooManyRows as problem:
            raise CommandError(str(problem)) from problem
        except OSError as problem:
            raise _unwritable(output, problem) from problem
        note(
            "export.written",
            kind=Kind.EXPORT,
            who=user,
            label=f"{dataset}.{options['format']}",
            data={"file": str(output), "from": start, "to": end, "rows": count},
            department_id=user and user.department_id,
        )
        self.stdout.write(f"{output}: {count} 行 / rows")


def _place(output):
    """Where the file will lie, links followed; CommandError where none can lie."""
    try:
        output = output.resolve()
        folder, taken = output.parent.is_dir(), output.exists() and not output.is_file()
    except OSError as problem:
        raise _unwritable(output, problem) from problem
    if not folder:
        raise CommandError(f"没有这个文件夹 / no such folder: {output.parent}")
    if taken:
        raise CommandError(f"不是文件 / no file: {output}")
    return output


def _unwritable(output, problem):
    return CommandError(f"写不了文件 / cannot write: {output}（{problem.strerror}）")


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text}：{PERIOD}") from None


def _user(name, dataset):
    """The user of that name; CommandError where there is none or the data are not for him."""
    if not name:
        return None
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(f"没有用户“{name}” / no such user")
    if not dataset.may_be_had_by(user):
        raise CommandError(f"“{name}”没有这个数据集的权限 / not for this user")
    return user

"""`import_credit FILE --kind K --user U`: a sheet of licences or penalties, checked; with
`--confirm` brought in, all of it or nothing.
"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from extensions.base.records.importing import importers, services, storage
from extensions.base.records.importing.services import ImportRefused
from page_types.organisation.models import User

#: Wrong rows that are printed.
SHOWN = 50


class Command(BaseCommand):
    help = (
        "检查双公示表格，加 --confirm 才导入（全部或全不）。\n"
        "Check a sheet of licences or penalties; --confirm brings it in, whole or not at all."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="xlsx、xls、ods、csv、json")
        parser.add_argument("--kind", choices=["licence", "penalty"], required=True)
        parser.add_argument("--user", required=True, help="信息员的用户名 / officer's user name")
        parser.add_argument("--department", help="处室代码，只任一处时可不写 / code of department")
        parser.add_argument("--confirm", action="store_true", help="导入 / bring it in")

    def handle(self, *args, file, kind, user, department, confirm, **options):
        importer = importers.get(f"credit_{kind}")
        officer = User.objects.filter(username=user, is_active=True).first()
        if officer is None:
            raise CommandError(f"没有这个用户 / no such user: {user}")
        mine = importer.departments_for(officer)
        found = mine.filter(code=department) if department else mine
        if len(found) != 1:
            codes = "、".join(mine.values_list("code", flat=True))
            raise CommandError(
                f"请用 --department 指明处室，可选 / name a department, one of: {codes or '—'}"
            )
        try:
            with file.open("rb") as sheet:
                made = services.take(importer, officer, found[0], sheet, file.name, wait=False)
        except OSError as problem:
            raise CommandError(f"无法读取 / cannot be read: {file}: {problem}") from problem
        except ImportRefused as refused:
            raise CommandError(refused.reason) from refused
        if made.state != made.State.READY:
            raise CommandError(made.message)
        self._say(made)
        if made.wrong:
            services.discard(made, officer)
            raise CommandError(
                f"有 {made.wrong} 行错误，没有导入 / rows are wrong, nothing imported"
            )
        if not confirm or not made.writes:
            services.discard(made, officer)
            return
        try:
            services.accept(made, officer)
        except ImportRefused as refused:
            raise CommandError(refused.reason) from refused
        services.bring_in(made)
        if made.state != made.State.DONE:
            raise CommandError(made.message)
        self.stdout.write("已导入为草稿 / imported as drafts")

    def _say(self, made):
        self.stdout.write(
            f"{made.layout}: {made.given} 行 / rows; 新增 new {made.new}, 变更 changed "
            f"{made.changed}, 相同 identical {made.identical}, 错误 wrong {made.wrong}"
        )
        for line in storage.verdicts(made, "w", 0, SHOWN):
            for cell, label, _value, rule, mend in line["problems"]:
                self.stdout.write(f"{cell} {label}：{rule}{mend}")

"""`manage.py sync_structure [--plan]`: make the site what columns.yaml says."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from page_types.publication.errors import PublicationRefused
from page_types.review.audit.models import Kind
from page_types.review.audit.outbox import note
from structure.plan import PlanError, load_plan
from structure.sync import Refused, synchronise, words


class Command(BaseCommand):
    help = (
        "按栏目规划文件建立或调整部门、栏目、网址、责任处室、审核流程和授权；不删除任何页面。"
        "用 --plan 先看将要发生的变化。 / Makes departments, columns, addresses, owners, review "
        "chains and grants what the plan file says; deletes no page. --plan shows it first."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--plan",
            action="store_true",
            help="只列出将要发生的变化，不执行 / show what would change, change nothing",
        )
        parser.add_argument(
            "--file",
            default=settings.PORTAL_COLUMNS_FILE,
            help="规划文件，默认为本站的 columns.yaml / the plan file, if not the site's own",
        )

    def handle(self, *, plan, file, **options):
        try:
            wanted = load_plan(file)
            with transaction.atomic():
                report = synchronise(wanted)
                words.apply(report, file)
                if report.changed:
                    note(
                        "plan.applied",
                        kind=Kind.PLAN,
                        label=str(file),
                        data={"changes": report.changes, "lines": report.lines},
                    )
                if plan:
                    transaction.set_rollback(True)
        except PlanError as error:
            raise CommandError(
                f"规划文件有误，站点未变 / the plan is wrong, the site is unchanged:\n{error}"
            ) from error
        except (Refused, PublicationRefused, ValidationError) as error:
            why = "；".join(error.messages) if isinstance(error, ValidationError) else error
            raise CommandError(
                f"规划不能执行，站点未变 / cannot be done, the site is unchanged: {why}"
            ) from error
        self._tell(report, plan)

    def _tell(self, report, plan):
        for line in report.lines:
            self.stdout.write(line)
        if not report.changed:
            self.stdout.write("没有变化 / no changes")
        elif plan:
            self.stdout.write(
                f"共 {report.changes} 项，均未执行；去掉 --plan 即执行 / "
                f"{report.changes} changes, none of them done: run without --plan to do them"
            )
        else:
            self.stdout.write(f"完成 {report.changes} 项变化 / {report.changes} changes done")

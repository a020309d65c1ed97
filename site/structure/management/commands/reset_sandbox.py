"""`manage.py reset_sandbox [--keep]`: the training sandbox as it was built."""

from django.core.management.base import BaseCommand, CommandError

from structure import sandbox


class Command(BaseCommand):
    help = (
        "把练习环境恢复原状：稿件、账号、密码、文件都回到初始状态，所有人须重新登录；"
        "只在 PORTAL_SANDBOX=1 时运行。"
        " / Brings the training sandbox back to its first state; everybody "
        "is signed out. Runs only with PORTAL_SANDBOX=1."
    )
    # The tables are replaced beneath Django: it asks nothing of them here.
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument(
            "--keep",
            action="store_true",
            help="把现在的状态存为初始状态，不重置 / keep the present state as the first one",
        )

    def handle(self, *, keep, **options):
        try:
            sandbox.keep() if keep else sandbox.reset()
        except sandbox.SandboxError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            "已保存初始状态 / the first state is kept"
            if keep
            else "练习环境已恢复原状，请重新登录 / the sandbox is as it was; please sign in again"
        )

"""`run_scheduler`: everything that is due by the clock."""

import os
import signal
import sys
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from page_types.publication import scheduler

ROUND_S = 30


class Command(BaseCommand):
    help = (
        "执行到时间的事：定时发布、到期撤下、提醒、邮件等。运行一轮后结束；--loop 每 30 秒一轮。\n"
        "Do what is due by the clock: scheduled publication, expiry, reminders, mails. One round; "
        "--loop goes on, a round every 30 seconds. Exit code 1: a job failed; --check: 1 if the "
        "clock is silent."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--loop", action="store_true", help="一直运行 / go on until it is stopped"
        )
        parser.add_argument(
            "--check", action="store_true", help="只看时钟是否在走 / only say whether it runs"
        )

    def handle(self, *args, loop, check, **options):
        if check:
            return self._check()
        if loop:
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
            parent = os.getppid()
            while os.getppid() == parent:  # a portal that was killed leaves no clock behind
                close_old_connections()
                scheduler.run_due(self._say)
                time.sleep(ROUND_S)
        if failed := scheduler.run_due(self._say):
            raise CommandError(f"失败 / failed: {', '.join(failed)}", returncode=1)

    def _check(self):
        heard = scheduler.heard_at()
        when = f"{timezone.localtime(heard):%Y-%m-%d %H:%M:%S}" if heard else "从未 / never"
        if scheduler.is_silent():
            raise CommandError(f"定时任务没有运行，上次 / the clock is silent since: {when}")
        self.stdout.write(f"定时任务在运行，上次 / the clock runs, last: {when}")

    def _say(self, line):
        self.stdout.write(f"{timezone.localtime():%Y-%m-%d %H:%M:%S} {line}")

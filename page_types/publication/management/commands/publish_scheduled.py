"""`publish_scheduled`: core's would write page rows past the ledger; ours keeps the schedule."""

from django.core.management.base import BaseCommand

from page_types.publication.schedule import carry_out_due


class Command(BaseCommand):
    help = (
        "执行到时间的定时发布与到期撤下（run_scheduler 的一部分）。\n"
        "Carry out scheduled publications and expiries: a part of run_scheduler."
    )

    def handle(self, *args, **options):
        done, refused = carry_out_due()
        self.stdout.write(f"已执行 / done: {done}；未能执行 / refused: {refused}")

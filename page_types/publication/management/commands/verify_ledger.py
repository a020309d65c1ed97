"""`verify_ledger`: does everything made of the ledger still say what the ledger says?"""

import sys

from django.core.management.base import BaseCommand, CommandError

from page_types.publication import verify


class Command(BaseCommand):
    help = (
        "核对发布台账与页面行、附件：报告不一致；--mend 只按台账修复页面行。\n"
        "Compare the ledger with page rows and files shown; --mend mends page rows from the ledger."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--mend", action="store_true", help="按台账修复页面行 / mend page rows from the ledger"
        )

    def handle(self, *args, mend, **options):
        found = list(verify.verify(self._progress))
        for each in found:
            self.stdout.write(f"{each.what}: {each.subject}: {each.detail}")
        if mend and any(each.mendable for each in found):
            self.stdout.write(f"已按台账修复 / mended from the ledger: {verify.mend_rows()}")
            found = [each for each in found if not each.mendable]
        if found:
            raise CommandError(f"不一致 / differences: {len(found)}", returncode=1)
        self.stdout.write("台账、页面与附件一致 / ledger, page rows and files agree")

    def _progress(self, done, total):
        if sys.stderr.isatty() and done % 200 == 0:
            self.stderr.write(f"\r{done}/{total}", ending="")

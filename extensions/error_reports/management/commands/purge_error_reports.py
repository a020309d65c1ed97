"""`purge_error_reports`: erases the contact data of reports answered long ago."""

from django.core.management.base import BaseCommand

from extensions.error_reports.services import purge_contacts


class Command(BaseCommand):
    help = (
        "清除答复已满期限的找错的联系方式和查询码；可以随时重复运行。 / Erase contact and code of "
        "error reports answered longer ago than ERROR_REPORT_CONTACT_DAYS; may be run at any time."
    )

    def handle(self, *args, **options):
        purged = purge_contacts()
        if options["verbosity"]:
            self.stdout.write(f"已清除 {purged} 条 / {purged} erased")

"""`send_subscriptions`: mails the news, and erases addresses that were never confirmed."""

from django.core.management.base import BaseCommand, CommandError

from extensions.subscriptions.mailing import send_news
from extensions.subscriptions.services import purge_unconfirmed


class Command(BaseCommand):
    help = (
        "向订阅者发送各栏目的新信息，并清除逾期未确认的邮箱；可以随时重复运行。有邮件未能发出时"
        "退出码为 1，下次运行补发。 / Mail what is new to subscribers and erase addresses not "
        "confirmed in time; may be run at any time. Exit code 1 if a mail failed: it stays due."
    )

    def handle(self, *args, **options):
        purged = purge_unconfirmed()
        sent, failed = send_news()
        if options["verbosity"]:
            self.stdout.write(
                f"已发送 {sent} 封，失败 {failed} 封；清除未确认的邮箱 {purged} 个 / "
                f"{sent} sent, {failed} failed; {purged} unconfirmed addresses erased"
            )
        if failed:
            raise CommandError(
                f"{failed} 封邮件未能发出，原因见日志 / {failed} mails failed, see the log"
            )

"""What notices put on people's homes, and the clock's part in them."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from page_types.publication import scheduler
from page_types.review import today
from page_types.review.notices import outbox, preferences, service
from page_types.review.notices.views import minds_the_post


def connect():
    """Called once, when the room is ready."""
    from page_types.review.notices import of_review

    of_review.connect()
    preferences.replace_core()
    today.register(sentences)
    scheduler.register("notices", outbox.send_queued)
    scheduler.register("notices_tidy", outbox.tidy, every=timedelta(days=1))


def sentences(desk):
    """How many are unread; to administrators, how many mails were given up."""
    if count := service.unread(desk.user):
        yield today.Sentence(
            _("有 %(count)d 条未读通知") % {"count": count},
            reverse("review:notices"),
            pressing=False,
        )
    if minds_the_post(desk.user) and (count := outbox.failed().count()):
        yield today.Sentence(
            _("有 %(count)d 封通知邮件多次发送失败，请检查邮件服务器和收件地址") % {"count": count},
            reverse("review:notices_failed"),
        )

"""What connects the desk with the rest of the portal."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from page_types.publication import privacy, scheduler
from page_types.review import today
from search import log, vocabulary
from search.desk.home import of_empty_searches


def connect():
    """Called once, when the room is ready."""
    vocabulary.connect()
    scheduler.register("search_log", log.purge, every=timedelta(days=1))
    today.register(of_empty_searches)
    privacy.register(
        privacy.Paragraph("search", _("站内搜索"), "search/privacy.html", 45, log.privacy_facts)
    )

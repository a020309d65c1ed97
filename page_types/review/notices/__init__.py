"""Notices: told in the admin and by mail, each person as he chose.

notices.notify(people, kind, subject, template, context, url)
notices.kinds.register("step", _("待我审核"))     # in ready()
"""

from page_types.review.notices import kinds
from page_types.review.notices.service import notify

__all__ = ["kinds", "notify"]

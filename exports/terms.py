"""使用许可: under which conditions open data may be used. The bureau decides, and says so here.

Nobody decided the first words: they are shown as such until somebody who may speak for the whole
site has put his own in their place. What once held stays on record.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from page_types.publication.announcements import may_speak
from page_types.publication.visitors import client_address
from page_types.review.audit import outbox
from page_types.review.audit.models import Kind

#: What holds until the bureau decides; unverified.
FIRST_WORDS = gettext_lazy("可以免费使用，使用时请注明来源。")


class OpenDataTerms(models.Model):
    """使用许可 as somebody set it; the newest holds, none is ever changed."""

    text = models.TextField(
        gettext_lazy("许可说明"),
        max_length=1000,
        help_text=gettext_lazy("公众怎样使用数据、要遵守什么，一两句话。"),
    )
    url = models.URLField(
        gettext_lazy("许可全文的网址"), max_length=500, blank=True,
        help_text=gettext_lazy("没有可不填"),
    )  # fmt: skip
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "portal_exports"
        verbose_name = gettext_lazy("数据使用许可")
        verbose_name_plural = gettext_lazy("数据使用许可")
        ordering = ["-pk"]

    def __str__(self):
        return self.text


@dataclass(frozen=True)
class Terms:
    """What holds now; `confirmed`: the bureau has said so."""

    text: str
    url: str = ""
    confirmed: bool = False

    @property
    def note(self):
        """What is to be said of words that nobody has decided."""
        return "" if self.confirmed else _("这是系统默认的说明，尚待本网站主办单位确认。")


def terms():
    """The terms of this moment."""
    found = OpenDataTerms.objects.first()
    return Terms(found.text, found.url, True) if found else Terms(str(FIRST_WORDS))


@transaction.atomic
def set_terms(request, text, url):
    """Put other terms in force; PermissionError for who may not speak for the whole site."""
    user = request.user
    if not may_speak(user):
        raise PermissionError
    before = terms()
    made = OpenDataTerms.objects.create(text=text, url=url, set_by=user)
    outbox.note(
        "open_data.terms",
        kind=Kind.OTHER,
        who=user,
        about=made,
        data={"text": text, "url": url, "before": before.text},
        department_id=user.department_id,
        address=client_address(request),
    )
    return made

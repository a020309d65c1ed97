"""MicropostPage 政务新媒体: a short text for another platform, and where it was posted.

Nothing is sent from here: an approved text is posted by hand, its address and time are recorded,
and that time is the date by which the column counts as fresh.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.search import index

from page_types.base import PortalPage, PortalPageForm
from page_types.content import StandsInColumn
from page_types.panels import CopyPanel, PostTextarea
from page_types.publication.addresses import public_path


class MicropostForm(PortalPageForm):
    """Tells the counter beside the text how long the link is that will follow it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "text" in self.fields:
            self.fields["text"].widget.attrs["data-link"] = self.instance.article_url


class MicropostPage(StandsInColumn, PortalPage):
    """The text of a post, composed from a public page if one is named."""

    class Platform(models.TextChoices):
        WEIBO = "weibo", _("微博")
        WECHAT = "wechat", _("微信公众号")
        OTHER = "other", _("其他平台")

    platform = models.CharField(
        _("平台"), max_length=20, choices=Platform.choices, default=Platform.WEIBO
    )
    text = models.TextField(_("正文"), help_text=_("发布时会在后面加上原文链接，链接也计入字数"))
    article = models.ForeignKey(
        "wagtailcore.Page", models.DO_NOTHING, null=True, blank=True, db_constraint=False,
        related_name="+", verbose_name=_("原文"),
    )  # fmt: skip
    post_url = models.URLField(_("发布后的网址"), max_length=500, blank=True)
    posted_at = models.DateTimeField(
        _("在平台发布的时间"), null=True, blank=True, help_text=_("栏目以此判断是否按期更新")
    )

    is_creatable = True
    base_form_class = MicropostForm
    speaking_fields = ("text",)
    template = "page_types/micropost_page.html"
    search_fields = [*PortalPage.search_fields, index.SearchField("text")]
    content_panels = [
        FieldPanel("title", help_text=_("只在本网站的列表中显示")),
        FieldPanel("platform"),
        FieldPanel("text", widget=PostTextarea),
        PageChooserPanel("article"),
        MultiFieldPanel(
            [CopyPanel(), FieldPanel("post_url"), FieldPanel("posted_at")], heading=_("发布记录")
        ),
    ]

    class Meta:
        verbose_name = _("政务新媒体信息")

    @property
    def article_url(self):
        """The public address of the page it was composed from, or ""."""
        path = public_path(self.article_id) if self.article_id else None
        return settings.SITE_URL + path if path else ""

    def whole_text(self):
        """What is to be posted: the text, and the link after a space."""
        return f"{self.text} {self.article_url}".strip()

    def longest(self):
        """How many characters the platform takes (PORTAL_POST_LENGTHS), or None."""
        return settings.PORTAL_POST_LENGTHS.get(self.platform)

    def check_text(self):
        super().check_text()
        errors = {}
        longest, length = self.longest(), len(self.whole_text())
        if longest and length > longest:
            errors["text"] = _(
                "连同链接共 %(length)d 字，超过该平台的 %(longest)d 字，请再删去 %(over)d 字。"
            ) % {"length": length, "longest": longest, "over": length - longest}
        if bool(self.post_url) != bool(self.posted_at):
            errors["posted_at" if self.post_url else "post_url"] = _(
                "发布后的网址和发布时间须一并填写。"
            )
        if self.posted_at and self.posted_at > timezone.now():
            errors["posted_at"] = _("发布时间晚于现在，请核对后重填。")
        if errors:
            raise ValidationError(errors)

    def date_to_show(self):
        """The day of the post on its platform is the day by which the column is fresh."""
        return self.posted_at

    def public_summary(self):
        return self.text

    def public_line(self):
        return {
            "platform": str(self.get_platform_display()),
            "post_url": self.post_url,
            "posted": bool(self.posted_at),
        }

    def structured_type(self):
        more = {"sameAs": self.post_url} if self.post_url else {}
        return "SocialMediaPosting", more

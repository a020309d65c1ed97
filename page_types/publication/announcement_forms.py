"""Forms of the announcements' screens; what is permitted is decided by the services."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from page_types.publication.models import Announcement, Mourning


class Moment(forms.DateTimeInput):
    """The browser's own picker for day and minute."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


class Day(forms.DateInput):
    """The browser's own picker for a day."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class AnnouncementForm(forms.ModelForm):
    """What is said, how loudly, and until when: an end is obligatory, so that none is forgotten."""

    class Meta:
        model = Announcement
        fields = ["level", "text", "link", "starts_at", "ends_at"]
        widgets = {
            "level": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 3}),
            "starts_at": Moment,
            "ends_at": Moment,
        }
        help_texts = {
            "level": _("紧急公告用于突发事件、停止服务等，以醒目的底色显示。"),
            "text": _("不超过 200 字，显示在每个公开页面的顶部。"),
            "link": _("选填。本站网址以 / 开头，站外网址以 https:// 开头。"),
            "ends_at": _("到时自动撤下，也可以随时提前结束。"),
        }

    def __init__(self, *args, **kwargs):
        now = timezone.localtime().replace(second=0, microsecond=0)
        kwargs.setdefault("initial", {"starts_at": now, "ends_at": now + timedelta(days=1)})
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = Announcement.Level.choices  # none is chosen beforehand

    def clean_ends_at(self):
        ends_at = self.cleaned_data["ends_at"]
        if ends_at <= timezone.now():
            raise ValidationError(_("停止显示的时间已经过去，请改为将来的时间。"))
        return ends_at


class MourningForm(forms.ModelForm):
    """Which days are grey, and why."""

    class Meta:
        model = Mourning
        fields = ["reason", "from_day", "until_day"]
        widgets = {"from_day": Day, "until_day": Day}
        help_texts = {
            "reason": _("写明依据，如上级通知的名称和文号；只在后台记录，不对外显示。"),
            "until_day": _("这一天结束后自动恢复彩色，也可以随时提前结束。"),
        }

    def clean_until_day(self):
        until_day = self.cleaned_data["until_day"]
        if until_day < timezone.localdate():
            raise ValidationError(_("最后一天已经过去，请改为今天或以后的日期。"))
        return until_day

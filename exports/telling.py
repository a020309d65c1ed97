"""Whoever asked for a file hears that it is there, or that it could not be made."""

from django.template.defaultfilters import date, filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from page_types.review import notices

KIND = "export"


def register():
    """The kind of notice, once."""
    notices.kinds.register(KIND, gettext_lazy("后台导出"))


def ended(file):
    """To be called in the transaction in which the file became ready or failed."""
    ready = file.state == file.State.READY
    subject = _("可以下载：%(what)s") if ready else _("没有生成：%(what)s")
    if file.asked_by.is_active:
        notices.notify(
            [file.asked_by],
            KIND,
            subject % {"what": file},
            "export_file",
            {
                "file": file,
                "ready": ready,
                "size": filesizeformat(file.size),
                "until": date(timezone.localtime(file.expires_at), "Y-m-d H:i"),
            },
            file.get_absolute_url(),
        )

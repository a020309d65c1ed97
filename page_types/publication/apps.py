from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    name = "page_types.publication"
    label = "publication"
    verbose_name = _("发布台账")

    def ready(self):
        from page_types.publication import (  # noqa: F401  they register themselves
            checks,
            doors,
            pins,
            privacy,
            schedule,
            scheduler,
            sql_guard,
        )

        scheduler.register("schedule", schedule.told)
        scheduler.register("pins", pins.end_due)
        doors.register("/site-map/", _("网站地图"), position=10)
        doors.register("/privacy/", _("隐私说明"), position=40)
        template = "publication/privacy/{}.html"
        for place, (name, title) in enumerate(
            (
                ("reading", _("浏览网页")),
                ("settings", _("阅读设置")),
                ("staff", _("工作人员登录")),
                ("logs", _("服务器日志")),
            )
        ):
            privacy.register(
                privacy.Paragraph(name, title, template.format(name), position=(place + 1) * 10)
            )

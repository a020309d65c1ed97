"""System checks (`check --deploy`) of what public forms stand on."""

from django.conf import settings
from django.core.checks import Tags, Warning, register


@register(Tags.caches, deploy=True)
def shared_count(app_configs, **kwargs):
    """Limits per address are counted in the default cache; one in memory is each process's own."""
    if "locmem" not in settings.CACHES["default"]["BACKEND"]:
        return []
    return [
        Warning(
            "表单限流按进程各自计数，实际上限 = 设定值 × 进程数 / "
            "form limits are counted by each process for itself",
            hint="多进程或多机运行时，把 CACHES 的 default 设为共享缓存（如 Redis）。",
            id="ext_base.W001",
        )
    ]


@register(Tags.compatibility, deploy=True)
def mail_server(app_configs, **kwargs):
    """Confirmations and notices are mailed: say where, before somebody waits for one."""
    if settings.EMAIL_HOST != "localhost" or not settings.EMAIL_BACKEND.endswith(
        "smtp.EmailBackend"
    ):
        return []
    return [
        Warning(
            "没有设置 PORTAL_EMAIL_URL，邮件发往本机 25 端口 / mails go to port 25 of this machine",
            hint="见 docs/operations.md。",
            id="ext_base.W002",
        )
    ]

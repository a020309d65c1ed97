"""System checks (`check --deploy`): what an operator should know before visitors do."""

from django.conf import settings
from django.core.checks import Tags, Warning, register

#: (setting, environment variable, what it is)
FACTS = [
    ("PORTAL_SITE_ID_CODE", "网站标识码"),
    ("PORTAL_ISSUER_CODE", "索引号机构代码（统一社会信用代码）"),
    ("PORTAL_ICP_NUMBER", "ICP 备案编号"),
    ("PORTAL_POLICE_NUMBER", "公安机关备案号"),
    ("PORTAL_CONTACT", "联系方式"),
    ("PORTAL_CONAC_URL", "党政机关网站标识链接"),
]


@register(Tags.compatibility, deploy=True)
def facts_of_the_bureau(app_configs, **kwargs):
    """Facts that no source gave us stay empty until the bureau enters them; say which."""
    missing = [f"{name}（{what}）" for name, what in FACTS if not getattr(settings, name)]
    if not missing:
        return []
    return [
        Warning(
            "尚未设置 / not set: " + "、".join(missing),
            hint="见 docs/operations.md；未设置的，页脚和 <meta> 中不显示。",
            id="publication.W001",
        )
    ]

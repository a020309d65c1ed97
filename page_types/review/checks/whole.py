"""Whether a text is whole: something to read, and the rules of its own type."""

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from page_types.review.checks.registry import Problem, Severity, register
from page_types.review.checks.words import page_of


@register(name="something_to_read", label=gettext_lazy("正文"), adjustable=False)
def something_to_read(text, page):
    """Articles and documents say something; the text of a column may be empty."""
    if page.is_column_text:
        return
    if not any(_says_something(text.data.get(field)) for field in page.speaking_fields):
        field = page.speaking_fields[0]
        name = page._meta.get_field(field).verbose_name
        yield Problem(field, _("%(name)s是空的") % {"name": name}, mend=_("请填写后再送审。"))


def _says_something(value):
    if isinstance(value, list):
        return any(_says_something(block.get("value", block)) for block in value)
    return bool(strip_tags(value).strip()) if isinstance(value, str) else bool(value)


@register(name="own_rules", label=gettext_lazy("各类页面自己的规则"), adjustable=False)
def the_types_own_rules(text, page):
    """Rules between fields that a draft may break (`PortalPage.check_text`)."""
    try:
        page_of(text).check_text()
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            yield from (Problem(field, message.rstrip("。")) for message in messages)


@register(
    name="service_guide", label=gettext_lazy("办事指南要素"), severity=Severity.ADVICE,
    help=gettext_lazy("检查指标所列的办事指南要素是否齐全"),
)  # fmt: skip
def service_guides_are_whole(text, page):
    """What the inspections count as key elements of a guide; lacking one is said, not forbidden."""
    for field, name in getattr(page_of(text), "missing_elements", list)():
        yield Problem(
            field, _("办事指南缺少“%(name)s”") % {"name": name}, blocking=False,
            mend=_("请补充；确无此项的写“无”。"),
        )  # fmt: skip

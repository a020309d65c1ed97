"""Personal data in all words of a text: Article 15 of the regulation, domain facts 3.6."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from page_types.review.checks import numbers
from page_types.review.checks.anchors import block_anchor
from page_types.review.checks.registry import Problem, Severity, once_a_run, register
from page_types.review.checks.words import pieces_of

LABELS = {
    "resident_id": gettext_lazy("居民身份证号码"),
    "passport": gettext_lazy("护照或通行证号码"),
    "card": gettext_lazy("银行卡号"),
    "mobile": gettext_lazy("手机号码"),
    "address": gettext_lazy("家庭住址"),
}


@once_a_run
def found_in(text):
    """(piece, Found) of all personal data in the text, its tables, captions and attachments."""
    return [
        (piece, found)
        for piece in pieces_of(text)
        for found in numbers.find(piece.words, piece.context)
    ]


def _problems(text, kinds):
    for piece, found in found_in(text):
        if found.kind in kinds:
            yield Problem(
                piece.field,
                _("%(where)s：%(what)s %(shown)s")
                % {"where": piece.label, "what": LABELS[found.kind], "shown": found.masked},
                mend=_how(piece, found),
                anchor=block_anchor(piece.block),
            )


def _how(piece, found):
    if not piece.path:
        return _("在附件中：请遮盖后重新上传，替换原附件。")
    if found.hidden:
        return _("删去，或用“一键遮盖”隐去中间几位。")
    return _("删去，或只写到街道、乡镇。")


@register(
    name="personal_id",
    label=gettext_lazy("证件号码"),
    severity=Severity.MUST,
    help=gettext_lazy("居民身份证（核对校验码）、护照和通行证号码，含表格、图片说明和附件中的"),
)
def identity_numbers(text, page):
    """Numbers of identity documents are never published in full."""
    yield from _problems(text, ("resident_id", "passport"))


@register(
    name="personal_card",
    label=gettext_lazy("银行卡号"),
    severity=Severity.MUST,
    help=gettext_lazy("按校验位识别的银行卡号"),
)
def card_numbers(text, page):
    """Numbers of bank cards."""
    yield from _problems(text, ("card",))


@register(
    name="personal_mobile",
    label=gettext_lazy("手机号码"),
    severity=Severity.SHOULD,
    help=gettext_lazy("作为工作联系方式公开的，送审时说明理由"),
)
def mobile_numbers(text, page):
    """A mobile may be an office's contact: that has to be said."""
    yield from _problems(text, ("mobile",))


@register(
    name="personal_address",
    label=gettext_lazy("家庭住址"),
    severity=Severity.SHOULD,
    help=gettext_lazy("到门牌房号的住址"),
)
def home_addresses(text, page):
    """What looks like somebody's home, down to the door."""
    yield from _problems(text, ("address",))

"""What a page must say of itself: domain facts 4.1 (catalogue) and 5.1 (ContentSource)."""

import re

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from page_types.review.checks.registry import Problem, Severity, register
from page_types.review.checks.words import label_of, words_of

#: What texts of others say of themselves.
_OF_OTHERS = re.compile(r"来源[:：]|转自|转载|本报讯|新华社|中新社|本报记者|通讯员|据.{2,12}报道")
#: Of documents with a head table; a page type that has the field is asked for it.
OF_DOCUMENTS = ("document_number", "issuing_body", "signed_date")


def _missing(text, page, names):
    for name in names:
        try:
            page._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if not text.data.get(name):
            yield name, label_of(type(page), name)


@register(
    name="document_metadata", label=gettext_lazy("公文要素"), severity=Severity.SHOULD,
    help=gettext_lazy("政策文件的文号、发文机关、成文日期"),
)  # fmt: skip
def documents_say_what_they_are(text, page):
    """Number, issuing body and date of a document; a document without a number says why."""
    for name, label in _missing(text, page, OF_DOCUMENTS):
        yield Problem(
            name,
            _("没有填写%(name)s") % {"name": label},
            mend=_("请照原文件填写；文件没有文号的，送审时说明。"),
        )


@register(
    name="source",
    label=gettext_lazy("来源"),
    severity=Severity.ADVICE,
    help=gettext_lazy("文中提到记者、通讯社或转载而没有填写来源；不填时网页显示发布部门"),
)
def texts_name_their_source(text, page):
    """Without a source the page names the department; that of somebody else's text must be said."""
    for name, _label in _missing(text, page, ("source",)):
        if found := _OF_OTHERS.search(words_of(text)):
            yield Problem(
                name,
                _("文中有“%(words)s”，没有填写来源，网页将显示发布部门") % {"words": found.group()},
                mend=_("内容取自其他单位的，请写明来源。"),
            )

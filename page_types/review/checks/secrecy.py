"""保密审查: every text is reviewed before it is disclosed; somebody answers for it (Article 17).

A declaration is of one text with its files, in one column: a later version needs its own. It is no
part of the text; nobody sees it outside the house.
"""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log
from wagtail.models import Page

from page_types.publication.seals import seen_of
from page_types.publication.texts import text_of
from page_types.review import rules
from page_types.review.checks.models import SecrecyReview
from page_types.review.checks.registry import Problem, register
from page_types.review.errors import ReviewRefused

DECLARED = "review.secrecy_declared"
#: The element that holds the form, in the editor and on the screen of checks.
ANCHOR = "secrecy"
Conclusion, Disclosure = SecrecyReview.Conclusion, SecrecyReview.Disclosure


class SecrecyForm(forms.ModelForm):
    """What the editor declares when he submits: one tick, the rest is filled in already."""

    prefix = "secrecy"
    done = forms.BooleanField(
        label=gettext_lazy("本部门已按“先审查、后公开”的要求完成保密审查"),
        error_messages={"required": gettext_lazy("完成保密审查后请勾选。")},
    )

    class Meta:
        model = SecrecyReview
        fields = ["done", "conclusion", "reviewer", "reviewed_on", "disclosure", "reason"]
        widgets = {"reviewed_on": AdminDateInput}
        help_texts = {
            "reviewer": gettext_lazy("本部门的保密审查人，写姓名"),
            "reason": gettext_lazy("不是主动公开的，或结论为不能公开的，须写明理由"),
        }

    def __init__(self, *args, **kwargs):
        """Django offers a row of dashes, which says nothing, least of all when it is read aloud."""
        super().__init__(*args, **kwargs)
        self.fields["conclusion"].choices = [("", _("请选择")), *Conclusion.choices]

    def clean_reviewed_on(self):
        day = self.cleaned_data["reviewed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("审查日期不能晚于今天。"))
        return day

    def clean(self):
        cleaned = super().clean()
        plain = (
            cleaned.get("disclosure") == Disclosure.ACTIVE
            and cleaned.get("conclusion") != Conclusion.CLOSED
        )
        if not plain and "disclosure" in cleaned and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("不是主动公开的，请写明理由。"))
        return cleaned

    @property
    def declared(self):
        """What `declare` takes; None while the form is not right."""
        if not self.is_bound or not self.is_valid():
            return None
        return {name: value for name, value in self.cleaned_data.items() if name != "done"}


def form_for(page, data=None, user=None):
    """The form, filled with what the page's or the department's last declaration said.

    A page that `user` is just creating has no department yet: his own stands for it.
    """
    department_id = page.department_id or getattr(user, "department_id", None)
    return SecrecyForm(data, initial=proposed(page, department_id))


def proposed(page, department_id):
    """What will most likely be declared of a page: fields of a declaration, to be confirmed."""
    own = page.pk and last_of(page.pk)
    other = SecrecyReview.objects.filter(department_id=department_id)
    last = own or (department_id and other.order_by("-pk").first())
    return {
        "conclusion": Conclusion.OPEN,
        "reviewer": last.reviewer if last else "",
        "reviewed_on": timezone.localdate(),
        "disclosure": own.disclosure if own else getattr(page, "disclosure", Disclosure.ACTIVE),
        "reason": own.reason if own else "",
    }


def last_of(page_id):
    """The page's newest declaration, on whichever of its texts; None if there is none."""
    return SecrecyReview.objects.filter(page_id=page_id).order_by("-pk").first()


def as_before(page):
    """What `declare` takes, to declare of the newest draft what was declared of the one before.

    For changes that a reviewer has proposed and the author takes; None where nothing was declared.
    """
    last = last_of(page.pk)
    return last and {
        "reviewer": last.reviewer,
        "conclusion": last.conclusion,
        "disclosure": last.disclosure,
        "reason": last.reason,
    }


def declaration_of(text):
    """The newest declaration on exactly this text with its files, or None."""
    return (
        SecrecyReview.objects.filter(page_id=text.page_id, seen=seen_of(text))
        .order_by("-pk")
        .first()
    )


def declare(page, user, *, reviewer, conclusion=Conclusion.OPEN, reviewed_on=None,
            disclosure=Disclosure.ACTIVE, reason=""):  # fmt: skip
    """Record that the newest draft of the page has been reviewed; returns the declaration.

    Raises ReviewRefused where the user may not submit the page or the declaration says too little.
    """
    if not page.permissions_for_user(user).may_write():
        raise ReviewRefused(_("您不是这份稿件的信息员，不能填写保密审查。"))
    with rules.told_as_refusal():
        # The caller's page may be older than its newest draft.
        newest = Page.objects.select_related("latest_revision").get(pk=page.pk).latest_revision
        text = text_of(newest)
    form = SecrecyForm(
        {
            "secrecy-done": "on",
            "secrecy-reviewer": reviewer,
            "secrecy-conclusion": conclusion,
            "secrecy-reviewed_on": reviewed_on or timezone.localdate(),
            "secrecy-disclosure": disclosure,
            "secrecy-reason": reason,
        }
    )
    if not form.is_valid():
        wrong = "；".join(message for each in form.errors.values() for message in each)
        raise ReviewRefused(_("保密审查填写有误：%(wrong)s") % {"wrong": wrong})
    made = form.save(commit=False)
    made.page_id, made.seen = page.pk, seen_of(text)
    made.department_id, made.by = page.department_id, user
    made.save()
    log(
        instance=page,
        action=DECLARED,
        user=user,
        data={
            "reviewer": made.reviewer,
            "reviewed_on": made.reviewed_on.isoformat(),
            "conclusion": made.conclusion,
            "disclosure": made.disclosure,
            "reason": made.reason,
            "seen": made.seen,
        },
    )
    return made


@register(
    name="secrecy", label=gettext_lazy("保密审查"), adjustable=False, at_submission=True,
    help=gettext_lazy("先审查、后公开：审查人、日期、结论和公开属性"),
)  # fmt: skip
def declared(text, page):
    """Every text but that of a column has been reviewed, and may be disclosed."""
    if page.is_column_text:
        return
    found = declaration_of(text)
    if found is None:
        yield Problem(
            "",
            _("还没有填写保密审查"),
            mend=_("请填写保密审查人、日期和结论并勾选；稿件改动后须重新填写。"),
            anchor=ANCHOR,
        )
    elif Conclusion.CLOSED in (found.conclusion, found.disclosure):
        yield Problem(
            "",
            _("保密审查的结论是不能公开，不能送审"),
            mend=_("请删去不得公开的内容，重新审查。"),
            anchor=ANCHOR,
        )

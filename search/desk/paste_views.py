"""Many groups of synonyms at once, pasted from a sheet: a line a group, a cell a word."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.log_actions import log

from search.desk.rights import for_the_desk
from search.vocabulary_models import Synonym

#: Lines taken at once.
MOST = 500


class PasteForm(forms.Form):
    """Every wrong line is told with its number; nothing is added then."""

    lines = forms.CharField(
        label=gettext_lazy("同义词"),
        max_length=MOST * 200,
        widget=forms.Textarea({"rows": 12}),
        help_text=gettext_lazy(
            "每行一组，词与词之间用顿号、逗号或等号分隔；"
            "也可以从 Excel、WPS 表格中复制若干行，每格一个词。"
        ),
    )

    def clean_lines(self):
        """The groups, not saved yet."""
        groups, wrong = [], []
        lines = [line for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        if len(lines) > MOST:
            raise ValidationError(_("一次最多 %(count)d 行，请分几次。") % {"count": MOST})
        with transaction.atomic():  # what the lines say to each other counts too
            for number, line in enumerate(lines, 1):
                group = Synonym(words=line.strip())
                try:
                    group.full_clean()
                    group.save()
                    groups.append(group)
                except ValidationError as error:
                    wrong += [
                        f"{_('第 %(n)d 行') % {'n': number}}：{each}" for each in error.messages
                    ]
            transaction.set_rollback(True)
        if wrong:
            raise ValidationError(wrong)
        return groups


@for_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request):
    """Add what was pasted, each group with its line in the log."""
    form = PasteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            for group in form.cleaned_data["lines"]:
                made = Synonym.objects.create(words=group.words)
                log(made, "wagtail.create", user=request.user)
        count = len(form.cleaned_data["lines"])
        messages.success(request, _("已添加 %(count)d 组同义词。") % {"count": count})
        return redirect("search_synonyms:index")
    return render(
        request,
        "search/desk/paste.html",
        {"page_title": _("成批添加同义词"), "header_icon": "link", "form": form},
    )

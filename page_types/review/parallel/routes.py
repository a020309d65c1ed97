"""Core's editor, made to notice that somebody else has saved since it was opened.

Core compares the version that the form was opened with only for autosave, by script (7.4:
`EditView.is_out_of_date`); a save by button puts the second text over the first without a word. The
form carries that version in two hidden fields, so that ours is asked of every save, under a lock.
"""

from functools import wraps

from django.db import transaction
from django.shortcuts import redirect
from wagtail.admin.views.pages.edit import EditView

from page_types.review.parallel import services


def watch():
    """Called once, when the room is ready."""
    EditView.post = _watched(EditView.post)


def _watched(post):
    @wraps(post)
    @transaction.atomic
    def watched(self, request, *args, **kwargs):
        if self.page.alias_of_id:
            return post(self, request, *args, **kwargs)
        _read_again(self)
        by_script = self.expects_json_response  # core refuses by itself and says so
        if by_script or self.is_cancelling_workflow or not self.is_out_of_date:
            return post(self, request, *args, **kwargs)
        form = self.form_class(
            request.POST,
            request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=request.user,
        )
        form.defer_required_fields()
        if not form.is_valid():
            # Core would show the errors in a form that counts as opened just now.
            self.page.latest_revision_id = request.POST["loaded_revision_id"]
            self.latest_revision_created_at = request.POST.get("loaded_revision_created_at", "")
            return post(self, request, *args, **kwargs)
        kept = services.set_aside(form.save(commit=False), request.user, self.latest_revision)
        return redirect("review:parallel", self.page.pk, kept.pk)

    return watched


def _read_again(view):
    """The newest revision under the lock: core read it before, and somebody may have saved."""
    newest = services.locked_newest(view.page.pk)
    if services.version_of(newest) != services.version_of(view.latest_revision):
        view.latest_revision = newest
        vars(view).pop("latest_revision_created_at", None)

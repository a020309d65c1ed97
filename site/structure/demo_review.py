"""Taking the demonstration's drafts through review, each step by the person whose duty it is."""

import gc
from contextlib import contextmanager

from django.db import transaction
from wagtail.models import ReferenceIndex, TaskState
from wagtail.signal_handlers import disable_reference_index_auto_update

from page_types.organisation.models import Post, User
from page_types.publication.demo import demonstration
from page_types.publication.models import Counter
from page_types.publication.texts import references_remembered
from page_types.review import services
from page_types.review.remarks.services import remark
from structure.demo_making import DemoError, Maker
from structure.models import DemoItem

#: What the demonstration's officers say with every submission.
SECRECY = {"reviewer": "演示保密审查人"}
REASON = "演示内容，已核对"


@contextmanager
def in_bulk():
    """Many texts at once: what the review makes and drops stays out of the collector's rounds."""
    gc.collect()
    gc.freeze()
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 100)
    try:
        with references_remembered():
            yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


class Loader:
    """Loads items one by one; what is loaded already stays as it is, whatever became of it."""

    def __init__(self, people, as_of):
        self.people, self.as_of = people, as_of
        self.pages = dict(DemoItem.objects.values_list("key", "page_id"))
        self._users = {}

    @transaction.atomic
    def load(self, item):
        """Load an item, all of it or nothing; returns whether there was anything to do."""
        Counter.lock("demo")  # of two loaders at once, the second finds the item done
        if done := DemoItem.objects.filter(key=item.key).first():
            self.pages[item.key] = done.page_id
            return False
        officer = self._person(Post.OFFICER, item.department)
        maker = Maker(item, officer, self.pages, self.as_of)
        # The index of references is written once, of the finished page.
        with disable_reference_index_auto_update():
            page = maker.draft()
            if item.at != "draft":
                with demonstration(item.shown_at(self.as_of)):
                    services.submit(page, officer, secrecy=SECRECY, reasons=REASON)
                    self._review(item, page)
                for version in item.versions:
                    self._revise(item, page, maker, version, officer)
                if item.correction:
                    self._correct(page, maker, item.correction, officer)
        ReferenceIndex.create_or_update_for_object(type(page).objects.get(pk=page.pk))
        DemoItem.objects.create(key=item.key, page_id=page.pk)
        self.pages[item.key] = page.pk
        return True

    def _revise(self, item, page, maker, version, officer):
        """A later publication of the same page: a new draft, a new review.

        It keeps the date that visitors see, as every revision does, unless it is `redated`: a
        demonstration has no other date by which versions of a list could be told apart.
        """
        about = {"age_days", "redated"}
        fields = {name: value for name, value in version.items() if name not in about}
        age = version["age_days"] if version.get("redated") else item.age_days
        shown_at = item.shown_at(self.as_of, age)
        maker.shown_at = shown_at
        draft = _drafted_anew(page, maker, fields, officer)
        with demonstration(shown_at):
            services.submit(draft, officer, secrecy=SECRECY, reasons=REASON)
            self._review(item, draft)

    def _correct(self, page, maker, fields, officer):
        """A few words put right, waiting at the first step of the short chain."""
        draft = _drafted_anew(page, maker, fields, officer)
        services.submit(draft, officer, secrecy=SECRECY, reasons=REASON, as_correction=True)

    def _review(self, item, page):
        """Approve step by step until the item is where it shall stay."""
        while state := _open_step(page):
            task = state.task.specific
            user = self._person(task.post, item.department)
            if task.step == item.at:
                if item.remark:
                    remark(state, user, **item.remark)
                return
            if task.post == item.returned_by:
                services.return_draft(state, user, item.reason)
                return
            services.approve(state, user, services.seen_now(state))
        if not (item.is_public or item.go_live_days):
            raise DemoError(
                f"{item.key}: 栏目的审核链没有它要停留的环节 / its column's chain has no such step"
            )

    def _person(self, post, code):
        """The account of the first person in people.yaml who holds the post."""
        person = next((person for person in self.people if person.holds(post, code)), None)
        if person is None or person.username not in self._users:
            user = person and User.objects.filter(username=person.username).first()
            if user is None:
                raise DemoError(
                    f"没有“{Post(post).label}”（{code}）的演示账号，请先运行 create_accounts / "
                    f"no account for {post} of {code}: run create_accounts first"
                )
            self._users[person.username] = user
        return self._users[person.username]


def _drafted_anew(page, maker, fields, officer):
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    maker.change(draft, fields)
    draft.save_revision(user=officer, log_action="wagtail.edit")
    return draft


def _open_step(page):
    return (
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type=page.get_base_content_type(),
            workflow_state__object_id=str(page.pk),
        )
        .select_related("task", "workflow_state", "revision")
        .first()
    )

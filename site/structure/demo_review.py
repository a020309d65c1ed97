"""Taking the demonstration's drafts through review, each step by the person whose duty it is."""

from django.db import transaction
from wagtail.models import TaskState

from page_types.organisation.models import Post, User
from page_types.publication.demo import demonstration
from page_types.publication.models import Counter
from page_types.review import services
from structure.demo_content import DemoError, make_draft
from structure.models import DemoItem


class Loader:
    """Loads items one by one; what is loaded already stays as it is, whatever became of it."""

    def __init__(self, people, as_of):
        self.people, self.as_of = people, as_of
        self.pages = dict(DemoItem.objects.values_list("key", "page_id"))

    @transaction.atomic
    def load(self, item):
        """Load an item, all of it or nothing; returns whether there was anything to do."""
        Counter.lock("demo")  # of two loaders at once, the second finds the item done
        if done := DemoItem.objects.filter(key=item.key).first():
            self.pages[item.key] = done.page_id
            return False
        officer = self._person(Post.OFFICER, item.department)
        page = make_draft(item, officer, self.pages)
        services.submit(page, officer)
        with demonstration(item.shown_at(self.as_of)):
            self._review(item, page)
        DemoItem.objects.create(key=item.key, page_id=page.pk)
        self.pages[item.key] = page.pk
        return True

    def _review(self, item, page):
        """Approve step by step until the item is where it shall stay."""
        while state := _open_step(page):
            task = state.task.specific
            if task.step == item.at:
                return
            user = self._person(task.post, item.department)
            if task.post == item.returned_by:
                services.return_draft(state, user, item.reason)
                return
            services.approve(state, user, services.seen_now(state))
        if not item.is_public:
            raise DemoError(
                f"{item.key}: 栏目的审核链没有它要停留的环节 / its column's chain has no such step"
            )

    def _person(self, post, code):
        """The account of the first person in people.yaml who holds the post."""
        person = next((person for person in self.people if person.holds(post, code)), None)
        user = person and User.objects.filter(username=person.username).first()
        if user is None:
            raise DemoError(
                f"没有“{Post(post).label}”（{code}）的演示账号，请先运行 create_accounts / "
                f"no account for {post} of {code}: run create_accounts first"
            )
        return user


def _open_step(page):
    return TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type=page.get_base_content_type(),
        workflow_state__object_id=str(page.pk),
    ).first()

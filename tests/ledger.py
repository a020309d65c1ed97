"""A small ledger without a review room: columns by the plan, texts by seals set directly."""

from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from wagtail.models import Page, Site

from page_types.models import ArticlePage, ColumnPage, HomePage, PolicyPage, PortalDocument
from page_types.organisation.models import Department, User
from page_types.publication.authorities import Plan, Sealed
from page_types.publication.columns import set_path, touch_columns
from page_types.publication.models import Chain, Column
from page_types.publication.publish import publish
from page_types.publication.seals import set_seal
from page_types.publication.texts import text_of, text_of_data
from tests.once import once

_reviews = iter(range(1_000_000, 9_999_999))


class Ledger:
    """Makes columns and articles, and publishes them as the review room would."""

    def __init__(self):
        Site.objects.all().delete()
        Page.objects.filter(depth__gt=1).delete()
        self.root = Page.objects.get(depth=1)
        self.office = Department.objects.create(code="office", name="办公室")
        self.mass = Department.objects.create(code="mass", name="群体处", position=1)
        self.editor = User.objects.create(username="editor", last_name="张")
        self.reviewer = User.objects.create(username="reviewer", last_name="李")
        self.columns, self.pages = {}, {}
        self.column("home", "广东省体育局", None, kind="home", model=HomePage)

    def column(self, key, title, parent="home", kind="news", model=ColumnPage, owner=None, **more):
        """A public column; returns its record."""
        owner = owner or self.office
        page = model(title=title, slug=key, department=owner, live=False)
        (self.pages[parent] if parent else self.root).add_child(instance=page)
        record = Column.objects.create(
            key=key,
            slug="" if key == "home" else key,
            parent=self.columns[parent] if parent and parent != "home" else None,
            kind=kind,
            chain="report",
            page_id=page.pk,
            position=len(self.columns),
            **more,
        )
        record.owners.add(owner)
        path = "" if key == "home" else key
        if record.parent_id:
            path = f"{record.parent.paths.get(current=True).path}/{key}"
        set_path(record, path)
        touch_columns()
        publish(text_of_data(page, page.serializable_data()), Plan())
        self.columns[key], self.pages[key] = record, page
        return record

    def draft(self, column, title="演示文章", model=ArticlePage, department=None, **fields):
        """An unpublished page with its first revision."""
        page = model(
            title=title, department=department or self.office, live=False, owner=self.editor,
            **fields,
        )  # fmt: skip
        self.pages[column].add_child(instance=page)
        page.save_revision(user=self.editor)
        return page

    def sealed(self, page, revision=None):
        """(text, authority): the latest (or given) revision, sealed by a reviewer."""
        page = type(page).objects.get(pk=page.pk)
        text = text_of(revision or page.get_latest_revision())
        chain = Chain.objects.create(
            review_id=next(_reviews), page_id=page.pk, column_id=text.column_id,
            department_id=text.department_id, name="test", started_at=timezone.now(),
            steps=[{"task": 1, "step": "department_review", "title": "处室审核"}],
        )  # fmt: skip
        set_seal(
            chain, task_id=1, task_state_id=1, step="department_review", by=self.reviewer,
            at=timezone.now(), text=text,
        )  # fmt: skip
        return text, Sealed(chain)

    def publish(self, page, **options):
        """Seal and publish the latest revision; returns the event."""
        return publish(*self.sealed(page), who=self.reviewer, **options)

    def article(self, column, title="演示文章", **fields):
        """A published page, read again."""
        options = {k: fields.pop(k) for k in ("shown_at", "source_of_event") if k in fields}
        page = self.draft(column, title, **fields)
        self.publish(page, **options)
        return type(page).objects.get(pk=page.pk)

    def revise(self, page, **fields):
        """A newer draft of a page; returns its revision."""
        page = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(page, name, value)
        return page.save_revision(user=self.editor)

    def document(self, name="附件.pdf", content=b"%PDF-1.4 demo"):
        """A document as old ones are: stored, whatever its content, before files were looked at."""
        stored = default_storage.save(f"documents/{name}", ContentFile(content))
        return PortalDocument.objects.create(title=name, file=stored)


def with_columns():
    made = Ledger()
    made.column("news", "新闻")
    made.column("notice", "通知", kind="notice")
    made.column("policy", "政策", kind="policy")
    made.column("explained", "解读", parent="policy", kind="policy")
    return made


ledger_of_the_module = once(with_columns)


@pytest.fixture
def ledger(ledger_of_the_module, db):
    """Home, two news columns, a policy column with one below it."""
    return deepcopy(ledger_of_the_module)


@pytest.fixture
def models():
    return SimpleNamespace(article=ArticlePage, policy=PolicyPage)

"""A small plan, the site made of it, and people to work in it: quick enough for every test."""

from io import StringIO

from django.core.management import call_command
from django.db import connection
from wagtail.models import Page, TaskState

from page_types.models import ArticlePage
from page_types.organisation.models import Department, Post, User
from page_types.organisation.services import appoint
from page_types.publication.models import Column
from page_types.review import services

PLAN = """\
schema: 1
site: {name: 某局}
home: {title: 首页, owners: [office], chain: report}
workflow:
  interpretation_report_workdays: 2
  press_conference_hours: 24
  monthly_min_dynamic_items: 2
chains:
  report: {title: 报送发布, steps: [department_review, office_review]}
  self_publish: {title: 自行发布, steps: [department_review]}
default_chain: report
departments:
  - {id: office, name: 办公室, type: internal}
  - {id: mass, name: 群体处, type: internal}
  - {id: comp, name: 竞体处, type: internal}
  - {id: all, name: 各处室及单位, type: virtual}
columns:
  - {key: news, title: 新闻, parent: null, owners: [office], kind: news, group: true}
  - {key: sport, title: 体坛, parent: news, owners: [mass], kind: news, update_period_days: 14}
  - {key: deep, title: 深读, parent: sport, owners: [mass], kind: news}
  - {key: notice, title: 通知, parent: news, owners: [all], kind: notice, chain: self_publish}
  - {key: open, title: 公开, parent: null, owners: [office], kind: policy}
  - {key: stats, title: 统计, parent: open, owners: [office], contributors: [mass], kind: news}
"""


def edited(*changes, text=PLAN):
    """The plan with each (old, new) replaced; old must stand there exactly once."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def everything():
    """Every row of every table: whatever writes nothing leaves it the same."""
    with connection.cursor() as cursor:
        rows = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


class PlannedSite:
    """The site of a plan that a test edits."""

    def __init__(self, folder):
        self.file = folder / "columns.yaml"

    def sync(self, text=PLAN, *options):
        """Run sync_structure on the text; what it prints."""
        self.file.write_text(text, encoding="utf-8")
        out = StringIO()
        call_command("sync_structure", *options, file=self.file, stdout=out)
        return out.getvalue()

    def column(self, key):
        return Column.objects.get(key=key)

    def page(self, key):
        """The column's page, as its own type."""
        return Page.objects.get(pk=self.column(key).page_id).specific

    def department(self, code):
        return Department.objects.get(code=code)

    def person(self, post, code=None):
        """Somebody who holds the post, made on first use and read anew: duties are kept on him."""
        name = f"{post}-{code}" if code else str(post)
        user, _new = User.objects.get_or_create(username=name, defaults={"first_name": name})
        appoint(user, post, self.department(code) if code else None)
        return User.objects.get(pk=user.pk)

    def draft(self, key, code, title="一篇"):
        """A draft by the department's officer, in the column."""
        officer = self.person(Post.OFFICER, code)
        page = ArticlePage(
            title=title, live=False, owner=officer, department=self.department(code),
            body=[("paragraph", "<p>正文</p>")],
        )  # fmt: skip
        self.page(key).add_child(instance=page)
        page.save_revision(user=officer)
        return page

    def submit(self, page, code):
        services.submit(page, self.person(Post.OFFICER, code), secrecy={"reviewer": "保密员"})

    def approve(self, page, *people):
        """Each of the people approves the step at which the review stands."""
        for user in people:
            state = TaskState.objects.get(
                status="in_progress", workflow_state__object_id=str(page.pk)
            )
            services.approve(state, user, services.seen_now(state))

    def article(self, key, code, title="一篇"):
        """A public article of the department in the column."""
        page = self.draft(key, code, title)
        self.submit(page, code)
        self.approve(page, self.person(Post.REVIEWER, code), self.person(Post.OFFICE))
        return page

    def edit_text(self, key, code, **fields):
        """The column's own text, edited by its officer and passed through its chain."""
        officer = self.person(Post.OFFICER, code)
        draft = self.page(key).get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(draft, name, value)
        draft.save_revision(user=officer)
        page = self.page(key)
        self.submit(page, code)
        self.approve(page, self.person(Post.REVIEWER, code), self.person(Post.OFFICE))

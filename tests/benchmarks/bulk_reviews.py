"""Many texts in review at once, straight into the tables of a throw-away database."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, WorkflowState

from page_types.base import PortalPage
from page_types.models import ColumnPage
from page_types.organisation.models import Appointment, Department, Post, User
from page_types.publication.columns import set_path, touch_columns
from page_types.publication.models import Chain, Column
from page_types.review.deadlines.terms import give_deadlines, running

FIRST_PAGE = 1_000_000


def add_people(count, departments=12):
    """`count` users: officers, reviewers and leaders of so many departments, and the bureau's."""
    made = [
        Department.objects.create(code=f"d{number}", name=f"处室{number}", position=100 + number)
        for number in range(departments)
    ]
    people = User.objects.bulk_create(
        User(username=f"u{number}", last_name="职员", first_name=str(number),
             email=f"u{number}@example.org", department=made[number % departments])
        for number in range(count)
    )  # fmt: skip
    posts = [Post.OFFICER] * 5 + [Post.REVIEWER] * 3 + [Post.LEADER, Post.OFFICE, Post.CENTRE]
    Appointment.objects.bulk_create(
        Appointment(
            user=person,
            post=(post := posts[place // departments % len(posts)]),
            department=person.department if post in posts[:9] else None,
        )
        for place, person in enumerate(people)
    )
    return made


def add_columns(home, count, departments):
    """`count` more columns below `home`, each owed by a department every 14 days."""
    for number in range(count):
        page = ColumnPage(title=f"栏目{number}", slug=f"k{number}", department=departments[0])
        home.add_child(instance=page)
        column = Column.objects.create(
            key=f"k{number}", slug=f"k{number}", page_id=page.pk, kind="news", chain="report",
            position=100 + number, update_period_days=14,
        )  # fmt: skip
        column.owners.add(departments[number % len(departments)])
        set_path(column, column.slug)
    touch_columns()


@transaction.atomic
def add_reviews(count, like, departments, first=0):
    """`count` copies of `like`, a page in review, spread over departments, authors and steps.

    `first`: how many were made before.
    """
    page = Page.objects.get(pk=like.pk).specific
    review, chain = page.current_workflow_state, Chain.objects.get(page_id=page.pk)
    tasks = [step["task"] for step in chain.steps]
    officers = {
        department.pk: list(
            User.objects.filter(
                appointments__post=Post.OFFICER, appointments__department=department
            )
        )
        for department in departments
    }
    authors = [
        (place, (them := officers[place])[number // len(officers) % len(them)])
        for number in range(count)
        for place in [list(officers)[number % len(officers)]]
    ]
    numbers = range(FIRST_PAGE + first, FIRST_PAGE + first + count)
    revisions = Revision.objects.bulk_create(
        (
            _revision(page, number, author)
            for number, (_d, author) in zip(numbers, authors, strict=True)
        ),
        batch_size=500,
    )
    for model in (Page, PortalPage, type(page)):
        _copy_rows(model, page, numbers, authors, revisions)
    now = timezone.now()
    states = WorkflowState.objects.bulk_create(
        WorkflowState(
            content_type=review.content_type, base_content_type=review.base_content_type,
            object_id=str(number), workflow=review.workflow, requested_by=author,
            status=WorkflowState.STATUS_IN_PROGRESS, created_at=now,
        )
        for number, (_department, author) in zip(numbers, authors, strict=True)
    )  # fmt: skip
    chains = Chain.objects.bulk_create(
        Chain(review_id=state.pk, page_id=number, column=chain.column, department_id=department,
              name=chain.name, steps=chain.steps, started_by=author, started_at=now)
        for state, number, (department, author) in zip(states, numbers, authors, strict=True)
    )  # fmt: skip
    steps = TaskState.objects.bulk_create(
        TaskState(
            workflow_state=state, revision=revision, task_id=tasks[place // 7 % len(tasks)],
            status=TaskState.STATUS_IN_PROGRESS, started_at=now,
            content_type=ContentType.objects.get_for_model(TaskState),
        )
        for place, (state, revision) in enumerate(zip(states, revisions, strict=True))
    )  # fmt: skip
    for state, step in zip(states, steps, strict=True):
        state.current_task_state = step
    WorkflowState.objects.bulk_update(states, ["current_task_state"], batch_size=500)
    give_deadlines(running())
    return chains


def _revision(page, number, author):
    return Revision(
        content_type=page.content_type, base_content_type=page.get_base_content_type(),
        object_id=str(number), user=author, object_str=f"稿件{number}",
        content=page.get_latest_revision().content, created_at=timezone.now(),
    )  # fmt: skip


def _copy_rows(model, page, numbers, authors, revisions):
    """Rows of one table of the page's type: Django makes no rows of a type with parents in bulk."""
    table, names = model._meta.db_table, [f.column for f in model._meta.local_concrete_fields]
    key = model._meta.pk.column
    with connection.cursor() as cursor:
        chosen = ", ".join(names)
        cursor.execute(f"SELECT {chosen} FROM {table} WHERE {key} = %s", [page.pk])  # noqa: S608
        row = dict(zip(names, cursor.fetchone(), strict=True))
        for name in ("draft_title", "title"):
            if name in row:
                row[name] = "稿件"
        parent = page.get_parent()
        base = parent.numchild + 1
        cursor.executemany(
            f"INSERT INTO {table} ({chosen}) VALUES ({', '.join(['%s'] * len(names))})",  # noqa: S608
            (
                list(
                    {
                        **row,
                        **_own(row, key, number, place, base, parent, author, revision),
                    }.values()
                )
                for place, (number, author, revision) in enumerate(
                    zip(numbers, authors, revisions, strict=True)
                )
            ),
        )
        if model is Page:
            Page.objects.filter(pk=parent.pk).update(numchild=base - 1 + len(numbers))


def _own(row, key, number, place, base, parent, author, revision):
    """What differs from the copied row."""
    department, person = author
    own = {
        key: number,
        "path": Page._get_path(parent.path, parent.depth + 1, base + place),
        "slug": f"bench-{number}",
        "url_path": f"/bench-{number}/",
        "owner_id": person.pk,
        "department_id": department,
        "latest_revision_id": revision.pk,
        "translation_key": f"{number:032x}",
    }
    return {name: value for name, value in own.items() if name in row}

"""Posts that the chains ask for and nobody holds: an administrator's first concern."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Workflow

from page_types.organisation.models import DEPARTMENT_POSTS, Appointment, Department, Post
from page_types.publication.models import Column


@dataclass(frozen=True)
class Vacancy:
    """A post without a holder, of a department where the post is held for one."""

    post: Post
    department: Department | None

    def __str__(self):
        where = f"·{self.department}" if self.department else ""
        return f"{self.post.label}{where}"


def vacancies():
    """The vacancies of all departments that own columns, and of the bureau-wide posts."""
    asked = [Post.OFFICER, *_posts_of_chains()]
    owners = Department.objects.filter(
        active=True, pk__in=Column.objects.exclude(owners=None).values("owners")
    )
    wanted = [
        (post, department)
        for post in dict.fromkeys(asked)
        for department in (owners if post in DEPARTMENT_POSTS else [None])
    ]
    held = set(
        Appointment.objects.current()
        .filter(user__is_active=True)
        .values_list("post", "department_id")
    )
    return [
        Vacancy(post, department)
        for post, department in wanted
        if (post, department and department.pk) not in held
    ]


def _posts_of_chains():
    """Posts of the steps of every chain in use, in the order of the steps."""
    for workflow in Workflow.objects.active().prefetch_related("workflow_tasks__task"):
        for step in workflow.workflow_tasks.all():
            model = ContentType.objects.get_for_id(step.task.content_type_id).model_class()
            if post := getattr(model, "post", ""):
                yield Post(post)

"""What 双公示 puts on people's homes: what is near or past its day, what waits, what is missing."""

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from extensions.base import reviewing
from extensions.credit import statements
from extensions.credit.desk.lists import WAITING, list_url, soon
from extensions.credit.models import KINDS
from page_types.organisation.models import Department
from page_types.review.today import Sentence


def sentences(desk):
    """For officers and reviewers, by the posts of the day."""
    mine = desk.duties.officer_of | desk.duties.reviewer_of
    if not mine:
        return
    today = timezone.localdate()
    for kind, model in KINDS.items():
        label, url = model._meta.verbose_name, list_url(kind)
        if desk.duties.officer_of:
            waiting = model.objects.filter(
                department_id__in=desk.duties.officer_of,
                state__in=WAITING,
            ).aggregate(
                late=Count("pk", filter=Q(due_on__lt=today)),
                soon=Count("pk", filter=Q(due_on__range=soon(today))),
                first=Min("due_on", filter=Q(due_on__gte=today)),
            )
            if waiting["late"]:
                yield Sentence(
                    _("有 %(count)d 条%(kind)s已超过 7 个工作日的公示期限，请尽快办理")
                    % {"count": waiting["late"], "kind": label},
                    f"{url}?deadline=late",
                )
            if waiting["soon"]:
                yield Sentence(
                    _("有 %(count)d 条%(kind)s即将到公示期限，最早 %(day)s")
                    % {"count": waiting["soon"], "kind": label, "day": waiting["first"]},
                    f"{url}?deadline=soon",
                )
            yield from _missing(kind, label, desk.duties.officer_of)
        if desk.duties.reviewer_of:
            found = [
                review
                for review in reviewing.waiting_for(desk.user, model)
                if not reviewing.why_not(review, desk.user)
            ]
            if found:
                yield Sentence(
                    _("有 %(count)d 条%(kind)s待您审核") % {"count": len(found), "kind": label},
                    f"{url}?state__exact=in_review",
                )


def _missing(kind, label, departments):
    """Only departments that have ever had such a record owe a word on a month without one."""
    model = KINDS[kind]
    had = model.objects.filter(department_id__in=departments).values("department_id").distinct()
    for department in Department.objects.filter(pk__in=had, active=True):
        if month := statements.missing(kind, department.pk):
            yield Sentence(
                _("%(department)s %(year)d 年 %(month)d 月没有%(kind)s记录，请声明“本月无”或补录")
                % {
                    "department": department.name, "year": month.year, "month": month.month,
                    "kind": label,
                },
                reverse("credit:none"),
                pressing=False,
            )  # fmt: skip

"""What the log says of a period: sums, queries, results that were opened."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.documents import SearchDocument
from search.log_models import ClickDay, QueryDay

#: Lists of the overview: name -> (its name for people, count by which it is ordered and filtered).
LISTS = {
    "popular": (_("检索最多"), "asked"),
    "empty": (_("没有结果"), "empty"),
    "relaxed": (_("没有完全相符的结果"), "relaxed"),
    "clicks": (_("打开的结果"), "clicks"),
}
#: Periods offered, in days.
PERIODS = (7, 30, 90)


@dataclass
class QueryLine:
    """A query in a period. `found`: results of the last time; `place`: mean place of clicks."""

    query: str
    asked: int
    days: int
    empty: int
    relaxed: int
    found: int = 0
    clicks: int = 0
    place: float | None = None


@dataclass
class ClickLine:
    """A result that was opened from a query."""

    query: str
    title: str
    url: str
    clicks: int
    place: float


@dataclass
class Totals:
    """A period in numbers."""

    asked: int
    empty: int
    clicks: int = 0
    place: float | None = None

    @property
    def empty_share(self):
        """Per cent of the searches that found nothing."""
        return round(100 * self.empty / self.asked) if self.asked else 0


def since(days):
    """The first day of a period that ends today."""
    return timezone.localdate() - timedelta(days=days - 1)


def asked_in(days):
    """Totals of a period without its clicks; one query."""
    return Totals(
        **QueryDay.objects.filter(day__gte=since(days)).aggregate(
            asked=Coalesce(Sum("asked"), 0), empty=Coalesce(Sum("empty"), 0)
        )
    )


def totals(days):
    """Totals of a period."""
    found = asked_in(days)
    clicks = ClickDay.objects.filter(query_day__day__gte=since(days)).aggregate(
        clicks=Coalesce(Sum("clicks"), 0), positions=Coalesce(Sum("positions"), 0)
    )
    found.clicks, found.place = clicks["clicks"], _mean(clicks)
    return found


def queries(name, days):
    """The queries of a list, most first: a queryset of sums, made into lines by `lines`."""
    count = LISTS[name][1]
    found = QueryDay.objects.filter(day__gte=since(days)).values("query")
    found = found.annotate(
        asked_sum=Sum("asked"), empty_sum=Sum("empty"), relaxed_sum=Sum("relaxed"), days=Count("pk")
    )
    return found.filter(**{f"{count}_sum__gt": 0}).order_by(f"-{count}_sum", "query")


def lines(rows, days):
    """QueryLines of some rows of `queries`, with their clicks; two more queries."""
    rows = list(rows)
    texts = [row["query"] for row in rows]
    found = dict(
        QueryDay.objects.filter(query__in=texts, day__gte=since(days))
        .order_by("day")
        .values_list("query", "found")
    )
    clicks = {
        row["text"]: row
        for row in ClickDay.objects.filter(
            query_day__query__in=texts, query_day__day__gte=since(days)
        )
        .values(text=F("query_day__query"))
        .annotate(clicks=Sum("clicks"), positions=Sum("positions"))
    }
    nothing = {"clicks": 0, "positions": 0}
    return [
        QueryLine(
            query=row["query"],
            asked=row["asked_sum"],
            days=row["days"],
            empty=row["empty_sum"],
            relaxed=row["relaxed_sum"],
            found=found.get(row["query"], 0),
            clicks=clicks.get(row["query"], nothing)["clicks"],
            place=_mean(clicks.get(row["query"], nothing)),
        )
        for row in rows
    ]


def clicked(days):
    """Results opened in a period, most first: a queryset made into lines by `click_lines`."""
    return (
        ClickDay.objects.filter(query_day__day__gte=since(days))
        .values("source", "object_id", query=F("query_day__query"))
        .annotate(click_sum=Sum("clicks"), position_sum=Sum("positions"))
        .order_by("-click_sum", "query", "source", "object_id")
    )


def click_lines(rows):
    """ClickLines of some rows of `clicked`; what is no longer found has no address."""
    rows = list(rows)
    documents = {
        (each.source, each.object_id): each
        for each in SearchDocument.objects.filter(
            object_id__in=[row["object_id"] for row in rows]
        ).only("source", "object_id", "title", "url")
    }
    for row in rows:
        document = documents.get((row["source"], row["object_id"]))
        yield ClickLine(
            query=row["query"],
            title=document.title if document else "",
            url=document.url if document else "",
            clicks=row["click_sum"],
            place=row["position_sum"] / row["click_sum"],
        )


def _mean(row):
    return row["positions"] / row["clicks"] if row["clicks"] else None

"""How often public data sets are downloaded: a number a day, and nothing of whoever did it."""

import logging

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F, Sum
from django.utils import timezone

from exports.models import DownloadDay
from page_types.publication.patience import impatient

log = logging.getLogger(__name__)


def count_download(dataset, form):
    """One more for today. Nobody's download fails because it cannot be counted."""
    which = {"day": timezone.localdate(), "dataset": dataset, "form": form}
    try:
        with impatient(), transaction.atomic():
            if not _raised(which):
                try:
                    with transaction.atomic():
                        DownloadDay.objects.create(**which, count=1)
                except IntegrityError:  # somebody else's is the first of the day
                    _raised(which)
    except DatabaseError as why:
        log.warning("a download was not counted: %s", why)


def _raised(which):
    return DownloadDay.objects.filter(**which).update(count=F("count") + 1)


def downloads():
    """Data set -> how often it was downloaded, ever."""
    rows = DownloadDay.objects.order_by().values_list("dataset").annotate(Sum("count"))
    return dict(rows)

"""Writing a data set to a file: whole or not at all."""

import os
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from exports.formats import FORMATS, Table


@dataclass(frozen=True)
class Wish:
    """What is to be written: which rows (days included, either may be None), for whom.

    `for_visitors`: secret columns are left out. `user`: rows and columns are those that he may
    have. `by`: the name that the sheet of facts gives.
    """

    start: object = None
    end: object = None
    filters: tuple = ()  # (name, value) pairs
    for_visitors: bool = False
    by: str = ""
    user: object = None

    def of(self, dataset):
        """The data set as those get it for whom the file is made."""
        if self.for_visitors:
            return dataset.without_secrets()
        return dataset.for_user(self.user) if self.user else dataset

    def counted(self, dataset):
        """How many rows the file will have."""
        return self.of(dataset).counted(self.start, self.end, **dict(self.filters))


def table_of(dataset, wish):
    """The table of a data set for a wish; rows are asked for when they are read."""
    chosen = wish.of(dataset)
    rows = chosen.rows(wish.start, wish.end, **dict(wish.filters))
    return Table(str(dataset.label), chosen.columns, rows, facts_of(dataset, wish))


def narrowed_by(dataset, filters):
    """Filters in words, as (name, value) pairs ask for them; empty without any."""
    asked = {each.name: each for each in dataset.filters}
    told = []
    for name, value in filters:
        label, words = name, {}
        if name in asked:
            label, words = asked[name].label, dict(asked[name].pairs())
        told.append(f"{label}：{words.get(str(value), value)}")
    return "；".join(told)


def facts_of(dataset, wish):
    """What is said of a file beside its rows: label -> text."""
    start, end = wish.start, wish.end
    period = _("全部") if start is None and end is None else f"{start or '…'} — {end or '…'}"
    return {
        _("来源"): settings.SITE_URL,
        _("期间"): str(period),
        _("筛选"): narrowed_by(dataset, wish.filters) or _("无"),
        _("生成时间"): timezone.localtime().strftime("%Y-%m-%d %H:%M"),
        _("生成人"): wish.by or _("公众下载"),
    }


def write_to(path, dataset, form, wish, follow=None):
    """Write a data set to `path` in a format (its name); returns the number of rows.

    The file appears under its name when it is complete; after an error nothing is left.
    `follow(rows)` may pass the rows on one by one, to see how far it is.
    """
    path, table = Path(path), table_of(dataset, wish)
    if follow:
        table = replace(table, rows=follow(table.rows))
    handle, torn = tempfile.mkstemp(dir=path.resolve().parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w+b") as file:
            count = FORMATS[form].write(table, file)
        os.replace(torn, path)
    except BaseException:
        os.unlink(torn)
        raise
    return count

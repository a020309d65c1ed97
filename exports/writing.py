"""Writing a data set to a file: whole or not at all."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from exports.formats import FORMATS, Table


@dataclass(frozen=True)
class Wish:
    """What is to be written: which rows (days included, either may be None), for whom.

    `for_visitors`: secret columns are left out. `by`: the name that the sheet of facts gives.
    """

    start: object = None
    end: object = None
    filters: tuple = ()  # (name, value) pairs
    for_visitors: bool = False
    by: str = ""


def table_of(dataset, wish):
    """The table of a data set for a wish; rows are asked for when they are read."""
    chosen = dataset.without_secrets() if wish.for_visitors else dataset
    rows = chosen.rows(wish.start, wish.end, **dict(wish.filters))
    return Table(str(dataset.label), chosen.columns, rows, facts_of(dataset, wish))


def facts_of(dataset, wish):
    """What is said of a file beside its rows: label -> text."""
    start, end = wish.start, wish.end
    period = _("全部") if start is None and end is None else f"{start or '…'} — {end or '…'}"
    labels = {each.name: each.label for each in dataset.filters}
    narrowed = "；".join(f"{labels.get(name, name)}：{value}" for name, value in wish.filters)
    return {
        _("来源"): settings.SITE_URL,
        _("期间"): str(period),
        _("筛选"): narrowed or _("无"),
        _("生成时间"): timezone.localtime().strftime("%Y-%m-%d %H:%M"),
        _("生成人"): wish.by or _("公众下载"),
    }


def write_to(path, dataset, form, wish):
    """Write a data set to `path` in a format (its name); returns the number of rows.

    The file appears under its name when it is complete; after an error nothing is left.
    """
    path = Path(path)
    handle, torn = tempfile.mkstemp(dir=path.resolve().parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w+b") as file:
            count = FORMATS[form].write(table_of(dataset, wish), file)
        os.replace(torn, path)
    except BaseException:
        os.unlink(torn)
        raise
    return count

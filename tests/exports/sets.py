"""A data set of a room that is not there: penalties, with a column that is nobody's business."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

from exports import datasets
from exports.columns import DATE, IDENTIFIER, NUMBER, Column
from exports.datasets import Dataset, Filter

COLUMNS = (
    Column("code", "统一社会信用代码", IDENTIFIER, help="十八位"),
    Column("name", "名称"),
    Column("fined", "罚款金额", NUMBER, help="单位：万元"),
    Column("decided", "决定日期", DATE),
    Column("identity", "身份证号", IDENTIFIER, secret=True),
)
SECRET = "440106199001011237"
KINDS = (("light", "轻微"), ("serious", "严重"))


def rows_of(count):
    """`count` rows, a day apart in turn, every third of a serious kind."""
    for number in range(count):
        kind = "serious" if number % 3 == 0 else "light"
        day = date(2016, 1, 1 + number % 28)
        row = (f"9144000019035{number:05}", f"演示单位{number}", number, day, SECRET)
        yield kind, row


def dataset(name, count, **more):
    """A data set of that many rows."""

    def rows(start, end, kind="", q=""):
        for each, row in rows_of(count):
            in_time = (not start or row[3] >= start) and (not end or row[3] <= end)
            if in_time and kind in ("", each) and q in row[1]:
                yield row

    filters = (Filter("kind", "类型", lambda: KINDS), Filter("q", "名称"))
    return Dataset(
        name, "演示：行政处罚", COLUMNS, rows, filters=filters, description="只在测试中有。", **more
    )


def changed():
    """When the public one last changed."""
    return datetime(2016, 9, 1, tzinfo=UTC)


@contextmanager
def registered(*sets):
    """These are there meanwhile."""
    for each in sets:
        datasets.register(each)
    try:
        yield
    finally:
        for each in sets:
            datasets.remove(each.name)

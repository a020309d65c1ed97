"""Charts drawn on the server as inline SVG from the very numbers of the table beside them.

Lengths across are percentages and lengths down are `em`, so that letters keep their size at every
width and letter size. Colours are classes of the style sheet: dark, contrast and print follow.
pygal and matplotlib write `<style>` or `style=` into the picture, which the CSP refuses.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

#: Letters of a label that fit beside its number on the narrowest phone (320 px).
LONGEST_LABEL = 13
#: Height of a bar with its label and what stands between it and the next, in em.
BAR = 3.2
#: A line chart: height of the plot, in em, and what stands above and below it.
PLOT, ABOVE, BELOW = 12, 1.5, 2


@dataclass(frozen=True)
class Point:
    """One number of a series; `shown` is it as readers write it."""

    label: str
    value: Decimal
    shown: str
    note: str = ""


def points_of(rows):
    """The rows of a statistics block, their numbers written alike: 12,500.0 over 3.5."""
    values = [Decimal(str(row["value"])) for row in rows]
    places = max((max(0, -value.normalize().as_tuple().exponent) for value in values), default=0)
    return [
        Point(row["label"], value, written(value, places), row.get("note") or "")
        for row, value in zip(rows, values, strict=True)
    ]


def written(value, places=0):
    """A number with thousands separators and a true minus sign."""
    return f"{value:,.{places}f}".replace("-", "−")


def chart(title, unit, kind, points):
    """Safe SVG of the points, or "" where there is nothing to draw (a line needs two points)."""
    if kind == "bar" and points:
        return _picture(title, unit, _("条形图"), points, *_bars(points))
    if kind == "line" and len(points) > 1:
        return _picture(title, unit, _("折线图"), points, *_line(points))
    return ""


def _picture(title, unit, kind, points, height, inside):
    highest = max(points, key=lambda point: point.value)
    lowest = min(points, key=lambda point: point.value)
    described = _(
        "%(kind)s：%(title)s（单位：%(unit)s）。最高：%(top)s %(most)s；"
        "最低：%(bottom)s %(least)s。全部数据见下表。"
    ) % {
        "kind": kind, "title": title, "unit": unit,
        "top": highest.label, "most": highest.shown,
        "bottom": lowest.label, "least": lowest.shown,
    }  # fmt: skip
    return format_html(
        '<svg class="chart" role="img" aria-label="{}" width="100%" height="{}em">{}</svg>',
        described,
        _short(height),
        inside,
    )


def _short(number):
    return f"{float(number):.2f}".rstrip("0").rstrip(".")


def _span(points):
    """(lowest, highest) of what is drawn; zero is always within, and they are never the same."""
    lowest = min(Decimal(0), *(point.value for point in points))
    highest = max(Decimal(0), *(point.value for point in points))
    return (lowest, highest) if lowest != highest else (lowest, lowest + 1)


def _cut(label):
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def _bars(points):
    """Each number a bar under its label; below zero it goes to the left."""
    lowest, highest = _span(points)
    across = highest - lowest
    zero = -lowest / across * 100
    rows = []
    for number, point in enumerate(points):
        top = number * BAR
        start = min(zero, (point.value - lowest) / across * 100)
        width = abs(point.value) / across * 100
        rows.append((
            _short(top + 1.1), _cut(point.label), _short(top + 1.1), point.shown,
            _short(start), _short(top + 1.5), _short(width),
            _short(zero), _short(zero), _short(top + 1.4), _short(top + 2.5),
        ))  # fmt: skip
    drawn = format_html_join(
        "",
        '<text y="{}em">{}</text><text x="100%" y="{}em" text-anchor="end">{}</text>'
        '<rect class="mark" x="{}%" y="{}em" width="{}%" height="0.9em"/>'
        '<line class="axis" x1="{}%" x2="{}%" y1="{}em" y2="{}em"/>',
        rows,
    )
    return len(points) * BAR, drawn


def _steps(lowest, highest):
    """Round numbers for the lines across, four or so, from the lowest to the highest and beyond."""
    rough = (highest - lowest) / 4
    unit = Decimal(10) ** rough.adjusted()
    step = next(unit * times for times in (1, 2, 5, 10) if unit * times >= rough)
    first, last = lowest // step, -(-highest // step)
    if lowest < 0 and first * step > lowest:  # Decimal divides towards zero
        first -= 1
    if highest > 0 and last * step < highest:
        last += 1
    return [step * number for number in range(int(first), int(last) + 1)]


def _line(points):
    """The numbers joined from left to right over round lines; a few labels below."""
    steps = _steps(*_span(points))
    across = steps[-1] - steps[0]
    places = max(0, *(-step.normalize().as_tuple().exponent for step in steps))

    def height_of(value):
        return _short(ABOVE + PLOT * float((steps[-1] - value) / across))

    def place_of(number):
        return _short(2 + 96 * number / (len(points) - 1))

    grid = format_html_join(
        "",
        '<line class="{}" x1="0" x2="100%" y1="{}em" y2="{}em"/>'
        '<text y="{}em" dy="-0.3em">{}</text>',
        [
            ("axis" if step == 0 else "grid", height_of(step), height_of(step), height_of(step),
             written(step, places))
            for step in steps
        ],
    )  # fmt: skip
    places_of = [(place_of(n), height_of(point.value)) for n, point in enumerate(points)]
    joined = format_html_join(
        "",
        '<line class="mark" x1="{}%" y1="{}em" x2="{}%" y2="{}em"/>',
        [(*one, *two) for one, two in pairwise(places_of)],
    )
    dots = format_html_join(
        "",
        '<circle class="mark" cx="{}%" cy="{}em" r="4"><title>{} {}</title></circle>',
        [(*place, point.label, point.shown)
         for place, point in zip(places_of, points, strict=True)],
    )  # fmt: skip
    labels = format_html_join(
        "",
        '<text x="{}%" y="{}em" text-anchor="{}">{}</text>',
        [
            (place_of(n), _short(ABOVE + PLOT + 1.5), anchor, points[n].label[:8])
            for n, anchor in _labelled(len(points))
        ],
    )
    return ABOVE + PLOT + BELOW, grid + joined + dots + labels


def _labelled(count):
    """(number, how its label hangs) of the points that are named: the ends, and the middle."""
    ends = [(0, "start"), (count - 1, "end")]
    return ends if count % 2 == 0 else [ends[0], (count // 2, "middle"), ends[1]]

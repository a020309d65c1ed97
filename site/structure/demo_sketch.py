"""The sheet on which the demonstration's pictures are drawn: flat shapes, hills, trees, people.

Drawn at twice the size and reduced, which smooths every edge; the same from the same name.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi, sin

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 1067
SCALE = 2
NAVY, DEEP, SUN, WHITE = "#0f4c75", "#0a3554", "#e9a23b", "#ffffff"
#: Light: upper sky, lower sky, far hills, near hills.
LIGHTS = (
    ("#cfe3ef", "#f4f8fa", "#9dbfd2", "#5f93b1"),
    ("#f6dfbd", "#fbf3e4", "#c9b79a", "#7f93a0"),
    ("#b5cfe4", "#e6eff6", "#7fa5c0", "#3f7396"),
)
GRASS = ("#6d9f71", "#83a86a", "#4f8a6c")
SHIRTS = ("#e9a23b", "#d9573f", "#2f7f8f", "#f4f1e8", "#5a7fb0")
CLAY = ("#c4573f", "#b9503f", "#c9644a")


class Sketch:
    """A sheet with the few shapes that the motifs are made of; measures in pixels of the result."""

    def __init__(self, name):
        self.motif, _dash, variant = name.rpartition("-")
        self.variant = int(variant)
        # Small differences of a drawing, not secrets.
        self.chance = random.Random(name)  # noqa: S311
        self.light = LIGHTS[self.variant % len(LIGHTS)]
        self.grass, self.clay = GRASS[self.variant % 3], CLAY[self.variant % 3]
        self.sheet = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), self.light[1])
        self.pen = ImageDraw.Draw(self.sheet)

    def shirt(self, number):
        """The colour of the next shirt."""
        return SHIRTS[(number + self.variant) % len(SHIRTS)]

    def _at(self, points):
        return [(x * SCALE, y * SCALE) for x, y in points]

    def area(self, *points, fill):
        """A filled polygon."""
        self.pen.polygon(self._at(points), fill=fill)

    def box(self, left, top, right, bottom, fill, radius=0, outline=None, width=0):
        """A rectangle, with round corners if wished."""
        self.pen.rounded_rectangle(
            self._at([(left, top), (right, bottom)]), radius * SCALE, fill, outline, width * SCALE
        )

    def disc(self, x, y, radius, fill=None, outline=None, width=0, flat=1.0):
        """A circle, or an ellipse lying `flat`."""
        self.pen.ellipse(
            self._at([(x - radius, y - radius * flat), (x + radius, y + radius * flat)]),
            fill, outline, width * SCALE,
        )  # fmt: skip

    def stroke(self, *points, fill, width):
        """A line with round ends and joints."""
        self.pen.line(self._at(points), fill, int(width * SCALE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, fill)

    def sky(self):
        """Sky from above to below, and the sun."""
        bands = 48
        for band in range(bands):
            colour = mixed(self.light[0], self.light[1], band / (bands - 1))
            self.box(0, HEIGHT * band / bands, WIDTH, HEIGHT * (band + 1) / bands, colour)
        x = 300 + self.chance.random() * 1000
        self.disc(x, 250, 92, mixed(SUN, self.light[0], 0.55))
        self.disc(x, 250, 74, SUN)

    def hills(self, base, height, colour, step=200):
        """A soft ridge across the sheet."""
        phase, points = self.chance.random() * 6, []
        for x in range(0, WIDTH + 21, 20):
            wave = sin(x / step + phase) + 0.5 * sin(x / step * 2.3 + phase * 2)
            points.append((x, base - height * (0.6 + 0.4 * wave)))
        self.area(*points, (WIDTH, HEIGHT), (0, HEIGHT), fill=colour)

    def tree(self, x, foot, size, colour):
        """A round tree."""
        self.stroke((x, foot), (x, foot - size), fill="#7a6650", width=size / 9)
        self.disc(x, foot - size * 1.25, size * 0.52, colour)
        self.disc(x - size * 0.3, foot - size * 1.0, size * 0.38, mixed(colour, DEEP, 0.12))
        self.disc(x + size * 0.3, foot - size * 1.02, size * 0.36, mixed(colour, WHITE, 0.12))

    def person(self, x, foot, size, shirt, pose="run", skin="#e2b48f", facing=1):
        """A figure of plain shapes; `size` is its height."""
        u, f = size / 10, facing
        hip, neck = (x, foot - 4.6 * u), (x + 0.7 * u * f, foot - 8.0 * u)
        arms, legs = POSES[pose]
        dark = mixed(DEEP, "#000000", 0.15)
        for number, (knee, sole) in enumerate(legs):
            shade = dark if number else mixed(dark, WHITE, 0.14)
            self.stroke(
                hip, (x + knee[0] * u * f, foot - knee[1] * u),
                (x + sole[0] * u * f, foot - sole[1] * u), fill=shade, width=1.05 * u,
            )  # fmt: skip
        back, front = arms
        self._arm(x, foot, u, f, neck, back, mixed(skin, DEEP, 0.18))
        self.stroke(hip, neck, fill=shirt, width=2.0 * u)
        self._arm(x, foot, u, f, neck, front, skin)
        self.disc(neck[0] + 0.35 * u * f, neck[1] - 1.35 * u, 0.92 * u, skin)
        self.pen.chord(
            self._at(
                [
                    (neck[0] + 0.25 * u * f - u, neck[1] - 2.45 * u),
                    (neck[0] + 0.25 * u * f + u, neck[1] - 0.45 * u),
                ]
            ),
            175 if f > 0 else 185, 355 if f > 0 else 365, fill=dark,
        )  # fmt: skip

    def _arm(self, x, foot, u, f, neck, arm, colour):
        elbow, hand = arm
        shoulder = (neck[0], neck[1] + 0.45 * u)
        self.stroke(
            shoulder, (x + elbow[0] * u * f, foot - elbow[1] * u),
            (x + hand[0] * u * f, foot - hand[1] * u), fill=colour, width=0.72 * u,
        )  # fmt: skip


#: pose -> arms (elbow, hand; back and front) and legs (knee, sole), in tenths of the height.
POSES = {
    "run": ((((-1.3, 6.6), (-2.4, 7.2)), ((2.2, 6.4), (3.2, 7.6))),
            (((-0.9, 2.6), (-3.0, 1.6)), ((2.1, 3.2), (1.7, 0.4)))),
    "walk": ((((-0.7, 6.2), (-1.2, 4.9)), ((1.7, 6.2), (2.3, 5.2))),
             (((-0.6, 2.4), (-1.7, 0.3)), ((1.0, 2.5), (1.5, 0.3)))),
    "arms": ((((-1.4, 8.4), (-2.2, 10.0)), ((2.6, 8.6), (3.5, 10.1))),
             (((-0.9, 2.4), (-1.5, 0.3)), ((1.0, 2.4), (1.6, 0.3)))),
    "tai": ((((-1.6, 7.0), (-2.9, 7.3)), ((2.4, 6.7), (3.8, 7.1))),
            (((-1.5, 2.6), (-2.1, 0.3)), ((1.7, 2.9), (2.3, 0.3)))),
    "ride": ((((1.6, 6.6), (2.9, 5.7)), ((1.7, 6.4), (3.1, 5.6))),
             (((1.4, 3.6), (0.4, 1.6)), ((1.9, 3.2), (1.3, 0.9)))),
    "hit": ((((-1.3, 6.6), (-2.3, 6.1)), ((2.0, 9.0), (3.2, 10.2))),
            (((-0.9, 2.4), (-2.0, 0.3)), ((1.6, 2.7), (2.4, 0.3)))),
    "kick": ((((-1.4, 6.8), (-2.6, 6.3)), ((2.0, 6.6), (3.0, 6.0))),
             (((-0.6, 2.4), (-1.2, 0.3)), ((1.9, 3.3), (3.6, 2.2)))),
    "row": ((((1.7, 6.6), (2.8, 5.8)), ((1.8, 6.3), (3.0, 5.4))), ()),
}  # fmt: skip


def mixed(one, other, share):
    """A colour between two, `share` of the other."""
    first, second = (tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in (one, other))
    return "#" + "".join(
        f"{round(a + (b - a) * share):02x}" for a, b in zip(first, second, strict=True)
    )


def around(count, radius, start=0.0):
    """`count` points around a circle."""
    return [
        (radius * cos(start + 2 * pi * n / count), radius * sin(start + 2 * pi * n / count))
        for n in range(count)
    ]


@dataclass(frozen=True)
class Motif:
    """How a motif is drawn, and what it shows in words."""

    title: str
    alternative_text: str
    draw: Callable


#: Every motif by its name; the modules of motifs enter theirs.
MOTIFS = {}


def motif(name, title, alternative_text):
    """Enter a motif under its name."""

    def enter(draw):
        MOTIFS[name] = Motif(title, alternative_text, draw)
        return draw

    return enter

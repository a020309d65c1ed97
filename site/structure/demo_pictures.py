"""Pictures of the demonstration, drawn by the project: no picture comes from anybody else.

A name is a motif and a variant, `track-2`: the variant chooses light (morning, day, evening) and
small differences.
"""

from functools import lru_cache
from io import BytesIO

from structure import demo_motifs, demo_motifs_more  # noqa: F401  they enter their motifs
from structure.demo_sketch import HEIGHT, MOTIFS, SCALE, Sketch


@lru_cache(maxsize=64)
def drawn(name):
    """The picture as JPEG of 1600 × 1067 pixels, 60 kB at most."""
    sketch = Sketch(name)
    MOTIFS[sketch.motif].draw(sketch)
    picture = sketch.sheet.reduce(SCALE)
    if sketch.motif == "portrait":
        picture = picture.crop((400, 0, 1200, HEIGHT))
    for quality in (84, 76, 66, 56, 46):
        out = BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= 60_000:
            break
    return out.getvalue()


def title(name):
    """What the picture shows, in a few words."""
    return MOTIFS[name.rpartition("-")[0]].title


def alternative_text(name):
    """The picture for those who cannot see it."""
    return f"演示插图：{MOTIFS[name.rpartition('-')[0]].alternative_text}"

"""The doors that the footer names: site map, privacy notice … Rooms above register theirs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Door:
    """A link of the footer; `label` may be lazy, lower positions come first.

    `helps`: named too where somebody has not found what he looked for.
    """

    url: str
    label: str
    position: int = 100
    helps: bool = False


_doors = {}


def register(url, label, position=100, helps=False):
    """Name a door in the footer of every public page; ValueError if the address is named already.

    `url` is a path of this site with both slashes; `label` a (lazy) string in Chinese.
    """
    if url in _doors:
        raise ValueError(f"door registered twice: {url}")
    _doors[url] = Door(url, label, position, helps)


def all_doors():
    """Every door, by position, then in the order of registration."""
    return sorted(_doors.values(), key=lambda door: door.position)

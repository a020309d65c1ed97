"""Search sources: what can be found beside pages. Rooms above register theirs."""

from dataclasses import dataclass

_sources = {}


@dataclass(frozen=True)
class Source:
    """A kind of thing that site search finds: `name` for addresses, `label` for readers."""

    name: str
    label: str


def register(source):
    """Make a source known; a name is taken once."""
    if source.name in _sources:
        raise ValueError(f"search source registered twice: {source.name}")
    _sources[source.name] = source


def all_sources():
    """Every source, in the order of registration."""
    return list(_sources.values())

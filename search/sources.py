"""Search sources: what can be found beside pages. Rooms above register theirs."""

from dataclasses import dataclass

from page_types.publication.registry import Registry


@dataclass(frozen=True)
class Source:
    """A kind of thing that site search finds: `name` for addresses, `label` for readers."""

    name: str
    label: str


_sources = Registry("search source")
register = _sources.register
all_sources = _sources.all

"""Interfaces for machines: each room describes its own, one document names them all."""

from collections.abc import Callable
from dataclasses import dataclass

from page_types.publication.registry import Registry


@dataclass(frozen=True)
class Interface:
    """`name` is the address; `describe()` gives its OpenAPI path item."""

    name: str
    describe: Callable[[], dict]


_interfaces = Registry("interface")
register = _interfaces.register
get = _interfaces.get
all_interfaces = _interfaces.all

"""Kinds of notices: what a person chooses by. Rooms and extensions register theirs in `ready()`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`label` is read on the preference screen. Mails of an `always` kind cannot be refused."""

    name: str
    label: str
    always: bool = False


_kinds = {}


def register(name, label, always=False):
    """Make a kind known; the last registration of a name counts."""
    _kinds[name] = Kind(name, label, always)


def get(name):
    """The kind; LookupError for a name that nobody registered, which is a slip of the caller."""
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"unknown kind of notice: {name}") from None


def label_of(name):
    """What people read; the bare name where the extension of an old notice is switched off."""
    return _kinds[name].label if name in _kinds else name


def every():
    """All kinds, in the order of their registration."""
    return list(_kinds.values())

"""Named things that rooms above register: one way of registering for every registry."""


class Registry:
    """Things with a `name`, each taken once; `what` names them in errors."""

    def __init__(self, what):
        self.what, self._items = what, {}

    def register(self, item):
        """Make an item known; ValueError if its name is taken."""
        if item.name in self._items:
            raise ValueError(f"{self.what} registered twice: {item.name}")
        self._items[item.name] = item

    def get(self, name, default=None):
        """The item of that name, or the default."""
        return self._items.get(name, default)

    def all(self):
        """Every item, in the order of registration."""
        return list(self._items.values())

    def remove(self, name):
        """Forget an item (tests; an extension leaves with the process)."""
        del self._items[name]

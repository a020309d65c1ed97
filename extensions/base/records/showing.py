"""Values of records as people read them: choices and relations by name, secrets masked."""

from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from exports.columns import plain
from extensions.base.records.history import changed_fields

#: What stands for a secret. Its length says nothing of the value's.
MASK = "******"


@dataclass(frozen=True)
class Change:
    """A field that two versions have, as texts; `differs` if they do, `secret` if masked."""

    name: str
    label: str
    old: str
    new: str
    differs: bool = True
    secret: bool = False


class Eyes:
    """How one viewer sees versions of a model; None for a viewer sees what everybody may.

    Related rows are read once for all that is shown (`ahead`), not one by one.
    """

    def __init__(self, model, viewer=None):
        self.model = model
        permission = getattr(model, "secret_permission", "")
        sees = viewer is not None and bool(permission) and viewer.has_perm(permission)
        self.secret = set() if sees else set(getattr(model, "secret_fields", ()))
        self._related = {}

    def ahead(self, rows):
        """Read what the rows' relations lead to, a query per relation."""
        for each in self._relations():
            wanted = {getattr(row, each.attname) for row in rows} - {None}
            known = self._related.setdefault(each.name, {})
            if wanted - set(known):
                found = each.related_model._base_manager.in_bulk(wanted - set(known))
                known.update({key: str(one) for key, one in found.items()})

    def _relations(self):
        tracked = self.model.history.model.tracked_fields
        return [each for each in tracked if isinstance(each, models.ForeignKey)]

    def text(self, each, row):
        """The value of a field as a text."""
        value = getattr(row, each.attname)
        if value is None or value == "":
            return ""
        if each.name in self.secret:
            return MASK
        if isinstance(each, models.ForeignKey):
            return self._related.get(each.name, {}).get(value, str(value))
        if each.flatchoices:
            return str(dict(each.flatchoices).get(value, value))
        if isinstance(value, (list, tuple)):
            return "、".join(map(str, value))
        return plain(value)

    def changes(self, old, new):
        """The fields that differ between two versions, as Changes."""
        return [self._change(each, old, new) for each in changed_fields(self.model, old, new)]

    def compared(self, old, new):
        """The fields that either version fills, those that differ marked and first."""
        differing = {each.name for each in changed_fields(self.model, old, new)}
        filled = (e for e in self.fields() if e.name in differing or self.text(e, new))
        fields = sorted(filled, key=lambda each: each.name not in differing)
        return [self._change(each, old, new, each.name in differing) for each in fields]

    def _change(self, each, old, new, differs=True):
        return Change(
            name=each.name,
            label=str(each.verbose_name),
            old=self.text(each, old),
            new=self.text(each, new),
            differs=differs,
            secret=each.name in self.secret,
        )

    def fields(self):
        """The fields that are shown at all."""
        unshown = {*getattr(self.model, "unshown_fields", ()), self.model._meta.pk.name}
        return [e for e in self.model.history.model.tracked_fields if e.name not in unshown]

    def values(self, row):
        """(label, text) of every field of a version."""
        return [(str(each.verbose_name), self.text(each, row)) for each in self.fields()]


def label_of(model, name):
    """What a field is called, or its name if there is none such."""
    try:
        return str(model._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return name


def what_happened(version):
    """A version's kind as a word."""
    return {"+": _("新增"), "~": _("修改"), "-": _("删除")}[version.history_type]

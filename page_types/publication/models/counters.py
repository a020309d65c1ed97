"""Numbers in commit order: a row that is locked until the transaction that took a number ends."""

from django.db import models


class Counter(models.Model):
    """A named number.

    `EVENT` is also the lock of the ledger: whoever writes holds its row. `COLUMNS` is no count but
    a token that changes whenever a menu could change (`touch_columns`).
    """

    EVENT = "event"
    COLUMNS = "columns"

    name = models.CharField(max_length=100, primary_key=True)
    value = models.BigIntegerField(default=0)

    class Meta:
        db_table = "publication_counter"

    def __str__(self):
        return f"{self.name}: {self.value}"

    @classmethod
    def lock(cls, name):
        """The counter's row, locked until the end of the transaction (which must be open)."""
        cls.objects.bulk_create([cls(name=name)], ignore_conflicts=True)
        return cls.objects.select_for_update().get(pk=name)

    @classmethod
    def take(cls, name):
        """The next number: no gaps on rollback, never given twice."""
        counter = cls.lock(name)
        counter.value += 1
        counter.save(update_fields=["value"])
        return counter.value

"""What many tests begin with is made once a module: each test works in a savepoint within it.

ledger_of_the_module = once(Ledger)      # a fixture of the module
def ledger(ledger_of_the_module, db):    # each test gets a copy of its own, and a fresh database
    return deepcopy(ledger_of_the_module)
"""

import pytest
from django.db import transaction


def once(build):
    """A module-scoped fixture of what `build()` makes, rolled back after the module's last test."""

    @pytest.fixture(scope="module")
    def made(django_db_setup, django_db_blocker):
        with django_db_blocker.unblock(), transaction.atomic():
            yield build()
            transaction.set_rollback(True)

    return made


def anew(build):
    """A fixture of what `build()` makes for each test.

    For modules whose tests need two bureaus, one after the other, in one place: what `once` made
    would stand there already.
    """

    @pytest.fixture
    def made(db):
        return build()

    return made

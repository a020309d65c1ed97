"""Preparing the next while the database takes the last: both engines wait for it without the GIL.

A rebuild spends half of its time on taking texts apart and half in the database. On two
processors they go side by side.
"""

from concurrent.futures import ThreadPoolExecutor

#: Documents that are prepared together, and go to the database in one statement.
AT_ONCE = 100


def prepared(make, items):
    """Yield make(some of the items), in order, the next one being made meanwhile in a thread.

    `make` must not touch the database: a thread would have a connection of its own.
    """
    items = list(items)
    batches = [items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE)]
    if len(batches) < 2:
        yield from map(make, batches)
        return
    with ThreadPoolExecutor(max_workers=1) as one:
        coming = one.submit(make, batches[0])
        for batch in batches[1:]:
            last, coming = coming, one.submit(make, batch)
            yield last.result()
        yield coming.result()

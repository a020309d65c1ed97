"""发布检查: what is asked of a text before it leaves its author's hands.

A check is a registered object (`registry`); what a failing one means is the office's decision, by
kind of column (`severity`). All that is found is told together, each with its field and with how to
mend it. The secrecy declaration stands beside them (`secrecy`), and `submission` joins both.
"""


def connect():
    """Called once, when the room is ready: the room's own checks enter the registry."""
    from page_types.publication import scheduler
    from page_types.review.checks import (  # noqa: F401  they register themselves
        confirm,
        duplicates,
        files,
        links,
        metadata,
        personal,
        readability,
        structure,
        whole,
    )

    scheduler.register("signatures", duplicates.follow_by_the_clock)

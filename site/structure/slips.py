"""The list of new accounts: shown once, and kept in a file that only its owner can read."""

import os
import secrets
import unicodedata
from pathlib import Path

HEADER = ("岗位 / post", "账号 / account", "密码 / password")


def table(rows):
    """Lines of a table of texts, aligned on a terminal where a Chinese character is two wide."""
    rows = [HEADER, *rows]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(HEADER))]
    return [
        "  ".join(text + " " * (widths[i] - _width(text)) for i, text in enumerate(row)).rstrip()
        for row in rows
    ]


def _width(text):
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def write_private(path, text):
    """Replace the file at once by one that was never readable by others, not even for a moment."""
    path = Path(path)
    torn = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(torn, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(torn, path)
    except BaseException:
        torn.unlink(missing_ok=True)
        raise


def add_rows(path, rows):
    """Write the new accounts below those that the file lists already.

    A line of an account that is new again (its database was made anew) is replaced.
    """
    path = Path(path)
    new = {account for _posts, account, _password in rows}
    kept = []
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            words = line.split()
            listed = len(words) >= 3 and words[-2] in new
            if words and not listed and "/ account" not in line:
                kept.append((" ".join(words[:-2]), *words[-2:]))
    write_private(path, "\n".join(table([*kept, *rows])) + "\n")

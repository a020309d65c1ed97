"""The private folder of imports: sheets encrypted, verdicts by line, progress.

Nothing here is ever served by a web server. A sheet may hold identifiers of persons, which rest
encrypted in the database too: its key is made from SECRET_KEY, for it lives a few days at most.
"""

import base64
import json
import os
import pickle
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _

from extensions.base.records.sheets.files import SheetRefused


def folder():
    """Where imports lie; made when first asked for, for the portal's own user alone."""
    path = Path(settings.VAR) / "imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _path(sheet_import, what):
    return folder() / f"{sheet_import.token}.{what}"


def _cipher():
    key = sha256(b"records.imports:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _private(path, flags=os.O_TRUNC):
    return os.open(path, os.O_WRONLY | os.O_CREAT | flags, 0o600)


def keep_sheet(sheet_import, data):
    """Keep the bytes of an uploaded sheet."""
    with open(_private(_path(sheet_import, "sheet")), "wb") as file:
        file.write(_cipher().encrypt(data))


def sheet_of(sheet_import):
    """The sheet as a binary file; SheetRefused if it is gone."""
    try:
        return BytesIO(_cipher().decrypt(_path(sheet_import, "sheet").read_bytes()))
    except (OSError, InvalidToken) as gone:
        raise SheetRefused(_("上传的文件已不在，请重新上传。")) from gone


def has_sheet(sheet_import):
    """Whether the sheet is still kept."""
    return _path(sheet_import, "sheet").exists()


class Digest:
    """The digest of verdicts, line after line."""

    def __init__(self):
        self._digest = sha256()

    def add(self, line):
        """Take the next verdict's line."""
        self._digest.update(line.encode())

    @property
    def value(self):
        """What was seen."""
        return self._digest.hexdigest()


class VerdictsFile:
    """Writes verdicts, one a line: its letter, then json. `digest` covers all of them."""

    def __init__(self, sheet_import):
        self._file = open(_private(_path(sheet_import, "verdicts")), "w", encoding="utf-8")
        self.digest = Digest()

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        self._file.close()

    def add(self, line):
        """Take the next verdict's line."""
        self.digest.add(line)
        self._file.write(line + "\n")


def verdicts(sheet_import, letter="", start=0, count=None):
    """The verdicts from a place on (of one letter), as dicts; lines before are not parsed."""
    found, end = [], None if count is None else start + count
    try:
        with open(_path(sheet_import, "verdicts"), encoding="utf-8") as file:
            place = 0
            for line in file:
                if letter and not line.startswith(letter):
                    continue
                if end is not None and place >= end:
                    break
                if place >= start:
                    found.append({"letter": line[0], **json.loads(line[1:])})
                place += 1
    except FileNotFoundError:
        return []
    return found


def spill(sheet_import, chunks):
    """Put chunks of plain values aside, encrypted, and give them back one after another.

    What was read before a transaction need not be held in memory until it is saved.
    """
    cipher, path = _cipher(), _path(sheet_import, "rows")
    with open(_private(path), "wb") as file:
        for chunk in chunks:
            file.write(cipher.encrypt(pickle.dumps(chunk)) + b"\n")

    def back():
        with open(path, "rb") as file:
            for line in file:
                # Encrypted and signed by us, a moment ago.
                yield pickle.loads(cipher.decrypt(line.strip()))  # noqa: S301  our own bytes, signed
        path.unlink()

    return back()


def tell_progress(sheet_import, done, total):
    """Say how far it is. In a file: the transaction of an import shows nothing until its end."""
    path = _path(sheet_import, "progress")
    with open(_private(path), "w", encoding="ascii") as file:
        file.write(f"{done} {total}")


def progress(sheet_import):
    """(done, total) rows of the work at hand; (0, 0) if nothing was said."""
    try:
        done, total = _path(sheet_import, "progress").read_text("ascii").split()
        return int(done), int(total)
    except (OSError, ValueError):
        return 0, 0


def forget(sheet_import, *, verdicts=True):
    """Delete what is kept of an import's file."""
    for what in ("sheet", "rows", "progress", *(("verdicts",) if verdicts else ())):
        _path(sheet_import, what).unlink(missing_ok=True)

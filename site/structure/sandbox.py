"""The training sandbox: a state kept as it was built, and brought back whenever it is asked for.

Only for the embedded database. The copy goes through SQLite's own backup, in one step: whoever is
working at that moment waits, and then meets the old state, signed out.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings

from page_types.review.audit import heads

#: Files beside the database that editors change; the rest of the folder is the program's.
FOLDERS = ("originals", "media")
PATIENCE_S = 60


class SandboxError(Exception):
    """Why the sandbox cannot be kept or reset, in both languages."""


def pristine():
    """Where the state stands as it was built."""
    return Path(settings.VAR) / "pristine"


def keep():
    """Keep the present state, without anybody signed in, as the one to come back to."""
    torn = pristine().with_name(".pristine")
    shutil.rmtree(torn, ignore_errors=True)
    torn.mkdir(mode=0o700)
    _copy(_database(), torn / "portal.sqlite3")
    with closing(sqlite3.connect(torn / "portal.sqlite3")) as kept, kept:
        kept.execute("PRAGMA journal_mode=DELETE")
        kept.execute("DELETE FROM django_session")
    for name in FOLDERS:
        source = Path(settings.VAR) / name
        if source.exists():
            shutil.copytree(source, torn / name)
    if _own_heads() and heads.path().exists():
        shutil.copy2(heads.path(), torn / heads.NAME)
    shutil.rmtree(pristine(), ignore_errors=True)
    torn.rename(pristine())


def reset():
    """Bring the kept state back: texts, people, passwords, files, heads; every session ends."""
    _database()
    if not pristine().exists():
        raise SandboxError(
            "没有保存的初始状态，请用 make sandbox 启动 / nothing is kept yet: run make sandbox"
        )
    _copy(pristine() / "portal.sqlite3", _database())
    for name in FOLDERS:
        _bring_back(pristine() / name, Path(settings.VAR) / name)
    _bring_heads_back()


def _database():
    """The file of the database; refused outside a sandbox and for any other engine."""
    if not settings.PORTAL_SANDBOX:
        raise SandboxError(
            "这不是练习环境（没有设 PORTAL_SANDBOX=1），不会重置任何内容 / "
            "this is no sandbox (PORTAL_SANDBOX=1 is not set): nothing is reset"
        )
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        raise SandboxError(
            "练习环境只用内置数据库，请去掉 PORTAL_DATABASE_URL / "
            "a sandbox has the embedded database only: unset PORTAL_DATABASE_URL"
        )
    return Path(database["NAME"])


def _copy(source, target):
    try:
        with (
            closing(sqlite3.connect(source, timeout=PATIENCE_S)) as old,
            closing(sqlite3.connect(target, timeout=PATIENCE_S)) as new,
        ):
            old.backup(new)
    except sqlite3.Error as error:
        raise SandboxError(
            f"数据库正忙或已损坏，没有重置，请稍后再试：{error} / the database is busy or damaged, "
            f"nothing was reset; try again later: {error}"
        ) from error


def _own_heads():
    """Whether the heads are the sandbox's: a folder set from outside may be the real portal's."""
    return heads.path().is_relative_to(settings.VAR)


def _bring_heads_back():
    """The heads of the audit trail go with the trail: later ones would tell of a cut."""
    if not _own_heads():
        return
    kept = pristine() / heads.NAME
    if not kept.exists():
        heads.path().unlink(missing_ok=True)
        return
    fresh = heads.path().with_name(f".{heads.NAME}.new")
    fresh.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copy2(kept, fresh)
    fresh.replace(heads.path())


def _bring_back(kept, folder):
    """The folder as it was kept, by two renames: never half of it."""
    fresh, old = folder.with_name(f".{folder.name}.new"), folder.with_name(f".{folder.name}.old")
    for each in (fresh, old):
        shutil.rmtree(each, ignore_errors=True)
    if kept.exists():
        shutil.copytree(kept, fresh)
    else:
        fresh.mkdir()
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)

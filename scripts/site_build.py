"""The portal's data in var/: built aside on the first run, kept and brought up to date afterwards.

The first build happens in var/.building (PORTAL_VAR points there) and moves into var/ when every
step has worked; `complete` in it says so, and a move that was cut short is finished by the next
run. So var/ never holds half a portal.
"""

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, datetime

from machine import ROOT, var
from saying import StepFailed, Stop, run_step, tail
from venv_install import LISTS, PYTHON

NEED_MEBIBYTES = {"first": 200, "later": 50}
ACCOUNTS = "accounts.txt"
DATABASE = "portal.sqlite3"
KEY = "secret-key"
NOTE = "built.json"
COLUMNS = ROOT / "site" / "structure" / "columns.yaml"
ROOMS = ("page_types", "search", "exports", "extensions", "site")


def is_built():
    """Whether var/ holds a portal: ours has a note, one made by hand at least its tables."""
    return (var() / NOTE).exists() or _has_tables(var() / DATABASE)


def _has_tables(database):
    """Whether it is more than the empty file that any command leaves by merely connecting."""
    if not database.exists():
        return False
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
    except sqlite3.Error:
        return True  # something is there, and it is not ours to replace


def _remove_empty_database():
    """An empty database and its companions: a log of it must not meet the new one."""
    for suffix in ("", "-wal", "-shm"):
        (var() / f"{DATABASE}{suffix}").unlink(missing_ok=True)


def environment(folder):
    """What a management command is run with."""
    return {
        **os.environ,
        "PORTAL_VAR": str(folder),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": os.environ.get(
            "DJANGO_SETTINGS_MODULE", "portal.settings.development"
        ),
    }


def _manage(zh, en, folder, *arguments):
    argv = [PYTHON, ROOT / "site" / "manage.py", *arguments]
    return run_step(zh, en, argv, env=environment(folder), cwd=ROOT)


@contextmanager
def _alone(folder):
    """One builder at a time; the folder itself is locked, so no lock file is left behind."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Stop(
            f"另一个程序正在 {folder} 中构建门户，请等它结束后再试。",
            f"Another program is building the portal in {folder}; wait until it has ended.",
        ) from None
    finally:
        os.close(handle)


def _files_digest(paths):
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _digests():
    """What the outcome of the skipped steps depends on."""
    static = [
        path
        for room in ROOMS
        for path in sorted((ROOT / room).glob("**/static/**/*"))
        if path.is_file()
    ]
    return {
        "static": _files_digest([LISTS["run"], *static]),
        "columns": _files_digest([COLUMNS] if COLUMNS.exists() else []),
    }


def _write_note(folder, **facts):
    torn = folder / f"{NOTE}.part"
    torn.write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n")
    os.replace(torn, folder / NOTE)


def _read_note():
    try:
        return json.loads((var() / NOTE).read_text())
    except (OSError, ValueError):
        return {}


def _move_in(building):
    """Move a complete build into var/, file by file; may be cut short and begun again."""
    for path in sorted(building.rglob("*"), key=lambda p: (p.name == NOTE, p)):
        target = var() / path.relative_to(building)
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        elif path.name != "complete" or path.parent != building:
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)
    shutil.rmtree(building)


def _recover(building):
    if (building / "complete").exists():
        _move_in(building)
    elif building.exists():
        shutil.rmtree(building)


def _first_build(building):
    """Every step in the folder aside; the accounts' passwords as printed for the screen."""
    building.mkdir(mode=0o700)
    if (var() / KEY).exists():
        shutil.copy2(var() / KEY, building / KEY)
    # A database elsewhere outlives a failed build, and with it the accounts: their file as well.
    outside = "PORTAL_DATABASE_URL" in os.environ
    accounts_file = (var() if outside else building) / ACCOUNTS
    _manage("建立数据库", "creating the database", building, "migrate", "--noinput")
    _manage("建立栏目、处室与权限", "columns, departments, permissions", building, "sync_structure")
    # The demonstration's accounts are handed out with the passwords that are printed here.
    accounts = _manage(
        "建立账号",
        "accounts",
        building,
        *("create_accounts", "--keep-passwords", "--file", str(accounts_file)),
    )
    if accounts_file.exists():
        accounts_file.chmod(0o600)
    _manage("载入演示内容", "demo content", building, "load_demo", "--progress")
    _manage("收集样式与脚本", "styles and scripts", building, "collectstatic", "--noinput")
    _write_note(building, built=datetime.now(UTC).isoformat(timespec="seconds"), **_digests())
    (building / "complete").touch()
    return accounts.replace(str(building), str(var()))


def _bring_up_to_date():
    """A later run: nothing that is as it should be is touched."""
    note, now = _read_note(), _digests()
    try:
        _manage("检查数据库", "checking the database", var(), "migrate", "--check")
    except StepFailed as failed:
        if "Traceback" in failed.output:
            raise
        _manage("升级数据库", "migrating the database", var(), "migrate", "--noinput")
        _manage("更新检索索引", "search index", var(), "search_index")
    if note.get("static") != now["static"] or not (var() / "static").exists():
        _manage("收集样式与脚本", "styles and scripts", var(), "collectstatic", "--noinput")
        _write_note(var(), **{**note, "static": now["static"]})
    if note.get("columns") != now["columns"]:
        print(
            "  栏目规划已变化，未自动应用；先看差异再应用：\n"
            "  The plan of columns has changed and was not applied; look first, then apply:\n"
            "    .venv/bin/python site/manage.py sync_structure --plan"
        )


def _failed(failed, zh, en):
    return Stop(
        f"上面这一步失败了，原因见下。{zh}处理后再次运行同一命令即可。",
        f"The step above failed, for the reason below. {en} Mend it and run again.",
        tail(failed.output),
    )


def _build_and_move_in(building):
    try:
        accounts = _first_build(building)
    except StepFailed as failed:
        raise _failed(
            failed, "未完成的部分已清除，", "What was unfinished has been removed."
        ) from None
    finally:
        # Also after Ctrl-C; a complete build stays, and the next run moves it in.
        if not (building / "complete").exists():
            shutil.rmtree(building)
    _move_in(building)
    return accounts


def prepare():
    """Make var/ hold a whole, current portal. The accounts' text on the first run, else nothing."""
    building = var() / ".building"
    with _alone(var()):
        _recover(building)
        if not is_built():
            _remove_empty_database()
            return _build_and_move_in(building)
        try:
            _bring_up_to_date()
        except StepFailed as failed:
            raise _failed(failed, "已有的数据仍在原处，", "The data are where they were.") from None
    return None

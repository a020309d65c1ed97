"""`make run`: first run, second run, and every way in which the first can be cut short."""

import fcntl
import os
import pty
import signal
import socket
import stat
import subprocess
import sys

from tests.frame.conftest import ROOT

FIRST_BUILD = ["migrate", "sync_structure", "create_accounts", "load_demo", "collectstatic"]


def names(commands):
    return [line.split()[0] for line in commands]


def test_first_run_builds_serves_and_stops(frame):
    code, text, page = frame.serve_once()
    assert page == "阳光体育"
    assert names(frame.commands()) == FIRST_BUILD
    assert f"http://127.0.0.1:{frame.port}/" in text
    assert f"http://127.0.0.1:{frame.port}/admin/" in text
    assert "pass-phrase-of-today" in text
    assert ".building" not in text
    assert "门户已停止 / the portal has stopped" in text
    assert "Traceback" not in text
    pid, arguments = frame.clock()
    assert arguments == "--loop" and not os.path.exists(f"/proc/{pid}")  # it ended with the portal
    assert code in (0, -signal.SIGINT), "make itself may end by the signal"
    assert "Error" not in text
    accounts = frame.var / "accounts.txt"
    assert str(accounts) in text
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o600
    assert not (frame.var / ".building").exists()


def test_second_run_keeps_everything_and_builds_nothing(frame):
    frame.serve_once()
    before = frame.state()
    frame.forget_commands()
    _, text, page = frame.serve_once()
    assert page == "阳光体育"
    assert frame.commands() == ["migrate --check"]
    assert frame.state() == before
    assert "pass-phrase-of-today" not in text
    assert str(frame.var / "accounts.txt") in text


def test_state_can_live_elsewhere(frame, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("state")
    _, _, page = frame.serve_once(PORTAL_VAR=str(elsewhere))
    assert page == "阳光体育"
    assert (elsewhere / "portal.sqlite3").exists()
    assert not frame.var.exists()


def test_later_run_does_what_has_become_due(frame):
    frame.serve_once()
    frame.forget_commands()
    (frame.folder / "pending").touch()
    (frame.folder / "site/theme/static/site.css").write_text("body { color: red; }")
    frame.serve_once()
    upgrade = ["migrate --noinput", "search_index", "collectstatic --noinput"]
    assert frame.commands() == ["migrate --check", *upgrade]
    assert (frame.var / "static/site.css").read_text() == "body { color: red; }"
    frame.forget_commands()
    frame.serve_once()
    assert frame.commands() == ["migrate --check"]


def test_changed_plan_is_named_and_not_applied(frame):
    frame.serve_once()
    frame.forget_commands()
    (frame.folder / "site/structure/columns.yaml").write_text("columns: other\n")
    _, text, _ = frame.serve_once()
    assert "sync_structure --plan" in text
    assert "sync_structure" not in names(frame.commands())


def test_broken_columns_file_leaves_nothing(frame):
    plan = frame.folder / "site/structure/columns.yaml"
    good = plan.read_text()
    plan.write_text("broken\n")
    code, text = frame.do("make", "run")
    assert code != 0
    assert "第 1 行：栏目没有责任处室" in text
    assert "a column has no owner" in text
    assert "Traceback" not in text
    assert list(frame.var.iterdir()) == []
    plan.write_text(good)
    frame.forget_commands()
    assert frame.serve_once()[2] == "阳光体育"
    assert names(frame.commands()) == FIRST_BUILD


def test_interrupted_build_leaves_nothing(frame):
    (frame.folder / "slow").touch()
    running = frame.start()
    running.wait_for(lambda: "load_demo" in names(frame.commands()))
    assert (frame.var / ".building/portal.sqlite3").exists()
    running.signal_all(signal.SIGINT)
    code, text = running.end()
    assert code != 0
    assert "已中断" in text
    assert "Traceback" not in text
    assert list(frame.var.iterdir()) == []


def test_terminated_build_ends_its_step_too(frame):
    (frame.folder / "slow").touch()
    running = frame.start()
    running.wait_for(lambda: "load_demo" in names(frame.commands()))
    running.process.terminate()  # make alone gets it, and passes it on to run.py
    assert running.end()[0] != 0
    assert list(frame.var.iterdir()) == []


def test_killed_build_begins_again(frame):
    (frame.folder / "slow").touch()
    running = frame.start()
    running.wait_for(lambda: "load_demo" in names(frame.commands()))
    running.kill()
    assert (frame.var / ".building/portal.sqlite3").exists()
    assert not (frame.var / "portal.sqlite3").exists()
    (frame.folder / "slow").unlink()
    frame.forget_commands()
    assert frame.serve_once()[2] == "阳光体育", "one demo page: nothing of the killed build is left"
    assert names(frame.commands()) == FIRST_BUILD
    assert not (frame.var / ".building").exists()


def test_a_terminal_shows_how_far_a_long_step_is(tmp_path):
    """As `load_demo --progress` tells it; the step ends when that has been seen."""
    seen = tmp_path / "seen"
    step = f"print('3/7 甲', flush=True)\nimport os\nwhile not os.path.exists({str(seen)!r}): pass"
    program = (
        f"import sys, saying; saying.run_step('载入', 'demo', [sys.executable, '-c', {step!r}])"
    )
    terminal, other_end = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT / "scripts", stdout=other_end
    ) as process:
        os.close(other_end)
        said = ""
        while "3/7" not in said:
            said += os.read(terminal, 1000).decode(errors="replace")
        seen.touch()
        assert process.wait() == 0
    os.close(terminal)


def test_move_that_was_cut_short_is_finished(frame):
    frame.serve_once()
    whole = frame.state()
    building = frame.var / ".building"
    building.mkdir()
    (building / "complete").touch()
    for name in ("built.json", "portal.sqlite3", "static"):
        (frame.var / name).rename(building / name)
    frame.forget_commands()
    assert frame.serve_once()[2] == "阳光体育"
    assert frame.commands() == ["migrate --check"]
    assert frame.state() == whole


def test_a_key_made_before_the_first_run_is_kept(frame):
    frame.var.mkdir()
    (frame.var / "secret-key").write_text("made by hand")
    frame.serve_once()
    assert (frame.var / "secret-key").read_text() == "made by hand"


def test_database_made_by_hand_is_never_rebuilt(frame):
    frame.var.mkdir()
    frame.do(
        "python3", "site/manage.py", "migrate", PORTAL_VAR=str(frame.var), PATH=os.environ["PATH"]
    )
    frame.forget_commands()
    assert frame.serve_once()[2] == ""
    assert "load_demo" not in names(frame.commands())


def test_an_empty_database_left_by_a_command_does_not_pass_for_a_portal(frame):
    frame.var.mkdir()
    for suffix in ("", "-wal"):
        (frame.var / f"portal.sqlite3{suffix}").touch()
    assert frame.serve_once()[2] == "阳光体育"
    assert names(frame.commands()) == FIRST_BUILD
    assert not (frame.var / "portal.sqlite3-wal").exists()


def test_two_builds_at_once_are_refused(frame):
    frame.var.mkdir()
    handle = os.open(frame.var, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        code, text = frame.do("make", "run")
    finally:
        os.close(handle)
    assert code != 0
    assert "另一个程序正在" in text
    assert frame.commands() == []


def test_taken_port_stops_before_anything_is_built(bare):
    with socket.socket() as other:
        other.bind(("127.0.0.1", bare.port))
        other.listen()
        code, text = bare.do("make", "run")
    assert code != 0
    assert f"端口 {bare.port} 已被占用" in text
    assert f"Port {bare.port} is taken" in text
    assert f"make run PORT={bare.port + 1}" in text
    assert not bare.var.exists()
    assert not (bare.folder / ".venv").exists()


def test_nonsense_port_is_named(bare):
    code, text = bare.do("make", "run", "PORT=http")
    assert code != 0
    assert "'http'" in text
    assert "Traceback" not in text
    assert not (bare.folder / ".venv").exists()


def test_foreign_host_is_named(bare):
    code, text = bare.do("make", "run", HOST="192.0.2.1")
    assert code != 0
    assert "192.0.2.1" in text
    assert "HOST" in text
    assert "Traceback" not in text


def test_full_disk_names_the_need_before_anything_is_built(bare):
    code, text = bare.do("make", "run", PORTAL_TEST_FREE_BYTES=str(50 * 1024 * 1024))
    assert code != 0
    assert "磁盘空间不足" in text
    assert "50 MB are free" in text
    assert "needs 600 MB" in text
    assert not bare.var.exists()
    assert not (bare.folder / ".venv").exists()


def test_old_python_is_named_with_what_to_do(bare):
    del bare.env["PYTHON"]
    bare.fake("python3", 'case "$1" in -c) echo 3.9.2; exit 1;; *) echo "Python 3.9.2";; esac')
    code, text = bare.do("make", "run")
    assert code != 0
    assert "需要 Python 3.11 或更新版本" in text
    assert "3.9.2" in text
    assert not bare.var.exists()
    assert not (bare.folder / ".venv").exists()


def test_newer_python_beside_the_old_one_is_offered(bare):
    del bare.env["PYTHON"]
    bare.fake("python3", "echo 3.9.2; exit 1")
    bare.fake("python3.14", "exit 0")
    code, text = bare.do("make", "run")
    assert code != 0
    assert "make run PYTHON=python3.14" in text


def test_missing_python_is_named(bare):
    code, text = bare.do("make", "run", PYTHON="python-that-is-not-there")
    assert code != 0
    assert "找不到 python-that-is-not-there" in text

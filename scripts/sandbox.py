"""`make sandbox`: a second portal for training, reset at every start and every night.

PORT and HOST say where (127.0.0.1:8001). Its state is in the folder `sandbox` of the portal's own
(var/sandbox/), so that a reset can never meet the real one; it has a database of its own, and its
mails go nowhere.
"""

import os
import time
from datetime import datetime, timedelta

import run
import site_build
import venv_install
from machine import ROOT, need_port, var
from saying import StepFailed, Stop, guarded, run_step, say, tail

#: The hour of the nightly reset, local time, and how often the time is looked at.
HOUR, LOOK_S = 3, 20
#: What belongs to the real portal and must not reach this one.
FOREIGN = ("PORTAL_DATABASE_URL", "PORTAL_EMAIL_URL", "PORTAL_SITE_URL")


def _reset(zh, en, *arguments):
    argv = [venv_install.PYTHON, ROOT / "site" / "manage.py", "reset_sandbox", *arguments]
    try:
        run_step(zh, en, argv, env=site_build.environment(var()), cwd=ROOT)
    except StepFailed as failed:
        raise Stop(
            "练习环境没有重置，原因见下；数据仍在原处。",
            "The sandbox was not reset, for the reason below; its data are where they were.",
            tail(failed.output),
        ) from None


def prepare():
    """Build it, or bring it back to what was built; then bring that up to date."""
    if site_build.is_built() and (var() / "pristine").exists():
        _reset("恢复初始状态", "back to the first state")
    accounts = site_build.prepare()
    if not (var() / "pristine").exists():
        _reset("保存初始状态", "keeping the first state", "--keep")
    return accounts


def next_night(now):
    """The next time of the nightly reset after `now`."""
    tonight = now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return tonight if tonight > now else tonight + timedelta(days=1)


def reset_every_night(server):
    """As long as the process `server` lives, in a process of its own."""
    due = next_night(datetime.now().astimezone())
    while os.getppid() == server:
        time.sleep(LOOK_S)
        if datetime.now().astimezone() >= due:
            due = next_night(datetime.now().astimezone())
            try:
                _reset("每夜恢复初始状态", "nightly reset")
            except Stop as stop:
                say(stop.zh, stop.en)


def main():
    for name in FOREIGN:
        os.environ.pop(name, None)
    os.environ["PORTAL_VAR"] = str(var() / "sandbox")
    os.environ["PORTAL_SANDBOX"] = "1"
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8001"
    say("练习环境：可以随意操作，每次启动和每天凌晨恢复原状，不发邮件")
    say("Training sandbox: reset at every start and every night; no mail leaves it")
    port = need_port(host, port)
    run.check_room()
    venv_install.ensure("run")
    accounts = prepare()
    if accounts:
        say("\n练习账号 / accounts:", accounts.strip())
    say(f"账号保存在 / accounts are kept in: {var() / site_build.ACCOUNTS}")
    url = run.address(host, port)
    say(f"\n正在启动 / starting: {url}/")
    server = os.getpid()
    if os.fork() == 0:
        reset_every_night(server)
        os._exit(0)
    run.serve(host, port, url)


if __name__ == "__main__":
    guarded(main)

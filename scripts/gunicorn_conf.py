"""What gunicorn tells the person who typed `make run`; its options are given by scripts/run.py."""

import os
import subprocess
import sys
from pathlib import Path

MANAGE = Path(__file__).resolve().parent.parent / "site" / "manage.py"
_clock = []


def when_ready(server):
    """What is due by the clock (scheduled publication, mails) runs beside the portal."""
    # In a session of its own: Ctrl-C reaches the portal, which ends the clock after itself.
    clock = [sys.executable, MANAGE, "run_scheduler", "--loop"]
    _clock.append(subprocess.Popen(clock, start_new_session=True))


def post_worker_init(worker):
    """The first worker has loaded the portal: only now is it true that it serves."""
    if worker.age == 1:
        url = os.environ["PORTAL_SITE_URL"]
        print(
            f"门户已就绪 / the portal is ready: {url}/\n"
            f"管理后台   / administration:      {url}/admin/\n"
            "按 Ctrl-C 停止 / press Ctrl-C to stop",
            flush=True,
        )


def on_exit(server):
    """All workers have ended; the clock ends with them."""
    if os.getpid() == server.pid:
        for clock in _clock:
            clock.terminate()
            clock.wait()
        print("\n门户已停止 / the portal has stopped", flush=True)

"""`make bench`: public pages beside a bare Django view of the same server, at two sizes.

The named baseline is `/healthz`: a view that asks nothing, behind the same middleware and server.
Ratios count; absolute numbers belong to the machine named. PORTAL_BENCH_PAGES sets the large size.
At the end: exported files beside the bare writers.
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.benchmarks import exports
from tests.benchmarks.load import measure

ROOT = Path(__file__).resolve().parents[2]
SIZES = (1_000, int(os.environ.get("PORTAL_BENCH_PAGES", "20000")))
ROUNDS = int(os.environ.get("PORTAL_BENCH_ROUNDS", "3"))
COLUMN = "/xwzx/gdtyxw/"
PAGES = {
    "bare view": "/healthz",
    "home": "/",
    "column": COLUMN,
    "column, last page": f"{COLUMN}page/{{last}}/",
    "article": f"{COLUMN}bench-0/",
}


def _manage(env, *arguments):
    subprocess.run(
        [sys.executable, "site/manage.py", *arguments], cwd=ROOT, env=env, check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip


def _fill(env, count):
    code = (
        "import django; django.setup();"
        f"from tests.benchmarks.bulk import add_articles; add_articles({count})"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, check=True)


def _serve(env, port):
    argv = [
        sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--chdir", "site", "--bind",
        f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", "2", "--threads", "4",
        "--log-level", "error", "--no-control-socket", "--preload",
    ]  # fmt: skip
    server = subprocess.Popen(argv, cwd=ROOT, env=env)
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
            return server
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def _size(count, folder, port):
    env = {
        **os.environ,
        "PORTAL_VAR": folder,
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
    }
    env.pop("PORTAL_DATABASE_URL", None)
    for command in (("migrate",), ("sync_structure",), ("collectstatic", "--noinput")):
        _manage(env, *command)
    _fill(env, count)
    server = _serve(env, port)
    found = {name: [] for name in PAGES}
    try:
        for number in range(ROUNDS + 1):
            # Turned round each time, so that no page always runs on a warm or a tired machine.
            for name in list(PAGES)[:: 1 if number % 2 else -1]:
                path = PAGES[name].format(last=-(-count // 20))
                result = measure(server.pid, port, path)
                if number:  # the first round only warms up
                    found[name].append(result)
    finally:
        server.terminate()
        server.wait()
    return {
        name: tuple(statistics.median(values) for values in zip(*results, strict=True))
        for name, results in found.items()
    }


def main():
    print(f"{platform.platform()} · {os.cpu_count()} cores · Python {platform.python_version()}")
    print(f"gunicorn 2 × 4 threads, SQLite, 8 clients on the same machine, {ROUNDS} rounds\n")
    for count in SIZES:
        with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
            results = _size(count, folder, 18_765)
        base = results["bare view"]
        print(f"{count} articles in the column")
        print(f"{'page':<20}{'req/s':>9}{'× bare':>9}{'CPU ms':>9}{'× bare':>9}{'bytes':>9}")
        for name, (rate, cpu, size) in results.items():
            print(
                f"{name:<20}{rate:>9.1f}{rate / base[0]:>9.3f}{cpu:>9.2f}{cpu / base[1]:>9.1f}"
                f"{size:>9.0f}"
            )
        print()
    exports.report()


if __name__ == "__main__":
    main()

"""`make search-eval`: how good the search is, engine by engine, in databases that are thrown away.

SEARCH_EVAL_DIR names a folder of documents and queries (else ../shared/search-eval, if it is
there); without one the demonstration is loaded and queries are made of it. ENGINES chooses:
sqlite, postgresql, elasticsearch (PORTAL_ELASTICSEARCH_URL names a node, else one is started).
"""

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import elasticsearch_node
import postgres
from machine import ROOT
from saying import guarded, say

BESIDE = ROOT.parent / "shared" / "search-eval"


def folder():
    """The folder of evaluation data, or None."""
    named = os.environ.get("SEARCH_EVAL_DIR")
    if named:
        return Path(named).resolve()
    return BESIDE if (BESIDE / "queries.jsonl").exists() else None


@contextmanager
def database(engine):
    """What that engine is reached by, thrown away afterwards: variables of the environment."""
    if engine == "sqlite":
        yield {}
        return
    if engine == "postgresql":
        with postgres.server() as url:
            yield {"PORTAL_DATABASE_URL": url}
    elif os.environ.get("PORTAL_ELASTICSEARCH_URL"):
        yield {}
    else:
        with elasticsearch_node.node() as url:
            yield {"PORTAL_ELASTICSEARCH_URL": url}


def manage(env, *arguments):
    """One management command: its exit code."""
    argv = [sys.executable, ROOT / "site" / "manage.py", *arguments]
    return subprocess.run(argv, cwd=ROOT, env=env).returncode


def measure(engine, data):
    """0 if every bar was reached on that engine."""
    with tempfile.TemporaryDirectory(prefix="portal-eval-") as var, database(engine) as reached:
        env = {
            **os.environ,
            **reached,
            "PORTAL_VAR": var,
            "PORTAL_SEARCH_ENGINE": engine,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            "DJANGO_SETTINGS_MODULE": "portal.settings.development",
        }
        steps = [["migrate", "--noinput", "-v", "0"]]
        if data is None:
            accounts = str(Path(var) / "accounts.txt")
            steps += [["sync_structure"], ["create_accounts", "--file", accounts], ["load_demo"]]
            steps += [["search_index", "--rebuild"]]
        for step in steps:
            if code := manage(env, *step):
                return code
        return manage(env, "search_eval", *(["--folder", str(data)] if data else []))


def main():
    data = folder()
    say(f"── 数据 / data: {data or '自带（演示内容）/ own, from the demonstration'}")
    failed = []
    for engine in os.environ.get("ENGINES", "sqlite,postgresql").split(","):
        say(f"── {engine}")
        if measure(engine, data):
            failed.append(engine)
    if failed:
        say(f"未达标 / bars missed: {', '.join(failed)}")
    return len(failed)


if __name__ == "__main__":
    guarded(main)

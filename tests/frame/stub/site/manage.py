"""The stand-in's command line: does to $PORTAL_VAR what the portal's commands do, in small.

Files in the root steer it: `pending` (a migration waits), `slow` (load_demo takes its time).
"""

import os
import sqlite3
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ["PORTAL_VAR"])
NAME, ARGUMENTS = sys.argv[1], sys.argv[2:]

if NAME == "run_scheduler":  # runs beside the server, not in the order of the build
    (ROOT / "clock.log").write_text(f"{os.getpid()} {' '.join(ARGUMENTS)}")
    time.sleep(600)
with (ROOT / "commands.log").open("a") as log:
    log.write(" ".join([NAME, *ARGUMENTS]) + "\n")
if not (VAR / "secret-key").exists():
    (VAR / "secret-key").write_text(os.urandom(8).hex())

if NAME == "migrate" and "--check" in ARGUMENTS:
    sys.exit((ROOT / "pending").exists())
if NAME == "migrate":
    (ROOT / "pending").unlink(missing_ok=True)
    with sqlite3.connect(VAR / "portal.sqlite3") as database:
        database.execute("CREATE TABLE IF NOT EXISTS pages (title TEXT)")
elif NAME == "sync_structure":
    text = (ROOT / "site" / "structure" / "columns.yaml").read_text()
    if "broken" in text:
        sys.exit("columns.yaml 第 1 行：栏目没有责任处室 / line 1: a column has no owner")
elif NAME == "create_accounts":
    path = Path(ARGUMENTS[ARGUMENTS.index("--file") + 1])
    path.write_text("bangongshi  pass-phrase-of-today\n")
    print(f"bangongshi  pass-phrase-of-today\n已写入 {path}")
elif NAME == "load_demo":
    if (ROOT / "slow").exists():
        time.sleep(60)
    with sqlite3.connect(VAR / "portal.sqlite3") as database:
        database.execute("INSERT INTO pages VALUES ('阳光体育')")
elif NAME == "collectstatic":
    (VAR / "static").mkdir(exist_ok=True)
    for source in ROOT.glob("site/*/static/*"):
        (VAR / "static" / source.name).write_bytes(source.read_bytes())

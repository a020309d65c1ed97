"""Files of 100,000 rows beside the bare writers of the same run: XlsxWriter and Python's csv.

`python -m tests.benchmarks.exports 100000` prints CPU time, its ratio and how far memory grew. Each
file is written by a process of its own, ours and the bare one in turn; medians of the rounds count.
"""

import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROWS, ROUNDS = 100_000, 3
#: What is written beside what.
PAIRS = {"xlsx": "bare xlsx", "csv": "bare csv"}


def rows(count):
    """As penalties are: identifiers, names, texts, an amount, days; each made when asked for."""
    first = date(2016, 1, 1)
    for number in range(count):
        yield (
            f"44010619900101{number % 10_000:04}",
            f"91440000190{number:07}",
            f"广东省演示体育文化发展有限公司第{number}分公司",
            f"粤体罚决字〔2016〕{number}号",
            "《全民健身条例》第三十六条",
            "未经批准，擅自经营高危险性体育项目",
            "责令限期改正，没收违法所得，并处罚款",
            Decimal(number) / 100,
            first + timedelta(days=number % 365),
            first + timedelta(days=number % 365 + 7),
        )


def _columns():
    from exports.columns import DATE, IDENTIFIER, NUMBER, Column

    kinds = [IDENTIFIER, IDENTIFIER, *["text"] * 5, NUMBER, DATE, DATE]
    return tuple(Column(f"c{place}", f"第{place}列", kind) for place, kind in enumerate(kinds))


def _ours(form, path, count):
    from exports.formats import FORMATS, Table

    with path.open("wb") as file:
        FORMATS[form].write(Table("演示", _columns(), rows(count), {}), file)


def _bare_xlsx(path, count):
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for line, row in enumerate(rows(count)):
        for place, cell in enumerate(row):
            if place < 7:
                sheet.write_string(line, place, cell)
            elif place == 7:
                sheet.write_number(line, place, cell)
            else:
                sheet.write_datetime(line, place, cell, day)
    book.close()


def _bare_csv(path, count):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows(count))


def _write(what, path, count):
    """In a process of its own: (CPU seconds, MB by which memory grew at most)."""
    from django.conf import settings

    settings.configure(USE_TZ=True, USE_I18N=False)
    import xlsxwriter  # noqa: F401

    import exports.formats  # noqa: F401  loaded before it is measured

    before = _memory("VmRSS")
    began = time.process_time()
    if what == "bare xlsx":
        _bare_xlsx(path, count)
    elif what == "bare csv":
        _bare_csv(path, count)
    else:
        _ours(what, path, count)
    print(json.dumps([time.process_time() - began, _memory("VmHWM") - before]))


def _memory(name):
    """MB of this process now (VmRSS) or at most (VmHWM; unlike getrusage's, not its parent's)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(name)


def measured(what, path, count):
    """The same, of a new process."""
    argv = [sys.executable, "-m", "tests.benchmarks.exports", "--write", what, path, str(count)]
    env = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(argv, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def compared(form, folder, count=ROWS, rounds=ROUNDS):
    """(CPU of ours, CPU of the bare writer, MB of ours); the file stays in the folder."""
    found = {form: [], PAIRS[form]: []}
    for number in range(rounds):
        # Turned round each time, so that none always runs on a warm or a tired machine.
        for what in list(found)[:: 1 if number % 2 else -1]:
            path = Path(folder) / f"{what.replace(' ', '-')}.{form}"
            found[what].append(measured(what, path, count))
    ours, bare = (
        [statistics.median(values) for values in zip(*found[what], strict=True)] for what in found
    )
    return ours[0], bare[0], ours[1]


def main():
    if sys.argv[1:2] == ["--write"]:
        _write(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
        return
    report(int(sys.argv[1]) if sys.argv[1:] else ROWS)


def report(count=ROWS):
    """Print what writing that many rows takes."""
    print(f"{count} rows of 10 columns, medians of {ROUNDS} rounds")
    print(f"{'format':<8}{'CPU s':>8}{'bare s':>8}{'× bare':>8}{'MB':>8}")
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        for form in PAIRS:
            ours, bare, grown = compared(form, folder, count)
            print(f"{form:<8}{ours:>8.2f}{bare:>8.2f}{ours / bare:>8.2f}{grown:>8.1f}")


if __name__ == "__main__":
    main()

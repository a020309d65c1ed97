"""What the programs of the frame say on the terminal: Chinese first, then English; steps, ends."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time

TAIL = 40


class Stop(Exception):
    """The program ends here, and this is why and what to do, in both languages."""

    def __init__(self, zh, en, detail=""):
        super().__init__(en)
        self.zh, self.en, self.detail = zh, en, detail


class StepFailed(Exception):
    """A command of a step ended badly; `output` is all it said."""

    def __init__(self, output, code):
        super().__init__(f"exit code {code}")
        self.output, self.code = output, code


def say(zh, en=""):
    """One message: a Chinese line and, where given, an English line."""
    print(zh, flush=True)
    if en:
        print(en, flush=True)


def tail(text, lines=TAIL):
    """The last lines of a command's output, indented, for a message."""
    kept = [line for line in text.strip().splitlines() if line.strip()][-lines:]
    return "\n".join(f"    {line}" for line in kept)


def _reached(log):
    """` 12/163` if the last whole line of the command's output begins so, else nothing.

    Read by position: the command writes at the offset that both share.
    """
    end = os.fstat(log.fileno()).st_size
    lines = os.pread(log.fileno(), 500, max(0, end - 500)).decode(errors="replace").split("\n")
    found = re.match(r"\d+/\d+\b", lines[-2]) if len(lines) > 1 else None
    return f" {found[0]}" if found else ""


def run_step(zh, en, argv, *, env=None, cwd=None):
    """Run one command quietly, showing its name and the time it took; return what it printed.

    On a terminal the seconds are shown while it runs, and how far it is if it prints `n/total`.
    """
    label = f"  {zh} / {en} … "
    print(label, end="", flush=True)
    started = time.monotonic()
    on_terminal = sys.stdout.isatty()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            argv, env=env, cwd=cwd, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            while True:
                try:
                    code = process.wait(timeout=1)
                    break
                except subprocess.TimeoutExpired:
                    if on_terminal:
                        spent = f"{time.monotonic() - started:.0f} s"
                        print(f"\r{label}{spent}{_reached(log)}\033[K", end="", flush=True)
        except BaseException:
            process.terminate()
            process.wait()
            print(flush=True)
            raise
        log.seek(0)
        output = log.read().decode(errors="replace")
    spent = f"{time.monotonic() - started:.1f} s"
    start = f"\r{label}\033[K" if on_terminal else ""
    if code:
        print(f"{start}失败 / failed ({spent})", flush=True)
        raise StepFailed(output, code)
    print(f"{start}{spent}", flush=True)
    return output


def _interrupt(signum, frame):
    raise KeyboardInterrupt


def guarded(main):
    """Run `main` as a program: every foreseen end is a message, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGHUP, _interrupt)
    try:
        sys.exit(main())
    except Stop as stop:
        sys.stdout.flush()
        print(f"\n{stop.zh}\n{stop.en}", file=sys.stderr)
        if stop.detail:
            print(stop.detail, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\n已中断；再次运行即可继续 / interrupted; run it again to go on", file=sys.stderr)
        sys.stderr.flush()
        os._exit(130)

"""What the programs of the frame say on the terminal: Chinese first, then English; steps, ends."""

import os
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


def run_step(zh, en, argv, *, env=None, cwd=None):
    """Run one command quietly, showing its name and the time it took; return what it printed."""
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
                        print(f"\r{label}{time.monotonic() - started:.0f} s", end="", flush=True)
        except BaseException:
            process.terminate()
            process.wait()
            print(flush=True)
            raise
        log.seek(0)
        output = log.read().decode(errors="replace")
    spent = f"{time.monotonic() - started:.1f} s"
    start = f"\r{label}" if on_terminal else ""
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

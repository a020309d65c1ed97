"""A closed loop of requests against one address, and the server's own CPU time meanwhile."""

import http.client
import os
import threading
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    """User and system time of a process and its children, in seconds."""
    total = 0.0
    for process in [pid, *_children(pid)]:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def _children(pid):
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed]


def measure(pid, port, path, seconds=3.0, clients=8):
    """(requests a second, server CPU ms a request, bytes of one answer) of GET `path`."""
    counts, sizes, stop = [0] * clients, [0] * clients, threading.Event()

    def client(place):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while not stop.is_set():
            connection.request("GET", path)
            answer = connection.getresponse()
            sizes[place] = len(answer.read())
            if answer.status != 200:
                raise SystemExit(f"{path}: {answer.status}")
            counts[place] += 1
        connection.close()

    threads = [threading.Thread(target=client, args=(place,)) for place in range(clients)]
    before, started = cpu_seconds(pid), time.monotonic()
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join()
    spent, done = time.monotonic() - started, sum(counts)
    if not done:
        raise SystemExit(f"{path}: no answer")
    return done / spent, (cpu_seconds(pid) - before) * 1000 / done, max(sizes)

"""A command -> what its whole process took: seconds, peak memory, and whether it came to an end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

LIMIT = 900
"""Seconds after which a command is stopped."""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds and megabytes of one process; `failure` says in a few words why there is no result."""

    seconds: float
    megabytes: float
    failure: str = ""


def measure(command: list[str], output: Path) -> Run:
    """Run a command with its output in a file.

    It is started by a small process, not by this one: a child begins with the peak memory of the
    process it was forked from.
    """
    launcher = [sys.executable, __file__, str(output), *command]
    done = subprocess.run(launcher, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        return Run(0, 0, _last(done.stderr))
    return Run(*json.loads(done.stdout), _last(done.stderr))


def _last(text: str) -> str:
    """The last line that names an error, or the last there is."""
    lines = text.strip().splitlines()
    return next((line for line in reversed(lines) if "Error:" in line), lines[-1] if lines else "")


def main(output: str, *command: str) -> None:
    """Be the small process: print seconds and megabytes, and to stderr what failed."""
    with Path(output).open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE, start_new_session=True)
        timer = threading.Timer(LIMIT, process.kill)
        timer.start()
        said = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        timer.cancel()
    print(json.dumps([seconds, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)]))
    if seconds >= LIMIT:
        print(f"stopped after {LIMIT} s", file=sys.stderr)
    elif status:
        print(f"failed: {_last(said.decode('utf-8', 'replace'))[:60]}", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])

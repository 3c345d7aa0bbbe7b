"""A second Python process for integer programs that may have to be ended before they end by themselves.

HiGHS cannot be told to stop from outside, overruns its time limit by seconds on large programs, and makes the
interpreter abort at exit when a thread is left running in it. A process can be ended at any moment, and gives
all its memory back.
"""

from __future__ import annotations

import math
import os
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from solvers.clock import Clock
from solvers.milp import Program, Solved, solve_packed

#: Seconds between two questions to the caller.
_POLL = 0.05
#: Columns up to which a program keeps its time limit well enough to be solved here.
_LARGE = 4000
_LENGTH = struct.Struct("<Q")


class Worker:
    """Solves integer programs: here, or in a process of its own if it may have to be ended.

    Args:
        clock: Says how much time is left, whether the caller may cancel, and whether it did.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._process = _start() if clock.can_cancel else None

    def relax(self, program: Program, precision: float) -> Solved | None:
        """Solve its linear relaxation in the time left; None as in `solve`."""
        return self._ask(program, precision, relaxed=True)

    def solve(self, program: Program, gap: float) -> Solved | None:
        """Solve a program in the time left; None if the caller cancelled or time ran out meanwhile."""
        return self._ask(program, gap, relaxed=False)

    def _ask(self, program: Program, gap: float, *, relaxed: bool) -> Solved | None:
        if self._process is None and math.isfinite(self._clock.left) and program.cost.size > _LARGE:
            self._process = _start()
        process = self._process
        if process is None:
            left = self._clock.left
            return program.relax(left, gap) if relaxed else program.solve(left, gap)
        replies: list[bytes] = []
        question = program.packed(self._clock.left, gap, relaxed=relaxed)
        thread = threading.Thread(target=lambda: replies.append(_converse(process, question)), daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(_POLL)
            if self._clock.stop():
                process.kill()
                thread.join()
                return None
        if not replies[0]:
            raise RuntimeError("the process that solves integer programs ended unexpectedly; please run it again")
        return Solved.unpacked(replies[0])

    def close(self) -> None:
        """End the process, at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    _close(pipe)
            self._process = None


def _start() -> subprocess.Popen[bytes]:
    here = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join(part for part in (here, os.environ.get("PYTHONPATH")) if part)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "solvers.worker"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip


def _converse(process: subprocess.Popen[bytes], question: bytes) -> bytes:
    """Send a question and wait for the reply; empty if the process ended first."""
    if process.stdin is None or process.stdout is None:
        return b""
    try:
        _write(process.stdin, question)
        return _read(process.stdout)
    except OSError:
        return b""


def _write(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)) + message)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes:
    """The next message, empty at the end."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return b""
    size = _LENGTH.unpack(head)[0]
    message = pipe.read(size)
    return message if len(message) == size else b""


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:
        return


def main() -> None:
    """Answer packed programs from standard input until it ends; whatever prints goes nowhere."""
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as replies:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        while question := _read(sys.stdin.buffer):
            _write(replies, solve_packed(question))


if __name__ == "__main__":
    main()

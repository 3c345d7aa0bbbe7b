"""Work for the tests of spreading: functions that other processes find by their names."""

import os
import signal
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from matcher.services.spreading import spread, threads

Seed = np.random.SeedSequence


def draw(shared: str, task: int, seed: Seed) -> tuple[str, int, float]:
    """What is shared, the task, and its own chance."""
    return shared, task, float(np.random.default_rng(seed).random())


def slow_draw(shared: str, task: int, seed: Seed) -> tuple[str, int, float]:
    """The same, slow enough for something to happen meanwhile."""
    time.sleep(0.05)
    return draw(shared, task, seed)


def fails(slow: int, task: int, _: Seed) -> int:
    """Tasks from 2 on fail, one of them late."""
    if task == slow:
        time.sleep(0.5)
    if task >= 2:
        raise LookupError(f"no home for task {task}")
    return task


def dies_once(folder: Path, task: int, seed: Seed) -> tuple[int, float]:
    """Leaves a mark for each try; the first try of task 3 ends its process."""
    tries = len(list(folder.glob(f"{task}-*")))
    (folder / f"{task}-{tries}").touch()
    if task == 3 and tries == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return task, float(np.random.default_rng(seed).random())


def dies(_: None, task: int, __: Seed) -> int:
    """Task 1 always ends its process."""
    if task == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def beats(folder: Path, task: int, _: Seed) -> int:
    """Task 0 is done at once; others write to a file of their own ten times a second, for a minute or until enough."""
    if task == 0:
        return task
    for beat in range(600):
        (folder / f"{task}").write_text(str(beat))
        if (folder / "enough").exists():
            break
        time.sleep(0.1)
    return task


def allowed(_: None, __: int, ___: Seed) -> int:
    """How many threads the task may use."""
    return threads()


class Counted(NamedTuple):
    """Shared by the tasks of a test: marks each time that it arrives in a process."""

    folder: Path

    def __reduce__(self) -> tuple[Any, ...]:
        return _arrived, (self.folder,)


def _arrived(folder: Path) -> Counted:
    (folder / f"{os.getpid()}-{time.monotonic_ns()}").touch()
    return Counted(folder)


def process(_: Counted, __: int, ___: Seed) -> int:
    """Which process this is."""
    return os.getpid()


if __name__ == "__main__":
    spread(beats, range(3), shared=Path(os.environ["SPREAD_FOLDER"]), on="processes:2")

"""Tasks spread over this thread, processes and an executor: same results, losses made good, progress, cancel."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest

from matcher.scoring.compiled.threads import cores
from matcher.services.spreading import StoppedError, WorkersLostError, spread
from tests import spread_work as work


@pytest.fixture(params=["here", "processes:2", "an executor"])
def on(request: pytest.FixtureRequest) -> Iterator[str | Executor]:
    """Every place but a cluster."""
    if request.param == "an executor":
        with ThreadPoolExecutor(2) as pool:
            yield pool
    else:
        yield request.param


def test_results_come_in_the_order_of_tasks_each_with_its_own_chance_and_are_told_of(on: str | Executor) -> None:
    told: list[tuple[int, int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total, threading.get_ident()))

    found = spread(work.draw, [5, 3, 4, 1], shared="a case", seed=7, on=on, progress=tell)
    assert [row[:2] for row in found] == [("a case", task) for task in (5, 3, 4, 1)]
    assert found == spread(work.draw, [5, 3, 4, 1], shared="a case", seed=7)
    assert len({row[2] for row in found}) == 4
    assert found[:2] == spread(work.draw, [5, 3], shared="a case", seed=7)
    assert found != spread(work.draw, [5, 3, 4, 1], shared="a case", seed=8)
    assert told == [(done, 4, threading.get_ident()) for done in range(1, 5)]


def test_the_first_task_that_failed_is_told_of_whichever_failed_sooner(on: str | Executor) -> None:
    with pytest.raises(LookupError, match="no home for task 2") as error:
        spread(work.fails, range(6), shared=2, on=on)
    assert error.value.__notes__ == ["in task 3 of 6"]


def test_no_tasks_give_no_results() -> None:
    assert spread(work.draw, [], shared="", on="processes:2") == []


@pytest.mark.parametrize("on", ["there", "processes:0", "processes:-1", "processes:two", "processes2", "dask:here", ""])
def test_a_place_that_is_none_is_refused(on: str) -> None:
    with pytest.raises(ValueError, match="expected 'here'"):
        spread(work.draw, range(2), shared="", on=on)


def test_what_is_shared_is_sent_once_to_a_process(tmp_path: Path) -> None:
    found = spread(work.process, range(12), shared=work.Counted(tmp_path), on="processes:2")
    arrived = [int(mark.name.partition("-")[0]) for mark in tmp_path.iterdir()]
    assert len(arrived) == len(set(arrived)) == 2
    assert set(found) <= set(arrived)
    assert os.getpid() not in found


def test_a_task_whose_process_is_killed_is_done_again(tmp_path: Path) -> None:
    (there := tmp_path / "there").mkdir()
    (here := tmp_path / "here").mkdir()
    (here / "3-0").touch()
    found = spread(work.dies_once, range(8), shared=there, seed=2, on="processes:2")
    assert (there / "3-1").exists()
    assert found == spread(work.dies_once, range(8), shared=here, seed=2)


def test_a_task_that_always_kills_its_process_is_given_up() -> None:
    with pytest.raises(WorkersLostError, match="with 1 of 2 done; next was task 2"):
        spread(work.dies, range(2), shared=None, on="processes:1")


def test_cancel_here_leaves_what_was_done() -> None:
    told: list[int] = []
    with pytest.raises(StoppedError, match="with 3 of 9 tasks done") as error:
        spread(
            work.draw, range(9), shared="", progress=lambda done, _: told.append(done), cancel=lambda: len(told) == 3
        )
    assert error.value.done == dict(enumerate(spread(work.draw, range(3), shared="")))
    assert error.value.total == 9


def test_cancel_ends_processes_at_once(tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(StoppedError) as error:
        spread(work.beats, range(3), shared=tmp_path, on="processes:2", cancel=lambda: _beat(tmp_path, 1))
    assert error.value.done == {0: 0}
    assert time.monotonic() - started < 30
    assert _stopped(tmp_path)


def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.spread_work"]
    parent = subprocess.Popen(
        command, env={**os.environ, "SPREAD_FOLDER": str(tmp_path)}, cwd=Path(__file__).parents[1]
    )
    while not (_beat(tmp_path, 1) and _beat(tmp_path, 2)):
        assert parent.poll() is None
        time.sleep(0.05)
    parent.kill()
    parent.wait()
    assert _stopped(tmp_path)


def test_processes_share_the_threads() -> None:
    assert spread(work.allowed, range(1), shared=None) == [cores()]
    assert spread(work.allowed, range(2), shared=None, on="processes:2") == [max(1, cores() // 2)] * 2


def _beat(folder: Path, task: int) -> bool:
    return (folder / str(task)).exists()


def _stopped(folder: Path) -> bool:
    """Whether no file changes any more, after a second to end in."""
    time.sleep(0.6)
    before = {path.name: path.read_text() for path in folder.iterdir()}
    time.sleep(0.3)
    return before == {path.name: path.read_text() for path in folder.iterdir()}

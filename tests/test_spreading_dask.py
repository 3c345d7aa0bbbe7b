"""A real Dask cluster of two processes on this machine: same results, also where its workers are killed."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from distributed import Client, LocalCluster

from matcher.services.forecast import forecast_scenarios
from matcher.services.spreading import ClusterError, StoppedError, cluster, spread
from models.forecast import BASELINE, EntriesChange, Scenario
from tests import spread_work as work
from tests.generated_care import generated, steady


@pytest.fixture(scope="module")
def running() -> Iterator[LocalCluster]:
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address="127.0.0.1:0",
        host="127.0.0.1",
    ) as found:
        yield found


@pytest.fixture
def address(running: LocalCluster) -> str:
    with Client(running, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=30)
    return str(running.scheduler_address).replace("tcp://", "dask://")


def test_results_are_those_of_here_and_what_is_shared_is_sent_once(address: str, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    found = spread(
        work.draw, range(20), shared="a case", seed=5, on=address, progress=lambda *counts: told.append(counts)
    )
    assert found == spread(work.draw, range(20), shared="a case", seed=5)
    assert told == [(done, 20) for done in range(1, 21)]
    processes = spread(work.process, range(20), shared=work.Counted(tmp_path), on=address)
    arrived = [int(mark.name.partition("-")[0]) for mark in tmp_path.iterdir()]
    assert len(arrived) == len(set(arrived)) == 2
    assert set(processes) <= set(arrived)


@pytest.mark.parametrize("killed", [1, 2])
def test_killed_in_the_middle_the_results_are_the_same(address: str, running: LocalCluster, killed: int) -> None:
    with Client(running, set_as_default=False) as client:
        workers = list(client.run(os.getpid).values())

    def tell(done: int, _: int) -> None:
        if done == 5:
            for worker in workers[:killed]:
                os.kill(worker, signal.SIGKILL)

    found = spread(work.slow_draw, range(30), shared="a case", seed=6, on=address, progress=tell)
    assert found == spread(work.draw, range(30), shared="a case", seed=6)


def test_a_task_that_fails_there_is_told_of(address: str) -> None:
    with pytest.raises(LookupError, match="no home for task 2") as error:
        spread(work.fails, range(6), shared=2, on=address)
    assert error.value.__notes__ == ["in task 3 of 6"]


def test_a_task_has_one_thread_there(address: str) -> None:
    assert spread(work.allowed, range(2), shared=None, on=address) == [1, 1]


def test_scenarios_of_a_forecast_are_the_same_there(address: str) -> None:
    scenarios = (BASELINE, Scenario(name="Half", changes=(EntriesChange(percent=50),)))
    case, _ = generated(np.random.default_rng(7), steady, 1)
    here, there = (forecast_scenarios(case, scenarios, years=1, draws=20, on=on) for on in ("here", address))
    for one, other in zip(here, there, strict=True):
        assert (one.stock == other.stock).all()
        assert one.scenario == other.scenario


def test_cancel_does_not_wait_for_the_cluster(address: str, tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(StoppedError) as error:
        spread(work.beats, range(2), shared=tmp_path, on=address, cancel=lambda: (tmp_path / "1").exists())
    (tmp_path / "enough").touch()
    assert error.value.done in ({}, {0: 0})
    assert time.monotonic() - started < 20


def test_a_cluster_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_SECONDS", 0.5)
    with pytest.raises(ClusterError, match=r"No Dask scheduler answers at tcp://127.0.0.1:9"):
        spread(work.draw, range(2), shared="", on="dask://127.0.0.1:9")


def test_a_cluster_without_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_SECONDS", 0.5)
    with (
        LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0", host="127.0.0.1") as empty,
        pytest.raises(ClusterError, match="has no workers"),
    ):
        spread(work.draw, range(2), shared="", on=empty.scheduler_address.replace("tcp", "dask"))


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'placewell\[dask\]'"):
        spread(work.draw, range(2), shared="", on="dask://127.0.0.1:9")


def test_another_placewell_there_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "OURS", "0.0")
    with pytest.raises(ClusterError, match=r"here is 0.0"):
        spread(work.draw, range(2), shared="", on=address)

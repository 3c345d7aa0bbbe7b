"""How much sooner sweeps are done on more processes, what starting those costs, and whether results are the same."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from benchmarks.scoring.instances import demo_case
from benchmarks.shown import Shown, as_markdown, figure, machine, machine_line, print_tables
from matcher.services.adoption.simulation import simulate
from matcher.services.adoption.simulation_results import SimulationSettings
from matcher.services.forecast import Fitted, fit, forecast_scenarios
from matcher.services.spreading import spread
from models.case import Case
from models.forecast import EntriesChange, Scenario

PROCESSES = (1, 2, 4)
_WIDTH = 100
_EMPTY = 1_000
_SCENARIOS, _DRAWS, _REPLICATIONS = 8, 500, 60
Found = Mapping[str, Any]
Work = Callable[[str], Any]


def measure() -> dict[str, Any]:
    """Every workload at every place, once each after a first go that loads what is compiled; plain values, for JSON."""
    from distributed import LocalCluster

    case = demo_case()
    past = fit(case)
    works: dict[str, Work] = {
        f"adoption, {_REPLICATIONS} replications": lambda on: _simulated(case, on),
        f"forecast, {_SCENARIOS} scenarios of {_DRAWS} draws": lambda on: _forecast(case, past, on),
        f"{_EMPTY:,} tasks of nothing": lambda on: spread(_nothing, range(_EMPTY), shared=past, on=on),
        "one task of nothing": lambda on: spread(_nothing, range(1), shared=past, on=on),
    }
    found: dict[str, Any] = {"machine": machine(), "works": {name: [] for name in works}}
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", host="127.0.0.1") as cluster:
        dask = cluster.scheduler_address.replace("tcp://", "dask://")
        places = {"here": "here", **{f"processes:{n}": f"processes:{n}" for n in PROCESSES}, "Dask, 2 workers": dask}
        for name, work in works.items():
            first = work("here")
            for place, on in places.items():
                sys.stderr.write(f"scaling: {name}, {place}\n")
                started = time.perf_counter()
                result = work(on)
                seconds = time.perf_counter() - started
                found["works"][name].append({"place": place, "seconds": seconds, "same": result == first})
    return found


def _simulated(case: Case, on: str) -> Any:  # noqa: ANN401 - compared, no more
    settings = SimulationSettings(replications=_REPLICATIONS)
    return simulate(case, settings, on=on).model_dump(exclude={"seconds"})


def _forecast(case: Case, past: Fitted, on: str) -> list[bytes]:
    scenarios = [
        Scenario(name=f"{percent}%", changes=(EntriesChange(percent=percent),))
        for percent in range(60, 60 + 10 * _SCENARIOS, 10)
    ]
    return [each.counts().tobytes() for each in forecast_scenarios(case, scenarios, draws=_DRAWS, fitted=past, on=on)]


def _nothing(_: Fitted, __: int, ___: np.random.SeedSequence) -> None:
    return None


def show(found: Found) -> None:
    """Print the tables."""
    print_tables(machine_line(found["machine"]), _all(found), _WIDTH)


def markdown(found: Found) -> str:
    """The tables as README.md has them."""
    return as_markdown(machine_line(found["machine"]), _all(found))


def _all(found: Found) -> Iterator[Shown]:
    for name, rows in found["works"].items():
        here = rows[0]["seconds"]
        yield Shown(
            name[0].upper() + name[1:],
            ("", "s", "times as fast as here", "same results"),
            [
                (row["place"], figure(row["seconds"]), f"{here / row['seconds']:.2f}", "yes" if row["same"] else "NO")
                for row in rows
            ],
        )

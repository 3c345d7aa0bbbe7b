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
from models.forecast import BASELINE, EntriesChange, Scenario

PROCESSES = (1, 2, 4)
_DASK = "Dask, 2 workers"
_ONE = "One task of nothing"
_WIDTH = 100
_EMPTY = 1_000
_SCENARIOS, _DRAWS, _REPLICATIONS = 8, 250, 150
Found = Mapping[str, Any]
Work = Callable[[str], Any]


def measure() -> dict[str, Any]:
    """Every workload at every place, once each after a small one that loads what is compiled; plain values, for JSON.

    ``first`` is how long the first sweep of a program takes that asks for nothing: later ones on processes find most
    loaded.
    """
    from distributed import LocalCluster

    case = demo_case()
    past = fit(case)
    works: dict[str, Work] = {
        f"Adoption simulated, {_REPLICATIONS} replications": lambda on: _simulated(case, _REPLICATIONS, on),
        f"Demand forecast, {_SCENARIOS} scenarios of {_DRAWS} draws": lambda on: _forecast(case, past, on),
        _ONE: lambda on: spread(_nothing, range(1), shared=past, on=on),
        f"{_EMPTY:,} tasks of nothing": lambda on: spread(_nothing, range(_EMPTY), shared=past, on=on),
    }
    found: dict[str, Any] = {"machine": machine(), "works": {}}
    started = time.perf_counter()
    works[_ONE]("processes:1")
    found["first"] = time.perf_counter() - started
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", host="127.0.0.1") as cluster:
        dask = cluster.scheduler_address.replace("tcp://", "dask://")
        for on in ("here", dask):
            _simulated(case, 2, on)
            forecast_scenarios(case, (BASELINE,) * 2, draws=1, fitted=past, on=on)
        places = {"here": "here", **{f"processes:{n}": f"processes:{n}" for n in PROCESSES}, _DASK: dask}
        for name, work in works.items():
            sys.stderr.write(f"scaling: {name}\n")
            found["works"][name] = list(_at(work, places))
    return found


def _at(work: Work, places: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """A workload at each place, compared with the first."""
    first = None
    for place, on in places.items():
        started = time.perf_counter()
        result = work(on)
        first = result if first is None else first
        yield {
            "place": place,
            "seconds": time.perf_counter() - started,
            "same": result == first,
        }


def _simulated(case: Case, replications: int, on: str) -> Any:  # noqa: ANN401 - compared, no more
    settings = SimulationSettings(replications=replications)
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
    print_tables(_first(found), _all(found), _WIDTH)


def markdown(found: Found) -> str:
    """The tables as README.md has them."""
    return as_markdown(_first(found), _all(found))


def _first(found: Found) -> str:
    return f"{machine_line(found['machine'])}; the first sweep on processes takes {figure(found['first'])} s to start"


def _all(found: Found) -> Iterator[Shown]:
    for name, rows in found["works"].items():
        here = rows[0]["seconds"]
        yield Shown(
            name,
            ("", "s", "times as fast as here", "same results"),
            [
                (
                    row["place"],
                    figure(row["seconds"]),
                    f"{here / row['seconds']:.2f}",
                    "yes" if row["same"] else "NO",
                )
                for row in rows
            ],
        )

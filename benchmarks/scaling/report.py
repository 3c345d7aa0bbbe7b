"""How much sooner sweeps are done on more processes, what starting those costs, and whether results are the same."""

import resource
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
_WIDTH = 100
_EMPTY = 1_000
_SCENARIOS, _DRAWS, _REPLICATIONS = 8, 250, 150
Found = Mapping[str, Any]
Work = Callable[[str], Any]


def measure() -> dict[str, Any]:
    """Every workload at every place, once each after a small one that loads what is compiled; plain values, for JSON.

    ``cpu`` is the processor time of this process and of those it started and saw end; that of Dask's workers is not.
    """
    from distributed import LocalCluster

    case = demo_case()
    past = fit(case)
    works: dict[str, Work] = {
        f"Adoption simulated, {_REPLICATIONS} replications": lambda on: _simulated(case, _REPLICATIONS, on),
        f"Demand forecast, {_SCENARIOS} scenarios of {_DRAWS} draws": lambda on: _forecast(case, past, on),
        "One task of nothing": lambda on: spread(_nothing, range(1), shared=past, on=on),
        f"{_EMPTY:,} tasks of nothing": lambda on: spread(_nothing, range(_EMPTY), shared=past, on=on),
    }
    _simulated(case, 2, "here")
    forecast_scenarios(case, (BASELINE,), draws=1, fitted=past)
    found: dict[str, Any] = {"machine": machine(), "works": {}}
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", host="127.0.0.1") as cluster:
        dask = cluster.scheduler_address.replace("tcp://", "dask://")
        places = {"here": "here", **{f"processes:{n}": f"processes:{n}" for n in PROCESSES}, _DASK: dask}
        for name, work in works.items():
            sys.stderr.write(f"scaling: {name}\n")
            found["works"][name] = list(_at(work, places))
    return found


def _at(work: Work, places: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """A workload at each place, compared with the first."""
    first = None
    for place, on in places.items():
        started, used = time.perf_counter(), _processor_seconds()
        result = work(on)
        first = result if first is None else first
        yield {
            "place": place,
            "seconds": time.perf_counter() - started,
            "cpu": None if place == _DASK else _processor_seconds() - used,
            "same": result == first,
        }


def _processor_seconds() -> float:
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


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
    print_tables(machine_line(found["machine"]), _all(found), _WIDTH)


def markdown(found: Found) -> str:
    """The tables as README.md has them."""
    return as_markdown(machine_line(found["machine"]), _all(found))


def _all(found: Found) -> Iterator[Shown]:
    for name, rows in found["works"].items():
        here = rows[0]["seconds"]
        yield Shown(
            name,
            ("", "s", "CPU s", "times as fast as here", "same results"),
            [
                (
                    row["place"],
                    figure(row["seconds"]),
                    "-" if row["cpu"] is None else figure(row["cpu"]),
                    f"{here / row['seconds']:.2f}",
                    "yes" if row["same"] else "NO",
                )
                for row in rows
            ],
        )

"""One contender on one instance, in a process of its own: ``python -m benchmarks.location.one NAME FILE SECONDS``."""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.location.instances import Instance, draw
from benchmarks.location.programs import Answer, highs, scip
from solvers import solve_location


def placewell(asked: Instance, seconds: float) -> Answer:
    """Ours."""
    found = solve_location(
        asked.distance, objective=asked.objective, p=asked.p, radius=asked.radius, demand=asked.demand,
        time_limit=seconds,
    )  # fmt: skip
    if found.status not in ("optimal", "feasible"):
        return Answer(None, None, None)
    return Answer(found.sites, found.site_of, found.bound)


CONTENDERS: dict[str, Callable[[Instance, float], Answer]] = {"placewell": placewell, "HiGHS": highs, "SCIP": scip}


def main() -> None:
    """Load libraries with a small instance, then solve the one of the file; print what was found as JSON."""
    name, path, seconds = sys.argv[1:]
    solve = CONTENDERS[name]
    asked = Instance.read(Path(path))
    solve(draw(asked.objective, 20, 3), 5.0)
    began = time.perf_counter()
    sites, site_of, bound = solve(asked, float(seconds))
    taken = time.perf_counter() - began
    found = {
        "sites": None if sites is None else sites.tolist(),
        "site_of": None if site_of is None else site_of.tolist(),
        "bound": bound,
        "seconds": taken,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()

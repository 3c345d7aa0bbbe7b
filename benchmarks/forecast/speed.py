"""How long 1,000 futures of five years take for the demo, the first time ever, the first time of a program, and again.

Run as a program it prints one run's figures as JSON; each kind of run is a process of its own.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from statistics import median
from typing import Any

from benchmarks.scoring.instances import demo_case
from matcher.services.forecast import forecast

ASKED_SECONDS = 10
_YEARS, _DRAWS, _AGAIN = 5, 1_000, 5


def speed() -> dict[str, Any]:
    """Seconds of a forecast: ``compiling`` with no code kept, then from kept code: first, and ``again`` (median)."""
    with tempfile.TemporaryDirectory() as empty:
        compiling = _process({"NUMBA_CACHE_DIR": empty}, "once")
    kept = _process({}, "again")
    return {"years": _YEARS, "draws": _DRAWS, "asked": ASKED_SECONDS, "compiling": compiling["first"], **kept}


def _process(environment: dict[str, str], times: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.forecast.speed", times]
    run = subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def main() -> None:
    """Time one process's forecasts: reading the case apart, then the first, then some more."""
    started = time.perf_counter()
    case = demo_case()
    read = time.perf_counter() - started
    runs = []
    for seed in range(1, 2 + (_AGAIN if sys.argv[1] == "again" else 0)):
        started, used = time.perf_counter(), time.process_time()
        forecast(case, years=_YEARS, draws=_DRAWS, seed=seed)
        runs.append((time.perf_counter() - started, time.process_time() - used))
    found = {"reading": read, "first": runs[0][0], "first_cpu": runs[0][1]}
    if runs[1:]:
        found |= {"again": median(run[0] for run in runs[1:]), "again_cpu": median(run[1] for run in runs[1:])}
    print(json.dumps(found))


if __name__ == "__main__":
    main()

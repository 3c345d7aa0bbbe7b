"""How near to its bound a run came, and when; runs as `benchmarks.assignment.report` gives them."""

from collections.abc import Iterator, Mapping
from typing import Any

Run = Mapping[str, Any]

STEPS = {"0.25%": 0.0025, "0.1%": 0.001, "exact": 0.0}
"""Gaps whose time is told."""


def gap_cost(run: Run) -> int | None:
    """Objective less bound, pence a week; None without either."""
    if run["objective"] is None or run["bound"] is None:
        return None
    return int(run["objective"] - run["bound"])


def net_gap(run: Run) -> float | None:
    """The gap as a share of what the plan's homes cost, charges left out; 0 when objective and bound are equal.

    None without plan or bound, or where no home is used for there to be a share of.
    """
    gap = gap_cost(run)
    if gap is None or gap == 0:
        return gap
    homes = run["objective"] - run["charges"]
    return float(gap / homes) if homes > 0 else None


def reached_at(run: Run, gap: float) -> float | None:
    """Seconds until the gap was at most this; None where it never was, or where only a shortlist was covered.

    Plans on the way are judged by what the last one's homes cost. A run that tells nothing on the way is only known to
    have reached it by its end.
    """
    if run["covers"] != "all pairs" or gap_cost(run) is None:
        return None
    homes = run["objective"] - run["charges"]
    near = (seconds for seconds, objective, bound in _points(run) if objective - bound <= gap * homes)
    return next(near, None)


def final_plan_at(run: Run) -> float | None:
    """Seconds until a plan as good as the last was found; None where the run tells nothing on the way."""
    return next((seconds for seconds, objective, _ in run["progress"] if objective <= run["objective"]), None)


def _points(run: Run) -> Iterator[tuple[float, int, int]]:
    yield from run["progress"]
    yield run["seconds"], run["objective"], run["bound"]

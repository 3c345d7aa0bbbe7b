"""What giving a child a home costs the other children who wait: the best plan of all, beside the best with it."""

import time
from collections.abc import Callable, Sequence

import numpy as np

from matcher.services.problem import Run, build
from matcher.services.searches import operational
from matcher.services.swaps import swap
from matcher.services.value_results import CostToOthers, OthersWaiting
from models.case import Case
from solvers import AssignmentResult, solve_without_clashes

OTHERS_SECONDS = 10.0
"""How long to look, in all: for the best plan, then home by home."""


def others_waiting(
    case: Case,
    child_id: str,
    home_ids: Sequence[str],
    *,
    seconds: float = OTHERS_SECONDS,
    cancel: Callable[[], bool] | None = None,
    progress: Callable[[str], None] | None = None,
) -> OthersWaiting:
    """Find what each home for one child would cost the others who need a home now, and who would move.

    Args:
        case: The authority.
        child_id: A child with an open referral.
        home_ids: Homes that pass every rule for the child, those to look at first first.
        seconds: In all; homes not looked at by then are named.
        cancel: Asked from time to time whether to stop.
        progress: Told, in words, what is going on.
    """
    ends = time.monotonic() + seconds
    tell = progress or (lambda _words: None)
    tell("finding the best plan for every child who waits")
    run = build(case, operational(case))
    result = solve_without_clashes(run.problem, run.clashes, time_limit=seconds / 2, cancel=cancel)
    row = next(at for at, child in enumerate(run.children) if child.id == child_id)
    column = {home.id: at for at, home in enumerate(case.homes)}
    found: list[CostToOthers] = []
    for number, home_id in enumerate(home_ids, 1):
        left = ends - time.monotonic()
        if left <= 0 or (cancel and cancel()):
            break
        tell(f"what it would cost the other children: home {number} of {len(home_ids)}")
        found.append(cost_to_others_at(run, result, row, column[home_id], time_limit=left))
    place = int(result.place_of[row])
    return OthersWaiting(
        children=run.searching - 1,
        plan_home_id=case.homes[place].id if place >= 0 else None,
        plan_is_proved=result.status == "optimal",
        homes=tuple(found),
        not_looked_at=tuple(home_ids[len(found) :]),
    )


def cost_to_others_at(
    run: Run, result: AssignmentResult, row: int, home: int, *, time_limit: float | None = None
) -> CostToOthers:
    """What all others cost more than in the plan when one child must have a home, by solving again.

    Args:
        run: The run.
        result: Its plan.
        row: The child.
        home: Column of the home.
        time_limit: Seconds; then the figure is bounded from both sides.
    """
    home_id = run.case.homes[home].id
    if result.place_of[row] == home:
        return CostToOthers(home_id=home_id, in_plan=True, least_pence=0, most_pence=0, moved=())
    again = swap(run, result, row, home, time_limit=time_limit)
    before = result.pair_cost[row] if result.place_of[row] >= 0 else run.problem.unplaced[row]
    own = int(run.cost[row, home]) - int(np.int64(before))
    least, most = (None if change is None else change - own for change in (again.at_least_pence, again.change_pence))
    return CostToOthers(home_id=home_id, in_plan=False, least_pence=least, most_pence=most, moved=again.moved)

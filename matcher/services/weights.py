"""Whether each child's home survives other weights of the policy, and which weight changes it."""

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from matcher.scoring import parts_of
from matcher.scoring.parts import PARTS
from matcher.services.problem import Ints, Run
from matcher.services.trade_results import Unsteady, WeightChange
from solvers import AssignmentProblem, AssignmentResult, solve_assignment, survives, turning_weights
from solvers.sensitivity import SIDES
from solvers.settle import without_pairs

SHARE = 0.2
_CHARGES = 4
"""Above the three times today's weight that `turning_weights` looks up to."""
_FOR_CASES = 0.5
"""The share of the time for solving under each weight; the rest is for finding where a home turns."""


def parts_of_pairs(run: Run) -> Ints:
    """The parts of the cost of every listed pair, ``(pairs, parts)``; 0 for brothers and sisters who stay."""
    problem = run.problem
    found = np.zeros((problem.child.size, len(PARTS)), dtype=np.int64)
    for row in range(run.searching):
        first, last = np.searchsorted(problem.child, (row, row + 1))
        found[first:last] = parts_of(run.encoded, row, problem.home[first:last])
    return found


def unsteady_homes(
    run: Run, result: AssignmentResult, *, seconds: float, cancel: Callable[[], bool] | None = None
) -> tuple[tuple[Unsteady, ...], tuple[str, ...]]:
    """Children whose home changes where one weight is a fifth less or more, and cases that could not be told.

    Args:
        run: The run.
        result: Its plan.
        seconds: In all, half of it for solving under each weight.
        cancel: Asked from time to time whether to stop.
    """
    ends = time.monotonic() + seconds
    problem = kept_apart(run, result)
    # Charges keep their weight: so dear that no weight looked at makes a home dearer than none.
    problem = replace(problem, unplaced=problem.unplaced * _CHARGES)
    keep = np.isin(_code(run.problem), _code(problem))
    parts = parts_of_pairs(run)[keep]
    cases = survives(
        problem, result, parts, share=SHARE, time_limit=seconds * _FOR_CASES, cancel=cancel, seed=result.seed
    )
    lawful = np.array([[not run.clashes(plan) for plan in sides] for sides in cases.place_of], dtype=bool)
    left_out = tuple(f"{PARTS[part].label}, {SIDES[side]}" for part, side in np.argwhere(~lawful).tolist())
    moved = cases.moved & lawful[:, :, None]
    found: list[Unsteady] = []
    rows = np.flatnonzero(moved[:, :, : run.searching].any(axis=(0, 1))).tolist()
    for row in rows:
        changes = [
            WeightChange(
                label=PARTS[part].label,
                side=SIDES[side],
                to_home_id=_home_id(run, int(cases.place_of[part, side, row])),
                proved=bool(cases.proved[part, side]),
            )
            for part, side in np.argwhere(moved[:, :, row]).tolist()
        ]
        part, side = np.argwhere(moved[:, :, row])[0].tolist()
        left = (ends - time.monotonic()) / (len(rows) - len(found))
        turn = _turn(problem, result, parts, part, side, row, left, cancel)
        changes[0] = changes[0].model_copy(update={"turns_at_percent": turn})
        home = _home_id(run, int(result.place_of[row]))
        found.append(Unsteady(child_id=run.children[row].id, home_id=home, changes=tuple(changes)))
    return tuple(found), left_out


def kept_apart(run: Run, result: AssignmentResult) -> AssignmentProblem:
    """The problem without the pairs that would have children share who may not, as far as this plan is the best.

    The plan's own pairs stay, so it is a plan of this problem too.
    """
    problem, bans = run.problem, frozenset[tuple[int, int]]()
    while True:
        found = solve_assignment(problem, time_limit=_FOR_CASES, seed=result.seed)
        clashing = {(row, home) for rows, home in run.clashes(found.place_of) for row in rows}
        new = frozenset((row, home) for row, home in clashing if result.place_of[row] != home) - bans
        if not new:
            return problem
        bans |= new
        problem = without_pairs(run.problem, bans)


def _turn(
    problem: AssignmentProblem,
    result: AssignmentResult,
    parts: Ints,
    part: int,
    side: int,
    row: int,
    seconds: float,
    cancel: Callable[[], bool] | None,
) -> float | None:
    """The first weight, in percent of today's, at which a child's home changes: this part against all others."""
    if seconds <= 0:
        return None
    two = np.stack([parts[:, part], parts.sum(axis=1) - parts[:, part]], axis=1)
    turns = turning_weights(problem, result, two, row, time_limit=seconds, cancel=cancel, seed=result.seed)
    at, same = turns[side].at, turns[side].same_until
    surely_first = at is not None and same is not None and abs(at - same) == 1 and turns[side].proved
    return at / 10 if at is not None and surely_first else None


def _code(problem: AssignmentProblem) -> Ints:
    code: Ints = problem.child * problem.homes + problem.home
    return code


def _home_id(run: Run, column: int) -> str | None:
    return run.case.homes[column].id if column >= 0 else None

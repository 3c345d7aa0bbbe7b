"""What a placement team does by hand: referral by referral, the best home that is still open."""

import numpy as np

from benchmarks.assignment.answer import Answer, Task
from matcher.scoring.arrays import Int64
from solvers import AssignmentProblem


def by_hand(task: Task) -> Answer:
    """Children in order of the day they need a home, the first listed first on one day; each the cheapest open home.

    With the first of a group come its brothers and sisters: the home that is cheapest for all of them, if one has room,
    else each the best that is left.
    """
    problem = task.problem
    group_of = {child: group for group in problem.groups for child in group}
    room, places = problem.capacity[:, 0].copy(), np.full(problem.children, -1)
    starts = np.searchsorted(problem.child, np.arange(problem.children + 1))
    seen = set[int]()
    for first in np.argsort(task.day, kind="stable").tolist():
        if first in seen:
            continue
        members = group_of.get(first, (first,))
        seen.update(members)
        if not _place(problem, starts, room, places, members):
            for member in members:
                _place(problem, starts, room, places, (member,))
    return Answer(places, None)


def _place(problem: AssignmentProblem, starts: Int64, room: Int64, places: Int64, members: tuple[int, ...]) -> bool:
    """Give these children the home with room for all that costs least for all; False where there is none."""
    mine = np.concatenate([np.arange(starts[member], starts[member + 1]) for member in members])
    homes, at = np.unique(problem.home[mine], return_inverse=True)
    cost, welcome = np.zeros(homes.size, np.int64), np.bincount(at, minlength=homes.size)
    np.add.at(cost, at, problem.cost[mine])
    able = np.flatnonzero((welcome == len(members)) & (room[homes] >= len(members)))
    if not able.size:
        return False
    best = homes[able[cost[able].argmin()]]
    places[list(members)] = best
    room[best] -= len(members)
    return True

"""The best way to house one group when every place it takes from others has a price."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solvers.arcs import NEVER
from solvers.problem import AssignmentProblem, Ints
from solvers.residual import Mask


@dataclass(frozen=True, eq=False)
class Offers:
    """What homes ask of a group: ``(homes,)`` each.

    Attributes:
        room: Free places.
        most: Places there would be if everybody left who can.
        charge: What each place beyond the free ones costs the others, `NEVER` where nobody can leave.
        apart: Charge for a part of the group at the home.
        open: Which homes may be used.
    """

    room: Ints
    most: Ints
    charge: Ints
    apart: Ints
    open: Mask


def best_parts(
    problem: AssignmentProblem, members: tuple[int, ...], apart: int, offers: Offers
) -> list[tuple[tuple[int, ...], int]]:
    """Parts of the best partition with their homes; who is in none has no home. Each member counts as one place."""
    size = len(members)
    values = _values(problem, members, offers)
    at = values.argmin(axis=1) if problem.homes else np.zeros(1 << size, dtype=np.intp)
    cheapest = values.min(axis=1, initial=NEVER).tolist()
    for k, child in enumerate(members):
        alone = int(problem.unplaced[child]) + apart
        if alone <= cheapest[1 << k]:
            cheapest[1 << k], at[1 << k] = alone, -1
    least, chosen = [0] * (1 << size), [0] * (1 << size)
    for todo in range(1, 1 << size):
        first = todo & -todo
        rest = sub = todo ^ first
        least[todo] = int(NEVER) << 4
        while True:
            value = cheapest[sub | first] + least[rest ^ sub]
            if value < least[todo]:
                least[todo], chosen[todo] = value, sub | first
            if not sub:
                break
            sub = (sub - 1) & rest
    parts, todo = [], (1 << size) - 1
    while todo:
        part, home = chosen[todo], int(at[chosen[todo]])
        todo ^= part
        if home >= 0:
            parts.append((tuple(child for k, child in enumerate(members) if part >> k & 1), home))
    return parts


def _values(problem: AssignmentProblem, members: tuple[int, ...], offers: Offers) -> Ints:
    """What each part costs at each home, ``(2 ** members, homes)``, `NEVER` where it may not live there."""
    rows = np.full((len(members), problem.homes), NEVER, dtype=np.int64)
    for row, child in zip(rows, members, strict=True):
        mine = slice(*np.searchsorted(problem.child, [child, child + 1]))
        row[problem.home[mine]] = problem.cost[mine]
    rows[:, ~offers.open] = NEVER
    costs = np.zeros((1 << len(members), problem.homes), dtype=np.int64)
    for mask in range(1, 1 << len(members)):
        last = mask.bit_length() - 1
        costs[mask] = np.minimum(costs[mask ^ (1 << last)] + rows[last], NEVER)
    sizes = np.array([mask.bit_count() for mask in range(1 << len(members))])[:, None]
    further = np.maximum(0, sizes - offers.room)
    costs[(sizes > offers.most) | ((further > 0) & (offers.charge >= NEVER))] = NEVER
    charged = costs + offers.apart + further * np.where(offers.charge < NEVER, offers.charge, 0)
    values: Ints = np.where(costs < NEVER, charged, NEVER)
    values[0] = NEVER
    return values

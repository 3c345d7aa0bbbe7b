"""A part of a problem: some of its children, the homes near them, and the room that everyone else leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from solvers.arcs import Arcs
from solvers.bound import Pool, Priced
from solvers.columns import columns_under
from solvers.cuts import Prices
from solvers.master import Master
from solvers.milp import Program, Solved
from solvers.plan import Plan, room_left
from solvers.problem import AssignmentProblem, Ints, Use
from solvers.resources import Resources


@dataclass(frozen=True, eq=False)
class Part:
    """Some children of a problem, the homes they might have, and the room that the others leave there.

    Attributes:
        problem: The children and homes, numbered anew.
        homes: What the homes are called in the whole, ``(homes of the part,)``.
        place_of: Where the children are.
    """

    problem: AssignmentProblem
    homes: Ints
    place_of: Ints

    @classmethod
    def of(cls, pool: Pool, near: Arcs, around: Ints, numbers: list[int], place_of: Ints, left: Ints) -> Part:
        """Take children, ``around``, who make up whole groups, ``numbers``, both ascending."""
        whole = pool.problem
        owner, which = near.of_children(around)
        there = place_of[around]
        placed = np.flatnonzero(there >= 0)
        keys = np.concatenate((owner * whole.homes + near.home[which], placed * whole.homes + there[placed]))
        child, home = np.divmod(np.unique(keys), whole.homes)
        pairs = pool.arcs.find(around[child], home)
        homes, at = np.unique(home, return_inverse=True)
        member = np.zeros(whole.children, dtype=np.int64)
        member[around] = np.arange(around.size)
        problem = AssignmentProblem(
            around.size, homes.size, child, at.astype(np.int64), pool.arcs.cost[pairs],
            np.zeros((homes.size, left.shape[1]), dtype=np.int64),
            tuple(tuple(member[list(whole.groups[n])].tolist()) for n in numbers),
            whole.unplaced[around], whole.apart[numbers], _renumbered(whole.use, numbers, around, homes),
            None if whole.units is None else whole.units[pairs],
        )  # fmt: skip
        here = np.where(there >= 0, np.searchsorted(homes, there), -1)
        used = -room_left(problem, Resources(problem), here)
        return cls(replace(problem, capacity=left[homes] + used), homes, here)

    def better(self, whole: Pool, prices: Ints, slack: int, solve: Callable[[Program], Solved | None]) -> Ints | None:
        """A lawful plan that costs less, if choosing among columns of regret up to ``slack`` finds one.

        Args:
            whole: What this is a part of.
            prices: Scaled prices in the whole, ``(homes, extended)``.
            slack: Scaled.
            solve: Solves an integer program; None where it could not.
        """
        arcs = Arcs.of(self.problem)
        pool = Pool(self.problem, arcs)
        own = whole.resources.priced_as(pool.resources, prices[self.homes])
        own = np.rint(own * (pool.scale / whole.scale)).astype(np.int64)
        now = Plan.of(self.problem, arcs, self.place_of).objective
        slack = round(slack * (pool.scale / whole.scale))
        priced = pool.price(Prices(own, np.zeros(0, dtype=np.int64)), slack)
        most = min(slack, (now - 1) * pool.scale - priced.bound)
        if most < 0:
            return None
        columns = columns_under(pool, priced, most)
        master = Master(pool, priced, columns)
        solved = solve(master.program())
        chosen = None if solved is None else master.read(solved).columns
        if chosen is None:
            return None
        place_of = columns.place_of(chosen, self.problem.children)
        lawful = (room_left(self.problem, pool.resources, place_of) >= 0).all()
        return place_of if lawful and Plan.of(self.problem, arcs, place_of).objective < now else None


def near_homes(pool: Pool, priced: Priced, slack: int) -> Arcs:
    """Homes each child could have at a regret of at most ``slack``, at that regret instead of a cost."""
    arcs = pool.arcs
    mine = np.flatnonzero(pool.alone & (priced.regret <= slack))
    child, home, cost = [arcs.child[mine]], [arcs.home[mine]], [priced.regret[mine]]
    for block, group in zip(pool.blocks, priced.groups, strict=True):
        parts = np.arange(1 << block.size)
        for member in range(block.size):
            least = group.regret[:, (parts >> member & 1) == 1].min(axis=1)
            entry = np.flatnonzero(least <= slack)
            child.append(block.members[block.owner[entry], member])
            home.append(block.home[entry])
            cost.append(least[entry])
    i, h, c = (np.concatenate(column) for column in (child, home, cost))
    order = np.lexsort((h, i))
    return Arcs.sorted(i[order], h[order], c[order], arcs.children, arcs.homes)


def _renumbered(use: Use | None, numbers: list[int], around: Ints, homes: Ints) -> Use | None:
    """The whole problem's use, asked with the part's numbers."""
    if use is None:
        return None
    children = around.tolist()

    def asked(group: int, members: tuple[int, ...], home: int) -> Any:  # noqa: ANN401
        return use(numbers[group], tuple(children[member] for member in members), int(homes[home]))

    return asked

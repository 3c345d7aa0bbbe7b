"""The least of one measure among plans that keep another within a limit: the integer program behind a trade-off.

With measures ``A`` and ``B`` and weights ``p, q``, let ``W = p A + q B`` and let prices prove ``W >= L``, with a
regret for every column (see `solvers.bound`). For plans with ``B <= limit``

    p A  =  W - q limit + q (limit - B)  >=  L + regrets - q limit

so no column whose regret exceeds ``p (U - 1) + q limit - L`` is in such a plan with ``A < U``; and the program that
minimises shifted ``W`` plus ``q`` for every unit of the limit left over minimises ``p A`` with numbers as small as
the gap. The limit is a resource like any other, whose price is ``q``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from solvers.arcs import Arcs
from solvers.clock import Clock
from solvers.columns import Columns, columns_under
from solvers.master import ALLOWANCE, Master
from solvers.milp import Program
from solvers.plan import Plan, parts_that_met, room_left
from solvers.problem import AssignmentProblem, Ints
from solvers.search import Search
from solvers.worker import Worker

#: Columns in the first program (for each child, and at least) and the factor from one to the next.
_FIRST, _FIRST_LEAST, _RAISE = 6, 2000, 3
#: What is left of a limit is counted in at most about this many steps, so that its tolerance stays small.
_STEPS = 10


@dataclass(frozen=True, eq=False)
class Measure:
    """One way to count a plan: for each pair, each child without a home, each group's further part."""

    pair: Ints
    unplaced: Ints
    apart: Ints

    def plus(self, mine: int, other: Measure, theirs: int) -> Measure:
        """The weighted sum of two measures."""
        return Measure(
            mine * self.pair + theirs * other.pair,
            mine * self.unplaced + theirs * other.unplaced,
            mine * self.apart + theirs * other.apart,
        )

    def problem(self, problem: AssignmentProblem) -> AssignmentProblem:
        """The problem of the least of this measure."""
        return replace(problem, cost=self.pair, unplaced=self.unplaced, apart=self.apart)

    def of(self, problem: AssignmentProblem, place_of: Ints) -> Plan:
        """Count a plan whose pairs are all listed."""
        own = self.problem(problem)
        return Plan.of(own, Arcs.of(own), place_of)


class WithinLimit:
    """Looks for the least of one measure within a limit on another.

    Args:
        search: A search, already run, of the problem of ``weights[0]`` times the measure to be least plus
            ``weights[1]`` times the measure limited; both weights at least 1. Any such search gives a valid answer,
            one whose weights are the slope of the trade-off there gives it soonest.
        weights: Those two.
        sought: The measure to be least.
        limited: The measure limited.
        limit: What it may be at most.
        upper: Only plans with less than this of the other measure are looked for.

    Attributes:
        place_of: The best plan found, ``(children,)``, None if there was none.
        upper: Its measure; what was given, if none was found.
        bound: No plan within the limit has less than this.
    """

    def __init__(
        self, search: Search, weights: tuple[int, int], sought: Measure, limited: Measure, limit: int, upper: int
    ) -> None:
        self.sought = sought
        self.search, self.weights, self.limited, self.limit = search, weights, limited, limit
        self.upper, self.bound = upper, 0
        self.place_of: Ints | None = None
        arcs, problem = search.pool.arcs, search.problem
        self._base = arcs.least(limited.pair, limited.unplaced)
        self._group_charge = np.zeros(problem.children, dtype=np.int64)
        for charge, group in zip(limited.apart.tolist(), problem.groups, strict=True):
            self._group_charge[list(group)] = charge
        self._left = limit - int(self._base.sum()) + int(limited.apart.sum())

    def run(self, allowed: float, clock: Clock) -> None:
        """Search until no plan can be better by more than ``allowed``, or the clock says stop."""
        if self._left < 0:
            self.bound = self.upper
            return
        search, worker = self.search, Worker(clock)
        count = _FIRST * search.problem.children + _FIRST_LEAST
        try:
            while self.bound + allowed < self.upper and not clock.stop():
                room = (self.weights[0] * (self.upper - 1) + self.weights[1] * self.limit) * search.pool.scale
                room -= search.best.bound
                if room < 0:
                    self.bound = self.upper
                    return
                threshold = min(room, search.best.threshold(count, room))
                before = (self.upper, self.bound, len(search.exclusive))
                self._choose(worker, threshold, room, allowed)
                if threshold == room and before == (self.upper, self.bound, len(search.exclusive)):
                    return
                count *= _RAISE
        finally:
            worker.close()

    def _choose(self, worker: Worker, threshold: int, room: int, allowed: float) -> None:
        """Solve one program over the columns of regret up to ``threshold``; keep its plan and its bound."""
        search, pool = self.search, self.search.pool
        priced = pool.price(search.best.prices, threshold)
        columns = columns_under(pool, priced, threshold)
        master = Master(pool, priced, columns, tuple(sorted(search.exclusive)))
        most_left = max(1, room // (pool.scale * self.weights[1]))
        step = 2.0 ** max(0, most_left.bit_length() - _STEPS)
        program = self._limited(master, columns, step)
        solved = worker.solve(program, min(1.0, allowed * self.weights[0] * pool.scale / max(1, room)))
        if solved is None:
            return
        chosen = master.read(solved)
        self._raise_bound(priced.bound, chosen.bound - ALLOWANCE * most_left / step * master.unit, threshold)
        if chosen.columns is not None:
            self._take(columns.place_of(chosen.columns, pool.problem.children))

    def _limited(self, master: Master, columns: Columns, step: float) -> Program:
        """The program with a row for the limit, in units of ``step``, and a variable for what is left of it."""
        from scipy import sparse

        program = master.program()
        row = np.zeros(program.cost.size)
        row[: columns.cost.size] = self._beyond_base(columns) / step
        left = np.zeros((program.least.size, 1))
        matrix = sparse.block_array([[program.matrix, left], [row[None, :], np.ones((1, 1))]], format="csr")
        price = self.weights[1] * step / master.unit
        end = self._left / step
        return Program(
            np.append(program.cost, price), matrix, np.append(program.least, end), np.append(program.most, end),
            np.append(program.whole, False), np.append(program.start, 0.0),
        )  # fmt: skip

    def _beyond_base(self, columns: Columns) -> Ints:
        """The limited measure of every column, less the least its children can have anywhere."""
        child, home = columns.cover_child, columns.home[columns.cover_column]
        placed = home >= 0
        value = self.limited.unplaced[child] - self._base[child]
        pairs = self.search.pool.arcs.find(child[placed], home[placed])
        value[placed] = self.limited.pair[pairs] - self._base[child[placed]]
        total = np.zeros(columns.cost.size, dtype=np.int64)
        np.add.at(total, columns.cover_column, value)
        charge = np.zeros(columns.cost.size, dtype=np.int64)
        charge[columns.cover_column] = self._group_charge[child]
        beyond: Ints = total + charge
        return beyond

    def _raise_bound(self, lower: int, chosen: float, threshold: int) -> None:
        """A plan within the limit costs at least the program's bound, or uses a column left out."""
        scale = self.search.pool.scale
        proved = lower + threshold + 1
        if math.isfinite(chosen):
            proved = min(proved, lower + math.floor(chosen * scale))
        elif chosen < 0:
            return
        least = -((self.weights[1] * self.limit * scale - proved) // (self.weights[0] * scale))
        self.bound = max(self.bound, min(least, self.upper))

    def _take(self, place_of: Ints) -> None:
        """Keep a plan that is lawful, within the limit and better; parts of a group that met may not meet again."""
        problem = self.search.problem
        left = room_left(problem, self.search.pool.resources, place_of)
        if (left < 0).any():
            self.search.exclusive |= parts_that_met(problem, place_of, left)
            return
        found = self.sought.of(problem, place_of).objective
        if found < self.upper and self.limited.of(problem, place_of).objective <= self.limit:
            self.place_of, self.upper = place_of, found

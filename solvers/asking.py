"""Children alone, with more pairs than can be listed: exact, and the callback asked about hardly more than needed.

What a child was not told of is kept as one more way to be without a home, at the least it could cost: the callback's
answer says that every pair left out comes, with the prices of that day, to the child's *limit* or more, and as long as
prices only rise it stays so. The plan and prices that are optimal for that are a bound over all pairs, and only who
was left outside at less than the charge for it, or pays their limit, has to be asked about again, with a higher
limit. Nobody is: nothing left out can be cheaper than, or as cheap as, what each child pays, and the plan is optimal.

Prices rise by themselves, because charges start low (`solvers.mending`). Where one does fall, because a child leaves a
home for a pair not known before, all limits come down by as much.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from solvers.arcs import Arcs
from solvers.clock import Clock
from solvers.mending import Mending
from solvers.plan import Answer, Plan
from solvers.price import Price, ask
from solvers.problem import AssignmentProblem, Ints
from solvers.residual import residual_graph
from solvers.rows import Rows
from solvers.unique import free_cycle

#: Pairs asked for at once for each child, the first time: where places are short, very many look cheap.
_MORE_PAIRS = 128
#: First asked for up to so far above what the child pays, as a share of what children pay; each time twice as far.
_MARGIN = 0.3
#: Not more pairs than so many are asked for at once.
_MOST_ROOM = 1 << 24


class Asking:
    """What is known of a problem with a price callback, and the best plan for it.

    Args:
        problem: A problem of children alone.
        price: Its callback.
        capacity: Children each home can take, ``(homes,)``.
    """

    def __init__(self, problem: AssignmentProblem, price: Price, capacity: Ints) -> None:
        self._problem = problem
        self._price = price
        none = np.zeros(problem.homes + 1, dtype=np.int64)
        rows = Rows.of(problem.child, problem.home, problem.cost, none, problem.children)
        # A guess of what pairs not listed come to, wrong where the list is in no order: then prices fall later.
        dearest = _last(rows, problem.unplaced)
        self._mending = Mending.nobody_placed(rows, capacity, dearest, int(problem.unplaced.max(initial=0)))
        self._limit = np.zeros(problem.children, dtype=np.int64)
        self._asked = np.zeros(problem.children, dtype=np.int64)

    def run(self, clock: Clock) -> Answer | None:
        """Solve the problem; None if the clock said stop before every child had been asked about."""
        mending = self._mending
        which, bound = np.arange(self._problem.children), -1
        finished = mending.move(which, clock)
        while finished and not clock.stop():
            if not which.size:
                return self._with_tie(self._plan(), bound)
            self._ask(which)
            before = mending.price.copy()
            finished = mending.move(which, clock)
            fallen = max(0, int((before - mending.price).max()))
            if not finished:
                break
            self._limit -= fallen
            pays = np.minimum(mending.pays, self._limit)
            bound = max(bound, mending.bound(pays))
            clock.tell(int(np.where(mending.nowhere, self._problem.unplaced, mending.now).sum()), bound)
            which = np.flatnonzero(self._limit <= mending.pays)
        return None if bound < 0 else Answer(self._plan(), bound, all_pairs=True)

    def _ask(self, which: Ints) -> None:
        """Ask about some children; those asked before are asked for twice as many pairs and four times as far up."""
        mending = self._mending
        pays, step = mending.pays, max(1, round(_MARGIN * float(mending.pays.mean())))
        found = []
        for times in np.unique(self._asked[which]).tolist():
            most = _MORE_PAIRS << 2 * times
            alike = which[self._asked[which] == times]
            for part in np.array_split(alike, -(-alike.size * most // _MOST_ROOM)):
                found.append(self._ask_part(part, pays, step << 3 * times, most))
        child, home, cost = (np.concatenate(column) for column in zip(*found, strict=True))
        mending.rows = mending.rows.with_pairs(child, home, cost, mending.price)
        self._asked[which] += 1
        mending.charge(np.minimum(self._limit, self._problem.unplaced))

    def _ask_part(self, which: Ints, pays: Ints, step: int, most: int) -> tuple[Ints, Ints, Ints]:
        from solvers.compiled_rows import nth

        mending, unplaced = self._mending, self._problem.unplaced[which]
        bare = (mending.rows.stop == mending.rows.start)[which]
        limit = np.zeros_like(pays)
        limit[which] = np.where(bare, unplaced + 1, np.minimum(pays[which] + step, unplaced + 1))
        child, home, cost = ask(self._price, limit, mending.price[:-1], 0, most=most)
        self._limit[which] = limit[which]
        owner, first = np.unique(child, return_index=True)
        last = nth(np.append(first, child.size), cost + mending.price[home], most)
        self._limit[owner] = np.minimum(self._limit[owner], last)
        return child, home, cost

    def _plan(self) -> Plan:
        """The plan there is, and a free place that is known for whoever has none in it."""
        place_of, rows = self._mending.settle(self._problem.unplaced), self._mending.rows
        child, used = rows.at(place_of)
        arcs = Arcs.sorted(child, rows.home[used], rows.cost[used], place_of.size, rows.homes)
        return Plan.of(self._problem, arcs, place_of)

    def _with_tie(self, plan: Plan, bound: int) -> Answer:
        """The plan, proved optimal, and whether it is the only one; every pair that could be in another is known."""
        mending = self._mending
        rows, pays = mending.rows, mending.pays
        child, used = rows.as_cheap_as(pays, mending.price)
        arcs = Arcs.sorted(child, rows.home[used], rows.cost[used], pays.size, rows.homes)
        room = mending.capacity - np.bincount(plan.place_of[plan.place_of >= 0], minlength=rows.homes)
        graph = residual_graph(arcs, plan.place_of, plan.pair_cost, room, self._problem.unplaced)
        cycle = free_cycle(graph, mending.price)
        answer = Answer(plan, bound, all_pairs=True)
        if cycle is None:
            return replace(answer, uniqueness="unique")
        return replace(answer, uniqueness="tied", tie=graph.moved(plan.place_of, cycle))


def _last(rows: Rows, unplaced: Ints) -> Ints:
    """Cost of the last pair listed for each child, and no more than being without a home; 0 for none."""
    has = rows.stop > rows.start
    dearest = np.zeros_like(unplaced)
    dearest[has] = rows.cost[rows.stop[has] - 1]
    return np.minimum(dearest, unplaced)

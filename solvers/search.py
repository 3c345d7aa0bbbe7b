"""The tier for groups: prices by linear programming, proof by thresholds.

1. Prices. Start from the flow that ignores groups; then solve the linear program over the columns held, round
   its prices to whole numbers, compute the exact bound and every regret (asking the callback for pairs not
   listed), hold the columns of least regret, and repeat until no column is missing.
2. Plan and proof. With ``L`` the best bound, ``U`` the best plan: choose among the columns of regret at most
   ``t`` by integer programming. A plan that uses any other column costs more than ``L + t``, so the optimum
   is at least ``min(integer bound, L + t)``. Raise ``t`` until the gap asked for is proved; once ``t``
   reaches ``U - L`` nothing left out can be in a better plan, and the proof is complete.

The integer program works in floating point; an allowance is taken off its bound before it counts (see
`solvers.master.ALLOWANCE`). Objectives are whole, so the bound is then rounded up.
"""

from __future__ import annotations

import math
from contextlib import closing, suppress
from dataclasses import replace

import numpy as np

from solvers.arcs import Arcs
from solvers.bound import Pool, Priced
from solvers.clock import Clock, OutOfTimeError
from solvers.columns import build_columns, columns_in, columns_under
from solvers.cuts import Prices
from solvers.fill import filled
from solvers.flow import flow_assignment, flow_prices
from solvers.greedy import greedy_plan
from solvers.lister import list_pairs
from solvers.master import Chosen, Master, Relaxed
from solvers.neighbourhoods import GAP, Neighbourhoods
from solvers.other import tie_by_columns, tie_by_single_moves
from solvers.plan import Answer, Plan, parts_that_met, room_left
from solvers.price import Price
from solvers.problem import AssignmentProblem, Ints
from solvers.result import relative_gap
from solvers.worker import Worker

#: Columns in the first linear program and added to each later one, for each child; rounds at most, of which every
#: third asks the callback; and the share of the gap left at which prices are good enough.
_START_COLUMNS, _MORE_COLUMNS, _ROUNDS, _ASK_EVERY, _PRICE_PRECISION = 6, 4, 60, 3, 0.001
#: The same where linear programs are large and solved roughly, before and after a first go at the plan; and how
#: precisely that is, as a share of it.
_GOALS, _PRECISION = (0.03, 0.01), 0.1
#: Pairs of each child alone that the first question to the callback asks for.
_FIRST_PAIRS = 128
#: Children from which the plan is first improved by neighbourhoods, and columns there for each child.
_MANY_CHILDREN, _NEARBY_COLUMNS = 3_000, 12
#: Columns in the first integer program (for each child, and at least), and the factor from one to the next.
_FIRST_CHOICE, _FIRST_CHOICE_LEAST, _RAISE = 6, 2000, 3


class Search:
    """State of one search: the pairs known, the best plan, the best prices and bound.

    Args:
        problem: The problem.
        price: The callback, or None if the problem lists every allowed pair.
        gap: Stop at this relative gap.
        clock: Asked between steps; the first plan is always made.
        seed: Orders groups of one size in the first plans.
        unique: Whether to look, after the proof, for another plan as good until there is one or proved to be none.
    """

    def __init__(
        self,
        problem: AssignmentProblem,
        price: Price | None,
        gap: float,
        clock: Clock,
        seed: int,
        unique: bool = False,
    ) -> None:
        self.unique = unique
        self.problem, self.callback, self.gap, self.clock = problem, price, gap, clock
        self.pool = Pool(problem, Arcs.of(problem))
        self.order = _group_order(problem, seed)
        self.exclusive: set[tuple[int, int]] = set()
        self.all_pairs = price is None
        self.best = self.pool.price(self._prices(np.zeros_like(self.pool.resources.capacity)), 0)
        self.bound = self.pool.unscaled(self.best.bound)
        self.plan = greedy_plan(self.pool, self.best.prices.homes, self.order)

    def run(self) -> Answer:
        """Search until the gap is proved or the clock says stop."""
        if self._done() and not self.unique:
            return self._answer()
        with closing(Worker(self.clock)) as worker:
            with suppress(OutOfTimeError):
                if not self._done():
                    self._find(worker)
            answer = self._answer()
            with suppress(OutOfTimeError):
                return self._with_other(answer, worker) if self.unique else answer
            return answer

    def _find(self, worker: Worker) -> None:
        self._price(self._flow_prices(), 0)
        self._offer(greedy_plan(self.pool, self.best.prices.homes, self.order))
        for goal in _GOALS if self.problem.children > _MANY_CHILDREN else _GOALS[-1:]:
            self._improve_prices(worker, goal)
            self._offer(greedy_plan(self.pool, self.best.prices.homes, self.order))
            if self.problem.children > _MANY_CHILDREN:
                self._choose_nearby(worker)
        self._choose_columns(worker)

    def _answer(self) -> Answer:
        """The best plan, with a tie if moving single children shows one."""
        answer = Answer(self.plan, self.bound, self.all_pairs)
        if not answer.optimal:
            return answer
        tie = tie_by_single_moves(self.problem, self.plan)
        return answer if tie is None else replace(answer, uniqueness="tied", tie=tie)

    def _with_other(self, answer: Answer, worker: Worker) -> Answer:
        """Find another optimal plan or prove that there is none, if time allows."""
        if answer.tie is not None or not answer.optimal or self.clock.stop():
            return answer
        priced = self._price(self.best.prices, self.plan.objective * self.pool.scale - self.best.bound)
        uniqueness, tie = tie_by_columns(
            self.pool, priced, self.plan, self.exclusive, lambda program: worker.solve(program, 0.0)
        )
        return replace(answer, uniqueness=uniqueness, tie=tie)

    def _done(self) -> bool:
        charges = self.plan.unplaced_charge + self.plan.apart_charge
        proved = self.all_pairs and relative_gap(self.plan.objective, self.bound, charges) <= self.gap
        return proved or self.clock.stop()

    def _offer(self, plan: Plan) -> None:
        if plan.objective < self.plan.objective:
            self.plan = plan
            self._tell()

    def _tell(self) -> None:
        if self.all_pairs:
            self.clock.tell(self.plan.objective, self.bound)

    def _price(self, prices: Prices, slack: int, *, ask: bool = True) -> Priced:
        """Price everything known, and if asked to, all that the callback knows; keep a bound over all pairs if best."""
        priced = self.pool.price(prices, slack)
        if self.callback is not None:
            if not ask:
                return priced
            # The first bound over all pairs is waited for: without it nothing is known. At first prices millions of
            # pairs look cheap, and some of each child will do.
            stop, most = (self.clock.stop, None) if self.all_pairs else (_never, _FIRST_PAIRS)
            priced = list_pairs(self.pool, self.callback, priced, slack, stop, most)
        first = not self.all_pairs
        if first or priced.bound > self.best.bound:
            self.best = priced
            bound = self.pool.unscaled(priced.bound)
            self.bound = bound if first else max(self.bound, bound)
        self.all_pairs = True
        self._tell()
        return priced

    def _flow_prices(self) -> Prices:
        """Prices of the flow that ignores groups, put on the scarcest resource of every home."""
        resources, arcs = self.pool.resources, self.pool.arcs
        capacity = np.minimum(resources.real.min(axis=1), self.problem.children)
        used = flow_assignment(arcs, capacity, self.problem.unplaced)
        prices = np.zeros_like(resources.capacity)
        scarcest = resources.own[resources.real.argmin(axis=1)]
        homes = np.arange(self.problem.homes)
        prices[homes, scarcest] = flow_prices(arcs, capacity, self.problem.unplaced, used) * self.pool.scale
        return self._prices(prices)

    def _prices(self, homes: Ints, cuts: Ints | None = None) -> Prices:
        """Prices are not negative, not beyond what fits 64 bits, and nothing where no row binds."""
        resources = self.pool.resources
        most = resources.highest_price() >> 1
        clipped = np.where(resources.binding, np.clip(homes, 0, most), 0)
        if cuts is None:
            return Prices(clipped, np.zeros(0, dtype=np.int64))
        return self.pool.cuts.prices(clipped, np.clip(cuts, 0, most // (1 + cuts.size)))

    def _room_to_improve(self) -> int:
        """The largest scaled regret anything in a better plan can have."""
        return (self.plan.objective - 1) * self.pool.scale - self.best.bound

    def _improve_prices(self, worker: Worker, goal: float) -> None:
        """Column generation: linear program, prices, missing columns and cuts, until none is missing.

        The callback is asked only once nothing is missing of what is known.
        """
        children = self.problem.children
        slack = self.best.threshold(_START_COLUMNS * children, max(0, self._room_to_improve()))
        near = self._price(self.best.prices, slack)
        self.pool.hold(near, slack)
        self.pool.hold_plan(self.plan.place_of)
        least = slack // 8
        for turn in range(_ROUNDS):
            if self._done():
                return
            before = self.pool.cuts.home.size
            solved = self._relax(near, worker, goal * _PRECISION)
            if solved is None:
                return
            relaxed, prices = solved
            slack = max(slack // 2, least)
            asked = self.callback is not None and turn % _ASK_EVERY == _ASK_EVERY - 1
            priced = self._price(prices, slack, ask=asked)
            if asked:
                self._offer(greedy_plan(self.pool, priced.prices.homes, self.order))
            missing = self._hold_more(priced, slack)
            value = near.bound + relaxed.value * self.pool.scale
            near = max(near, priced, key=lambda each: each.bound)
            enough = max(1.0, (goal if relaxed.rough else _PRICE_PRECISION) * self._room_to_improve())
            if missing and value - near.bound > enough:
                continue
            if relaxed.rough or self.pool.cuts.home.size == before:
                near = self._price(near.prices, slack)
                missing = self._hold_more(near, slack)
                if self.callback is None or not missing or (relaxed.rough and value - near.bound <= enough):
                    return

    def _hold_more(self, priced: Priced, slack: int) -> int:
        """Hold what is missing, not too much at once; return how much that was."""
        return self.pool.hold(priced, min(slack, priced.threshold(_MORE_COLUMNS * self.problem.children, slack)))

    def _relax(self, base: Priced, worker: Worker, precision: float) -> tuple[Relaxed, Prices] | None:
        """Solve the linear program and add the cuts its solution breaks; None if there was no time."""
        pool = self.pool
        everyone = np.ones(self.problem.children, dtype=bool)
        columns = build_columns(pool, pool.held, [block.held for block in pool.blocks], everyone)
        master = Master(pool, base, columns)
        solved = worker.relax(master.program(columns_in(columns, self.problem, self.plan)), precision)
        relaxed = None if solved is None else master.relaxed(solved)
        if relaxed is None:
            return None
        homes, cuts = (np.rint(each * pool.scale).astype(np.int64) for each in (relaxed.homes, relaxed.cuts))
        prices = self._prices(homes, cuts)
        pool.cuts = pool.cuts.with_broken(columns, relaxed.chosen, pool.resources)
        return relaxed, prices

    def _choose_nearby(self, worker: Worker) -> None:
        """Improve the plan some hundreds of children at a time."""
        if self._done():
            return
        slack = self.best.threshold(_NEARBY_COLUMNS * self.problem.children, max(0, self._room_to_improve()))
        priced = self._price(self.best.prices, slack)
        nearby = Neighbourhoods(self.pool, priced, slack, self.plan.place_of)
        for place_of in nearby.improve(lambda program: worker.solve(program, GAP), self._done):
            self._offer(Plan.of(self.problem, self.pool.arcs, place_of))

    def _choose_columns(self, worker: Worker) -> None:
        """Integer programs under a rising threshold, until the gap is proved."""
        count = _FIRST_CHOICE * self.problem.children + _FIRST_CHOICE_LEAST
        while not self._done():
            room = self._room_to_improve()
            threshold = min(room, self.best.threshold(count, room))
            before = (self.plan.objective, self.bound, len(self.exclusive))
            self._choose_under(threshold, worker)
            after = (self.plan.objective, self.bound, len(self.exclusive))
            if threshold == room and before == after:
                return
            count *= _RAISE if len(self.exclusive) == before[2] else 1

    def _choose_under(self, threshold: int, worker: Worker) -> None:
        priced = self._price(self.best.prices, threshold)
        columns = columns_under(self.pool, priced, threshold)
        master = Master(self.pool, priced, columns, tuple(sorted(self.exclusive)))
        solved = worker.solve(master.program(), self._gap_of_choice())
        if solved is None:
            return
        chosen = master.read(solved)
        self._raise_bound(priced.bound, chosen, threshold)
        if chosen.columns is not None:
            self._take(columns.place_of(chosen.columns, self.problem.children))

    def _gap_of_choice(self) -> float:
        """The gap asked for, as a share of the shifted objective the integer program sees."""
        charges = self.plan.unplaced_charge + self.plan.apart_charge
        wanted = self.gap * (self.plan.objective - charges)
        return min(1.0, wanted / max(1.0, self.plan.objective - self.best.bound / self.pool.scale))

    def _raise_bound(self, lower: int, chosen: Chosen, threshold: int) -> None:
        """The optimum is at least the integer bound, or uses a column left out."""
        scale = self.pool.scale
        proved = lower + threshold + 1
        if math.isfinite(chosen.bound):
            proved = min(proved, lower + math.floor(chosen.bound * scale))
        elif chosen.bound < 0:
            return
        self.bound = max(self.bound, self.pool.unscaled(proved))
        self._tell()

    def _take(self, place_of: Ints) -> None:
        """Offer a plan; if parts of one group met at a home where they do not fit together, forbid that."""
        left = room_left(self.problem, self.pool.resources, place_of)
        if (left >= 0).all():
            self._offer(filled(self.pool, place_of))
            return
        self.exclusive |= parts_that_met(self.problem, place_of, left)


def _never() -> bool:
    return False


def _group_order(problem: AssignmentProblem, seed: int) -> Ints:
    """Largest groups first; groups of one size in an order drawn from the seed."""
    sizes = np.array([len(group) for group in problem.groups], dtype=np.int64)
    shuffled = np.random.default_rng(seed).permutation(sizes.size)
    order: Ints = shuffled[np.argsort(-sizes[shuffled], kind="stable")]
    return order

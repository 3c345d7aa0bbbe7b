"""A run with homes not opened yet beside its own, so that any one of them can be opened and the run solved again."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from matcher.scoring import Encoded, encode, parts_of, score_pairs
from matcher.services.fewest_moves import solve_again
from matcher.services.gap.reopened import Reopened
from matcher.services.problem import Ints, Stated, state
from matcher.services.room_changed import with_homes
from models.home import Home
from solvers import AssignmentProblem, AssignmentResult
from solvers.arcs import Arcs
from solvers.plan import Plan as Solved


class Widened:
    """A run and homes not opened yet, scored by the same kernel in one call.

    Attributes:
        stated: The run with every one of them, its homes first. Leaving a child out is charged more than the dearest
            pair of any.
        first: The column of the first of them.
        start: The plan at these charges, none of them opened, and what no plan without them can cost less than. Where
            the plan was proved best at the charges before, but more at these would pay to place somebody else, it is
            the best at these.
    """

    def __init__(self, opened: Reopened, homes: Sequence[Home], *, time_limit: float | None = None) -> None:
        """Score the homes and state the problem; ``time_limit`` is for solving again where charges ask for it."""
        run = opened.run
        self.opened, self.first = opened, len(run.case.homes)
        case = with_homes(run.case, (*run.case.homes, *homes))
        self.new: Encoded = encode(case, run.searches.referrals, homes)
        cost, bits = score_pairs(self.new)
        self.stated: Stated = state(case, run.searches, np.hstack([run.cost, cost]), np.hstack([run.bits, bits]))
        self.start = self._start()
        if opened.plan.certificate.status == "optimal" != self.start.status:
            self.start = self._again(time_limit)

    @cached_property
    def none_opened(self) -> AssignmentProblem:
        """The problem of the run alone, at the charges of all."""
        return self._with(-1)

    def opened_one(self, number: int) -> AssignmentProblem:
        """The problem with one of the homes opened."""
        return self._with(self.first + number)

    def costs(self, number: int) -> Ints:
        """What each row would cost in one of the homes, -1 where the child may not live there."""
        problem = self.stated.problem
        mine = problem.home == self.first + number
        found = np.full(problem.children, -1, dtype=np.int64)
        found[problem.child[mine]] = problem.cost[mine]
        return found

    def parts(self, row: int, column: int) -> tuple[int, int]:
        """Welfare and fee parts of what a row costs at a home."""
        old = column < self.first
        encoded, at = (self.opened.run.encoded, column) if old else (self.new, column - self.first)
        parts = parts_of(encoded, row, np.array([at], dtype=np.int64))[0]
        return int(parts[:-1].sum()), int(parts[-1])

    def _with(self, column: int) -> AssignmentProblem:
        problem = self.stated.problem
        keep = (problem.home < self.first) | (problem.home == column)
        capacity = problem.capacity.copy()
        at = np.arange(problem.homes)
        capacity[(at >= self.first) & (at != column)] = 0
        units = None if problem.units is None else problem.units[keep]
        return replace(
            problem,
            child=problem.child[keep],
            home=problem.home[keep],
            cost=problem.cost[keep],
            capacity=capacity,
            units=units,
        )

    def _start(self) -> AssignmentResult:
        """The plan at the new charges.

        Any plan leaves out at least as many as the certificate says none can place, so its cost rises by at least
        that many times the rise in the charge: so does the bound.
        """
        certificate, problem, run = self.opened.plan.certificate, self.none_opened, self.opened.run
        plan = Solved.of(problem, Arcs.of(problem), self.opened.place_of)
        rise = min((problem.unplaced - run.problem.unplaced).tolist(), default=0)
        least = run.searching - certificate.most_that_could_be_placed
        bound = min(certificate.bound_pence + rise * least, plan.objective)
        return AssignmentResult(
            place_of=plan.place_of,
            pair_cost=plan.pair_cost,
            objective=plan.objective,
            bound=bound,
            unplaced_charge=plan.unplaced_charge,
            apart_charge=plan.apart_charge,
            status="optimal" if bound == plan.objective else "feasible",
            seconds=0.0,
            proved_over="all pairs",
            seed=certificate.seed,
        )

    def _again(self, time_limit: float | None) -> AssignmentResult:
        start = self.start
        again = solve_again(self.stated, self.none_opened, start.place_of, time_limit=time_limit, seed=start.seed)
        if again.objective < start.objective:
            return again
        status = "optimal" if again.bound == start.objective else start.status
        return replace(start, bound=max(start.bound, again.bound), status=status)

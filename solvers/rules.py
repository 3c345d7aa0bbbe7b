"""One call for a problem with rules between children: limits on a kind, clashes, and clauses.

Limits and clashes go by separation (`solvers.limits`, `solvers.clashes`). If that plan obeys the clauses it is the
answer, with its proof. If not, CP-SAT chooses among pairs of small regret: with ``L`` the bound at the best
prices of the problem without clauses, a plan that uses a child alone's pair of regret above ``t`` costs more than
``L + t``, so the optimum is at least the lesser of CP-SAT's bound and ``L + t``. ``t`` rises until the gap is
proved, or until a pair left out could only be in a dearer plan. Clashes met on the way become clauses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from solvers.arcs import Arcs
from solvers.bound import Pool
from solvers.check import check_assignment
from solvers.check_rules import check_rules
from solvers.clashes import FindClashes, solve_without_clashes
from solvers.clauses import Clause, ContradictionError, refuse_clauses
from solvers.clock import Clock
from solvers.limits import Limit, Limits
from solvers.logic import Logic
from solvers.plan import Plan
from solvers.problem import AssignmentProblem, Ints
from solvers.result import AssignmentResult, Status, relative_gap
from solvers.search import Search

#: Pairs in the first model for each child, and at least; the factor from one model to the next; the gap of prices;
#: and the share of the time for the problem without clauses, and for its prices after that.
_FIRST, _FIRST_LEAST, _RAISE, _PRICE_GAP, _SHARE = 4, 50, 3, 0.002, 0.3


def solve_with_rules(
    problem: AssignmentProblem,
    *,
    limits: Sequence[Limit] = (),
    find_clashes: FindClashes | None = None,
    clauses: Sequence[Clause] = (),
    gap: float = 0.0,
    time_limit: float | None = None,
    cancel: Callable[[], bool] | None = None,
    seed: int = 0,
) -> AssignmentResult:
    """Solve a problem so that no limit is broken, no children clash and every clause holds.

    Args:
        problem: The problem without the rules.
        limits: At most so many of a kind in one home.
        find_clashes: As in `solve_without_clashes`.
        clauses: Logical rules.
        gap: As in `solve_assignment`.
        time_limit: Seconds in all. A plan that obeys every rule is returned even if finding the first takes longer.
        cancel: As in `solve_assignment`; with clauses that bind, too, the first plan is waited for.
        seed: As in `solve_assignment`. Without a time limit and `cancel` the same seed gives the same plan.

    Returns:
        A plan that obeys every rule; its bound holds for all such plans.

    Raises:
        ContradictionError: If no plan obeys every rule; without clauses there always is one.
        ValueError: If a limit, a clause or an option is out of range.
    """
    refuse_clauses(clauses, problem)
    clock = Clock(time_limit, cancel)
    within = Limits(problem, limits)
    left = None if time_limit is None else time_limit * (_SHARE if clauses else 1)
    if find_clashes is None:
        relaxed = within.solve(problem, gap=gap, time_limit=left, cancel=cancel, seed=seed)
    else:
        relaxed = solve_without_clashes(
            problem, find_clashes, gap=gap, time_limit=left, cancel=cancel, seed=seed, solve=within.solve
        )
    if not all(clause.obeyed(relaxed.place_of) for clause in clauses):
        relaxed = _Reasoning(problem, within, find_clashes, clauses, gap, clock, seed).run(relaxed)
    elif relaxed.tie is not None and not all(clause.obeyed(relaxed.tie) for clause in clauses):
        relaxed = replace(relaxed, uniqueness="not determined", tie=None)
    check_assignment(problem, relaxed)
    check_rules(problem, relaxed.place_of, limits=limits, clauses=clauses)
    return relaxed


class _Reasoning:
    """The search by CP-SAT: clauses known, the best plan, the best bound."""

    def __init__(
        self,
        problem: AssignmentProblem,
        within: Limits,
        find_clashes: FindClashes | None,
        clauses: Sequence[Clause],
        gap: float,
        clock: Clock,
        seed: int,
    ) -> None:
        self.problem, self.within, self.find_clashes = problem, within, find_clashes
        self.given, self.clauses, self.gap, self.clock, self.seed = len(clauses), list(clauses), gap, clock, seed
        self.arcs = Arcs.of(problem)
        self.plan: Plan | None = None

    def run(self, relaxed: AssignmentResult) -> AssignmentResult:
        """Reason until the gap is proved or time is up; the relaxed plan breaks a clause, its bound holds."""
        self.bound, self.start = relaxed.bound, relaxed.place_of
        every = np.ones(self.problem.child.size, dtype=bool)
        while self.plan is None:
            self._reason(every, None, first=True)
        if not self._done():
            self._prove()
        return self._result()

    def _prove(self) -> None:
        """Models under a rising threshold, from the first plan on."""
        regret, lower, scale = self._regrets()
        count = _FIRST * self.problem.children + _FIRST_LEAST
        while self.plan is not None and not self._done():
            room = self.plan.objective * scale - lower - 1
            threshold = min(room, int(np.partition(regret, count)[count])) if count < regret.size else room
            if self._reason(regret <= threshold, -(-(lower + threshold + 1) // scale)):
                count *= _RAISE

    def _regrets(self) -> tuple[Ints, int, int]:
        """Regret of every pair of children alone (0 of the others), the bound they add to, and their scale."""
        eased = self.within.with_capacities(self.problem)
        left = None if self.clock.left == np.inf else self.clock.left * _SHARE
        clock = Clock(left, self.clock.asked if self.clock.can_cancel else None)
        search = Search(eased, None, max(self.gap, _PRICE_GAP), clock, self.seed)
        search.run()
        priced = Pool(eased, Arcs.of(eased)).price(search.best.prices, 0)
        self.bound = max(self.bound, search.pool.unscaled(priced.bound))
        return self._with_groups(priced.regret), priced.bound, search.pool.scale

    def _with_groups(self, regret: Ints) -> Ints:
        members = np.zeros(self.problem.children, dtype=bool)
        members[[child for group in self.problem.groups for child in group]] = True
        return np.where(members[self.problem.child], 0, regret)

    def _reason(self, keep: npt.NDArray[np.bool_], beyond: int | None, *, first: bool = False) -> bool:
        """Solve over some pairs; plans that use others cost at least ``beyond``. Whether nothing new clashed."""
        logic = Logic(self.problem, keep, self.within.limits, self.clauses)
        logic.hint(self.start)
        found = logic.solve(self.clock, self.seed, near=self._near(), first=first)
        if found.bound is None and beyond is None and self.plan is None:
            self._contradiction(logic)
        known = [value for value in (found.bound, beyond) if value is not None]
        if self.plan is not None:
            known.append(self.plan.objective)
        self.bound = max(self.bound, min(known, default=self.bound))
        if found.place_of is None:
            return True
        clashes = () if self.find_clashes is None else self.find_clashes(found.place_of)
        if clashes:
            self.clauses += [Clause(tuple((child, home, False) for child in children)) for children, home in clashes]
            return False
        plan = Plan.of(self.problem, self.arcs, found.place_of)
        if self.plan is None or plan.objective < self.plan.objective:
            self.plan, self.start = plan, plan.place_of
        return True

    def _near(self) -> int:
        """What the gap asked for is in cost units, at least."""
        if self.plan is None:
            return 0
        return int(self.gap * (self.plan.objective - self.plan.unplaced_charge - self.plan.apart_charge))

    def _contradiction(self, logic: Logic) -> None:
        named = [f"clauses[{number}]" for number in logic.contradiction() if number < self.given]
        what = f"{' and '.join(named) or 'the clauses'} cannot hold"
        raise ContradictionError(
            f"no plan obeys every rule: {what}, given the pairs allowed, the places there are and the other rules; "
            "leave out or change one of these clauses"
        )

    def _gap(self) -> float:
        if self.plan is None:
            return float("inf")
        charges = self.plan.unplaced_charge + self.plan.apart_charge
        return relative_gap(self.plan.objective, self.bound, charges)

    def _done(self) -> bool:
        return self._gap() <= self.gap or self.clock.stop()

    def _result(self) -> AssignmentResult:
        plan = self.plan
        if plan is None:
            raise RuntimeError("the search by CP-SAT ended without a plan: a fault in this package")
        status: Status = "cancelled" if self.clock.cancelled and self._gap() > self.gap else "feasible"
        if plan.objective == self.bound:
            status = "optimal"
        for values in (plan.place_of, plan.pair_cost):
            values.flags.writeable = False
        return AssignmentResult(
            plan.place_of, plan.pair_cost, plan.objective, self.bound, plan.unplaced_charge, plan.apart_charge,
            status, self.clock.seconds, "all pairs", self.seed,
        )  # fmt: skip

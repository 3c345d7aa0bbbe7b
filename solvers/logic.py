"""One problem with limits and clauses as a CP-SAT model over some of its pairs.

A variable for each pair and for each child without a home; for a group, one for each part of it at each home where
parts share or cost something, so that capacities, `use` and apart charges are exact.
"""

from __future__ import annotations

import math
import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from solvers.clauses import Clause
from solvers.clock import Clock
from solvers.limits import Limit
from solvers.problem import LARGEST_TOTAL, AssignmentProblem, Ints

_WORKERS, _POLL = 2, 0.05


@dataclass(frozen=True, eq=False)
class Reasoned:
    """A plan over the pairs kept, None if none was found, and a bound for such plans, None if there are none."""

    place_of: Ints | None
    bound: int | None


class Logic:
    """The model.

    Args:
        problem: Children, homes, pairs, capacities, groups.
        keep: Which pairs may be used, ``(pairs,)``.
        limits: Limits, all enforced.
        clauses: Clauses; one that names a pair not kept takes it as not used.

    Raises:
        ValueError: If the costs are too large to be added up in 64 bits.
    """

    def __init__(
        self,
        problem: AssignmentProblem,
        keep: npt.NDArray[np.bool_],
        limits: Sequence[Limit],
        clauses: Sequence[Clause],
    ) -> None:
        self.problem, self.model = problem, cp_model.CpModel()
        self.at: dict[tuple[int, int], cp_model.IntVar] = {}
        self.kept: dict[int, list[int]] = defaultdict(list)
        self.rows: dict[int, list[tuple[list[int], cp_model.IntVar]]] = defaultdict(list)
        self.terms: list[tuple[int, cp_model.IntVar]] = []
        self.constant = -int(problem.apart.sum())
        self._pairs(np.flatnonzero(keep))
        for number, group in enumerate(problem.groups):
            self._group(number, group)
        self._capacities()
        for limit in limits:
            self._limit(limit)
        self.assumed = [self._clause(clause) for clause in clauses]
        self._objective()

    def _pairs(self, pairs: npt.NDArray[np.intp]) -> None:
        problem, grouped = self.problem, {i for group in self.problem.groups for i in group}
        apart = {i: int(c) for group, c in zip(problem.groups, problem.apart, strict=True) for i in group}
        one_each = [1] * problem.capacity.shape[1]
        for pair in pairs.tolist():
            child, home = int(problem.child[pair]), int(problem.home[pair])
            used = self.at[child, home] = self.model.new_bool_var("")
            self.kept[child].append(home)
            self.terms.append((int(problem.cost[pair]), used))
            if child not in grouped:
                row = one_each if problem.units is None else [int(number) for number in problem.units[pair]]
                self.rows[home].append((row, used))
        for child in range(problem.children):
            nowhere = self.at[child, -1] = self.model.new_bool_var("")
            self.terms.append((int(problem.unplaced[child]) + apart.get(child, 0), nowhere))
            self.model.add_exactly_one(nowhere, *(self.at[child, home] for home in self.kept[child]))

    def _group(self, number: int, group: tuple[int, ...]) -> None:
        """What the members at each home use together, and the apart charge for the home."""
        problem, apart = self.problem, int(self.problem.apart[number])
        for home in sorted({home for child in group for home in self.kept[child]}):
            here = [child for child in group if (child, home) in self.at]
            if problem.use is not None:
                self._parts(number, here, home)
                continue
            one_each = [1] * problem.capacity.shape[1]
            self.rows[home] += [(one_each, self.at[child, home]) for child in here]
            together = self.model.new_bool_var("")
            for child in here:
                self.model.add_implication(self.at[child, home], together)
            self.terms.append((apart, together))

    def _parts(self, number: int, here: Sequence[int], home: int) -> None:
        """One variable for each part of a group that fits at a home."""
        problem, holding = self.problem, defaultdict(list)
        chosen = []
        for size in range(1, len(here) + 1):
            for members in combinations(here, size):
                row = self._row(number, members, home)
                if any(n > m for n, m in zip(row, problem.capacity[home].tolist(), strict=True)):
                    continue
                part = self.model.new_bool_var("")
                chosen.append(part)
                self.rows[home].append((row, part))
                self.terms.append((int(problem.apart[number]), part))
                for child in members:
                    holding[child].append(part)
        self.model.add_at_most_one(chosen)
        for child in here:
            self.model.add(sum(holding[child]) == self.at[child, home])

    def _row(self, number: int, members: tuple[int, ...], home: int) -> list[int]:
        problem = self.problem
        if len(members) > 1 and problem.use is not None:
            return [int(n) for n in np.atleast_1d(problem.use(number, members, home))]
        if problem.units is None:
            return [1] * problem.capacity.shape[1]
        return [int(n) for n in problem.units[problem.find(np.array(members), np.array([home]))[0]]]

    def _capacities(self) -> None:
        for home, users in self.rows.items():
            for resource, held in enumerate(self.problem.capacity[home].tolist()):
                if sum(row[resource] for row, _ in users) > held:
                    self.model.add(sum(row[resource] * used for row, used in users if row[resource]) <= held)

    def _limit(self, limit: Limit) -> None:
        kind = sorted(set(limit.children))
        for home in range(self.problem.homes) if limit.homes is None else sorted(set(limit.homes)):
            here = [self.at[child, home] for child in kind if (child, home) in self.at]
            if len(here) > limit.most:
                self.model.add(sum(here) <= limit.most)

    def _clause(self, clause: Clause) -> cp_model.IntVar:
        """Hold the clause wherever the variable returned is true."""
        assumed = self.model.new_bool_var("")
        literals: list[cp_model.LiteralT] = [assumed.negated()]
        for child, home, holds in clause.literals:
            used = self.at.get((child, home))
            if used is not None:
                literals.append(used if holds else used.negated())
            elif not holds:
                literals.append(self.model.new_constant(1))
        self.model.add_bool_or(literals)
        return assumed

    def _objective(self) -> None:
        if sum(cost for cost, _ in self.terms) > LARGEST_TOTAL:
            raise ValueError(
                f"the costs of all pairs and charges add up to more than {LARGEST_TOTAL}: with clauses that bind they "
                "must fit 64 bits together; use a larger unit"
            )
        self.model.minimize(sum(cost * used for cost, used in self.terms))

    def hint(self, place_of: Ints) -> None:
        """Start from a plan, lawful or not; to be called once."""
        for (child, home), used in self.at.items():
            self.model.add_hint(used, int(place_of[child]) == home)

    def solve(self, clock: Clock, seed: int, *, near: int = 0, first: bool = False) -> Reasoned:
        """Solve with every clause.

        Args:
            clock: Says when to stop.
            seed: Seeds CP-SAT; without a time limit or a way to cancel the answer is the same each time.
            near: Stop within this of the optimum.
            first: Stop at the first plan, and go on until there is one whatever the clock says.
        """
        model = self.model.clone()
        for assumed in self.assumed:
            model.add(model.get_bool_var_from_proto_index(assumed.index) == 1)
        solver = cp_model.CpSolver()
        # One worker gives the same plan each time. Two taking turns (interleave_search) would too, but OR-Tools 9.15
        # then aborts the whole process on some small models that are given a hint.
        hurried = clock.left < math.inf or clock.can_cancel
        solver.parameters.num_workers = _WORKERS if hurried and not first else 1
        solver.parameters.random_seed = seed % (1 << 31)
        solver.parameters.linearization_level = 2
        solver.parameters.absolute_gap_limit = near
        solver.parameters.stop_after_first_solution = first
        if not first and clock.left < math.inf:
            solver.parameters.max_time_in_seconds = clock.left
        status = _stoppable(solver, model, None if first else clock)
        if status == cp_model.INFEASIBLE:
            return Reasoned(None, None)
        if status == cp_model.MODEL_INVALID:
            raise RuntimeError(f"CP-SAT refuses the model: {model.validate()}")
        bound = int(solver.response_proto.inner_objective_lower_bound) + self.constant
        if status == cp_model.UNKNOWN:
            return Reasoned(None, bound)
        return Reasoned(self._read(solver), bound)

    def _read(self, solver: cp_model.CpSolver) -> Ints:
        place_of = np.full(self.problem.children, -1, dtype=np.int64)
        for (child, home), used in self.at.items():
            if solver.boolean_value(used):
                place_of[child] = home
        return place_of

    def contradiction(self) -> list[int]:
        """Numbers of clauses that cannot all hold, few of them; only where no plan obeys them all."""
        model = self.model.clone()
        model.clear_objective()  # type: ignore[no-untyped-call]
        model.add_assumptions([model.get_bool_var_from_proto_index(assumed.index) for assumed in self.assumed])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.solve(model)
        core = set(solver.sufficient_assumptions_for_infeasibility())
        return [number for number, assumed in enumerate(self.assumed) if assumed.index in core]


def _stoppable(solver: cp_model.CpSolver, model: cp_model.CpModel, clock: Clock | None) -> cp_model.CpSolverStatus:
    """Solve, asking the caller from time to time whether to stop."""
    if clock is None or not clock.can_cancel:
        return solver.solve(model)
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_POLL):
            if clock.asked():
                solver.stop_search()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        return solver.solve(model)
    finally:
        ended.set()
        watcher.join()

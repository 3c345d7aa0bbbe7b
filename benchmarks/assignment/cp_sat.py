"""OR-Tools CP-SAT as it is first written: one boolean a pair, implications for brothers and sisters."""

import math
import time

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.assignment.answer import Answer, Point, Task
from solvers import AssignmentProblem


class _Log(cp_model.CpSolverSolutionCallback):
    """Notes each better plan and each better bound, by a clock that began at `started`.

    `constant` is what every plan's objective has besides the model.
    """

    def __init__(self, constant: int, started: float) -> None:
        super().__init__()
        self.points: list[Point] = []
        self._constant = constant
        self._started = started

    def on_solution_callback(self) -> None:
        """Called by the solver at a better plan."""
        self._note(round(self.objective_value) + self._constant, self.best_objective_bound)

    def better_bound(self, bound: float) -> None:
        """Called by the solver at a better bound."""
        if self.points:
            self._note(self.points[-1].objective, bound)

    def _note(self, objective: int, bound: float) -> None:
        seconds = time.perf_counter() - self._started
        self.points.append(Point(seconds, objective, math.ceil(bound) + self._constant))


def cp_sat(task: Task) -> Answer:
    """Two workers, which have all the time given: stating the model takes it longer than that."""
    started, problem = time.perf_counter(), task.problem
    model = cp_model.CpModel()
    used, terms = _variables(model, problem)
    for home in range(problem.homes):
        here = [used[pair] for pair in np.flatnonzero(problem.home == home)]
        if here:
            model.add(sum(here) <= int(problem.capacity[home, 0]))
    model.minimize(sum(terms))
    solver, log = cp_model.CpSolver(), _Log(-int(problem.apart.sum()), started)
    solver.parameters.max_time_in_seconds = task.seconds
    solver.parameters.num_workers = 2
    solver.best_bound_callback = log.better_bound
    status = solver.solve(model, log)
    bound = math.ceil(solver.best_objective_bound) - int(problem.apart.sum())
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(None, bound)
    chosen = np.array([solver.boolean_value(each) for each in used], np.bool_)
    places = np.full(problem.children, -1)
    places[problem.child[chosen]] = problem.home[chosen]
    return Answer(places, bound, progress=log.points)


def _variables(
    model: cp_model.CpModel, problem: AssignmentProblem
) -> tuple[list[cp_model.IntVar], list[cp_model.LinearExprT]]:
    """A boolean for each pair, and the terms of the objective: pairs, children with no home, homes a group uses."""
    used = [model.new_bool_var("") for _ in range(problem.child.size)]
    terms: list[cp_model.LinearExprT] = [int(c) * x for c, x in zip(problem.cost, used, strict=True)]
    group_of = {child: number for number, group in enumerate(problem.groups) for child in group}
    touched: dict[tuple[int, int], cp_model.IntVar] = {}
    for child in range(problem.children):
        mine = np.flatnonzero(problem.child == child)
        nowhere = model.new_bool_var("")
        model.add_exactly_one([*(used[k] for k in mine), nowhere])
        apart = int(problem.apart[group_of[child]]) if child in group_of else 0
        terms.append((int(problem.unplaced[child]) + apart) * nowhere)
        for k in mine if child in group_of else ():
            key = (group_of[child], int(problem.home[k]))
            if key not in touched:
                touched[key] = model.new_bool_var("")
                terms.append(apart * touched[key])
            model.add_implication(used[k], touched[key])
    return used, terms

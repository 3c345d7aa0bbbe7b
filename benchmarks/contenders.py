"""What a user would otherwise pick for the same problem, stated plainly: one yes-or-no per pair."""

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from ortools.sat.python import cp_model
from scipy.optimize import Bounds, LinearConstraint, milp

from solvers import AssignmentProblem, solve_assignment


@dataclass(frozen=True)
class Answer:
    """What a contender found: objective None where it found no plan, bound None where it proved nothing."""

    objective: int | None
    bound: int | None
    seconds: float


def placewell(problem: AssignmentProblem, seconds: float) -> Answer:
    """Partition columns with exact bounds: this project."""
    result = solve_assignment(problem, time_limit=seconds)
    return Answer(result.objective, result.bound, result.seconds)


def greedy(problem: AssignmentProblem, _seconds: float) -> Answer:
    """Child by child in order, the cheapest home with room: what a team does by hand. Groups are not looked at."""
    started = time.perf_counter()
    room = problem.capacity[:, 0].copy()
    places = np.full(problem.children, -1)
    for child in range(problem.children):
        mine = np.flatnonzero(problem.child == child)
        open_now = mine[room[problem.home[mine]] > 0]
        if open_now.size:
            best = problem.home[open_now[problem.cost[open_now].argmin()]]
            places[child] = best
            room[best] -= 1
    return Answer(_objective(problem, places.tolist()), None, time.perf_counter() - started)


def _objective(problem: AssignmentProblem, places: list[int]) -> int:
    cost = {
        (c, h): k for c, h, k in zip(*map(np.ndarray.tolist, (problem.child, problem.home, problem.cost)), strict=True)
    }
    total = sum(cost[c, h] if h >= 0 else int(problem.unplaced[c]) for c, h in enumerate(places))
    for charge, group in zip(problem.apart.tolist(), problem.groups, strict=True):
        at = [places[member] for member in group]
        total += charge * (len(set(at) - {-1}) + at.count(-1) - 1)
    return total


def cp_sat(problem: AssignmentProblem, seconds: float) -> Answer:
    """OR-Tools CP-SAT, one boolean a pair, implications for siblings."""
    started = time.perf_counter()
    model = cp_model.CpModel()
    used, terms = _cp_variables(model, problem)
    for home in range(problem.homes):
        here = [used[k] for k in np.flatnonzero(problem.home == home)]
        if here:
            model.add(sum(here) <= int(problem.capacity[home, 0]))
    model.minimize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    constant = -int(problem.apart.sum())
    objective = round(solver.objective_value) + constant if found else None
    return Answer(objective, int(np.ceil(solver.best_objective_bound)) + constant, time.perf_counter() - started)


def _cp_variables(
    model: cp_model.CpModel, problem: AssignmentProblem
) -> tuple[list[cp_model.IntVar], list[cp_model.LinearExprT]]:
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


def highs(problem: AssignmentProblem, seconds: float) -> Answer:
    """HiGHS through SciPy, one binary a pair, one a group and home."""
    started = time.perf_counter()
    pairs, children = problem.child.size, problem.children
    group_of = np.full(children, -1)
    for number, group in enumerate(problem.groups):
        group_of[list(group)] = number
    mine = np.flatnonzero(group_of[problem.child] >= 0)
    keys, touched = np.unique(group_of[problem.child[mine]] * problem.homes + problem.home[mine], return_inverse=True)
    apart = np.concatenate([problem.apart, [0]])
    cost = np.concatenate([problem.cost, problem.unplaced + apart[group_of], apart[keys // problem.homes]])
    total = cost.size
    ones = np.ones
    every = np.arange(pairs)
    place = sp.csr_array((ones(pairs), (problem.home, every)), shape=(problem.homes, total))
    rows, columns = np.concatenate([problem.child, np.arange(children)]), np.arange(pairs + children)
    cover = sp.csr_array((ones(rows.size), (rows, columns)), shape=(children, total))
    at = np.arange(mine.size)
    link = sp.csr_array((ones(mine.size), (at, mine)), shape=(mine.size, total)) - sp.csr_array(
        (ones(mine.size), (at, pairs + children + touched)), shape=(mine.size, total)
    )
    answer = milp(
        cost,
        integrality=ones(total),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(place, ub=problem.capacity[:, 0]),
            LinearConstraint(cover, 1, 1),
            LinearConstraint(link, ub=0),
        ],
        options={"time_limit": seconds},
    )
    constant = -int(problem.apart.sum())
    objective = round(answer.fun) + constant if answer.x is not None else None
    bound = answer.mip_dual_bound
    return Answer(
        objective, int(np.ceil(bound - 1e-6)) + constant if bound is not None else None, time.perf_counter() - started
    )


CONTENDERS: dict[str, Callable[[AssignmentProblem, float], Answer]] = {
    "placewell": placewell,
    "HiGHS, a binary a pair": highs,
    "CP-SAT, a boolean a pair": cp_sat,
    "greedy, in order of referral": greedy,
}


def run(contender: str, problem: AssignmentProblem, seconds: float) -> tuple[Answer, int]:
    """One contender's answer, and the most memory its process held, in megabytes."""
    answer = CONTENDERS[contender](problem, seconds)
    return answer, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

"""Whether another plan is as good as one proved optimal, where groups or resources are shared.

First, moves of single children that cost nothing together (`solvers.unique`): a tie, found at once. If there are none,
groups may still be housed otherwise at the same cost. Every plan that costs no more than the optimum ``U`` is made of
columns of regret at most ``U - L`` (`solvers.bound`), so the integer program over those, with one more row that
excludes the plan known, either finds a tie or proves, by a bound above ``U``, that there is none.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from solvers.bound import Pool, Priced
from solvers.columns import columns_in, columns_under
from solvers.master import Master
from solvers.milp import Program, Solved
from solvers.plan import Plan, parts_that_met, room_left
from solvers.problem import AssignmentProblem, Ints
from solvers.result import Uniqueness
from solvers.singles import standing
from solvers.unique import free_cycle

Solve = Callable[[Program], Solved | None]


def tie_by_single_moves(problem: AssignmentProblem, plan: Plan) -> Ints | None:
    """Another plan that costs the same as an optimal one and differs in where single children are, if there is one."""
    singles = standing(problem, plan)
    graph = singles.graph()
    cycle = free_cycle(graph, graph.prices())
    return None if cycle is None else graph.moved(plan.place_of, cycle)


def tie_by_columns(
    pool: Pool, priced: Priced, plan: Plan, exclusive: set[tuple[int, int]], solve: Solve
) -> tuple[Uniqueness, Ints | None]:
    """Prove that a plan proved optimal is the only one, or find a tie.

    Args:
        pool: The pairs known.
        priced: Prices at which every regret of at most ``objective * scale - bound`` is exact, over all pairs.
        plan: The plan.
        exclusive: ``(group, home)`` where the group may have one part only; more may be added.
        solve: Solves an integer program; None where it could not.
    """
    columns = columns_under(pool, priced, plan.objective * pool.scale - priced.bound)
    row = columns_in(columns, pool.problem, plan)
    while True:
        master = Master(pool, priced, columns, tuple(sorted(exclusive)))
        solved = solve(_without(master.program(), row))
        if solved is None:
            return "not determined", None
        chosen = master.read(solved)
        if chosen.bound == math.inf or _proved(pool, priced, chosen.bound) > plan.objective:
            return "unique", None
        if chosen.columns is None:
            return "not determined", None
        place_of = columns.place_of(chosen.columns, pool.problem.children)
        met = _parts_that_met(pool, place_of, plan)
        if not met - exclusive:
            tied = Plan.of(pool.problem, pool.arcs, place_of).objective == plan.objective
            return ("tied", place_of) if tied and not met else ("not determined", None)
        exclusive |= met


def _proved(pool: Pool, priced: Priced, bound: float) -> int:
    return pool.unscaled(priced.bound + math.floor(bound * pool.scale)) if math.isfinite(bound) else 0


def _parts_that_met(pool: Pool, place_of: Ints, plan: Plan) -> set[tuple[int, int]]:
    """Where parts of a group stand for the whole group wrongly: without the room, or in the plan known."""
    left = room_left(pool.problem, pool.resources, place_of)
    if (place_of == plan.place_of).all():
        left[:] = -1
    return parts_that_met(pool.problem, place_of, left)


def _without(program: Program, row: Ints) -> Program:
    """The program in which not all columns of the row may be chosen together."""
    from scipy import sparse

    wide = np.zeros(program.cost.size)
    wide[: row.size] = row
    matrix = sparse.vstack([program.matrix, sparse.csr_array(wide[None, :])], format="csr")
    least, most = np.append(program.least, -np.inf), np.append(program.most, row.sum() - 1.0)
    return replace(program, matrix=matrix, least=least, most=most)

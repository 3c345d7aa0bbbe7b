"""The integer program as it is first written: a binary a pair, a binary a group and home; for HiGHS and for SCIP."""

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from scipy.optimize import Bounds, LinearConstraint, milp

from benchmarks.assignment.answer import Answer, Task
from matcher.scoring.arrays import Int64
from solvers import AssignmentProblem

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Program:
    """Binaries that make ``cost`` least: pairs first, then children with no home, then groups at homes.

    Attributes:
        cost: ``(binaries,)``.
        table: ``(rows, binaries)``, in order of row.
        lower, upper: Each row lies between them, ``(rows,)``.
        constant: What every plan's objective has besides.
    """

    cost: Int64
    table: sp.csr_array
    lower: Doubles
    upper: Doubles
    constant: int


def state(problem: AssignmentProblem) -> Program:
    """One row for each home's places, each child's home or none, and each pair's making its group use the home."""
    pairs, children, homes = problem.child.size, problem.children, problem.homes
    group_of = np.full(children, -1)
    for number, group in enumerate(problem.groups):
        group_of[list(group)] = number
    mine = np.flatnonzero(group_of[problem.child] >= 0)
    keys, touched = np.unique(group_of[problem.child[mine]] * homes + problem.home[mine], return_inverse=True)
    apart = np.append(problem.apart, 0)
    cost = np.concatenate([problem.cost, problem.unplaced + apart[group_of], apart[keys // homes]])
    child, links = np.arange(children), homes + children + np.arange(mine.size)
    rows = np.concatenate([problem.home, homes + problem.child, homes + child, links, links])
    columns = np.concatenate([np.arange(pairs), np.arange(pairs), pairs + child, mine, pairs + children + touched])
    values = np.ones(rows.size)
    values[rows.size - mine.size :] = -1
    table = sp.csr_array((values, (rows, columns)), shape=(homes + children + mine.size, cost.size))
    one, none = np.ones(children), np.zeros(mine.size)
    lower = np.concatenate([np.full(homes, -np.inf), one, np.full(mine.size, -np.inf)])
    upper = np.concatenate([problem.capacity[:, 0], one, none])
    return Program(cost, table, lower, upper, -int(problem.apart.sum()))


def highs(task: Task) -> Answer:
    """HiGHS through SciPy."""
    program = state(task.problem)
    found = milp(
        program.cost,
        integrality=np.ones(program.cost.size),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(program.table, program.lower, program.upper),
        options={"time_limit": task.seconds, "mip_rel_gap": 0.0},
    )
    return _answer(task.problem, program, found.x, found.mip_dual_bound)


def scip(task: Task) -> Answer:
    """SCIP through OR-Tools."""
    program = state(task.problem)
    limits = mathopt.SolveParameters(time_limit=dt.timedelta(seconds=task.seconds), relative_gap_tolerance=0.0)
    model = mathopt.Model.from_model_proto(as_proto(program))
    found = mathopt.solve(model, mathopt.SolverType.GSCIP, params=limits)
    values = None
    if found.has_primal_feasible_solution():
        values = np.array(found.variable_values(model.variables()))
    return _answer(task.problem, program, values, found.termination.objective_bounds.dual_bound)


def as_proto(program: Program) -> model_pb2.ModelProto:
    """The program as OR-Tools' MathOpt reads it."""
    rows, columns = program.table.shape
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(range(columns))
    proto.variables.lower_bounds.extend([0.0] * columns)
    proto.variables.upper_bounds.extend([1.0] * columns)
    proto.variables.integers.extend([True] * columns)
    proto.linear_constraints.ids.extend(range(rows))
    proto.linear_constraints.lower_bounds.extend(program.lower.tolist())
    proto.linear_constraints.upper_bounds.extend(program.upper.tolist())
    proto.objective.linear_coefficients.ids.extend(range(columns))
    proto.objective.linear_coefficients.values.extend(program.cost.astype(np.float64).tolist())
    table = program.table.sorted_indices()
    proto.linear_constraint_matrix.row_ids.extend(np.repeat(np.arange(rows), np.diff(table.indptr)).tolist())
    proto.linear_constraint_matrix.column_ids.extend(table.indices.tolist())
    proto.linear_constraint_matrix.coefficients.extend(table.data.tolist())
    return proto


def _answer(problem: AssignmentProblem, program: Program, values: Doubles | None, bound: float | None) -> Answer:
    """The plan and the bound; costs are whole pence, so that a bound is raised to the next, but for its rounding."""
    proved = None if bound is None or not math.isfinite(bound) else math.ceil(bound - 0.5) + program.constant
    if values is None:
        return Answer(None, proved)
    chosen = np.flatnonzero(values[: problem.child.size] > 0.5)
    places = np.full(problem.children, -1)
    places[problem.child[chosen]] = problem.home[chosen]
    return Answer(places, proved)

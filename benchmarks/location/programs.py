"""The integer program as it is first written: a yes-or-no for each pair and each site; for HiGHS and for SCIP."""

import datetime as dt
import math
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from ortools.math_opt.python import mathopt
from scipy.optimize import Bounds, LinearConstraint, milp

from benchmarks.assignment.programs import Program, as_proto
from benchmarks.location.instances import Instance, Ints


class Answer(NamedTuple):
    """Sites and who goes where; None where no plan was found. What no plan is said to be better than, if known."""

    sites: Ints | None
    site_of: Ints | None
    bound: float | None


def state(asked: Instance) -> tuple[Program, Ints, Ints]:
    """The program, and the demand and site of each pair; sites follow pairs. Pairs too far are left out."""
    far = asked.distance
    able = np.ones(far.shape, np.bool_) if asked.radius is None else far <= asked.radius
    demand, site = np.nonzero(able)
    demands, sites = far.shape
    pair, opens = np.arange(demand.size), demand.size + np.arange(sites)
    cost = {
        "median": asked.demand[demand] * far[demand, site],
        "cover": -asked.demand[demand],
        "fewest": np.zeros(demand.size, np.int64),
    }[asked.objective]
    price = np.append(cost, np.full(sites, int(asked.objective == "fewest")))
    row = np.concatenate([demand, demands + pair, demands + pair, np.full(sites, demands + pair.size)])
    column = np.concatenate([pair, pair, opens[site], opens])
    value = np.concatenate([np.ones(2 * pair.size), -np.ones(pair.size), np.ones(sites)])
    table = sp.csr_array((value, (row, column)), shape=(demands + pair.size + 1, price.size))
    least = np.full(demands + pair.size + 1, -np.inf)
    least[:demands] = 0 if asked.objective == "cover" else 1
    top = np.concatenate([np.ones(demands), np.zeros(pair.size), [sites if asked.p is None else asked.p]])
    return Program(price, table, least, top, 0), demand, site


def highs(asked: Instance, seconds: float) -> Answer:
    """HiGHS through SciPy."""
    program, demand, site = state(asked)
    found = milp(
        program.cost,
        integrality=np.ones(program.cost.size),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(program.table, program.lower, program.upper),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    return _answer(asked, demand, site, found.x, found.mip_dual_bound)


def scip(asked: Instance, seconds: float) -> Answer:
    """SCIP through OR-Tools."""
    program, demand, site = state(asked)
    limits = mathopt.SolveParameters(time_limit=dt.timedelta(seconds=seconds), relative_gap_tolerance=0.0)
    model = mathopt.Model.from_model_proto(as_proto(program))
    found = mathopt.solve(model, mathopt.SolverType.GSCIP, params=limits)
    values = np.array(found.variable_values(model.variables())) if found.has_primal_feasible_solution() else None
    return _answer(asked, demand, site, values, found.termination.objective_bounds.dual_bound)


def _answer(
    asked: Instance, demand: Ints, site: Ints, values: np.ndarray[tuple[int], np.dtype[np.float64]] | None,
    bound: float | None,
) -> Answer:  # fmt: skip
    """The plan and the bound, raised to the next whole number but for its rounding."""
    proved = None
    if bound is not None and math.isfinite(bound):
        proved = float(math.ceil(bound - 1e-4)) * (-1 if asked.objective == "cover" else 1)
    if values is None:
        return Answer(None, None, proved)
    used = values[: demand.size] > 0.5
    site_of = np.full(asked.distance.shape[0], -1)
    site_of[demand[used]] = site[used]
    return Answer(np.flatnonzero(values[demand.size :] > 0.5), site_of, proved)

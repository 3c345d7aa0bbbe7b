"""One integer program and its solution by HiGHS (SciPy's own copy), in this process or sent to another.

Its linear relaxation is solved by HiGHS where it is small. Where it is large, by OR-Tools' PDLP, a first-order method:
prices need not be exact to prove exact bounds, and those it gives are so central that fewer rounds are needed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_INFEASIBLE = 2
#: Columns from which the linear relaxation is solved by the first-order method.
_LARGE = 60_000
#: The parts that cuts the matrix into: fixed, so that answers do not depend on the machine.
_SHARDS = 16


@dataclass(frozen=True, eq=False)
class Program:
    """Minimise ``cost @ x`` with ``least <= matrix @ x <= most`` and ``x >= 0``; where ``whole``, x is 0 or 1.

    ``start`` is a solution to start the linear relaxation from.
    """

    cost: Floats
    matrix: Any
    least: Floats
    most: Floats
    whole: npt.NDArray[np.bool_]
    start: Floats

    def packed(self, seconds: float, gap: float, *, relaxed: bool) -> bytes:
        """The program and the arguments of `solve` or `relax` as bytes."""
        return _pack(
            cost=self.cost, data=self.matrix.data, indices=self.matrix.indices, indptr=self.matrix.indptr,
            least=self.least, most=self.most, whole=self.whole, start=self.start,
            arguments=np.array([seconds, gap, relaxed]),
        )  # fmt: skip

    def solve(self, seconds: float, gap: float) -> Solved:
        """Solve it.

        Args:
            seconds: Stop after this long with the best solution so far.
            gap: Stop once (value - bound) / value is this small.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp

        answer = milp(
            self.cost,
            integrality=self.whole.astype(np.int64),
            bounds=Bounds(0, np.where(self.whole, 1.0, np.inf)),
            constraints=LinearConstraint(self.matrix, self.least, self.most),
            options={"mip_rel_gap": gap, **time_options(seconds)},
        )
        if answer.status == _INFEASIBLE:
            return Solved(None, np.inf)
        known = answer.mip_dual_bound is not None and np.isfinite(answer.mip_dual_bound)
        return Solved(answer.x, float(answer.mip_dual_bound) if known else -np.inf)

    def relax(self, seconds: float, precision: float) -> Solved:
        """Solve the linear relaxation; the bound is its value, no values if it was not solved in time.

        Args:
            seconds: As in `solve`.
            precision: How near to the optimum, relative, where the program is large.
        """
        return self._relax_large(seconds, precision) if self.cost.size > _LARGE else self._relax_small(seconds)

    def _relax_small(self, seconds: float) -> Solved:
        from scipy.optimize import linprog

        equal = self.least == self.most
        answer = linprog(
            self.cost, A_ub=self.matrix[~equal], b_ub=self.most[~equal], A_eq=self.matrix[equal],
            b_eq=self.most[equal], bounds=(0, None), method="highs-ds", options=time_options(seconds),
        )  # fmt: skip
        if answer.status != 0:
            return Solved(None, -np.inf)
        dual = np.zeros(equal.size)
        dual[equal], dual[~equal] = answer.eqlin.marginals, answer.ineqlin.marginals
        return Solved(answer.x, float(answer.fun), dual)

    def _relax_large(self, seconds: float, precision: float) -> Solved:
        from ortools.pdlp import solvers_pb2
        from ortools.pdlp.python import pdlp
        from scipy import sparse

        program, start = pdlp.QuadraticProgram(), pdlp.PrimalAndDualSolution()
        program.resize_and_initialize(self.cost.size, self.least.size)
        # A first-order method wants costs near one.
        unit = float(np.median(self.cost[self.cost > 0])) if (self.cost > 0).any() else 1.0
        program.objective_vector = self.cost / unit
        program.constraint_matrix = sparse.csc_matrix(self.matrix)
        program.constraint_lower_bounds, program.constraint_upper_bounds = self.least, self.most
        program.variable_lower_bounds = np.zeros(self.cost.size)
        start.primal_solution, start.dual_solution = self.start, np.zeros(self.least.size)
        options = solvers_pb2.PrimalDualHybridGradientParams(
            num_threads=min(_SHARDS, os.cpu_count() or 1), num_shards=_SHARDS
        )
        stop = options.termination_criteria
        stop.simple_optimality_criteria.eps_optimal_relative = precision
        stop.simple_optimality_criteria.eps_optimal_absolute = 0.0
        stop.time_sec_limit = min(seconds, 1e6)
        found = pdlp.primal_dual_hybrid_gradient(program, options, start)
        values = np.asarray(found.primal_solution)
        return Solved(values, float(self.cost @ values), np.asarray(found.dual_solution) * unit, rough=True)


@dataclass(frozen=True, eq=False)
class Solved:
    """The best solution found, None if none was; a bound, infinite if there is no solution.

    If it was relaxed, its duals, and whether it was solved roughly.
    """

    values: Floats | None
    bound: float
    duals: Floats | None = None
    rough: bool = False

    def packed(self) -> bytes:
        """The solution as bytes."""
        some = {"values": self.values, "duals": self.duals}
        return _pack(
            bound=np.array([self.bound, self.rough]), **{name: each for name, each in some.items() if each is not None}
        )

    @classmethod
    def unpacked(cls, data: bytes) -> Solved:
        """The solution that `packed` made bytes of."""
        arrays = np.load(BytesIO(data))
        return cls(arrays.get("values"), float(arrays["bound"][0]), arrays.get("duals"), bool(arrays["bound"][1]))


def solve_packed(data: bytes) -> bytes:
    """Solve a packed program; return the packed solution."""
    from scipy import sparse

    arrays = np.load(BytesIO(data))
    shape = (arrays["least"].size, arrays["cost"].size)
    matrix = sparse.csr_array((arrays["data"], arrays["indices"], arrays["indptr"]), shape=shape)
    program = Program(arrays["cost"], matrix, arrays["least"], arrays["most"], arrays["whole"], arrays["start"])
    seconds, gap, relaxed = arrays["arguments"].tolist()
    return (program.relax(seconds, gap) if relaxed else program.solve(seconds, gap)).packed()


def time_options(seconds: float) -> dict[str, float]:
    """HiGHS looks at its clock now and then only, so it is told a little less than there is."""
    return {} if np.isinf(seconds) else {"time_limit": max(0.9 * seconds, 0.01)}


def _pack(**arrays: npt.NDArray[Any]) -> bytes:
    buffer = BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()

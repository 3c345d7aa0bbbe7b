"""One integer program and its solution by HiGHS (SciPy's own copy), in this process or sent to another."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_INFEASIBLE = 2


@dataclass(frozen=True, eq=False)
class Program:
    """Minimise ``cost @ x`` with ``least <= matrix @ x <= most`` and ``x >= 0``; where ``whole``, x is 0 or 1."""

    cost: Floats
    matrix: Any
    least: Floats
    most: Floats
    whole: npt.NDArray[np.bool_]

    def packed(self, seconds: float, gap: float) -> bytes:
        """The program and the arguments of `solve` as bytes."""
        return _pack(
            cost=self.cost, data=self.matrix.data, indices=self.matrix.indices, indptr=self.matrix.indptr,
            least=self.least, most=self.most, whole=self.whole, arguments=np.array([seconds, gap]),
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


@dataclass(frozen=True, eq=False)
class Solved:
    """The best solution found, None if none was; and the solver's bound, infinite if there is no solution."""

    values: Floats | None
    bound: float

    def packed(self) -> bytes:
        """The solution as bytes."""
        found = self.values is not None
        values = self.values if self.values is not None else np.zeros(0)
        return _pack(values=values, found=np.array([found]), bound=np.array([self.bound]))

    @classmethod
    def unpacked(cls, data: bytes) -> Solved:
        """The solution that `packed` made bytes of."""
        arrays = np.load(BytesIO(data))
        return cls(arrays["values"] if arrays["found"][0] else None, float(arrays["bound"][0]))


def solve_packed(data: bytes) -> bytes:
    """Solve a packed program; return the packed solution."""
    from scipy import sparse

    arrays = np.load(BytesIO(data))
    shape = (arrays["least"].size, arrays["cost"].size)
    matrix = sparse.csr_array((arrays["data"], arrays["indices"], arrays["indptr"]), shape=shape)
    program = Program(arrays["cost"], matrix, arrays["least"], arrays["most"], arrays["whole"])
    return program.solve(*arrays["arguments"].tolist()).packed()


def time_options(seconds: float) -> dict[str, float]:
    """HiGHS looks at its clock now and then only, so it is told a little less than there is."""
    return {} if np.isinf(seconds) else {"time_limit": max(0.9 * seconds, 0.01)}


def _pack(**arrays: npt.NDArray[Any]) -> bytes:
    buffer = BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()

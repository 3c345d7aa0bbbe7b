"""What every tier returns: a plan with its certificate."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Status = Literal["optimal", "feasible", "cancelled"]
ProvedOver = Literal["all pairs", "listed pairs"]
Uniqueness = Literal["unique", "tied", "not determined"]


@dataclass(frozen=True, eq=False)
class AssignmentResult:
    """A checked plan and how good it is proved to be.

    Attributes:
        place_of: Home index of each child, -1 for none, ``(children,)``.
        pair_cost: Cost of each child's pair, 0 where the child has none, ``(children,)``.
        objective: What the plan costs, exact.
        bound: No plan costs less, exact.
        unplaced_charge: The part of the objective charged for children without a home.
        apart_charge: The part charged for groups living apart.
        status: ``optimal`` only when objective equals bound; ``cancelled`` when the caller stopped the
            work before the gap asked for was proved; ``feasible`` otherwise.
        seconds: Wall-clock time taken.
        proved_over: The pairs the bound holds for. ``all pairs``: every pair that is allowed, because all
            were listed or because the `price` callback was asked about the rest. ``listed pairs``: the
            problem's own pairs only, because time ran out before the callback had been asked.
        seed: The seed given.
        uniqueness: ``unique`` when every other plan is proved to cost more, ``tied`` when another is as good,
            ``not determined`` otherwise, as for every plan that is not proved optimal.
        tie: Another plan that costs as little where ``tied``, ``(children,)`` like `place_of`, else None.
    """

    place_of: Ints
    pair_cost: Ints
    objective: int
    bound: int
    unplaced_charge: int
    apart_charge: int
    status: Status
    seconds: float
    proved_over: ProvedOver
    seed: int
    uniqueness: Uniqueness = "not determined"
    tie: Ints | None = None

    @property
    def gap_cost(self) -> int:
        """How far above the bound the plan is, in cost units."""
        return self.objective - self.bound

    @property
    def gap(self) -> float:
        """The gap as a share of the placed cost: charges for unplaced and apart do not dilute it.

        0 when the plan is proved optimal, infinite when no cost is left to compare with.
        """
        return relative_gap(self.objective, self.bound, self.unplaced_charge + self.apart_charge)

    @property
    def placed(self) -> int:
        """How many children have a home."""
        return int(np.count_nonzero(self.place_of >= 0))


def relative_gap(objective: int, bound: int, charges: int) -> float:
    """Return ``(objective - bound) / (objective - charges)``; 0 if equal, infinite if nothing is placed."""
    if objective <= bound:
        return 0.0
    net = objective - charges
    return (objective - bound) / net if net > 0 else math.inf

"""Cells with whole counts, the sums among them, and what an adversary must not find out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class CellsError(ValueError):
    """The cells given do not make sense; the message says which and why."""


@dataclass(frozen=True, eq=False)
class Cells:
    """``m`` whole counts, none negative, with ``relations @ counts == 0``.

    Attributes:
        counts: The true counts (m,).
        relations: Sparse (rows, m), whole: each total less its parts.
        sensitive: Cells that must be hidden (m,); their counts are ``low`` to ``high``.
        weight: What hiding each costs (m,), whole and not negative.
        absent: Cells that are in no table: hidden anyway, at no cost. One that is sensitive is protected all the same.
        low: A sensitive cell must look as if it could be this or less ...
        high: ... and this or more, and everything between.
        spread: Every other hidden cell must look as if it could be at least this much more or less.
    """

    counts: Ints
    relations: Any
    sensitive: Bools
    weight: Ints
    absent: Bools
    low: int = 1
    high: int = 5
    spread: int = 5

    @property
    def size(self) -> int:
        """How many cells."""
        return int(self.counts.size)

    @property
    def values(self) -> int:
        """How many different values a sensitive cell must be able to have."""
        return self.high - self.low + 1

    @property
    def must(self) -> Bools:
        """Cells hidden in every answer."""
        return self.sensitive | self.absent

    def cost(self, hidden: Bools) -> int:
        """What hiding these costs."""
        return int(self.weight[hidden & ~self.absent].sum())

    def validate(self) -> None:
        """Say what is wrong.

        Raises:
            CellsError: shapes differ, a count or weight is negative, a relation does not hold or is not in whole
                numbers, or a sensitive count is not from ``low`` to ``high``.
        """
        if not 0 <= self.low <= self.high or self.spread < 1:
            raise CellsError(
                f"low {self.low}, high {self.high}, spread {self.spread}: expected 0 <= low <= high, 1 <= spread"
            )
        for name in ("sensitive", "weight", "absent"):
            if getattr(self, name).shape != self.counts.shape:
                raise CellsError(f"{name} has shape {getattr(self, name).shape}, counts have {self.counts.shape}")
        if self.relations.shape[1] != self.size or not np.issubdtype(self.relations.dtype, np.integer):
            raise CellsError(f"relations must have {self.size} columns of whole numbers")
        if (self.counts < 0).any() or (self.weight < 0).any():
            raise CellsError("a count or a weight is negative")
        broken = np.flatnonzero(self.relations @ self.counts)
        if broken.size:
            raise CellsError(f"relation {broken[0]} does not hold for the counts")
        odd = np.flatnonzero(self.sensitive & ((self.counts < self.low) | (self.counts > self.high)))
        if odd.size:
            raise CellsError(
                f"cell {odd[0]} is sensitive, but its count {self.counts[odd[0]]} is not {self.low} to {self.high}"
            )

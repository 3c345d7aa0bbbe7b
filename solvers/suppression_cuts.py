"""What every safe set fulfils: weighed sums of hidden cells, from one relation or from many.

For whole factors on the relations let ``r`` be the sum of the relations by factor, so that ``r @ change == 0`` for the
change from the true counts to any other table. Then a cell k with ``r[k] > 0`` can rise by D only if

    sum over j other than k of min(r[k] * D, room[j]) * hidden[j]  >=  r[k] * D * hidden[k]

where ``room[j]`` is ``r[j] * counts[j]`` if ``r[j] > 0`` (j must fall, and no further than to nothing), unlimited if
``r[j] < 0`` and nothing if it is 0 (Fischetti and Salazar 2001, "Solving the cell suppression problem on tabular data
with linear constraints", Management Science 47: capacity constraints). With the sign of ``r`` turned the same holds of
falling. All is in whole numbers, so a cut that rounding spoilt is weaker, never wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solvers.suppression_cells import Bools, Cells, Ints

#: Factors found by a linear program are made whole after multiplying by this: they are nearly always halves or thirds.
_SCALE = 12
#: Room without limit; larger than any product of a factor and a need.
_UNLIMITED = np.int64(1) << 40


@dataclass(frozen=True, eq=False)
class Cut:
    """``factors @ hidden[others] >= need * hidden[cell]``."""

    cell: int
    need: int
    others: npt.NDArray[np.intp]
    factors: Ints

    def holds(self, hidden: Bools) -> bool:
        """Whether these hidden cells fulfil it."""
        return not hidden[self.cell] or int(self.factors[hidden[self.others]].sum()) >= self.need


def _room(cells: Cells, r: Ints) -> Ints:
    return np.where(r > 0, r * cells.counts, np.where(r < 0, _UNLIMITED, 0))


def _cut(cell: int, need: int, room: Ints) -> Cut:
    room = np.minimum(room, need)
    room[cell] = 0
    others = np.flatnonzero(room)
    return Cut(cell, need, others, room[others])


def simple_cut(cell: int, need: int, others: npt.NDArray[np.intp], factors: Ints) -> Cut:
    """A cut from its parts, in order, without those that do nothing."""
    order = np.argsort(others)
    order = order[factors[order] > 0]
    return Cut(cell, need, others[order].astype(np.intp), factors[order])


def move_cut(cells: Cells, cell: int, by: int, factors: npt.NDArray[np.float64]) -> Cut | None:
    """What a cell needs in order to change by ``by``, from factors on the relations; None if they say nothing."""
    r = _weighed(cells, factors)
    if r[cell] == 0:
        return None
    r = r if (r[cell] > 0) == (by > 0) else -r
    return _cut(cell, int(abs(r[cell]) * abs(by)), _room(cells, r))


def range_cut(cells: Cells, cell: int, up: npt.NDArray[np.float64], down: npt.NDArray[np.float64]) -> Cut | None:
    """What a cell needs in order to be spread far enough, from the factors that limit its rise and its fall."""
    rise, fall = _weighed(cells, up), _weighed(cells, down)
    if rise[cell] == 0 or fall[cell] == 0:
        return None
    rise, fall = rise * np.sign(rise[cell]), -fall * np.sign(fall[cell])
    # both are brought to the same factor on the cell itself
    one, two = int(rise[cell]), int(-fall[cell])
    room = two * _room(cells, rise) + one * _room(cells, fall)
    return _cut(cell, one * two * cells.spread, room)


def outside_cut(cell: int, hidden: Bools) -> Cut:
    """These do not do for the cell; nor do fewer, since hiding more only ever leaves more possible."""
    others = np.flatnonzero(~hidden)
    return Cut(cell, 1, others, np.ones(others.size, dtype=np.int64))


def _weighed(cells: Cells, factors: npt.NDArray[np.float64]) -> Ints:
    whole = np.rint(factors * _SCALE).astype(np.int64)
    divisor = int(np.gcd.reduce(whole)) or 1
    weighed: Ints = (cells.relations.T @ (whole // divisor)).astype(np.int64)
    return weighed

"""An independent check that cells are safely hidden: sums in whole numbers, nothing shared with the search."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solvers.suppression_cells import Bools, Cells, Ints


class UnsafeError(AssertionError):
    """A hidden cell is not proved safe, or a witness is none."""


def check_suppression(cells: Cells, hidden: Bools, tables: Sequence[Ints]) -> None:
    """Check that the tables prove the hidden cells safe.

    Checked in whole numbers: every sensitive or absent cell is hidden; every table is whole, not negative, keeps every
    relation and agrees with every cell shown; every sensitive cell is ``low`` or less in one of them, ``high`` or
    more in one, and each value between in one; every other hidden cell that is in a table differs by ``spread`` or
    more between two. The true counts are one of the tables.

    Raises:
        UnsafeError: saying which cell or table is wrong.
    """
    seen = [cells.counts]
    for number, table in enumerate(tables, 1):
        if not np.issubdtype(table.dtype, np.integer):
            raise UnsafeError(f"table {number} is not in whole numbers")
        if (cells.relations @ table).any():
            raise UnsafeError(f"table {number} breaks a relation")
        wrong = np.flatnonzero((table < 0) | (~hidden & (table != cells.counts)))
        if wrong.size:
            raise UnsafeError(f"table {number} has {table[wrong[0]]} in cell {wrong[0]}")
        seen.append(table)
    for cell, values in enumerate(np.stack(seen, axis=1).tolist()):
        _check_cell(cells, cell, bool(hidden[cell]), set(values))


def _check_cell(cells: Cells, cell: int, hidden: bool, seen: set[int]) -> None:
    if (cells.sensitive[cell] or cells.absent[cell]) and not hidden:
        raise UnsafeError(f"cell {cell} is not hidden")
    if cells.sensitive[cell]:
        between = set(range(cells.low + 1, cells.high))
        if min(seen) > cells.low or max(seen) < cells.high or not between <= seen:
            raise UnsafeError(f"sensitive cell {cell} is only shown to be able to be {sorted(seen)}")
    elif hidden and not cells.absent[cell] and max(seen) - min(seen) < cells.spread:
        raise UnsafeError(f"hidden cell {cell} is only shown to be {min(seen)} to {max(seen)}")

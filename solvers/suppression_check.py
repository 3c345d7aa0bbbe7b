"""An independent check that cells are safely hidden: plain sums in whole numbers, nothing shared with the search."""

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
    matrix = cells.relations.tocoo()
    entries = list(zip(matrix.row.tolist(), matrix.col.tolist(), matrix.data.tolist(), strict=True))
    truth = cells.counts.tolist()
    seen: list[set[int]] = [set() for _ in truth]
    for number, table in enumerate([cells.counts, *tables]):
        if not np.issubdtype(table.dtype, np.integer):
            raise UnsafeError(f"table {number} is not in whole numbers")
        values = table.tolist()
        sums = [0] * matrix.shape[0]
        for row, column, factor in entries:
            sums[row] += int(factor) * values[column]
        if any(sums):
            raise UnsafeError(f"table {number} breaks a relation")
        for cell, value in enumerate(values):
            if value < 0 or (value != truth[cell] and not hidden[cell]):
                raise UnsafeError(f"table {number} has {value} in cell {cell}")
            seen[cell].add(value)
    for cell, values_seen in enumerate(seen):
        _check_cell(cells, cell, bool(hidden[cell]), values_seen)


def _check_cell(cells: Cells, cell: int, hidden: bool, seen: set[int]) -> None:
    if (cells.sensitive[cell] or cells.absent[cell]) and not hidden:
        raise UnsafeError(f"cell {cell} is not hidden")
    if cells.sensitive[cell]:
        between = set(range(cells.low + 1, cells.high))
        if min(seen) > cells.low or max(seen) < cells.high or not between <= seen:
            raise UnsafeError(f"sensitive cell {cell} is only shown to be able to be {sorted(seen)}")
    elif hidden and not cells.absent[cell] and max(seen) - min(seen) < cells.spread:
        raise UnsafeError(f"hidden cell {cell} is only shown to be {min(seen)} to {max(seen)}")

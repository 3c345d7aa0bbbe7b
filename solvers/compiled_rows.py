"""The loops of `solvers.rows`, compiled: pairs put together and by home."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from solvers.compiling import compiled

Ints = npt.NDArray[np.int64]


@compiled
def pairs_by_home(home: Ints, first: Ints, order: Ints) -> None:
    """Fill in ``first``, all 0 before, and ``order`` of `solvers.compiled_moves.Pairs`."""
    for h in home:
        first[h + 1] += 1
    for h in range(first.size - 1):
        first[h + 1] += first[h]
    at = first[:-1].copy()
    for k in range(home.size):
        order[at[home[k]]] = k
        at[home[k]] += 1


@compiled
def spliced(
    start: Ints, old: Ints, asked: npt.NDArray[np.bool_], new_start: Ints, new: Ints, into: Ints, found: Ints
) -> None:
    """Fill ``found`` with one column of the pairs: of children asked about the new, of the others the old.

    Args:
        start: Where the old pairs of each child begin, ``(children + 1,)``.
        old: The old column.
        asked: Whose pairs are new, ``(children,)``.
        new_start: Where the new pairs of each child begin.
        new: The new column.
        into: Where the pairs of each child begin in ``found``.
        found: Filled.
    """
    for i in range(asked.size):
        first, at = (new_start[i] if asked[i] else start[i]), into[i]
        for k in range(into[i + 1] - at):
            found[at + k] = new[first + k] if asked[i] else old[first + k]

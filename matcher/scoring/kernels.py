"""Many pairs at once: all, the best of each child or home, those nearly allowed, those cheap at given prices."""

from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from matcher.scoring.arrays import Int32, Int64
from matcher.scoring.compiled.blocks import BLOCK
from matcher.scoring.compiled.children import nobody_kept, offer_rows
from matcher.scoring.compiled.heap import sort_heaps
from matcher.scoring.compiled.pairs import score_rows
from matcher.scoring.compiled.score import Laid
from matcher.scoring.compiled.search import NO_COST, NOBODY_YET, Found, Sought, search_rows
from matcher.scoring.compiled.threads import cores, room_for, row_batches, run_on_threads, share_rows, taken
from matcher.scoring.compiled.work import Work
from matcher.scoring.encoding import Encoded

_ROOM = 1 << 16
_SKIP_FROM_BLOCKS = 8
"""With fewer, bounds were measured to take longer than they save."""


class Looked(NamedTuple):
    """How much of a search's work was needed: blocks of homes looked at, of all there were."""

    looked_at: int
    blocks: int


def score_pairs(encoded: Encoded) -> tuple[Int64, Int64]:
    """Score every pair.

    Returns:
        Cost, int64 (n, m), pence-equivalent a week; and the bits of the rules that fail, int64 (n, m), 0 where
        the pair is allowed. A pair that fails has its cost all the same.
    """
    cost, bits = np.empty(encoded.shape, np.int64), np.empty(encoded.shape, np.int64)
    if cost.size:
        laid = encoded.laid
        share_rows(laid, lambda rows, work: score_rows(rows, laid, work, cost, bits))
    return cost, bits


def best_homes(encoded: Encoded, k: int, *, relaxable: int = 0) -> tuple[Int32, Int64]:
    """The k cheapest allowed homes of each row, cheapest first, equal ones in the order of the columns.

    Memory grows with ``n * k`` and with ``m``, never with ``n * m``.

    Args:
        encoded: The encoded case.
        k: How many homes at most, 1 or more.
        relaxable: A mask of rules: where it is not 0, the homes *nearly* allowed are found instead, those that fail
            exactly one rule and that one of these.

    Returns:
        Columns, int32 (n, k), -1 where there are fewer homes; and their costs, int64 (n, k), the largest int64 there.

    Raises:
        ValueError: k is less than 1.
    """
    columns, costs, _ = search_homes(encoded, k, relaxable=relaxable)
    return columns, costs


def search_homes(encoded: Encoded, k: int, *, relaxable: int = 0, skip: bool = True) -> tuple[Int32, Int64, Looked]:
    """The same as ``best_homes``, and how much was looked at; without ``skip`` every block is, for the same answer."""
    if k < 1:
        raise ValueError(f"at least one home must be asked for, not {k}")
    n, m = encoded.shape
    found = _found(n, k)
    blocks = 0
    if n * m:
        laid = encoded.laid
        blocks = len(laid.lanes.block)
        sought = _sought(laid, relaxable=relaxable, skip=skip and blocks >= _SKIP_FROM_BLOCKS)
        share_rows(laid, lambda rows, work: search_rows(rows, laid, work, sought, found))
    columns = np.where(found.columns == NOBODY_YET, -1, found.columns).astype(np.int32)
    return columns, found.costs, Looked(int(found.visited.sum()), blocks * n)


def best_children(encoded: Encoded, k: int) -> tuple[Int32, Int64]:
    """The k cheapest rows that each home is allowed to take, cheapest first, equal ones in the order of the rows.

    Memory grows with ``m * k`` and with ``n``, never with ``n * m``.

    Returns:
        Rows, int32 (m, k), -1 where there are fewer; and their costs, int64 (m, k), the largest int64 there.

    Raises:
        ValueError: k is less than 1.
    """
    if k < 1:
        raise ValueError(f"at least one child must be asked for, not {k}")
    n, m = encoded.shape
    if not n * m:
        return np.full((m, k), -1, np.int32), np.full((m, k), NO_COST, np.int64)
    laid = encoded.laid
    kept, batches = nobody_kept(laid, k), row_batches(laid.arrays)
    # In no order of place: so that every home soon has somebody near, and those further away can be passed over.
    batches = [batches[number] for number in np.random.default_rng(0).permutation(len(batches))]

    def offer_all(first: int, last: int) -> None:
        room = room_for(laid)
        for batch in batches:
            offer_rows(batch, first, last, laid, taken(batch, laid, room), kept)

    cuts = np.linspace(0, len(kept.worst), cores() + 1).astype(int).tolist()
    parts = [partial(offer_all, *cut) for cut in pairwise(cuts)]
    run_on_threads(laid, parts, one=lambda: offer_all(0, len(kept.worst)))
    sort_heaps(kept.costs, kept.children)
    return np.where(kept.children == NOBODY_YET, -1, kept.children).astype(np.int32), kept.costs


def pairs_under(
    encoded: Encoded, child_prices: Int64, home_prices: Int64, threshold: int, *, most: int | None = None
) -> tuple[Int64, Int64, Int64]:
    """Every allowed pair whose cost less the child's price plus the home's is under a threshold.

    This is what ``solvers`` takes as its ``price`` callback. Memory grows with the number of pairs found.

    Args:
        encoded: The encoded case.
        child_prices: int64 (n,), any sign.
        home_prices: int64 (m,), 0 or more.
        threshold: Pairs below it are found.
        most: How many at most for each child: those for which cost and the home's price come to least.

    Returns:
        Rows, columns and costs, int64 (pairs,), in the order of rows, then columns.
    """
    n, m = encoded.shape
    if not n * m:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64)
    limits = child_prices[:n] + (threshold - 1)
    asked = np.flatnonzero(limits >= 0)
    if not asked.size:  # every row is gone through all the same: warming up asks for nothing
        asked = np.arange(n)
    laid = _of_rows(encoded.laid, asked)
    sought = _sought(laid, home_prices=home_prices, limits=limits[asked])
    if most is None:
        listed = _listed(laid, sought)
        listed = listed[np.lexsort((listed[:, 1], listed[:, 0]))]
        return asked[listed[:, 0]], listed[:, 1].copy(), listed[:, 2].copy()
    found = _found(asked.size, most)
    share_rows(laid, lambda rows, work: search_rows(rows, laid, work, sought, found))
    row, rank = np.nonzero(found.columns != NOBODY_YET)
    column = found.columns[row, rank].astype(np.int64)
    order = np.lexsort((column, row))
    cost = found.costs[row, rank] - home_prices[column]
    return asked[row[order]], column[order], cost[order]


def _of_rows(laid: Laid, rows: Int64) -> Laid:
    """The run with these rows only: what is asked about few children takes little time and memory."""
    every = laid.arrays
    some = every._replace(rows=every.rows[rows], child_level=every.child_level[rows], child_said=every.child_said[rows])
    return laid._replace(arrays=some)


def _listed(laid: Laid, sought: Sought) -> Int64:
    """Row, column and cost of everything that is sought, (pairs, 3), in any order."""
    n, parts = len(laid.arrays.rows), list[Int64]()
    kept = _found(n, 0)

    def list_batch(rows: Int64, work: Work) -> None:
        room = _ROOM
        while True:
            found = kept._replace(listed=np.empty((room, 3), np.int64), amount=np.zeros(1, np.int64))
            search_rows(rows, laid, work, sought, found)
            if found.amount[0] <= room:
                parts.append(found.listed[: found.amount[0]].copy())
                return
            room = int(found.amount[0])

    share_rows(laid, list_batch)
    return np.concatenate(parts) if parts else np.empty((0, 3), np.int64)


def _found(n: int, k: int) -> Found:
    """Room for the k best of n rows."""
    return Found(
        costs=np.full((n, k), NO_COST, np.int64),
        columns=np.full((n, k), NOBODY_YET, np.int32),
        listed=np.empty((0, 3), np.int64),
        amount=np.zeros(1, np.int64),
        visited=np.zeros(n, np.int64),
    )


def _sought(
    laid: Laid,
    *,
    relaxable: int = 0,
    skip: bool = True,
    home_prices: Int64 | None = None,
    limits: Int64 | None = None,
) -> Sought:
    """What is looked for, the homes' prices set out in lanes."""
    charge = np.zeros((len(laid.lanes.block), BLOCK), np.int64)
    if home_prices is not None:
        charge = home_prices[laid.lanes.block["column"]]
    if limits is None:
        limits = np.full(len(laid.arrays.rows), NO_COST, np.int64)
    return Sought(relaxable, skip, charge, charge.min(axis=1), limits)

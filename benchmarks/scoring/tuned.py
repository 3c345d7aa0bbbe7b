"""numpy at its best: matrix products, distances in cache-sized tiles, a running k-th cost, threads over blocks.

Children are taken by the day they need a home and, within it, by how many addresses they have, so that the n-th
addresses of a block are one slice. OpenBLAS must be held to one thread (``OPENBLAS_NUM_THREADS``). Costs must stay
below ``FAILS`` pence (£83,886 a week), as they do at the default prices anywhere in England.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from benchmarks.scoring.best import Best, nothing_found
from benchmarks.scoring.broadcast import costs_on_record
from benchmarks.scoring.flat import Flat, flatten
from benchmarks.scoring.pair import TENTHS_IN_A_METRE
from benchmarks.scoring.tuned_factors import FAILS, Factors, Floats, day_factors, fixed_factors, joined
from benchmarks.scoring.tuned_journeys import Doubles, Journeys, as_points, journeys
from matcher.scoring import Encoded
from matcher.scoring.arrays import Arrays, Int64

_CHILDREN, _HOMES = 128, 2048
_HOME_BITS, _COST_BITS = 20, 23
_CHILD_SHIFT = _HOME_BITS + _COST_BITS


@dataclass(frozen=True)
class _Shared:
    """What every block reads: the instance, its journeys, its special pairs' costs and the homes' points."""

    arrays: Arrays
    k: int
    journeys: Journeys
    special_cost: Floats
    home_points: Doubles


@dataclass(frozen=True)
class _Block:
    """Some children of one day, with what only they have: special pairs, and places to avoid."""

    children: Int64
    special_row: Int64
    special: Int64
    avoid_row: Int64
    avoid: Int64


def numpy_tuned(encoded: Encoded, k: int) -> Callable[[], Best]:
    """Factors of everything but distance multiplied by BLAS; squared distances by BLAS, too."""
    flat = flatten(encoded)

    def work() -> Best:
        shared, fixed = _share(encoded.arrays, flat, k), fixed_factors(encoded.arrays)
        found = nothing_found(flat.shape[0], k)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for day_index in np.unique(encoded.arrays.rows["day_index"]).tolist():
                mine = np.flatnonzero(encoded.arrays.rows["day_index"] == day_index)
                mine = mine[np.argsort(-shared.journeys.addresses[mine], kind="stable")]
                product = joined(fixed, day_factors(encoded.arrays, mine, day_index), mine)
                starts = range(0, len(mine), _CHILDREN)
                list(pool.map(lambda first, p=product, c=mine: _fill(shared, p, c, first, found), starts))
        return found

    return work


def _share(arrays: Arrays, flat: Flat, k: int) -> _Shared:
    homes = as_points(arrays.homes["x"], arrays.homes["y"]).T
    points = np.stack([-2 * homes[0], -2 * homes[1], homes[3], homes[2]])
    return _Shared(arrays, k, journeys(arrays), costs_on_record(flat, FAILS), points)


def _fill(shared: _Shared, product: Factors, mine: Int64, first: int, found: Best) -> None:
    """Fill the answer of some children of one day, tile by tile of the homes."""
    block = _block(shared.arrays, mine[first : first + _CHILDREN])
    factor, k = product.child[first : first + _CHILDREN], shared.k
    keys, limit = np.empty(0, np.int64), np.full((len(factor), 1), FAILS, np.float32)
    for start in range(0, len(shared.arrays.homes), _HOMES):
        cost = factor @ product.home[:, start : start + _HOMES]
        _add_journeys(cost, shared, block, start)
        _put_special(cost, shared, block, start)
        if start == 0 and cost.shape[1] > k:
            kth = np.partition(cost, k - 1, axis=1)[:, k - 1 : k]
            limit = np.minimum(limit, kth + 1)
        keys = _lowest(cost, limit, start, keys, k)
    row = keys >> _CHILD_SHIFT
    found.columns[block.children[row], _rank(row)] = keys & (1 << _HOME_BITS) - 1
    found.costs[block.children[row], _rank(row)] = _cost(keys)


def _block(arrays: Arrays, children: Int64) -> _Block:
    rows = arrays.rows[children]
    own = []
    for name in ("special", "avoid"):
        start, stop = rows[f"{name}_from"].tolist(), rows[f"{name}_to"].tolist()
        own.append(np.repeat(np.arange(len(rows)), np.subtract(stop, start)))
        own.append(np.concatenate([np.arange(0), *map(np.arange, start, stop)]))
    return _Block(children, *own)


def _lowest(cost: Floats, limit: Floats, start: int, keys: Int64, k: int) -> Int64:
    """The k lowest of every row so far, as sorted keys of row, cost and home; ``limit`` becomes the k-th cost."""
    near = np.flatnonzero(cost < limit)
    if not near.size:
        return keys
    row, column = np.divmod(near, cost.shape[1])
    pence = cost.reshape(-1)[near].astype(np.int64)
    keys = np.sort(np.concatenate([keys, (row << _CHILD_SHIFT) | (pence << _HOME_BITS) | (column + start)]))
    rank = _rank(keys >> _CHILD_SHIFT)
    last = keys[rank == k - 1]
    limit[last >> _CHILD_SHIFT, 0] = _cost(last)
    return keys[rank < k]


def _cost(keys: Int64) -> Int64:
    return keys >> _HOME_BITS & (1 << _COST_BITS) - 1


def _rank(row: Int64) -> Int64:
    """The place of each entry within its row, rows being sorted."""
    return np.arange(len(row)) - np.searchsorted(row, row)


def _add_journeys(cost: Floats, shared: _Shared, block: _Block, start: int) -> None:
    """Add what distances cost, and fail the homes too near a place to avoid."""
    trips, policy = shared.journeys, shared.arrays.policy[0]
    homes = shared.home_points[:, start : start + _HOMES]
    buffer = np.empty(cost.shape)
    for slot, points in enumerate(trips.points):
        some = int(np.count_nonzero(trips.addresses[block.children] > slot))
        if not some:
            break
        own = block.children[:some]
        tenths = _tenths(points[own], homes, buffer[:some])
        far = np.flatnonzero(trips.disrupted_slot[own] == slot)
        cost[far] += (tenths[far] > policy.school_reach_tenth_miles) * np.float32(policy.key_stage_4_disruption)
        tenths *= trips.price[slot][own, None]
        np.add(cost[:some], tenths, out=cost[:some], casting="unsafe")
    if block.avoid.size:
        places = shared.arrays.avoid[block.avoid]
        tenths = _tenths(as_points(places["x"], places["y"]), homes, np.empty((len(places), cost.shape[1])))
        place, column = np.nonzero(tenths <= places["times"][:, None])
        cost[block.avoid_row[place], column] += np.float32(FAILS)


def _tenths(places: Doubles, homes: Doubles, out: Doubles) -> Doubles:
    """Tenths of a mile, whole numbers in float64: squared metres are exact, being whole numbers below 2^53."""
    np.matmul(places, homes, out=out)
    np.sqrt(out, out=out)
    out *= TENTHS_IN_A_METRE
    return np.rint(out, out=out)


def _put_special(cost: Floats, shared: _Shared, block: _Block, start: int) -> None:
    """Put the special pairs' own costs in their places."""
    column = shared.arrays.special["column"][block.special] - start
    inside = (column >= 0) & (column < cost.shape[1])
    cost[block.special_row[inside], column[inside]] = shared.special_cost[block.special[inside]]

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

_CHILDREN, _HOMES = 64, 2048
_HOMES_SKIPPING = 1024
_STRIP_METRES = 20_000
_HOME_BITS, _COST_BITS = 20, 23
_CHILD_SHIFT = _HOME_BITS + _COST_BITS


@dataclass(frozen=True)
class _Shared:
    """What every block reads.

    Attributes:
        arrays: The instance, its homes in the order of the tiles.
        k: Homes a child is given.
        journeys: Where the children travel from.
        special_cost: float32, the special pairs' costs.
        column: int64 (m,), each home's column.
        lane: int64 (m,), each column's home.
        points: float64 (4, m), the homes; see ``as_points``.
        tile: Homes in a tile.
        skip: Whether tiles that cannot matter are left out.
    """

    arrays: Arrays
    k: int
    journeys: Journeys
    special_cost: Floats
    column: Int64
    lane: Int64
    points: Doubles
    tile: int
    skip: bool


@dataclass(frozen=True)
class _Block:
    """Some children of one day, with what only they have: special pairs, and places to avoid."""

    children: Int64
    special_row: Int64
    special: Int64
    avoid_row: Int64
    avoid: Int64


def numpy_tuned(encoded: Encoded, k: int) -> Callable[[], Best]:
    """Every pair: factors of everything but distance multiplied by BLAS; squared distances by BLAS, too."""
    return _ready(encoded, k, skip=False)


def numpy_skipping(encoded: Encoded, k: int) -> Callable[[], Best]:
    """The same over smaller tiles of homes near each other, the most promising first, none that cannot matter."""
    return _ready(encoded, k, skip=True)


def _ready(encoded: Encoded, k: int, *, skip: bool) -> Callable[[], Best]:
    shared = _share(encoded.arrays, flatten(encoded), k, skip=skip)
    fixed, rows = fixed_factors(shared.arrays), shared.arrays.rows

    def work() -> Best:
        found = nothing_found(len(rows), k)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for day_index in np.unique(rows["day_index"]).tolist():
                mine = np.flatnonzero(rows["day_index"] == day_index)
                place = (rows["home_y"][mine], rows["home_x"][mine] // _STRIP_METRES)
                mine = mine[np.lexsort((*place, -shared.journeys.addresses[mine]))]
                product = joined(fixed, day_factors(shared.arrays, mine, day_index), mine)
                lowest = _lowest_factors(product, shared.tile) if skip else product.home
                starts = range(0, len(mine), _CHILDREN)
                list(pool.map(lambda at, p=product, c=mine, b=lowest: _fill(shared, p, b, c, at, found), starts))
        return found

    return work


def _share(arrays: Arrays, flat: Flat, k: int, *, skip: bool) -> _Shared:
    homes = arrays.homes
    column = np.lexsort((homes["y"], homes["x"] // _STRIP_METRES)) if skip else np.arange(len(homes))
    arrays = arrays._replace(
        homes=homes[column],
        households=arrays.households[:, column],
        home_level=arrays.home_level[column],
        language_missing=arrays.language_missing[:, column],
        faith_missing=arrays.faith_missing[:, column],
        heritage_missing=arrays.heritage_missing[:, column],
        home_limit=arrays.home_limit[column],
    )
    at = as_points(arrays.homes["x"], arrays.homes["y"]).T
    points = np.stack([-2 * at[0], -2 * at[1], at[3], at[2]])
    tile = _HOMES_SKIPPING if skip else _HOMES
    special_cost = costs_on_record(flat, FAILS)
    return _Shared(arrays, k, journeys(arrays), special_cost, column, np.argsort(column), points, tile, skip)


def _lowest_factors(product: Factors, tile: int) -> Floats:
    """float32 (terms, tiles): the least a tile's homes can add; children's factors are never below 0."""
    return np.minimum.reduceat(product.home, np.arange(0, product.home.shape[1], tile), axis=1)


def _fill(shared: _Shared, product: Factors, lowest: Floats, mine: Int64, first: int, found: Best) -> None:
    """Fill the answer of some children of one day, tile by tile of the homes."""
    block = _block(shared.arrays, mine[first : first + _CHILDREN])
    factor = product.child[first : first + _CHILDREN]
    keys, limit = _special_keys(shared, block), np.full((len(factor), 1), FAILS, np.float32)
    least = _least(shared, block, factor @ lowest) if shared.skip else None
    tiles = range(-(-len(shared.column) // shared.tile)) if least is None else np.argsort(least.min(axis=0)).tolist()
    for visited, number in enumerate(tiles):
        if least is not None and np.all(least[:, number : number + 1] >= limit):
            continue
        start = number * shared.tile
        cost = factor @ product.home[:, start : start + shared.tile]
        _add_journeys(cost, shared, block, start)
        _leave_out_special(cost, shared, block, start)
        if visited == 0 and cost.shape[1] > shared.k:
            limit = np.minimum(limit, np.partition(cost, shared.k - 1, axis=1)[:, shared.k - 1 : shared.k] + 1)
        keys = _add(keys, cost, limit, shared, start)
    keys = _best(keys, limit, shared.k)
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


def _special_keys(shared: _Shared, block: _Block) -> Int64:
    """The special pairs that are allowed: they are in no tile, as what is on record of them lifts rules and costs."""
    cost = shared.special_cost[block.special].astype(np.int64)
    keys = _keys(block.special_row, cost, shared.arrays.special["column"][block.special])
    return keys[cost < FAILS]


def _least(shared: _Shared, block: _Block, least: Floats) -> Floats:
    """float32 (children, tiles): no pair of the tile costs the child less, but special ones."""
    starts = np.arange(0, len(shared.column), shared.tile)
    homes, trips = shared.arrays.homes, shared.journeys
    low = [np.minimum.reduceat(homes[axis], starts) for axis in ("x", "y")]
    high = [np.maximum.reduceat(homes[axis], starts) for axis in ("x", "y")]
    for points, price in zip(trips.points, trips.price, strict=True):
        own = points[block.children]
        square = np.zeros(least.shape)
        for axis in (0, 1):
            at = own[:, axis : axis + 1]
            square += np.maximum(np.maximum(low[axis] - at, at - high[axis]), 0) ** 2
        least += price[block.children, None] * np.floor(np.sqrt(square) * TENTHS_IN_A_METRE)
    return least


def _keys(row: Int64, pence: Int64, column: Int64) -> Int64:
    """Numbers that sort by row, then cost, then column."""
    return (row << _CHILD_SHIFT) | (pence << _HOME_BITS) | column


def _add(keys: Int64, cost: Floats, limit: Floats, shared: _Shared, start: int) -> Int64:
    """The best so far with those of a tile that cost less than the limit, which comes down."""
    near = np.flatnonzero(cost < limit)
    if not near.size:
        return keys
    row, lane = np.divmod(near, cost.shape[1])
    new = _keys(row, cost.reshape(-1)[near].astype(np.int64), shared.column[lane + start])
    return _best(np.concatenate([keys, new]), limit, shared.k)


def _best(keys: Int64, limit: Floats, k: int) -> Int64:
    """The k lowest keys of every row, sorted; ``limit`` becomes a penny more than the k-th cost."""
    keys = np.sort(keys)
    rank = _rank(keys >> _CHILD_SHIFT)
    last = keys[rank == k - 1]
    limit[last >> _CHILD_SHIFT, 0] = _cost(last) + 1
    return keys[rank < k]


def _cost(keys: Int64) -> Int64:
    return keys >> _HOME_BITS & (1 << _COST_BITS) - 1


def _rank(row: Int64) -> Int64:
    """The place of each entry within its row, rows being sorted."""
    return np.arange(len(row)) - np.searchsorted(row, row)


def _add_journeys(cost: Floats, shared: _Shared, block: _Block, start: int) -> None:
    """Add what distances cost, and fail the homes too near a place to avoid."""
    trips, policy = shared.journeys, shared.arrays.policy[0]
    homes = shared.points[:, start : start + shared.tile]
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


def _leave_out_special(cost: Floats, shared: _Shared, block: _Block, start: int) -> None:
    lane = shared.lane[shared.arrays.special["column"][block.special]] - start
    inside = (lane >= 0) & (lane < cost.shape[1])
    cost[block.special_row[inside], lane[inside]] = FAILS

"""The least that any home of a block could cost a child, and the rules that all its homes fail.

A block is summed up as one home better than each of its own: the cheapest, the most skilled, failing only what all
fail, and wherever in the box around them suits the child best. Scored by the same code as a home, it gives a bound.
"""

from typing import NamedTuple

import numpy as np

from matcher.scoring.arrays import Table
from matcher.scoring.compiled.blocks import BLOCK, Lanes, Uint8
from matcher.scoring.compiled.living import ALL_CLOSED, NOBODY, is_closed

BOX = np.dtype(
    [
        ("kinds", np.int32, (BLOCK,)),  # mask of the kinds of home
        ("west", np.float64, (BLOCK,)),  # metres
        ("east", np.float64, (BLOCK,)),
        ("south", np.float64, (BLOCK,)),
        ("north", np.float64, (BLOCK,)),
    ],
    align=True,
)
"""The kinds of the homes of a block and the box around them, a block each lane."""

_REDUCED_BY = {
    "own": np.minimum,
    "area": np.minimum,
    "kind": np.maximum,
    "lacks": np.bitwise_and,
    "age_from": np.minimum,
    "age_to": np.maximum,
}
_LIVING_REDUCED_BY = {
    "company": np.bitwise_and,
    "age_from": np.minimum,
    "age_to": np.maximum,
    "youngest": np.maximum,
    "oldest": np.minimum,
}


class Bounds(NamedTuple):
    """Blocks as the lanes of further blocks, filled up with copies of the last, which fail a rule.

    Attributes:
        best: The best of each block; its points mean nothing.
        box: (s,) of ``BOX``.
    """

    best: Lanes
    box: Table


def bounds_of(lanes: Lanes) -> Bounds:
    """Sum up every block."""
    count, places = len(lanes.block), -(-len(lanes.block) // BLOCK)
    block, box = np.recarray(places, lanes.block.dtype), np.recarray(places, BOX)
    for name, how in _REDUCED_BY.items():
        block[name] = _set_out(how.reduce(lanes.block[name], axis=-1))
    block["column"] = _set_out(np.arange(count, dtype=np.int32))
    block["x"] = block["y"] = 0
    box["kinds"] = _set_out(np.bitwise_or.reduce(np.int32(1) << lanes.block["kind"], axis=-1))
    box["west"], box["east"] = _set_out(lanes.block["x"].min(axis=-1)), _set_out(lanes.block["x"].max(axis=-1))
    box["south"], box["north"] = _set_out(lanes.block["y"].min(axis=-1)), _set_out(lanes.block["y"].max(axis=-1))
    level, limit = (_best_levels(each) for each in (lanes.level, lanes.limit))
    language, faith = (_set_out(each.min(axis=-1)) for each in (lanes.language, lanes.faith))
    return Bounds(Lanes(block, level, language, faith, _best_living(lanes.living, places), limit), box)


def _best_levels(level: Uint8) -> Uint8:
    """The highest level of each need in each block, uint8 (s, needs, BLOCK)."""
    found: Uint8 = np.ascontiguousarray(_set_out(level.max(axis=-1).T).transpose(1, 0, 2))
    return found


def _best_living(living: Table, places: int) -> Table:
    """Sum up who lives in the homes of each block; a block closed to everybody says so, and so does one of none."""
    best, count = np.recarray((len(living), places), living.dtype), living.shape[1]
    for name, how in _LIVING_REDUCED_BY.items():
        best[name] = _set_out(how.reduce(living[name], axis=-1))
    closed = np.logical_and.reduce(is_closed(living["standing"]), axis=-1)
    standing = np.bitwise_and.reduce(living["standing"], axis=-1) | np.where(closed, ALL_CLOSED, 0).astype(np.int32)
    best["standing"] = _set_out(standing.transpose(0, 2, 1)).transpose(0, 2, 1, 3)
    stands_for_none = np.arange(places * BLOCK).reshape(places, 1, BLOCK) >= count
    best["standing"] |= np.where(stands_for_none, NOBODY, 0).astype(np.int32)
    return best


def _set_out(values: np.ndarray) -> np.ndarray:
    """Set one value a block, (..., b), into lanes, (..., s, BLOCK); the last value fills up."""
    count = values.shape[-1]
    blocks = -(-count // BLOCK)
    filled = np.minimum(np.arange(blocks * BLOCK), count - 1)
    return np.ascontiguousarray(values[..., filled].reshape(*values.shape[:-1], blocks, BLOCK))

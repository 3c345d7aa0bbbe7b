"""What one thread works in: one child's side of every pair, and the answers for one block."""

from typing import NamedTuple

import numpy as np

from matcher.scoring.arrays import Int32, Int64, Table
from matcher.scoring.compiled.blocks import BLOCK, PenceType
from models.vocabulary import HomeKind

ABREAST = 4
"""Needs looked at in one pass over the lanes of a block."""


class Work(NamedTuple):
    """Room for one thread: the sides of some children, worked out before the homes are looked at, and one block.

    Attributes:
        asks: (rows,) of ``_ask``.
        places: (rows, most places) of ``_place``, where each child goes to from the home, each place once.
        passes: (rows, needs) of ``_pass``, the needs each child has, those of one weight together.
        high: (rows, needs) of ``_pass``, those that the suitability floor looks at.
        brought: (rows, needs) of ``_pass``, those stated of the child, to which a home may have said no.
        answers: (1,) of ``_answers``.
        promise: int64 (blocks,), the least that each block could cost; where they are a heap, turned negative.
        promising: int32 (blocks,), the blocks of the heap.
    """

    asks: Table
    places: Table
    passes: Table
    high: Table
    brought: Table
    answers: Table
    promise: Int64
    promising: Int32


def new_work(rows: int, needs: int, places: int, blocks: int, pence: PenceType) -> Work:
    """Room for so many children, needs, places and blocks, money as ``pence``."""
    passes, high, brought = (np.recarray((rows, needs), _pass(pence)) for _ in range(3))
    answers = np.recarray(1, _answers(pence))
    answers["most"] = np.iinfo(pence).max
    return Work(
        np.recarray(rows, _ask(pence)),
        np.recarray((rows, places), _place(pence)),
        passes,
        high,
        brought,
        answers,
        np.empty(blocks, np.int64),
        np.empty(blocks, np.int32),
    )


def _ask(pence: PenceType) -> np.dtype[np.void]:
    kinds = (len(HomeKind),)
    return np.dtype(
        [
            ("kind_bits", np.int32, kinds),  # the rules that a home of each kind fails
            ("kind_pence", pence, kinds),  # what a home of each kind costs, with all that the child costs anywhere
            ("word", np.int32),  # what the child asks of the home, and of those who live there
            ("company", np.int32),
            ("places", np.int64),  # places, passes, high passes and passes of what is brought in use
            ("passes", np.int64),
            ("high", np.int64),
            ("brought", np.int64),
        ],
        align=True,
    )


def _answers(pence: PenceType) -> np.dtype[np.void]:
    return np.dtype(
        [
            ("pence", pence, (BLOCK,)),  # the cost of each lane
            ("bits", np.int32, (BLOCK,)),  # the rules it fails
            ("short", np.uint8, (BLOCK,)),  # to work in
            ("x", np.float64, (BLOCK,)),  # points of blocks that are nearest to a place
            ("y", np.float64, (BLOCK,)),
            ("weighed", _weight(pence), (BLOCK,)),  # levels met times their weights, summed so far
            ("lanes", np.uint8, (BLOCK + 1,)),  # a list of lanes; one more is written to than can be on it
            ("limit", pence),  # the most that a lane may cost to matter
            ("most", pence),  # the highest number there is
        ],
        align=True,
    )


def _weight(pence: PenceType) -> type[np.generic]:
    """Weights go with narrow money in 16 bits, which ``laying`` has seen to be enough."""
    return np.uint16 if pence is np.int32 else np.int64


def _place(pence: PenceType) -> np.dtype[np.void]:
    return np.dtype(
        [
            ("x", np.float64),
            ("y", np.float64),
            ("per_tenth", pence),  # a week for each tenth of a mile
            ("step", pence),  # a week where it is further than the school reach
        ],
        align=True,
    )


def _pass(pence: PenceType) -> np.dtype[np.void]:
    return np.dtype(
        [
            ("need", np.int32, (ABREAST,)),
            ("level", np.uint8, (ABREAST,)),  # the child's, 0 to fill a pass up
            ("weight", _weight(pence)),  # of each level met
        ],
        align=True,
    )

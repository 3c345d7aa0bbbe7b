"""The best children for each home: as the search for homes, the other way round."""

from typing import NamedTuple

import numpy as np

from matcher.scoring.arrays import Bools, Int32, Int64
from matcher.scoring.compiled.blocks import BLOCK
from matcher.scoring.compiled.compiling import inlined, kernel
from matcher.scoring.compiled.heap import offer
from matcher.scoring.compiled.living import is_closed
from matcher.scoring.compiled.on_record import has_on_record
from matcher.scoring.compiled.score import Laid, bound, judge, price
from matcher.scoring.compiled.search import NO_COST, NOBODY_YET
from matcher.scoring.compiled.wanted import could_be_wanted, list_wanted, some_wanted, some_within
from matcher.scoring.compiled.work import Work

_ALWAYS = -2
"""The promise of a block that must be looked at: below what is kept even for a block that takes nobody."""


class Kept(NamedTuple):
    """The best rows of each home so far.

    Attributes:
        costs: int64 (m, k), as heaps.
        children: int32 (m, k), those rows, NOBODY_YET where there are fewer.
        takes: bool (b, BLOCK), False for a lane whose home takes nobody without something on record.
        worst: int64 (b,), the dearest that is kept for a home of each block that takes somebody.
    """

    costs: Int64
    children: Int32
    takes: Bools
    worst: Int64


def nobody_kept(laid: Laid, k: int) -> Kept:
    """The homes before any row was offered, with room for k each."""
    homes = len(laid.arrays.homes)
    takes = ~np.logical_and.reduce(is_closed(laid.lanes.living["standing"]), axis=(0, 2))
    worst = np.where(takes.any(axis=1), NO_COST, -1).astype(np.int64)
    return Kept(np.full((homes, k), NO_COST, np.int64), np.full((homes, k), NOBODY_YET, np.int32), takes, worst)


@kernel
def offer_rows(rows: Int64, first: int, last: int, laid: Laid, work: Work, kept: Kept) -> None:
    """Offer some rows, int64 (r,), whose sides are in ``work``, to the homes of blocks first to last."""
    for at, i in enumerate(rows):
        _bound_blocks(i, at, first, last, laid, work)
        for b in range(first, last):
            if work.promise[b] <= kept.worst[b]:
                _look(i, at, b, laid, work, kept)


@inlined
def _bound_blocks(i: int, at: int, first: int, last: int, laid: Laid, work: Work) -> None:
    """Fill the promise of these blocks: the least that row i could cost there, NO_COST where no home would do.

    Less than any cost where a home is on record: no bound holds for it.
    """
    row, special = laid.arrays.rows[i], laid.arrays.special
    for s in range(first // BLOCK, (last + BLOCK - 1) // BLOCK):
        bound(i, at, s, laid, work)
        answers = work.answers[0]
        for b in range(max(first, s * BLOCK), min(last, s * BLOCK + BLOCK)):
            could = could_be_wanted(answers.bits[b % BLOCK], 0)
            work.promise[b] = int(answers.pence[b % BLOCK]) if could else NO_COST
            if has_on_record(row, b, special, laid.lane):
                work.promise[b] = _ALWAYS


@inlined
def _look(i: int, at: int, b: int, laid: Laid, work: Work, kept: Kept) -> None:
    """Offer row i to the homes of block b."""
    judge(i, at, b, laid, work)
    answers = work.answers[0]
    if not some_wanted(answers.bits, 0):
        return
    price(i, at, b, laid, work)
    limit = NO_COST if work.promise[b] == _ALWAYS else kept.worst[b]
    answers.limit = min(limit, int(answers.most))
    if not some_within(answers.pence, answers.limit):
        return
    columns = laid.lanes.block[b].column
    changed = False
    for number in range(list_wanted(answers, 0)):
        j = answers.lanes[number]
        column, pence = columns[j], int(answers.pence[j])
        if pence <= kept.costs[column, 0]:
            offer(kept.costs[column], kept.children[column], pence, i)
            changed = True
    if changed:
        kept.worst[b] = 0
        for j in range(BLOCK):
            if kept.takes[b, j]:
                kept.worst[b] = max(kept.worst[b], kept.costs[columns[j], 0])

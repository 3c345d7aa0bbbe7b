"""The homes that matter to each child at given charges: its k best, or every one within a limit.

Blocks are looked at by rising bound, until none that is left can hold a home that matters.
"""

from typing import NamedTuple

import numpy as np

from matcher.scoring.arrays import Int32, Int64
from matcher.scoring.compiled.blocks import BLOCK
from matcher.scoring.compiled.compiling import inlined, kernel
from matcher.scoring.compiled.heap import heapify, offer, sift, sort_heap
from matcher.scoring.compiled.on_record import has_on_record
from matcher.scoring.compiled.score import Laid, bound, judge, price
from matcher.scoring.compiled.wanted import could_be_wanted, list_wanted, some_wanted, some_within
from matcher.scoring.compiled.work import Work

NO_COST = np.iinfo(np.int64).max
NOBODY_YET = np.iinfo(np.int32).max


class Sought(NamedTuple):
    """What is looked for.

    Attributes:
        relaxable: Mask of rules; see ``is_wanted``.
        skip: Whether to leave out blocks that cannot matter.
        charge: int64 (b, BLOCK), added to the cost of each home, 0 or more.
        least: int64 (b,), the least charge in each block.
        limits: int64 (n,), the most that cost and charge may come to.
    """

    relaxable: int
    skip: bool
    charge: Int64
    least: Int64
    limits: Int64


class Found(NamedTuple):
    """What was found, filled in.

    Attributes:
        costs: int64 (n, k), cost and charge of the k best of each row, rising; k is 0 where every home within the
            limits is listed instead.
        columns: int32 (n, k), their homes, NOBODY_YET where there are fewer.
        listed: int64 (room, 3), row, column and cost of every home within the limits.
        amount: int64 (1,), how many those are: more than fit where it passes ``room``.
        visited: int64 (n,), how many blocks each row looked at.
    """

    costs: Int64
    columns: Int32
    listed: Int64
    amount: Int64
    visited: Int64


@kernel
def search_rows(rows: Int64, laid: Laid, work: Work, sought: Sought, found: Found) -> None:
    """Find what is sought for some rows, int64 (r,), whose sides are in ``work``."""
    promise, promising = work.promise, work.promising
    for i in rows:
        found.costs[i], found.columns[i], found.visited[i] = NO_COST, NOBODY_YET, 0
    # Without skipping, all the rows look at a block while it is near, in the order that suits the first of them.
    together = 1 if sought.skip else len(rows)
    for first in range(0, len(rows), together):
        left = _promising(rows[first], first, laid, work, sought)
        while left > 0 and (not sought.skip or -promise[0] <= _limit(rows[first], sought, found)):
            for at in range(first, first + together):
                _look(rows[at], at, int(promising[0]), laid, work, sought, found)
                found.visited[rows[at]] += 1
            left -= 1
            promise[0], promising[0] = promise[left], promising[left]
            sift(promise, promising, 0, left)
    for i in rows:
        sort_heap(found.costs[i], found.columns[i])


@kernel
def _limit(i: int, sought: Sought, found: Found) -> int:
    """The most that a home of row i may cost, with its charge, to matter."""
    limit: int = sought.limits[i]
    return min(limit, found.costs[i, 0]) if found.costs.shape[1] > 0 else limit


@kernel
def _keep(i: int, column: int, pence: int, charge: int, found: Found) -> None:
    if found.costs.shape[1] > 0:
        offer(found.costs[i], found.columns[i], pence + charge, column)
        return
    number = found.amount[0]
    found.amount[0] += 1
    if number < len(found.listed):
        found.listed[number, 0], found.listed[number, 1], found.listed[number, 2] = i, column, pence


@inlined
def _promising(i: int, at: int, laid: Laid, work: Work, sought: Sought) -> int:
    """Put the blocks, or only those that could matter, on a heap, the lowest bound first; how many they are.

    Blocks with a home on record come first of all: no bound holds for it.
    """
    count, answers, promise, promising = 0, work.answers[0], work.promise, work.promising
    row, special = laid.arrays.rows[i], laid.arrays.special
    for s in range(len(laid.bounds.box)):
        bound(i, at, s, laid, work)
        for j in range(min(BLOCK, len(promise) - s * BLOCK)):
            b = s * BLOCK + j
            least = int(answers.pence[j]) + sought.least[b]
            on_record = has_on_record(row, b, special, laid.lane)
            if on_record or not sought.skip or could_be_wanted(answers.bits[j], sought.relaxable):
                promise[count], promising[count] = NO_COST if on_record else -least, b
                count += 1
    heapify(promise[:count], promising[:count])
    return count


@inlined
def _look(i: int, at: int, b: int, laid: Laid, work: Work, sought: Sought, found: Found) -> None:
    """Keep the homes of one block that matter."""
    judge(i, at, b, laid, work)
    answers, within = work.answers[0], _limit(i, sought, found) - sought.least[b]
    if within < 0 or not some_wanted(answers.bits, sought.relaxable):
        return
    price(i, at, b, laid, work)
    answers.limit = min(within, int(answers.most))
    if not some_within(answers.pence, answers.limit):
        return
    columns = laid.lanes.block[b].column
    for number in range(list_wanted(answers, sought.relaxable)):
        j = answers.lanes[number]
        pence, charge = int(answers.pence[j]), sought.charge[b, j]
        if pence + charge <= _limit(i, sought, found):
            _keep(i, columns[j], pence, charge, found)

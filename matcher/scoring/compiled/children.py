"""The best children for each home: as the search for homes, the other way round."""

from matcher.scoring.arrays import Int32, Int64
from matcher.scoring.compiled.blocks import BLOCK
from matcher.scoring.compiled.heap import offer
from matcher.scoring.compiled.on_record import is_on_record, score_on_record
from matcher.scoring.compiled.score import Laid, bound, judge, price
from matcher.scoring.compiled.search import NO_COST
from matcher.scoring.compiled.wanted import could_be_wanted, is_wanted, some_wanted, some_within
from matcher.scoring.compiled.work import Work
from matcher.scoring.compiling import inlined, kernel


@kernel
def offer_rows(
    rows: Int64, first: int, last: int, laid: Laid, work: Work, costs: Int64, children: Int32, worst: Int64
) -> None:
    """Offer some rows to the homes of some blocks.

    Args:
        rows: int64 (r,), whose sides are in ``work``.
        first: First block.
        last: Block after the last.
        laid: The run.
        work: Room to work in.
        costs: int64 (m, k), the k best rows of each home so far, as heaps.
        children: int32 (m, k), those rows.
        worst: int64 (b,), the dearest that is kept for any home of each block.
    """
    for at, i in enumerate(rows):
        row = laid.arrays.rows[i]
        for entry in range(row.special_from, row.special_to):
            column = laid.arrays.special[entry].column
            b = int(laid.lane[column]) // BLOCK
            if first <= b < last:
                pence, bits = score_on_record(i, at, entry, laid, work)
                if bits == 0:
                    offer(costs[column], children[column], pence, i)
        _bound_blocks(i, at, first, last, laid, work)
        for b in range(first, last):
            if work.promise[b] <= worst[b]:
                _look(i, at, b, laid, work, costs, children, worst)


@inlined
def _bound_blocks(i: int, at: int, first: int, last: int, laid: Laid, work: Work) -> None:
    """Fill the promise of these blocks: the least that row i could cost there, NO_COST where no home would do."""
    for s in range(first // BLOCK, (last + BLOCK - 1) // BLOCK):
        bound(i, at, s, laid, work)
        answers = work.answers[0]
        for b in range(max(first, s * BLOCK), min(last, s * BLOCK + BLOCK)):
            could = could_be_wanted(answers.bits[b % BLOCK], 0)
            work.promise[b] = int(answers.pence[b % BLOCK]) if could else NO_COST


@inlined
def _look(i: int, at: int, b: int, laid: Laid, work: Work, costs: Int64, children: Int32, worst: Int64) -> None:
    """Offer row i to the homes of block b; a pair on record has been offered before."""
    judge(i, at, b, laid, work)
    answers = work.answers[0]
    if not some_wanted(answers.bits, 0):
        return
    price(i, at, b, laid, work)
    answers.limit = min(worst[b], int(answers.most))
    if not some_within(answers.pence, answers.limit):
        return
    row, columns = laid.arrays.rows[i], laid.lanes.block[b].column
    dearest: int = 0
    for j in range(BLOCK):
        column = columns[j]
        if column < 0:
            continue
        wanted = is_wanted(answers.bits[j], 0) and answers.pence[j] <= costs[column, 0]
        if wanted and not is_on_record(row, column, laid.arrays.special):
            offer(costs[column], children[column], int(answers.pence[j]), i)
        dearest = max(dearest, costs[column, 0])
    worst[b] = dearest

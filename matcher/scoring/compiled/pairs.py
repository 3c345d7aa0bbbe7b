"""All pairs, dense."""

from matcher.scoring.arrays import Int64
from matcher.scoring.compiled.blocks import BLOCK
from matcher.scoring.compiled.compiling import kernel
from matcher.scoring.compiled.on_record import put_right
from matcher.scoring.compiled.score import Laid, judge, price
from matcher.scoring.compiled.work import Work


@kernel
def score_rows(rows: Int64, laid: Laid, work: Work, cost: Int64, bits: Int64) -> None:
    """Fill ``cost`` and ``bits``, int64 (n, m), for some rows, int64 (r,), whose sides are in ``work``."""
    arrays, answers = laid.arrays, work.answers[0]
    for b in range(len(laid.lanes.block)):
        column = laid.lanes.block[b].column
        for at, i in enumerate(rows):
            judge(i, at, b, laid, work)
            price(i, at, b, laid, work)
            for j in range(BLOCK):
                if column[j] >= 0:
                    cost[i, column[j]], bits[i, column[j]] = answers.pence[j], answers.bits[j]
    for i in rows:
        for entry in range(arrays.rows[i].special_from, arrays.rows[i].special_to):
            j = arrays.special[entry].column
            cost[i, j], bits[i, j] = put_right(i, entry, arrays, cost[i, j], bits[i, j])

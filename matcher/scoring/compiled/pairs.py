"""All pairs, dense."""

from matcher.scoring.arrays import Int64
from matcher.scoring.compiled.blocks import BLOCK
from matcher.scoring.compiled.compiling import kernel
from matcher.scoring.compiled.score import Laid, judge, price
from matcher.scoring.compiled.work import Work


@kernel
def score_rows(rows: Int64, laid: Laid, work: Work, cost: Int64, bits: Int64) -> None:
    """Fill ``cost`` and ``bits``, int64 (n, m), for some rows, int64 (r,), whose sides are in ``work``."""
    answers = work.answers[0]
    for b in range(len(laid.lanes.block)):
        column = laid.lanes.block[b].column
        for at, i in enumerate(rows):
            judge(i, at, b, laid, work)
            price(i, at, b, laid, work)
            for j in range(BLOCK):
                if column[j] >= 0:
                    cost[i, column[j]], bits[i, column[j]] = answers.pence[j], answers.bits[j]

"""What the homes of one block cost one child; ``docs/scoring.md`` is the definition.

Levels short and to spare are not summed need by need. What is *met* of a need is the lower of what the child has and
what the home can do; so what falls short is all that the child has less what is met, and what is to spare is all that
the home can do less what is met. The child's sum is in ``kind_pence``, the home's in ``own``; what is met comes off.
"""

import numpy as np

from matcher.scoring.arrays import Table
from matcher.scoring.compiled.blocks import BLOCK, Pence, Uint8
from matcher.scoring.compiled.compiling import kernel
from matcher.scoring.compiled.distance import tenths_to
from matcher.scoring.compiled.words import CHILDREN_BIT


@kernel
def add_simple_costs(
    row: np.record, block: np.record, living: np.record, language: Pence, faith: Pence, prices: np.record, pence: Pence
) -> None:
    """Add the home's own, being out of area, language and faith, and company where living alone is preferred.

    ``language`` and ``faith`` are (BLOCK,), for the child's.
    """
    own, area = block.own, block.area
    if row.area_counts:
        for j in range(BLOCK):
            pence[j] += own[j] + area[j] + language[j] + faith[j]
    else:
        for j in range(BLOCK):
            pence[j] += own[j] + language[j] + faith[j]
    if row.solo_preferred:
        company, price = living.company, prices.solo_preferred_not_met
        for j in range(BLOCK):
            if company[j] & CHILDREN_BIT:
                pence[j] += price


@kernel
def add_journey(
    x: np.typing.NDArray[np.float64], y: np.typing.NDArray[np.float64], place: np.record, reach: int, pence: Pence
) -> None:
    """Add what it costs to go from each home, at x and y, to one of the child's places."""
    east, north, per_tenth, step = place.x, place.y, place.per_tenth, place.step
    if step == 0:
        for j in range(BLOCK):
            pence[j] += per_tenth * np.int32(tenths_to(x[j] - east, y[j] - north))
    else:
        for j in range(BLOCK):
            tenths = np.int32(tenths_to(x[j] - east, y[j] - north))
            pence[j] += per_tenth * tenths + step * (tenths > reach)


@kernel
def take_off_met(passes: Table, level: Uint8, per_weight: int, answers: np.record) -> None:
    """Take off what is met of the child's needs.

    Args:
        passes: Those in use.
        level: uint8 (needs, BLOCK), the homes'.
        per_weight: Pence for one level met of a need of weight 1.
        answers: It is taken off its pence.
    """
    weighed, pence = answers.weighed, answers.pence
    weighed[:] = 0
    for number in range(len(passes)):
        need, want, weight = passes[number].need, passes[number].level, passes[number].weight
        a, b, c, d = level[need[0]], level[need[1]], level[need[2]], level[need[3]]
        for_a, for_b, for_c, for_d = want[0], want[1], want[2], want[3]
        for j in range(BLOCK):
            met = min(for_a, a[j]) + min(for_b, b[j]) + min(for_c, c[j]) + min(for_d, d[j])
            weighed[j] += weight * np.uint8(met)
    for j in range(BLOCK):
        pence[j] -= per_weight * np.int64(weighed[j])

"""One child at one block of homes: the rules that fail, then the cost; and the least that a block could cost."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.scoring.arrays import Arrays, Int32, Int64
from matcher.scoring.compiled.blocks import BLOCK, Lanes, Pence
from matcher.scoring.compiled.bounds import Bounds
from matcher.scoring.compiled.compiling import inlined, kernel
from matcher.scoring.compiled.costs import add_journey, add_simple_costs, take_off_met
from matcher.scoring.compiled.on_record import put_bits_right, put_pence_right
from matcher.scoring.compiled.rules import add_avoided, add_floor, add_rules
from matcher.scoring.compiled.work import Work
from models.rules import RuleId
from models.vocabulary import HomeKind

_FLOOR = 1 << RuleId.FLOOR
_NO = 1 << RuleId.STATED_NO
_KINDS = len(HomeKind)
_Float64 = npt.NDArray[np.float64]


class Laid(NamedTuple):
    """A run laid out for the compiled loops.

    Attributes:
        arrays: The encoded run.
        lanes: Its homes in blocks.
        bounds: The best of each block.
        lane: int32 (m,), where each column stands: block times BLOCK plus its place there.
        weights: int64 (needs,), of a level of each need: its tenths without their common factor.
        by_weight: int64 (needs,), the needs in rising order of their weight.
        per_weight: Pence for one level met of a need of weight 1.
    """

    arrays: Arrays
    lanes: Lanes
    bounds: Bounds
    lane: Int32
    weights: Int64
    by_weight: Int64
    per_weight: int


@inlined
def judge(i: int, at: int, b: int, laid: Laid, work: Work) -> None:
    """Fill the bits for row i, at ``at`` in ``work``, and block b."""
    arrays, lanes, ask = laid.arrays, laid.lanes, work.asks[at]
    row, block, answers = arrays.rows[i], lanes.block[b], work.answers[0]
    _start(block.kind, ask.kind_bits, answers.bits)
    add_rules(row, ask, block, lanes.living[row.day_index, b], answers.bits, arrays.in_force)
    add_floor(work.high[at, : ask.high], lanes.level[b], answers.short, answers.bits, _FLOOR & arrays.in_force)
    add_floor(work.brought[at, : ask.brought], lanes.limit[b], answers.short, answers.bits, _NO & arrays.in_force)
    add_avoided(row, arrays.avoid, block, answers.bits, arrays.in_force)
    put_bits_right(row, b, arrays, laid.lane, answers.bits)


@inlined
def price(i: int, at: int, b: int, laid: Laid, work: Work) -> None:
    """Fill the pence for row i, at ``at`` in ``work``, and block b."""
    arrays, lanes, ask = laid.arrays, laid.lanes, work.asks[at]
    row, block, answers = arrays.rows[i], lanes.block[b], work.answers[0]
    _start(block.kind, ask.kind_pence, answers.pence)
    language, faith = lanes.language[row.language, b], lanes.faith[row.faith, b]
    add_simple_costs(row, block, lanes.living[row.day_index, b], language, faith, arrays.policy[0], answers.pence)
    take_off_met(work.passes[at, : ask.passes], lanes.level[b], laid.per_weight, answers)
    for place in range(ask.places):
        add_journey(block.x, block.y, work.places[at, place], arrays.policy[0].school_reach_tenth_miles, answers.pence)
    put_pence_right(row, b, arrays, laid.lane, answers.pence)


@inlined
def bound(i: int, at: int, s: int, laid: Laid, work: Work) -> None:
    """Fill bits and pence for BLOCK blocks at once: what all homes of each fail, and cost at least.

    True of every pair with nothing on record; see ``has_on_record``.
    """
    arrays, best, box, ask = laid.arrays, laid.bounds.best, laid.bounds.box[s], work.asks[at]
    row, policy, block, answers = arrays.rows[i], arrays.policy[0], best.block[s], work.answers[0]
    living = best.living[row.day_index, s]
    _bound_kinds(box.kinds, block.kind, ask, answers)
    add_rules(row, ask, block, living, answers.bits, arrays.in_force)
    add_floor(work.high[at, : ask.high], best.level[s], answers.short, answers.bits, _FLOOR & arrays.in_force)
    add_floor(work.brought[at, : ask.brought], best.limit[s], answers.short, answers.bits, _NO & arrays.in_force)
    language, faith = best.language[row.language, s], best.faith[row.faith, s]
    add_simple_costs(row, block, living, language, faith, policy, answers.pence)
    take_off_met(work.passes[at, : ask.passes], best.level[s], laid.per_weight, answers)
    for number in range(ask.places):
        place = work.places[at, number]
        _nearest(place.x, box.west, box.east, answers.x)
        _nearest(place.y, box.south, box.north, answers.y)
        add_journey(answers.x, answers.y, place, policy.school_reach_tenth_miles, answers.pence)


@inlined
def _start(kinds: Int32, of_kind: Pence, found: Pence) -> None:
    """Start a block from what its kinds of home fail or cost: one kind, but for a few blocks."""
    if kinds[0] == kinds[BLOCK - 1]:
        value = of_kind[kinds[0]]
        for j in range(BLOCK):
            found[j] = value
    else:
        for j in range(BLOCK):
            found[j] = of_kind[kinds[j]]


@kernel
def _bound_kinds(kinds: Int32, highest: Int32, ask: np.record, answers: np.record) -> None:
    """Start from what the best kind of home of each block fails and costs."""
    for j in range(BLOCK):
        bits, pence = ask.kind_bits[highest[j]], ask.kind_pence[highest[j]]
        if kinds[j] != 1 << highest[j]:
            for kind in range(_KINDS):
                if (kinds[j] >> kind) & 1:
                    bits &= ask.kind_bits[kind]
                    pence = min(pence, ask.kind_pence[kind])
        answers.bits[j], answers.pence[j] = bits, pence


@kernel
def _nearest(to: float, low: _Float64, high: _Float64, found: _Float64) -> None:
    for j in range(BLOCK):
        found[j] = min(max(to, low[j]), high[j])

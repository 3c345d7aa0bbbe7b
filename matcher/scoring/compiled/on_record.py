"""The few pairs with something of their own on record: what it changes in the answer of the block."""

import numpy as np

from matcher.scoring.arrays import DECLINED, NAMED, NOT_WANTED, PRESENT, WANTED, Arrays, Table
from matcher.scoring.compiled.blocks import BLOCK
from matcher.scoring.compiled.compiling import kernel
from matcher.scoring.compiled.living import ROOM, room_bits
from matcher.scoring.compiled.score import Laid, judge, price
from matcher.scoring.compiled.work import Work
from models.rules import RuleId

_OPEN_TO = 1 << RuleId.CONNECTED
_DECLINED = 1 << RuleId.DECLINED
_NEVER_AT_PRESENT_HOME = (
    ROOM | 1 << RuleId.KIND | 1 << RuleId.SPECIALIST | 1 << RuleId.AGE | 1 << RuleId.SEX | 1 << RuleId.AVAILABLE_FROM
)


@kernel
def score_on_record(i: int, at: int, entry: int, laid: Laid, work: Work) -> tuple[int, int]:
    """Pence and bits of one pair on record: an entry of the table of specials, one of row i's."""
    column = laid.arrays.special[entry].column
    lane = int(laid.lane[column])
    judge(i, at, lane // BLOCK, laid, work)
    price(i, at, lane // BLOCK, laid, work)
    answers = work.answers[0]
    return put_right(i, entry, laid.arrays, int(answers.pence[lane % BLOCK]), int(answers.bits[lane % BLOCK]))


@kernel
def put_right(i: int, entry: int, arrays: Arrays, pence: int, bits: int) -> tuple[int, int]:
    """Pence and bits of a pair with what is on record, given what they would be without."""
    row, note = arrays.rows[i], arrays.special[entry]
    there = arrays.households[row.day_index, note.column]
    right = _bits(row, arrays.homes[note.column], there, note, bits) & arrays.in_force
    return _pence(row, note.marks, arrays.policy[0], pence), right


@kernel
def _bits(row: np.record, home: np.record, there: np.record, note: np.record, bits: int) -> int:
    bits = (bits & ~ROOM) | room_bits(row.unit_searching, row.own_room, home, there, note)
    if note.marks & NAMED:
        bits &= ~_OPEN_TO
    if note.marks & DECLINED:
        bits |= _DECLINED
    if note.marks & PRESENT:
        bits &= ~_NEVER_AT_PRESENT_HOME
    return bits


@kernel
def _pence(row: np.record, marks: int, prices: np.record, pence: int) -> int:
    if row.moves >= 0 and marks & PRESENT:
        pence -= prices.move + prices.each_earlier_move * row.moves
    if marks & NOT_WANTED:
        pence += prices.wish_not_met
    if row.homes_wanted and marks & WANTED:
        pence -= prices.wish_not_met
    return pence


@kernel
def is_on_record(row: np.record, column: int, special: Table) -> bool:
    """Whether the row's pair with a column is one of the few."""
    found = False
    for entry in range(row.special_from, row.special_to):
        found |= special[entry].column == column
    return found

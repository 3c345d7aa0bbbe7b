"""The few pairs with something of their own on record: what it changes in the answer of the block."""

import numpy as np

from matcher.scoring.arrays import DECLINED, NAMED, NOT_WANTED, PRESENT, WANTED, Arrays, Int32, Table
from matcher.scoring.compiled.blocks import BLOCK, Pence
from matcher.scoring.compiled.compiling import kernel
from matcher.scoring.compiled.living import ROOM, room_bits
from models.rules import RuleId

_OPEN_TO = 1 << RuleId.CONNECTED
_DECLINED = 1 << RuleId.DECLINED
_NEVER_AT_PRESENT_HOME = (
    ROOM | 1 << RuleId.KIND | 1 << RuleId.SPECIALIST | 1 << RuleId.AGE | 1 << RuleId.SEX | 1 << RuleId.AVAILABLE_FROM
)


@kernel
def has_on_record(row: np.record, b: int, special: Table, lane: Int32) -> bool:
    """Whether a home of block b is on record with the row's child: then its bound does not hold."""
    found = False
    for entry in range(row.special_from, row.special_to):
        found |= lane[special[entry].column] // BLOCK == b
    return found


@kernel
def put_bits_right(row: np.record, b: int, arrays: Arrays, lane: Int32, bits: Int32) -> None:
    """Put right the bits of block b, given those that would fail without what is on record."""
    for entry in range(row.special_from, row.special_to):
        note = arrays.special[entry]
        at = int(lane[note.column])
        if at // BLOCK == b:
            there = arrays.households[row.day_index, note.column]
            right = _bits(row, arrays.homes[note.column], there, note, bits[at % BLOCK])
            bits[at % BLOCK] = right & arrays.in_force


@kernel
def put_pence_right(row: np.record, b: int, arrays: Arrays, lane: Int32, pence: Pence) -> None:
    """Put right the pence of block b, given what they would be without what is on record."""
    for entry in range(row.special_from, row.special_to):
        note = arrays.special[entry]
        at = int(lane[note.column])
        if at // BLOCK == b:
            pence[at % BLOCK] = _pence(row, note.marks, arrays.policy[0], int(pence[at % BLOCK]))


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

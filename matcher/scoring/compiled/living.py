"""What the others who live in each home mean for one more child, by day: rules of room and of company."""

import numpy as np

from matcher.scoring.arrays import EXEMPT, NO_LIMIT, SHARES, SPECIAL, Arrays, Bools, Int32, Int64, Table, table
from matcher.scoring.compiled.compiling import kernel
from matcher.scoring.compiled.words import company_words
from models.rules import RuleId

_FULL = 1 << RuleId.FULL
_USUAL_LIMIT = 1 << RuleId.USUAL_LIMIT
_NOT_AVAILABLE = 1 << RuleId.NOT_AVAILABLE
_HELD = 1 << RuleId.HELD
_BEDROOM = 1 << RuleId.BEDROOM
_SOLO = 1 << RuleId.SOLO
_SUSPENDED = 1 << RuleId.SUSPENDED
_AVAILABLE_FROM = 1 << RuleId.AVAILABLE_FROM
ROOM = _FULL | _USUAL_LIMIT | _NOT_AVAILABLE | _HELD | _BEDROOM
"""Bits of the rules on places and bedrooms."""

ALL_CLOSED = 1 << 29
"""The bit of no rule: set for a block whose every home fails some rule of standing, not all of them one."""

NOBODY = 1 << 30
"""The bit of no rule: set for a lane that stands for no home, so that it never passes."""

OLDEST = 30_000
"""Years are cut to what 16 bits hold; nobody is as old as that."""

_BORN = ("youngest", "oldest", "wants_older", "wants_younger")


def living_type(block: int) -> np.dtype[np.void]:
    """The fields of who lives in the homes of one block on one day, a lane each."""
    fields = {
        "company": np.int32,  # word of risks and of other children; see ``words``
        "age_from": np.int16,  # the youngest child in whole years who may live with those who are there
        "age_to": np.int16,  # the oldest
        "youngest": np.int16,  # age of the youngest child there, very high without one
        "oldest": np.int16,  # age of the oldest child there, below 0 without one
    }
    # Bits of rules that fail whoever asks, BEDROOM as for a child who needs one; second for a child another of
    # whose sibling unit searches.
    standing = ("standing", np.int32, (2, block))
    return np.dtype([standing, *((name, kind, (block,)) for name, kind in fields.items())], align=True)


@kernel
def room_bits(unit_searching: bool, own_room: bool, home: np.record, there: np.record, note: np.record) -> int:
    """Bits of the rules on places and bedrooms; ``note`` is what is on record of the pair, all 0 for nothing."""
    taken = there.taken
    number, limit = home.places, home.limit
    not_available, held = home.not_available, home.held - note.held_self
    if taken == note.siblings and (taken > 0 or unit_searching):
        number, limit, held = home.sibling_places, NO_LIMIT, home.held - note.held_unit
        if home.siblings_only:
            not_available = 0
    elif note.marks & EXEMPT:
        limit = NO_LIMIT
    bits = 0
    if taken >= number:
        bits |= _FULL
    elif taken + not_available >= number:
        bits |= _NOT_AVAILABLE
    if taken + 1 > limit:
        bits |= _USUAL_LIMIT
    free = min(number - not_available, limit) - taken
    if free >= 1 and free - held < 1:
        bits |= _HELD
    over = there.bedrooms > home.bedrooms or (there.bedrooms == home.bedrooms and not note.marks & SHARES)
    return bits | _BEDROOM if own_room and over else bits


@kernel
def _standing(day: int, homes: Table, households: Table, nothing: np.record, found: Int32) -> None:
    """Fill ``found``, int32 (2, homes), with what each home fails on a day whoever asks."""
    for j in range(len(homes)):
        home, there = homes[j], households[j]
        bits: int = home.standing
        if home.closes <= day:
            bits |= _SUSPENDED
        if home.available_from > day:
            bits |= _AVAILABLE_FROM
        if there.solo:
            bits |= _SOLO
        found[0, j] = bits | room_bits(False, True, home, there, nothing)
        found[1, j] = bits | room_bits(True, True, home, there, nothing)


def standing_of(arrays: Arrays) -> Int32:
    """Bits of the rules in force that each home fails whoever asks, by day: int32 (days, 2, m), as in a block."""
    nothing = table(SPECIAL, dict.fromkeys(SPECIAL, 0), (1,))[0]
    found = np.zeros((len(arrays.households), 2, len(arrays.homes)), np.int32)
    for index, day in enumerate(_days(arrays)):
        _standing(day, arrays.homes, arrays.households[index], nothing, found[index])
    return found & np.int32(arrays.in_force)


def is_closed(standing: Int32) -> Bools:
    """Which entries of ``standing`` fail whoever asks, a child who needs no bedroom too."""
    closed: Bools = (standing & ~np.int32(_BEDROOM)) != 0
    return closed


def _days(arrays: Arrays) -> list[int]:
    """The days needed, in the order of the households."""
    day = np.zeros(len(arrays.households), np.int64)
    day[arrays.rows["day_index"]] = arrays.rows["day"]
    return day.tolist()


def living_blocks(arrays: Arrays, standing: Int32, columns: Int64, homes: int, block: int) -> Table:
    """Lay out who lives in the homes at ``columns``, of which those from number ``homes`` on stand for no home.

    Returns:
        (days, blocks) of ``living_type(block)``.
    """
    found = np.recarray((len(standing), len(columns) // block), living_type(block))
    gap = arrays.homes["age_gap"][columns].astype(np.int64)
    for index, day in enumerate(_days(arrays)):
        there, stands = arrays.households[index][columns], standing[index][:, columns]
        stands[:, homes:] |= np.int32(NOBODY)
        age = {name: (day - there[name].astype(np.int64)) // 10_000 for name in _BORN}
        fields = {
            "company": company_words(there),
            "age_from": np.maximum(age["wants_older"], age["oldest"] - gap),
            "age_to": np.minimum(age["wants_younger"], age["youngest"] + gap),
            "youngest": age["youngest"],
            "oldest": age["oldest"],
        }
        for name, values in fields.items():
            held = values if name == "company" else np.clip(values, -OLDEST, OLDEST)
            found[name][index] = held.reshape(-1, block)
        found["standing"][index] = stands.reshape(2, -1, block).transpose(1, 0, 2)
    return found

"""The hard rules of one child at the homes of one block."""

import numpy as np

from matcher.scoring.arrays import Int32, Table
from matcher.scoring.compiled.blocks import BLOCK, Uint8
from matcher.scoring.compiled.compiling import kernel
from matcher.scoring.compiled.distance import tenths_to
from matcher.scoring.compiled.living import ALL_CLOSED, NOBODY
from matcher.scoring.compiled.words import (
    ACCESS_PART,
    CHILDREN_BIT,
    FEATURE_PART,
    HOUSEHOLD_PART,
    RISK_PART,
    SEX_PART,
)
from models.rules import RuleId

_AGE = 1 << RuleId.AGE
_SEX = 1 << RuleId.SEX
_BEDROOM = 1 << RuleId.BEDROOM
_SOLO = 1 << RuleId.SOLO
_RESIDENTS = 1 << RuleId.RESIDENTS
_ALONGSIDE = 1 << RuleId.ALONGSIDE
_AVOID = 1 << RuleId.AVOID
_ACCESS = 1 << RuleId.ACCESS
_HOUSEHOLD = 1 << RuleId.HOUSEHOLD
_FEATURES = 1 << RuleId.FEATURES


@kernel
def _flag(failed: bool, bit: int) -> np.int32:
    """The bit where the rule fails, in 32 bits: in 64 half as many lanes would be done at once."""
    return np.int32(bit) if failed else np.int32(0)


@kernel
def add_rules(row: np.record, ask: np.record, block: np.record, living: np.record, bits: Int32, in_force: int) -> None:
    """Add to ``bits``, int32 (BLOCK,), those of every rule but on kinds, needs and places to avoid."""
    age, asked, of_others = np.int32(row.age), ask.word, ask.company
    standing, company = living.standing[int(row.unit_searching)], living.company
    lacks, age_from, age_to, younger, older = block.lacks, block.age_from, block.age_to, living.age_from, living.age_to
    binds = np.int32(in_force)
    stands = np.int32(NOBODY | ALL_CLOSED | (in_force if row.own_room else in_force & ~_BEDROOM))
    for j in range(BLOCK):
        lacking, there = lacks[j] & asked, company[j] & of_others
        failed = _flag((age < age_from[j]) | (age > age_to[j]), _AGE)
        failed |= _flag((age < younger[j]) | (age > older[j]), _ALONGSIDE)
        failed |= _flag((lacking & ACCESS_PART) != 0, _ACCESS)
        failed |= _flag((lacking & FEATURE_PART) != 0, _FEATURES)
        failed |= _flag((lacking & SEX_PART) != 0, _SEX)
        failed |= _flag((lacking & HOUSEHOLD_PART) != 0, _HOUSEHOLD)
        failed |= _flag((there & RISK_PART) != 0, _RESIDENTS)
        failed |= _flag((there & CHILDREN_BIT) != 0, _SOLO)
        bits[j] |= (standing[j] & stands) | (failed & binds)
    if row.only_older or row.only_younger:
        _add_alongside(row, living, bits, in_force)


@kernel
def _add_alongside(row: np.record, living: np.record, bits: Int32, in_force: int) -> None:
    """For a child who lives only beside older or only beside younger children."""
    youngest, oldest, bit = living.youngest, living.oldest, _ALONGSIDE & in_force
    age, only_older, only_younger = np.int32(row.age), row.only_older, row.only_younger
    for j in range(BLOCK):
        bits[j] |= _flag((only_older & (youngest[j] < age)) | (only_younger & (oldest[j] > age)), bit)


@kernel
def add_avoided(row: np.record, avoid: Table, block: np.record, bits: Int32, in_force: int) -> None:
    """The rule on places to avoid."""
    x, y, bit = block.x, block.y, _AVOID & in_force
    for number in range(row.avoid_from, row.avoid_to):
        place = avoid[number]
        east, north, within = float(place.x), float(place.y), place.times
        for j in range(BLOCK):
            bits[j] |= _flag(np.int32(tenths_to(x[j] - east, y[j] - north)) <= within, bit)


@kernel
def add_floor(high: Table, level: Uint8, short: Uint8, bits: Int32, bit: int) -> None:
    """A rule that no level of the home may be under what is enough: the suitability floor, or a stated no.

    Args:
        high: The passes in use over needs it looks at, each with the level that is enough.
        level: uint8 (needs, BLOCK), the homes'.
        short: uint8 (BLOCK,) to work in.
        bits: int32 (BLOCK,), added to.
        bit: The rule's, 0 where it does not bind.
    """
    if len(high) == 0:
        return
    short[:] = 0
    for number in range(len(high)):
        need, enough = high[number].need, high[number].level
        a, b, c, d = level[need[0]], level[need[1]], level[need[2]], level[need[3]]
        for_a, for_b, for_c, for_d = enough[0], enough[1], enough[2], enough[3]
        for j in range(BLOCK):
            under = (a[j] < for_a) | (b[j] < for_b) | (c[j] < for_c) | (d[j] < for_d)
            short[j] |= np.uint8(under)
    for j in range(BLOCK):
        bits[j] |= _flag(short[j] != 0, bit)

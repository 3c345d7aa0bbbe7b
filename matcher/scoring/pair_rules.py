"""Which hard rules one pair fails, compiled; ``docs/scoring.md`` is the definition."""

import numpy as np

from matcher.scoring.arrays import DECLINED, EXEMPT, NAMED, NO_LIMIT, PRESENT, SHARES, Int8, Table
from matcher.scoring.coding import KIND_INDEX
from matcher.scoring.compiling import kernel
from matcher.scoring.pair_cost import tenths_between
from models.rules import RuleId
from models.vocabulary import HomeKind

_SUPPORTED_FROM_AGE = 16
_CONNECTED = KIND_INDEX[HomeKind.CONNECTED]
_SUPPORTED = KIND_INDEX[HomeKind.SUPPORTED]
_SECURE_HOME = KIND_INDEX[HomeKind.SECURE]

_KIND = 1 << RuleId.KIND
_AGE = 1 << RuleId.AGE
_SEX = 1 << RuleId.SEX
_FULL = 1 << RuleId.FULL
_USUAL_LIMIT = 1 << RuleId.USUAL_LIMIT
_BEDROOM = 1 << RuleId.BEDROOM
_UNDER_16 = 1 << RuleId.UNDER_16
_SECURE = 1 << RuleId.SECURE
_OPEN_TO = 1 << RuleId.CONNECTED
_SOLO = 1 << RuleId.SOLO
_FLOOR = 1 << RuleId.FLOOR
_RESIDENTS = 1 << RuleId.RESIDENTS
_ALONGSIDE = 1 << RuleId.ALONGSIDE
_AVOID = 1 << RuleId.AVOID
_ACCESS = 1 << RuleId.ACCESS
_HOUSEHOLD = 1 << RuleId.HOUSEHOLD
_SUSPENDED = 1 << RuleId.SUSPENDED
_AVAILABLE_FROM = 1 << RuleId.AVAILABLE_FROM
_NOT_AVAILABLE = 1 << RuleId.NOT_AVAILABLE
_DECLINED = 1 << RuleId.DECLINED
_FEATURES = 1 << RuleId.FEATURES
_HELD = 1 << RuleId.HELD
_SPECIALIST = 1 << RuleId.SPECIALIST
_NEVER_AT_PRESENT_HOME = (
    _KIND | _SPECIALIST | _AGE | _SEX | _FULL | _USUAL_LIMIT | _BEDROOM | _AVAILABLE_FROM | _NOT_AVAILABLE | _HELD
)


@kernel
def _capacity(row: np.record, home: np.record, there: np.record, note: np.record) -> int:
    """Bits of the rules on places and bedrooms."""
    taken, bedrooms = there.taken, there.bedrooms
    number, limit = home.places, home.limit
    not_available, held = home.not_available, home.held - note.held_self
    if taken == note.siblings and (taken > 0 or row.unit_searching):
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
    if row.own_room and (bedrooms > home.bedrooms or (bedrooms == home.bedrooms and not note.marks & SHARES)):
        bits |= _BEDROOM
    return bits


@kernel
def _company(row: np.record, home: np.record, there: np.record) -> int:
    """Bits of the rules on who else lives there."""
    bits = 0
    if there.solo or (row.solo_required and there.children > 0):
        bits |= _SOLO
    if row.risks_to & there.risks_from or row.risks_from & there.risks_to:
        bits |= _RESIDENTS
    age, day = row.age, row.day
    youngest, oldest = (day - there.youngest) // 10_000, (day - there.oldest) // 10_000
    if (
        (row.only_older and youngest < age)
        or (row.only_younger and oldest > age)
        or age < (day - there.wants_older) // 10_000
        or age > (day - there.wants_younger) // 10_000
        or age - youngest > home.age_gap
        or oldest - age > home.age_gap
    ):
        bits |= _ALONGSIDE
    return bits


@kernel
def _kinds(row: np.record, home: np.record, flags: int) -> int:
    """Bits of the rules on the kind of home."""
    kind = home.kind
    bits = 0
    if (row.barred >> kind) & 1:
        bits |= _KIND
    if (row.not_called_for >> kind) & 1:
        bits |= _SPECIALIST
    if kind == _SUPPORTED and row.age < _SUPPORTED_FROM_AGE:
        bits |= _UNDER_16
    if kind == _SECURE_HOME and not row.secure:
        bits |= _SECURE
    if kind == _CONNECTED and not flags & NAMED:
        bits |= _OPEN_TO
    return bits


@kernel
def _terms(row: np.record, home: np.record, flags: int) -> int:
    """Bits of the rules on the home's standing, its terms, its dates and the child's own conditions."""
    age, day = row.age, row.day
    bits: int = home.standing
    if age < home.age_from or age > home.age_to:
        bits |= _AGE
    if not row.sex & home.sexes:
        bits |= _SEX
    if home.closes <= day:
        bits |= _SUSPENDED
    if home.available_from > day:
        bits |= _AVAILABLE_FROM
    if flags & DECLINED:
        bits |= _DECLINED
    if row.features & ~home.features:
        bits |= _FEATURES
    if row.access & ~home.access:
        bits |= _ACCESS
    return bits


@kernel
def _animals_and_smoke(row: np.record, home: np.record) -> int:
    """The bit of the rule on animals and smoking."""
    pets = home.pets
    if row.allergies & pets or (row.no_pets and pets) or (row.must_have_pets and home.petless):
        return _HOUSEHOLD
    return _HOUSEHOLD if row.smoke_free and home.smoking else 0


@kernel
def _avoided(row: np.record, home: np.record, avoid: Table) -> int:
    """The bit of the rule on places to avoid."""
    for number in range(row.avoid_from, row.avoid_to):
        place = avoid[number]
        if tenths_between(place.x, place.y, home.x, home.y) <= place.times:
            return _AVOID
    return 0


@kernel
def floor_bit(child: Int8, homes: Int8, j: int, policy: np.record) -> int:
    """The bit of the suitability floor: of one child's levels at row j of the homes'."""
    for need in range(len(child)):
        short = int(child[need]) - int(homes[j, need])
        if short >= policy.floor_levels_short and child[need] >= policy.floor_need_level:
            return _FLOOR
    return 0


@kernel
def pair_bits(row: np.record, home: np.record, there: np.record, note: np.record, avoid: Table) -> int:
    """Bits of every rule but the floor that fails, in force or not.

    ``note`` is the pair's entry in the table of specials; its last, all 0, for a pair that has none.
    """
    bits = _kinds(row, home, note.marks) | _terms(row, home, note.marks) | _capacity(row, home, there, note)
    bits |= _company(row, home, there) | _animals_and_smoke(row, home) | _avoided(row, home, avoid)
    return bits & ~_NEVER_AT_PRESENT_HOME if note.marks & PRESENT else bits

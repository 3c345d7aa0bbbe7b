"""One pair, compiled: what a home costs a child, and which hard rules it fails; ``docs/scoring.md`` is the definition.

Everything is a whole number, so every machine and every number of threads gives the same answer, and the same
functions run uncompiled when numba's JIT is off.
"""

import numpy as np
from numba import njit

from matcher.scoring.arrays import (
    DECLINED,
    EXEMPT,
    NAMED,
    NO_LIMIT,
    NOT_WANTED,
    PRESENT,
    SHARES,
    WANTED,
    Arrays,
    Int8,
    Int32,
    Prices,
    Table,
)
from matcher.scoring.coding import KIND_INDEX
from models.geography import tenths_of_mile
from models.policy import DISTANCE_LIMIT_TENTHS
from models.rules import RuleId
from models.vocabulary import HomeKind

# Further than this on either axis is past the limit, and the square of much more would not fit in 64 bits.
_FAR_METRES = 2_000_000
_SUPPORTED_FROM_AGE = 16

_CONNECTED = KIND_INDEX[HomeKind.CONNECTED]
_FOSTER = KIND_INDEX[HomeKind.FOSTER]
_RESIDENTIAL = KIND_INDEX[HomeKind.RESIDENTIAL]
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
_NEVER_AT_PRESENT_HOME = (
    _KIND | _AGE | _SEX | _FULL | _USUAL_LIMIT | _BEDROOM | _AVAILABLE_FROM | _NOT_AVAILABLE | _HELD
)

_tenths_of_mile = njit(cache=True, nogil=True)(tenths_of_mile)


@njit(cache=True, nogil=True)
def tenths_between(ax: int, ay: int, bx: int, by: int) -> int:
    """Tenths of a mile between two points, counted up to the limit."""
    east, north = abs(ax - bx), abs(ay - by)
    if east > _FAR_METRES or north > _FAR_METRES:
        return DISTANCE_LIMIT_TENTHS
    return min(_tenths_of_mile(east * east + north * north), DISTANCE_LIMIT_TENTHS)


@njit(cache=True, nogil=True)
def _needs(i: int, j: int, child: Int8, home: Int8, tenths: Int32, prices: Prices) -> tuple[int, int]:
    """Pence for needs unmet and skill to spare, and the bit of the suitability floor."""
    short, spare, floor = 0, 0, 0
    for need in range(len(tenths)):
        gap = int(child[i, need]) - int(home[j, need])
        if gap > 0:
            short += gap * int(tenths[need])
            if gap >= prices.floor_levels_short and child[i, need] >= prices.floor_need_level:
                floor = _FLOOR
        else:
            spare -= gap * int(tenths[need])
    return short * prices.unmet_need_per_tenth + spare * prices.surplus_per_tenth, floor


@njit(cache=True, nogil=True)
def _journeys(row: np.record, home: np.record, visits: Table, prices: Prices) -> int:
    """Pence for the distances from home, to school and to family."""
    x, y = home.x, home.y
    pence = 0
    if row.home_counts:
        pence += prices.home_distance_per_tenth_mile * tenths_between(row.home_x, row.home_y, x, y)
    if row.school_counts:
        tenths = tenths_between(row.school_x, row.school_y, x, y)
        pence += prices.school_journey_per_tenth_mile * tenths
        if row.key_stage_4 and tenths > prices.school_reach_tenth_miles:
            pence += prices.key_stage_4_disruption
    travelled = 0
    for number in range(row.visits_from, row.visits_to):
        visit = visits[number]
        travelled += visit.times * tenths_between(visit.x, visit.y, x, y)
    return pence + prices.family_time_per_tenth_mile_visit * travelled


@njit(cache=True, nogil=True)
def _setting(row: np.record, kind: int, prices: Prices) -> int:
    """Pence for a kind of home that comes later in the order of section 22C(6), or was not preferred."""
    if kind == _CONNECTED or (row.preferred >> kind) & 1:
        return 0
    pence = prices.other_step
    if kind == _FOSTER:
        pence = prices.foster_step
    elif kind == _RESIDENTIAL:
        pence = prices.residential_step
    if row.preferred != 0 and (row.suitable >> kind) & 1:
        pence += prices.not_preferred_kind
    return pence


@njit(cache=True, nogil=True)
def _rest(row: np.record, home: np.record, there: np.record, flags: int, prices: Prices) -> int:
    """Pence for the area, a move, wishes, company, quality and the fee."""
    pence: int = prices.fee_per_mille * home.marginal_fee // 1000
    if row.area_counts and home.locality > 0:
        pence += prices.adjoining_area if home.locality == 1 else prices.at_a_distance
    if row.moves >= 0 and not flags & PRESENT:
        pence += prices.move + prices.each_earlier_move * row.moves
    against = (row.wish_against >> home.kind) & 1
    if flags & NOT_WANTED:
        against += 1
    if row.homes_wanted and not flags & WANTED:
        against += 1
    pence += prices.wish_not_met * against
    if row.solo_preferred and there.children > 0:
        pence += prices.solo_preferred_not_met
    if home.quality == 1:
        pence += prices.requires_improvement
    elif home.quality == 2:
        pence += prices.not_inspected
    return pence


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def _terms(row: np.record, home: np.record, flags: int) -> int:
    """Bits of the rules on the kind of home, its terms, its dates and the child's own conditions."""
    kind, age, day = home.kind, row.age, row.day
    bits: int = home.standing
    if (row.barred >> kind) & 1:
        bits |= _KIND
    if age < home.age_from or age > home.age_to:
        bits |= _AGE
    if not row.sex & home.sexes:
        bits |= _SEX
    if kind == _SUPPORTED and age < _SUPPORTED_FROM_AGE:
        bits |= _UNDER_16
    if kind == _SECURE_HOME and not row.secure:
        bits |= _SECURE
    if kind == _CONNECTED and not flags & NAMED:
        bits |= _OPEN_TO
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


@njit(cache=True, nogil=True)
def _animals_and_smoke(row: np.record, home: np.record) -> int:
    """The bit of the rule on animals and smoking."""
    pets = home.pets
    if row.allergies & pets or (row.no_pets and pets) or (row.must_have_pets and home.petless):
        return _HOUSEHOLD
    return _HOUSEHOLD if row.smoke_free and home.smoking else 0


@njit(cache=True, nogil=True)
def _avoided(row: np.record, home: np.record, avoid: Table) -> int:
    """The bit of the rule on places to avoid."""
    for number in range(row.avoid_from, row.avoid_to):
        place = avoid[number]
        if tenths_between(place.x, place.y, home.x, home.y) <= place.times:
            return _AVOID
    return 0


@njit(cache=True, nogil=True)
def score_pair(i: int, j: int, note: np.record, arrays: Arrays) -> tuple[int, int]:
    """Cost in pence a week, and bits of the rules that fail, of row i at column j.

    ``note`` is the pair's entry in ``arrays.special``; its last, all 0, for a pair that has none.
    """
    row, home, prices = arrays.rows[i], arrays.homes[j], arrays.prices
    there = arrays.households[row.day_index, j]
    pence, bits = _needs(i, j, arrays.child_level, arrays.home_level, arrays.tenths, prices)
    pence += _journeys(row, home, arrays.visits, prices)
    pence += _setting(row, home.kind, prices)
    pence += _rest(row, home, there, note.marks, prices)
    if arrays.language_missing[row.language, j]:
        pence += prices.language_not_spoken
    if arrays.faith_missing[row.faith, j]:
        pence += prices.faith_not_supported
    bits |= _terms(row, home, note.marks)
    bits |= _capacity(row, home, there, note)
    bits |= _company(row, home, there)
    bits |= _animals_and_smoke(row, home)
    bits |= _avoided(row, home, arrays.avoid)
    if note.marks & PRESENT:
        bits &= ~_NEVER_AT_PRESENT_HOME
    return pence, bits & arrays.in_force

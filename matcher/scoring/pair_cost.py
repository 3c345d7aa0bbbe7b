"""What one home costs one child, compiled; ``docs/scoring.md`` is the definition.

Everything is a whole number, so every machine and every number of threads gives the same answer, and the same
functions run uncompiled when numba's JIT is off.
"""

import numpy as np

from matcher.scoring.arrays import NOT_WANTED, PRESENT, WANTED, Int8, Int32, Table
from matcher.scoring.coding import KIND_INDEX
from matcher.scoring.compiling import kernel
from models.geography import tenths_of_mile
from models.policy import DISTANCE_LIMIT_TENTHS
from models.vocabulary import HomeKind

# Further than this on either axis is past the limit, and the square of much more would not fit in 64 bits.
_FAR_METRES = 2_000_000

_CONNECTED = KIND_INDEX[HomeKind.CONNECTED]
_FOSTER = KIND_INDEX[HomeKind.FOSTER]
_RESIDENTIAL = KIND_INDEX[HomeKind.RESIDENTIAL]

_tenths_of_mile = kernel(tenths_of_mile)


@kernel
def tenths_between(ax: int, ay: int, bx: int, by: int) -> int:
    """Tenths of a mile between two points, counted up to the limit."""
    east, north = abs(ax - bx), abs(ay - by)
    if east > _FAR_METRES or north > _FAR_METRES:
        return DISTANCE_LIMIT_TENTHS
    return min(_tenths_of_mile(east * east + north * north), DISTANCE_LIMIT_TENTHS)


@kernel
def needs_pence(child: Int8, homes: Int8, j: int, tenths: Int32, prices: np.record) -> int:
    """Pence for needs unmet and skill to spare: of one child's levels at row j of the homes'."""
    short, spare = 0, 0
    for need in range(len(tenths)):
        gap = int(child[need]) - int(homes[j, need])
        if gap > 0:
            short += gap * int(tenths[need])
        else:
            spare -= gap * int(tenths[need])
    pence: int = short * prices.unmet_need_per_tenth + spare * prices.surplus_per_tenth
    return pence


@kernel
def _journeys(row: np.record, home: np.record, visits: Table, prices: np.record) -> int:
    """Pence for the distances from home, to school and to family."""
    x, y = home.x, home.y
    pence: int = 0
    if row.home_counts:
        pence += prices.home_distance_per_tenth_mile * tenths_between(row.home_x, row.home_y, x, y)
    if row.school_counts:
        tenths = tenths_between(row.school_x, row.school_y, x, y)
        pence += prices.school_journey_per_tenth_mile * tenths
        if row.key_stage_4 and tenths > prices.school_reach_tenth_miles:
            pence += prices.key_stage_4_disruption
    travelled: int = 0
    for number in range(row.visits_from, row.visits_to):
        visit = visits[number]
        travelled += visit.times * tenths_between(visit.x, visit.y, x, y)
    pence += prices.family_time_per_tenth_mile_visit * travelled
    return pence


@kernel
def _setting(row: np.record, kind: int, prices: np.record) -> int:
    """Pence for a kind of home that comes later in the order of section 22C(6), or was not preferred."""
    if kind == _CONNECTED or (row.preferred >> kind) & 1:
        return 0
    pence: int = prices.other_step
    if kind == _FOSTER:
        pence = prices.foster_step
    elif kind == _RESIDENTIAL:
        pence = prices.residential_step
    if row.preferred != 0 and (row.suitable >> kind) & 1:
        pence += prices.not_preferred_kind
    return pence


@kernel
def _rest(row: np.record, home: np.record, there: np.record, marks: int, prices: np.record) -> int:
    """Pence for the area, a move, wishes, company, quality and the fee."""
    pence: int = prices.fee_per_mille * home.marginal_fee // 1000
    if row.area_counts and home.locality > 0:
        pence += prices.adjoining_area if home.locality == 1 else prices.at_a_distance
    if row.moves >= 0 and not marks & PRESENT:
        pence += prices.move + prices.each_earlier_move * row.moves
    against = (row.wish_against >> home.kind) & 1
    if marks & NOT_WANTED:
        against += 1
    if row.homes_wanted and not marks & WANTED:
        against += 1
    pence += prices.wish_not_met * against
    if row.solo_preferred and there.children > 0:
        pence += prices.solo_preferred_not_met
    if home.quality == 1:
        pence += prices.requires_improvement
    elif home.quality == 2:
        pence += prices.not_inspected
    return pence


@kernel
def pair_pence(row: np.record, home: np.record, there: np.record, marks: int, visits: Table, prices: np.record) -> int:
    """Pence for everything but needs, language and faith; ``marks`` is what is on record of the pair."""
    return (
        _journeys(row, home, visits, prices) + _setting(row, home.kind, prices) + _rest(row, home, there, marks, prices)
    )

"""What one child asks of every home, worked out once before the homes are looked at."""

import numpy as np

from matcher.scoring.arrays import Arrays, Int8, Int32, Int64, Table
from matcher.scoring.coding import AUTHORITY_INDEX, KIND_INDEX
from matcher.scoring.compiled.compiling import kernel
from matcher.scoring.compiled.words import company_word_of, word_of
from matcher.scoring.compiled.work import ABREAST, Work
from models.rules import RuleId
from models.vocabulary import AuthorityToPlace, HomeKind

_SUPPORTED_FROM_AGE = 16
_CONNECTED = KIND_INDEX[HomeKind.CONNECTED]
_FOSTER = KIND_INDEX[HomeKind.FOSTER]
_RESIDENTIAL = KIND_INDEX[HomeKind.RESIDENTIAL]
_SUPPORTED = KIND_INDEX[HomeKind.SUPPORTED]
_SECURE_HOME = KIND_INDEX[HomeKind.SECURE]
_ADOPTIVE = KIND_INDEX[HomeKind.ADOPTIVE]
_EARLY_PERMANENCE = KIND_INDEX[HomeKind.EARLY_PERMANENCE]
_KINDS = len(HomeKind)
_FULL = AUTHORITY_INDEX[AuthorityToPlace.FULL]
_NONE = AUTHORITY_INDEX[AuthorityToPlace.NONE]

_KIND = 1 << RuleId.KIND
_SPECIALIST = 1 << RuleId.SPECIALIST
_UNDER_16 = 1 << RuleId.UNDER_16
_SECURE = 1 << RuleId.SECURE
_OPEN_TO = 1 << RuleId.CONNECTED
_AUTHORITY = 1 << RuleId.AUTHORITY_TO_PLACE


@kernel
def take_rows(rows: Int64, arrays: Arrays, weights: Int64, by_weight: Int64, work: Work) -> None:
    """Work out the sides of some rows.

    Args:
        rows: int64 (r,).
        arrays: The encoded run.
        weights: int64 (needs,), of a level of each need.
        by_weight: int64 (needs,), the needs in rising order of their weight.
        work: Filled, in the order of ``rows``.
    """
    prices = arrays.policy[0]
    for at, i in enumerate(rows):
        row, child, ask = arrays.rows[i], arrays.child_level[i], work.asks[at]
        everywhere = _everywhere(row, child, arrays.tenths, prices)
        for kind in range(_KINDS):
            ask.kind_bits[kind] = _kind_bits(row, kind) & arrays.in_force
            ask.kind_pence[kind] = everywhere + _kind_pence(row, kind, prices)
        ask.word, ask.company = word_of(row), company_word_of(row)
        ask.places = _places(row, prices, arrays.visits, work.places[at])
        ask.passes = _needs(child, weights, by_weight, work.passes[at])
        ask.high = _high_needs(child, prices.floor_need_level, prices.floor_levels_short, work.high[at])
        # A home that said no beyond a level is as one that must not fall one level short of what is stated.
        ask.brought = _high_needs(arrays.child_said[i], 1, 1, work.brought[at])


@kernel
def _everywhere(row: np.record, child: Int8, tenths: Int32, prices: np.record) -> int:
    """What the child costs wherever: every need, as if none were met, a move, homes wanted."""
    points: int = 0
    for need in range(len(child)):
        points += int(child[need]) * int(tenths[need])
    pence: int = prices.unmet_need_per_tenth * points
    if row.moves >= 0:
        pence += prices.move + prices.each_earlier_move * row.moves
    if row.homes_wanted:
        pence += prices.wish_not_met
    return pence


@kernel
def _kind_bits(row: np.record, kind: int) -> int:
    """Bits of the rules on the kind of home, for a child not named in a connected person's home."""
    bits = 0
    if (row.barred >> kind) & 1:
        bits |= _KIND
    if (row.not_called_for >> kind) & 1:
        bits |= _SPECIALIST
    if kind == _SUPPORTED and row.age < _SUPPORTED_FROM_AGE:
        bits |= _UNDER_16
    if kind == _SECURE_HOME and not row.secure:
        bits |= _SECURE
    if kind == _CONNECTED:
        bits |= _OPEN_TO
    if (kind == _ADOPTIVE and row.authority != _FULL) or (kind == _EARLY_PERMANENCE and row.authority == _NONE):
        bits |= _AUTHORITY
    return bits


@kernel
def _kind_pence(row: np.record, kind: int, prices: np.record) -> int:
    """Pence for a kind that comes later in the order of section 22C(6), was not preferred, or is not wished for."""
    pence: int = prices.wish_not_met * ((row.wish_against >> kind) & 1)
    if kind == _CONNECTED or (row.preferred >> kind) & 1:
        return pence
    if kind == _FOSTER:
        pence += prices.foster_step
    elif kind == _RESIDENTIAL:
        pence += prices.residential_step
    else:
        pence += prices.other_step
    if row.preferred != 0 and (row.suitable >> kind) & 1:
        pence += prices.not_preferred_kind
    return pence


@kernel
def _places(row: np.record, prices: np.record, visits: Table, places: Table) -> int:
    """The child's home, school and visits; how many places they are."""
    count, step = 0, 0
    if row.home_counts:
        count = _add_place(row.home_x, row.home_y, prices.home_distance_per_tenth_mile, 0, places, count)
    if row.school_counts:
        if row.key_stage_4:
            step = prices.key_stage_4_disruption
        count = _add_place(row.school_x, row.school_y, prices.school_journey_per_tenth_mile, step, places, count)
    for number in range(row.visits_from, row.visits_to):
        visit = visits[number]
        per_tenth = prices.family_time_per_tenth_mile_visit * visit.times
        count = _add_place(visit.x, visit.y, per_tenth, 0, places, count)
    return count


@kernel
def _add_place(x: int, y: int, per_tenth: int, step: int, places: Table, count: int) -> int:
    """One journey more; to a place already there, only its price is added. How many places there are then."""
    at = 0
    while at < count and (places[at].x != x or places[at].y != y):
        at += 1
    place = places[at]
    if at == count:
        place.x, place.y, place.per_tenth, place.step = x, y, 0, 0
    place.per_tenth += per_tenth
    place.step += step
    return max(count, at + 1)


@kernel
def _needs(child: Int8, weights: Int64, by_weight: Int64, passes: Table) -> int:
    """Set the child's needs abreast, in each pass needs of one weight; how many passes they are."""
    count, filled, weight = 0, ABREAST, 0
    for need in by_weight:
        if child[need] == 0:
            continue
        if weights[need] != weight or filled == ABREAST:
            weight = weights[need]
            _open(passes[count], need)
            passes[count].weight = weight
            count, filled = count + 1, 0
        passes[count - 1].need[filled], passes[count - 1].level[filled] = need, child[need]
        filled += 1
    return count


@kernel
def _high_needs(child: Int8, from_level: int, short: int, passes: Table) -> int:
    """Set abreast the needs of a level or above, each with the lowest level that is not so many short."""
    count, filled = 0, ABREAST
    for need in range(len(child)):
        enough = child[need] - short + 1
        if child[need] < from_level or enough <= 0:
            continue
        if filled == ABREAST:
            _open(passes[count], need)
            count, filled = count + 1, 0
        passes[count - 1].need[filled], passes[count - 1].level[filled] = need, enough
        filled += 1
    return count


@kernel
def _open(each: np.record, need: int) -> None:
    """A new pass of nothing but no need at all."""
    for at in range(ABREAST):
        each.need[at], each.level[at] = need, 0

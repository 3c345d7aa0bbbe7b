"""The twelve parts of a cost, the prices each is made of, and both as arrays for one child and some homes."""

from typing import NamedTuple

import numpy as np

from matcher.scoring.arrays import NOT_WANTED, PRESENT, PRICE_NAMES, WANTED, Bools, Int64, Table
from matcher.scoring.coding import KIND_INDEX
from matcher.scoring.encoding import Encoded
from models.geography import tenths_of_mile
from models.policy import DISTANCE_LIMIT_TENTHS
from models.vocabulary import HomeKind


class PartKind(NamedTuple):
    """One part: its name in files, its words, the prices it is made of, and its words for an adoptive family."""

    name: str
    label: str
    prices: tuple[str, ...]
    family_label: str = ""


_IDENTITY = ("language_not_spoken", "faith_not_supported", "heritage_not_supported")
PARTS = (
    PartKind("unmet_need", "needs not fully met", ("unmet_need_per_tenth",), "beyond what they said yes to"),
    PartKind("over_provision", "skill the child does not need", ("surplus_per_tenth",)),
    PartKind("distance_home", "distance from home", ("home_distance_per_tenth_mile",)),
    PartKind("school_journey", "journey to school", ("school_journey_per_tenth_mile", "key_stage_4_disruption")),
    PartKind("family_time", "journeys for family time", ("family_time_per_tenth_mile_visit",), "journeys for contact"),
    PartKind("out_of_area", "out of area", ("adjoining_area", "at_a_distance")),
    PartKind("instability", "a move", ("move", "each_earlier_move"), "leaving the carers who may adopt"),
    PartKind("identity_support", "language and faith", _IDENTITY, "language, faith and heritage"),
    PartKind("setting", "kind of home", ("foster_step", "residential_step", "other_step", "not_preferred_kind")),
    PartKind("wishes", "the child's wishes", ("wish_not_met", "solo_preferred_not_met")),
    PartKind("quality", "inspection grade", ("requires_improvement", "not_inspected")),
    PartKind("fee", "fee", ("fee_per_mille",), "inter-agency fee"),
)
"""The parts in the order of every array by part; the fee comes last, all before it is welfare."""

PRICE_LABELS = {
    "unmet_need_per_tenth": "price of a need not met",
    "surplus_per_tenth": "price of skill the child does not need",
    "home_distance_per_tenth_mile": "price of distance from home",
    "school_journey_per_tenth_mile": "price of the journey to school",
    "key_stage_4_disruption": "price of disrupting years 10 and 11",
    "family_time_per_tenth_mile_visit": "price of journeys for family time",
    "adjoining_area": "price of an adjoining area",
    "at_a_distance": "price of a place at a distance",
    "move": "price of a move",
    "each_earlier_move": "price of each earlier move",
    "language_not_spoken": "price of a language not spoken",
    "faith_not_supported": "price of a faith not supported",
    "heritage_not_supported": "price of a heritage not shared or supported",
    "foster_step": "price of fostering before a connected person",
    "residential_step": "price of residential care before fostering",
    "other_step": "price of other arrangements",
    "not_preferred_kind": "price of a kind suitable but not preferred",
    "wish_not_met": "price of a wish not met",
    "solo_preferred_not_met": "price of company where living alone is preferred",
    "requires_improvement": "price of a grade that requires improvement",
    "not_inspected": "price of a home not inspected",
    "fee_per_mille": "weight of the fee",
}
IN_THOUSANDTHS = frozenset({"fee_per_mille", *_IDENTITY})
"""Prices whose charge is quantity times price over a thousand, rounded down."""
_UNITS = np.array([1000 if name in IN_THOUSANDTHS else 1 for name in PRICE_NAMES], np.int64)
_PART_OF_PRICE = [next(i for i, part in enumerate(PARTS) if name in part.prices) for name in PRICE_NAMES]


def quantities_of(encoded: Encoded, row: int, columns: Int64) -> Int64:
    """How much of each price one child would be charged at some homes.

    Args:
        encoded: The encoded case.
        row: The search.
        columns: int64 (k,), the homes.

    Returns:
        int64 (k, prices) in the order of ``PRICE_NAMES``: tenths of a point, tenths of a mile, times a price
        applies, in thousandths for language, faith and heritage; for the fee, the marginal fee in pence.
    """
    arrays = encoded.arrays
    search, homes = arrays.rows[row], arrays.homes[columns]
    there = arrays.households[search.day_index][columns]
    marks = _marks(encoded, row, columns)
    gap = arrays.child_level[row].astype(np.int64) - arrays.home_level[columns]
    school = _tenths(search.school_x, search.school_y, homes) * search.school_counts
    moved = (search.moves >= 0) & (marks & PRESENT == 0)
    named = search.homes_wanted & (marks & WANTED == 0)
    against = search.wish_against >> homes["kind"] & 1
    found = {
        "unmet_need_per_tenth": np.maximum(gap, 0) @ arrays.tenths.astype(np.int64),
        "surplus_per_tenth": np.maximum(-gap, 0) @ arrays.tenths.astype(np.int64),
        "home_distance_per_tenth_mile": _tenths(search.home_x, search.home_y, homes) * search.home_counts,
        "school_journey_per_tenth_mile": school,
        "key_stage_4_disruption": search.key_stage_4 & (school > arrays.policy[0].school_reach_tenth_miles),
        "family_time_per_tenth_mile_visit": _travelled(arrays.visits[search.visits_from : search.visits_to], homes),
        "adjoining_area": search.area_counts & (homes["locality"] == 1),
        "at_a_distance": search.area_counts & (homes["locality"] == 2),
        "move": moved,
        "each_earlier_move": moved * max(int(search.moves), 0),
        "language_not_spoken": _weighed(arrays.language_missing, arrays.language_weight, search.language, columns),
        "faith_not_supported": _weighed(arrays.faith_missing, arrays.faith_weight, search.faith, columns),
        "heritage_not_supported": _weighed(arrays.heritage_missing, arrays.faith_weight, search.faith, columns),
        **_steps(search, homes),
        "wish_not_met": against + (marks & NOT_WANTED > 0) + named,
        "solo_preferred_not_met": search.solo_preferred & (there["children"] > 0),
        "requires_improvement": homes["quality"] == 1,
        "not_inspected": homes["quality"] == 2,
        "fee_per_mille": homes["marginal_fee"],
    }
    return np.stack([found[name].astype(np.int64) for name in PRICE_NAMES], axis=1)


def parts_of(encoded: Encoded, row: int, columns: Int64) -> Int64:
    """The parts of the costs of one child at some homes: int64 (k, 12), pence a week, in the order of ``PARTS``."""
    charged = charges(quantities_of(encoded, row, columns), prices_in_order(encoded))
    found = np.zeros((len(charged), len(PARTS)), np.int64)
    for price, part in enumerate(_PART_OF_PRICE):
        found[:, part] += charged[:, price]
    return found


def prices_in_order(encoded: Encoded) -> Int64:
    """int64 (prices,), in the order of ``PRICE_NAMES``."""
    return np.array([encoded.arrays.policy[name][0] for name in PRICE_NAMES], np.int64)


def charges(quantities: Int64, prices: Int64) -> Int64:
    """int64 (k, prices): pence for each price."""
    return quantities * prices // _UNITS


def _weighed(missing: Bools, weight: Int64, number: int, columns: Int64) -> Int64:
    """Int64 (k,): thousandths at which something missing counts."""
    found: Int64 = missing[number, columns] * weight[number]
    return found


def _marks(encoded: Encoded, row: int, columns: Int64) -> Int64:
    """int64 (k,): what is on record of the pairs."""
    search, special = encoded.arrays.rows[row], encoded.arrays.special
    marks = np.zeros(encoded.shape[1], np.int64)
    own = special[search.special_from : search.special_to]
    marks[own["column"]] = own["marks"]
    return marks[columns]


def _tenths(x: int, y: int, homes: Table) -> Int64:
    """int64 (k,): tenths of a mile from a point to each home, up to the limit."""
    places = zip(homes["x"].tolist(), homes["y"].tolist(), strict=True)
    squares = [(int(x) - east) ** 2 + (int(y) - north) ** 2 for east, north in places]
    return np.array([min(tenths_of_mile(square), DISTANCE_LIMIT_TENTHS) for square in squares], np.int64)


def _travelled(visits: Table, homes: Table) -> Int64:
    total = np.zeros(len(homes), np.int64)
    for visit in visits:
        total += int(visit.times) * _tenths(visit.x, visit.y, homes)
    return total


def _steps(search: np.record, homes: Table) -> dict[str, np.ndarray]:
    """Which of the prices for the kind of home apply."""
    kind = homes["kind"]
    priced = (kind != KIND_INDEX[HomeKind.CONNECTED]) & (search.preferred >> kind & 1 == 0)
    foster, residential = kind == KIND_INDEX[HomeKind.FOSTER], kind == KIND_INDEX[HomeKind.RESIDENTIAL]
    return {
        "foster_step": priced & foster,
        "residential_step": priced & residential,
        "other_step": priced & ~foster & ~residential,
        "not_preferred_kind": priced & (search.preferred != 0) & (search.suitable >> kind & 1 == 1),
    }

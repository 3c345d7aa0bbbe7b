"""The numbers a kernel reads: rows are searches, columns are homes, everything a whole number.

Days are YYYYMMDD, points metres on the British National Grid, distances tenths of a mile, money pence a week,
masks bits in the order of ``models.vocabulary``. ``n`` is the number of rows, ``m`` of columns, ``d`` of distinct
days needed. A table is a numpy record array: one field is an array (``homes["age_from"]``), one element a record
(``homes[3].age_from``), and a kernel takes a table as one argument, which keeps compiling short.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Int8 = npt.NDArray[np.int8]
Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]
Table = np.ndarray[tuple[int, ...], np.dtype[np.record]]

NO_LIMIT = 1_000_000
"""More places, bedrooms or years than any home has, where a limit does not apply."""

WANTED, NOT_WANTED, PRESENT, DECLINED, NAMED, EXEMPT, SHARES = (1 << bit for bit in range(7))
"""Marks of a special pair: the child wants or does not want the home; lives there; it was declined or is ending;
the home is a connected person's open to the child; the child is named in its exemption from the usual fostering
limit; the child could share a double bedroom there with a brother or sister who stays."""

_BOOL, _INT32, _INT64 = np.bool_, np.int32, np.int64

ROW = {
    "day": _INT64,  # the day needed: the later of the referral's date and the case's
    "day_index": _INT32,  # its place in the households
    "age": _INT32,  # whole years on the day needed
    "sex": _INT32,  # the bit of the child's sex
    "home_counts": _BOOL,  # whether distance from the child's home is priced
    "home_x": _INT64,
    "home_y": _INT64,
    "school_counts": _BOOL,  # whether there is a school
    "school_x": _INT64,
    "school_y": _INT64,
    "key_stage_4": _BOOL,  # in year 10 or 11 on the case's date
    "area_counts": _BOOL,  # whether out of area is priced
    "moves": _INT32,  # earlier moves counted, -1 where moving the child is not priced
    "language": _INT32,  # row of Arrays.language_missing
    "faith": _INT32,  # row of Arrays.faith_missing and Arrays.heritage_missing
    "authority": _INT32,  # position in AuthorityToPlace
    "preferred": _INT32,  # mask of kinds preferred
    "suitable": _INT32,  # mask of kinds called suitable
    "barred": _INT32,  # mask of kinds that were not asked for or are called unsuitable
    "not_called_for": _INT32,  # mask of specialist kinds that nothing in the search asks for
    "wish_against": _INT32,  # mask of kinds not among those wished for, 0 where none is
    "homes_wanted": _BOOL,  # whether the child named homes
    "features": _INT32,  # masks of what the child must have, and of risks
    "access": _INT32,
    "allergies": _INT32,
    "risks_to": _INT32,
    "risks_from": _INT32,
    "no_pets": _BOOL,
    "must_have_pets": _BOOL,
    "smoke_free": _BOOL,
    "solo_required": _BOOL,
    "solo_preferred": _BOOL,
    "only_older": _BOOL,
    "only_younger": _BOOL,
    "secure": _BOOL,  # whether the secure criteria are met on the day needed
    "own_room": _BOOL,  # old enough to need a bedroom
    "unit_searching": _BOOL,  # whether another of the child's sibling unit searches
    "visits_from": _INT32,  # the row's part of each list: from, up to and without
    "visits_to": _INT32,
    "avoid_from": _INT32,
    "avoid_to": _INT32,
    "special_from": _INT32,
    "special_to": _INT32,
}
"""Fields of a search."""

HOME = {
    "x": _INT64,
    "y": _INT64,
    "kind": _INT32,  # position in HomeKind
    "locality": _INT32,  # 0 in area, 1 adjoining, 2 at a distance
    "quality": _INT32,  # 0 no price, 1 requires improvement or worse, 2 not inspected
    "marginal_fee": _INT64,
    "places": _INT32,  # the number approved
    "sibling_places": _INT32,  # the number where all are brothers and sisters
    "limit": _INT32,  # the usual fostering limit, NO_LIMIT where it does not apply
    "bedrooms": _INT32,  # NO_LIMIT where bedrooms are not counted
    "not_available": _INT32,  # places approved but not available
    "siblings_only": _BOOL,  # whether they are kept for a sibling group
    "held": _INT32,  # children for whom a place is held here, beside those who live here
    "age_from": _INT32,  # whole years, both ends included
    "age_to": _INT32,
    "sexes": _INT32,  # mask
    "age_gap": _INT32,  # the widest gap in whole years, NO_LIMIT without one
    "features": _INT32,  # masks of what the home has
    "access": _INT32,
    "pets": _INT32,
    "petless": _BOOL,  # known to have none
    "smoking": _BOOL,  # known to be a smoking household
    "standing": _INT64,  # bits of the rules the home fails whoever asks
    "closes": _INT64,  # day, NEVER where it does not apply
    "available_from": _INT64,  # day, 0 where it does not apply
}
"""Fields of a home."""

HOUSEHOLD = {
    "taken": _INT32,  # places the others take
    "bedrooms": _INT32,  # bedrooms they use
    "children": _INT32,  # how many of them are children
    "youngest": _INT32,  # birth day of the youngest child of known age, 0 without one
    "oldest": _INT32,  # birth day of the oldest child of known age, NEVER without one
    "wants_older": _INT32,  # birth day of the oldest of ours who lives only beside older children, NEVER without one
    "wants_younger": _INT32,  # birth day of the youngest of ours who lives only beside younger ones, 0 without one
    "solo": _BOOL,  # one of ours must be the only child
    "risks_to": _INT32,  # mask of every risk the others pose
    "risks_from": _INT32,  # mask of every risk they are exposed to
}
"""Fields of who else lives in a home on a day: *others* are the children who stay and every resident, *children*
those of them under 18."""

ADDRESS = {"x": _INT64, "y": _INT64, "times": _INT64}
"""Fields of an address: ``times`` is visits a week for family time, and the radius in tenths of a mile for a place
to avoid."""

SPECIAL = {
    "column": _INT32,  # rising within a row
    "marks": _INT32,  # WANTED ... SHARES
    "held_self": _INT32,  # 1 where a place is held there for this child
    "held_unit": _INT32,  # places held there for the child's sibling unit, the child included
    "siblings": _INT32,  # children of the unit who live there and stay
}
"""Fields of a pair with something of its own on record: the few that there are, row after row, and one last of no pair
with nothing on record."""


def table(
    fields: Mapping[str, type[np.generic]], columns: Mapping[str, npt.ArrayLike], shape: tuple[int, ...]
) -> Table:
    """Put arrays of one shape together as the fields of a table; every field must be given."""
    made = np.recarray(shape, np.dtype([(name, kind) for name, kind in fields.items()], align=True))
    for name in fields:
        made[name] = columns[name]
    return made


PRICE_NAMES = (
    "unmet_need_per_tenth",
    "surplus_per_tenth",
    "home_distance_per_tenth_mile",
    "school_journey_per_tenth_mile",
    "key_stage_4_disruption",
    "family_time_per_tenth_mile_visit",
    "adjoining_area",
    "at_a_distance",
    "move",
    "each_earlier_move",
    "language_not_spoken",
    "faith_not_supported",
    "heritage_not_supported",
    "foster_step",
    "residential_step",
    "other_step",
    "not_preferred_kind",
    "wish_not_met",
    "solo_preferred_not_met",
    "requires_improvement",
    "not_inspected",
    "fee_per_mille",
)
"""The policy's prices, named as in ``models.policy.Policy``: the order of every array by price."""

POLICY = dict.fromkeys((*PRICE_NAMES, "school_reach_tenth_miles", "floor_levels_short", "floor_need_level"), _INT64)
"""Fields of the policy: its prices in pence a week (the fee's weight in thousandths) and its thresholds."""


class Arrays(NamedTuple):
    """All that a kernel needs.

    Attributes:
        rows: (n,) of ``ROW``, the searches.
        homes: (m,) of ``HOME``, the columns.
        households: (d, m) of ``HOUSEHOLD``, who else lives there on each day needed.
        visits: ``ADDRESS``, family time, row after row.
        avoid: ``ADDRESS``, places to avoid, row after row.
        special: ``SPECIAL``, row after row.
        child_level: int8 (n, needs), 0-4.
        home_level: int8 (m, needs), the highest level of each need that the home can meet.
        language_missing: bool (sets of languages, m), no carer speaks one of the set; row 0 is all False.
        language_weight: int64 (sets of languages,), thousandths at which each counts: it fades as a child waits.
        faith_missing: bool (faiths and heritages, m), the faith is not among the home's; row 0 is all False.
        heritage_missing: bool (faiths and heritages, m), none of the heritage is among the home's.
        faith_weight: int64 (faiths and heritages,), thousandths.
        child_said: int8 (n, needs), the child's levels that somebody stated, 0 where assumed; (n, 0) where no home has
            said no to anything.
        home_limit: int8 (m, needs), the level of each need beyond which the home said no; (m, 0) where none has.
        tenths: int32 (needs,), tenths of a point that a level of each need is worth.
        policy: (1,) of ``POLICY``.
        in_force: Mask of the rules that bind on the case's date.
    """

    rows: Table
    homes: Table
    households: Table
    visits: Table
    avoid: Table
    special: Table
    child_level: Int8
    home_level: Int8
    language_missing: Bools
    language_weight: Int64
    faith_missing: Bools
    heritage_missing: Bools
    faith_weight: Int64
    child_said: Int8
    home_limit: Int8
    tenths: Int32
    policy: Table
    in_force: int

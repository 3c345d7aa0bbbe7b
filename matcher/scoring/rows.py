"""The searches as rows of numbers."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.scoring.arrays import ROW, Bools, Int32, Int64, Table, table
from matcher.scoring.coding import (
    ENGLISH,
    access_mask,
    day_code,
    feature_mask,
    kind_mask,
    pet_mask,
    plain,
    risk_mask,
    sex_mask,
)
from models.case import Case
from models.child import Child, Circumstances
from models.policy import EARLIER_MOVES_COUNTED
from models.referral import Referral
from models.vocabulary import SPECIALIST_KINDS, Alongside, Feature, HomeKind, PetsWish, Solo

_SCHOOL_YEAR_STARTS = (9, 1)
_CONNECTED = kind_mask((HomeKind.CONNECTED,))
_SPECIALIST = kind_mask(SPECIALIST_KINDS)
_PARENT_AND_CHILD = kind_mask((HomeKind.PARENT_AND_CHILD,))
_EVERY_KIND = kind_mask(HomeKind)
_SECRETARY_OF_STATE_UNDER = 13


@dataclass(frozen=True, slots=True)
class Search:
    """One row: the referral, the child, what is known of them for this search, the day needed, and their unit.

    ``mates`` are the others of the child's sibling unit, whether they search or stay.
    """

    referral: Referral
    child: Child
    circumstances: Circumstances
    day: dt.date
    mates: frozenset[str]


def encode_searches(
    case: Case,
    searches: Sequence[Search],
    languages: Mapping[frozenset[str], int],
    faiths: Mapping[str, int],
    parts: Mapping[str, Int64],
) -> Table:
    """Encode the searches in the order given: a table (searches,) of ``ROW``.

    Args:
        case: The case.
        searches: The rows.
        languages: Number of each set of languages needed.
        faiths: Number of each faith.
        parts: For ``visits``, ``avoid`` and ``special``, where each row's part of the list starts, int64 (rows + 1,).
    """
    size, policy = len(searches), case.policy
    searching = frozenset(search.child.id for search in searches)

    def ints(value: Callable[[Search], int]) -> Int32:
        return np.fromiter((value(search) for search in searches), np.int32, size)

    def longs(value: Callable[[Search], int]) -> Int64:
        return np.fromiter((value(search) for search in searches), np.int64, size)

    def bools(value: Callable[[Search], bool]) -> Bools:
        return np.fromiter((value(search) for search in searches), np.bool_, size)

    day = longs(lambda s: day_code(s.day))
    fields: dict[str, Int32 | Int64 | Bools] = {
        "day": day,
        "day_index": np.unique(day, return_inverse=True)[1].astype(np.int32),
        "age": ints(lambda s: s.child.age_on(s.day)),
        "sex": ints(lambda s: sex_mask((s.child.sex,))),
        "home_x": longs(lambda s: s.child.home.easting if s.child.home else 0),
        "home_y": longs(lambda s: s.child.home.northing if s.child.home else 0),
        "home_counts": bools(home_distance_counts),
        "school_x": longs(lambda s: s.circumstances.school.easting if s.circumstances.school else 0),
        "school_y": longs(lambda s: s.circumstances.school.northing if s.circumstances.school else 0),
        "school_counts": bools(lambda s: s.circumstances.school is not None),
        "key_stage_4": bools(lambda s: key_stage_4(s.child.born, case.as_at)),
        "area_counts": bools(lambda s: not s.circumstances.wishes.away_from_home_area),
        "moves": ints(lambda s: _moves(case, s.child)),
        "language": ints(lambda s: languages[languages_needed(s)]),
        "faith": ints(lambda s: faiths[faith_of(s)]),
        "preferred": ints(lambda s: kind_mask(s.referral.preferred_kinds)),
        "suitable": ints(lambda s: kind_mask(s.referral.suitable_kinds)),
        "barred": ints(lambda s: barred_kinds(s.referral)),
        "not_called_for": ints(not_called_for),
        "wish_against": ints(_wish_against),
        "homes_wanted": bools(lambda s: bool(s.circumstances.wishes.homes_wanted)),
        "features": ints(lambda s: feature_mask(s.circumstances.features)),
        "access": ints(lambda s: access_mask(s.circumstances.access)),
        "allergies": ints(lambda s: pet_mask(s.circumstances.allergies)),
        "risks_to": ints(lambda s: risk_mask(s.circumstances.risks_to_others)),
        "risks_from": ints(lambda s: risk_mask(s.circumstances.risks_from_others)),
        "no_pets": bools(lambda s: s.circumstances.pets is PetsWish.NO),
        "must_have_pets": bools(lambda s: s.circumstances.pets is PetsWish.MUST),
        "smoke_free": bools(lambda s: s.circumstances.smoke_free),
        "solo_required": bools(lambda s: s.circumstances.solo is Solo.REQUIRED),
        "solo_preferred": bools(lambda s: s.circumstances.solo is Solo.PREFERRED),
        "only_older": bools(lambda s: s.circumstances.alongside is Alongside.ONLY_OLDER),
        "only_younger": bools(lambda s: s.circumstances.alongside is Alongside.ONLY_YOUNGER),
        "secure": bools(secure_criteria_met),
        "own_room": bools(lambda s: s.child.age_on(s.day) >= policy.share_bedroom_under),
        "unit_searching": bools(lambda s: not s.mates.isdisjoint(searching)),
    }
    for name, start in parts.items():
        fields |= {f"{name}_from": start[:-1], f"{name}_to": start[1:]}
    return table(ROW, fields, (size,))


def home_distance_counts(search: Search) -> bool:
    """Whether distance from the child's home is priced."""
    child = search.child
    return child.home is not None and not child.uasc and not search.circumstances.wishes.away_from_home_area


def key_stage_4(born: dt.date, as_at: dt.date) -> bool:
    """Whether a child is in year 10 or 11 on a day: 14 or 15 when the school year began."""
    began = as_at.year - ((as_at.month, as_at.day) < _SCHOOL_YEAR_STARTS)
    return dt.date(began - 16, *_SCHOOL_YEAR_STARTS) <= born < dt.date(began - 14, *_SCHOOL_YEAR_STARTS)


def languages_needed(search: Search) -> frozenset[str]:
    """The languages of which a carer should speak one; none where the child has English or nothing is recorded."""
    spoken = frozenset(plain(language) for language in search.circumstances.languages)
    return frozenset() if ENGLISH in spoken else spoken


def faith_of(search: Search) -> str:
    """The child's religion as it is compared, empty where none is recorded."""
    return plain(search.circumstances.religion or "")


def barred_kinds(referral: Referral) -> int:
    """Mask of the kinds that fail the rule on the kind of home asked for."""
    asked = _asked(referral)
    others = _EVERY_KIND & ~asked & ~_CONNECTED if asked else 0
    return others | kind_mask(referral.unsuitable_kinds)


def not_called_for(search: Search) -> int:
    """Mask of the specialist kinds that the search does not call for by name or, for parent and child, by service."""
    called_for = _asked(search.referral)
    if Feature.PARENT_AND_CHILD in search.circumstances.features:
        called_for |= _PARENT_AND_CHILD
    return _SPECIALIST & ~called_for


def _asked(referral: Referral) -> int:
    return kind_mask(referral.preferred_kinds) | kind_mask(referral.suitable_kinds)


def secure_criteria_met(search: Search) -> bool:
    """Section 25, Children Act 1989: an order in force on the day and, under 13, the Secretary of State's approval."""
    until = search.circumstances.secure_order_until
    if until is None or until < search.day:
        return False
    return (
        search.child.age_on(search.day) >= _SECRETARY_OF_STATE_UNDER or search.circumstances.secretary_of_state_approval
    )


def _moves(case: Case, child: Child) -> int:
    """Earlier moves that add to the price of one more, -1 where moving the child is not priced."""
    placement = case.placement_of.get(child.id)
    if placement is None or placement.ends_on is not None:
        return -1
    return min(child.moves_last_year, EARLIER_MOVES_COUNTED)


def _wish_against(search: Search) -> int:
    """Mask of the kinds the child's wish speaks against, 0 where no kind was wished for."""
    wished = kind_mask(search.circumstances.wishes.kinds)
    return _EVERY_KIND & ~wished if wished else 0

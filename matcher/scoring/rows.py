"""The searches as rows of numbers."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.scoring.arrays import ROW, Bools, Int64, Table, table
from matcher.scoring.coding import (
    AUTHORITY_INDEX,
    ENGLISH,
    access_mask,
    coded,
    day_code,
    day_or_0,
    feature_mask,
    kind_mask,
    pet_mask,
    plain,
    risk_mask,
    sex_mask,
)
from models.case import Case
from models.child import Child, Circumstances
from models.geography import Location
from models.policy import EARLIER_MOVES_COUNTED, identity_weight
from models.referral import Referral
from models.vocabulary import SPECIALIST_KINDS, Alongside, Feature, HomeKind, PetsWish, Solo

_SCHOOL_YEAR_STARTS = 9_01
_CONNECTED = kind_mask((HomeKind.CONNECTED,))
_SPECIALIST = kind_mask(SPECIALIST_KINDS)
_PARENT_AND_CHILD = kind_mask((HomeKind.PARENT_AND_CHILD,))
_EVERY_KIND = kind_mask(HomeKind)
_CARE_OF_PARENT_AND_CHILD = feature_mask((Feature.PARENT_AND_CHILD,))
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


class Support(NamedTuple):
    """What a home should share or support: one of the words, one of the heritage, at a weight in thousandths."""

    words: frozenset[str]
    heritage: frozenset[str]
    weight: int


NO_SUPPORT = Support(frozenset(), frozenset(), 1000)


def encode_searches(
    case: Case,
    searches: Sequence[Search],
    languages: Mapping[Support, int],
    faiths: Mapping[Support, int],
    parts: Mapping[str, Int64],
) -> Table:
    """Encode the searches in the order given: a table (searches,) of ``ROW``.

    Args:
        case: The case.
        searches: The rows.
        languages: Number of each set of languages needed, at its weight.
        faiths: Number of each faith and heritage, at its weight.
        parts: For ``visits``, ``avoid`` and ``special``, where each row's part of the list starts, int64 (rows + 1,).
    """
    day = coded([search.day for search in searches], day_code)
    fields: dict[str, npt.ArrayLike] = {
        "day": day,
        "day_index": np.unique(day, return_inverse=True)[1],
        "language": [languages[languages_needed(case, search)] for search in searches],
        "faith": [faiths[faith_and_heritage(case, search)] for search in searches],
        "authority": coded([search.referral.authority for search in searches], AUTHORITY_INDEX.__getitem__),
        "moves": [_moves(case, search.child) for search in searches],
    }
    fields |= _child_fields(case, searches, day) | _place_fields(searches) | _company_fields(searches)
    fields |= _kind_fields(searches)
    for name, start in parts.items():
        fields |= {f"{name}_from": start[:-1], f"{name}_to": start[1:]}
    return table(ROW, fields, (len(searches),))


def _child_fields(case: Case, searches: Sequence[Search], day: Int64) -> dict[str, npt.ArrayLike]:
    """What follows from the child's sex and age on the day needed."""
    known = [search.circumstances for search in searches]
    born = coded([search.child.born for search in searches], day_code)
    age = (day - born) // 10_000
    ordered = coded([some.secure_order_until for some in known], day_or_0) >= day
    approved = np.array([some.secretary_of_state_approval for some in known], np.bool_)
    return {
        "age": age,
        "sex": coded([search.child.sex for search in searches], lambda sex: sex_mask((sex,))),
        "key_stage_4": _key_stage_4(born, day_code(case.as_at)),
        "own_room": age >= case.policy.share_bedroom_under,
        # Section 25, Children Act 1989: an order in force and, under 13, the Secretary of State's approval.
        "secure": ordered & ((age >= _SECRETARY_OF_STATE_UNDER) | approved),
    }


def _place_fields(searches: Sequence[Search]) -> dict[str, npt.ArrayLike]:
    """The child's home and school, and which distances are priced."""
    homes = [search.child.home for search in searches]
    schools = [search.circumstances.school for search in searches]
    away = np.array([search.circumstances.wishes.away_from_home_area for search in searches], np.bool_)
    settled = np.array([s.child.home is not None and not s.child.uasc for s in searches], np.bool_)
    return {
        "home_counts": settled & ~away,
        "home_x": _eastings(homes),
        "home_y": _northings(homes),
        "school_counts": [school is not None for school in schools],
        "school_x": _eastings(schools),
        "school_y": _northings(schools),
        "area_counts": ~away,
    }


def _company_fields(searches: Sequence[Search]) -> dict[str, npt.ArrayLike]:
    """What the child must have, cannot have, and who may live beside them."""
    known = [search.circumstances for search in searches]
    searching = frozenset(search.child.id for search in searches)
    return {
        "homes_wanted": [bool(some.wishes.homes_wanted) for some in known],
        "access": coded([some.access for some in known], access_mask),
        "allergies": coded([some.allergies for some in known], pet_mask),
        "risks_to": coded([some.risks_to_others for some in known], risk_mask),
        "risks_from": coded([some.risks_from_others for some in known], risk_mask),
        "no_pets": [some.pets is PetsWish.NO for some in known],
        "must_have_pets": [some.pets is PetsWish.MUST for some in known],
        "smoke_free": [some.smoke_free for some in known],
        "solo_required": [some.solo is Solo.REQUIRED for some in known],
        "solo_preferred": [some.solo is Solo.PREFERRED for some in known],
        "only_older": [some.alongside is Alongside.ONLY_OLDER for some in known],
        "only_younger": [some.alongside is Alongside.ONLY_YOUNGER for some in known],
        "unit_searching": [not search.mates.isdisjoint(searching) for search in searches],
    }


def _kind_fields(searches: Sequence[Search]) -> dict[str, npt.ArrayLike]:
    """Masks of the kinds of home that the referral and the child's wishes speak for and against."""
    known, referrals = [search.circumstances for search in searches], [search.referral for search in searches]
    preferred = coded([referral.preferred_kinds for referral in referrals], kind_mask)
    suitable = coded([referral.suitable_kinds for referral in referrals], kind_mask)
    unsuitable = coded([referral.unsuitable_kinds for referral in referrals], kind_mask)
    wished = coded([some.wishes.kinds for some in known], kind_mask)
    features = coded([some.features for some in known], feature_mask)
    asked = preferred | suitable
    called_for = asked | np.where(features & _CARE_OF_PARENT_AND_CHILD, _PARENT_AND_CHILD, 0)
    return {
        "features": features,
        "preferred": preferred,
        "suitable": suitable,
        "barred": np.where(asked, _EVERY_KIND & ~asked & ~_CONNECTED, 0) | unsuitable,
        "not_called_for": _SPECIALIST & ~called_for,
        "wish_against": np.where(wished, _EVERY_KIND & ~wished, 0),
    }


def _eastings(places: Sequence[Location | None]) -> list[int]:
    return [place.easting if place else 0 for place in places]


def _northings(places: Sequence[Location | None]) -> list[int]:
    return [place.northing if place else 0 for place in places]


def _key_stage_4(born: Int64, as_at: int) -> Bools:
    """Whether children are in year 10 or 11 on a day: 14 or 15 when the school year began. Days are YYYYMMDD."""
    began = as_at // 10_000 - (as_at % 10_000 < _SCHOOL_YEAR_STARTS)
    first, end = ((began - years) * 10_000 + _SCHOOL_YEAR_STARTS for years in (16, 14))
    return (first <= born) & (born < end)


def languages_needed(case: Case, search: Search) -> Support:
    """The languages of which a carer should speak one; none where the child has English or nothing is recorded."""
    spoken = frozenset(map(plain, search.circumstances.languages))
    return NO_SUPPORT if ENGLISH in spoken else _weighed(case, search, spoken)


def faith_and_heritage(case: Case, search: Search) -> Support:
    """The child's religion and heritage as they are compared, nothing where none is recorded."""
    religion = plain(search.circumstances.religion or "")
    faith = frozenset({religion}) if religion else frozenset[str]()
    return _weighed(case, search, faith, frozenset(map(plain, search.circumstances.heritage)))


def _weighed(case: Case, search: Search, words: frozenset[str], heritage: frozenset[str] = frozenset()) -> Support:
    if not words and not heritage:
        return NO_SUPPORT
    return Support(words, heritage, identity_weight(case.policy, (case.as_at - search.referral.received).days))


def _moves(case: Case, child: Child) -> int:
    """Earlier moves that add to the price of one more, -1 where moving the child is not priced."""
    placement = case.placement_of.get(child.id)
    if placement is None or placement.ends_on is not None:
        return -1
    return min(child.moves_last_year, EARLIER_MOVES_COUNTED)

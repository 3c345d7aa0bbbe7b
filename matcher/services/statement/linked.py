"""Figures of different tables that readers know to be equal, or to add up to each other, by their definitions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations, product

from matcher.services.counts import AGE_BANDS
from matcher.services.disclosure_cells import Figure, Known
from matcher.services.gap import GapCategory, Outcome
from matcher.services.statement.places import NOT_AVAILABLE, OTHERS, OWN, VACANT
from matcher.services.statement.runs import IN_AREA, NO_HOME, NOT_SHORT, SETTLED
from matcher.services.statement.standing import ELSEWHERE, NOT_KNOWN
from matcher.services.tabulation import ALL, CountTable, Where
from models.geography import Locality
from models.ssda903.location import Distance

_Key = tuple[str, Where]
_OUTSIDE = (Locality.ADJOINING.value, Locality.AT_A_DISTANCE.value)
_FOSTERING = ("foster in_house", "connected_person in_house")
_FILLED = (
    ("ifa_fostering", "foster private"),
    ("in_house_residential", "residential in_house"),
    ("independent_residential", "residential private"),
    ("supported_accommodation", "supported_accommodation private"),
    ("parent_and_child", "parent_and_child private"),
    ("residential_school", "residential_school private"),
    ("secure", "secure other_authority"),
)
"""Living arrangements, and the places that the same children fill."""


@dataclass(frozen=True)
class _Same:
    """Children who are one thing, or one of several, are by definition those who are another, or one of several."""

    dimension: str
    values: tuple[str, ...]
    other: str
    others: tuple[str, ...]


_SAME = (
    _Same("clean_short", (IN_AREA,), "side_clean", (IN_AREA,)),
    _Same("clean", (Outcome.UNMET.value,), "side_clean", (NO_HOME,)),
    _Same("clean_inside", (IN_AREA,), "clean_short", (IN_AREA,)),
    _Same("clean_short", (IN_AREA,), "clean", (Outcome.IN_AREA.value,)),
    _Same("clean_short", (IN_AREA,), "clean_why", (NOT_SHORT,)),
    _Same("clean_short", (SETTLED,), "clean_why", (GapCategory.NOT_SUPPLY.value,)),
    _Same("group_teenagers", ("yes",), "age", AGE_BANDS[-2:]),
    _Same("group_sixteen_plus", ("yes",), "age", AGE_BANDS[-1:]),
    _Same("group_uasc", ("yes",), "uasc", ("yes",)),
    _Same("group_parent_and_child", ("yes",), "clean_kind", ("parent_and_child",)),
    _Same("ind_out_of_area", ("yes",), "locality", _OUTSIDE),
    _Same("ind_at_a_distance", ("yes",), "locality", _OUTSIDE[1:]),
    _Same("live_in", (ELSEWHERE,), "locality", _OUTSIDE),
    _Same("live_in", (ELSEWHERE,), "ind_out_of_area", ("yes",)),
    _Same("ind_over_20_miles", ("yes",), "distance", (Distance.INSIDE_FAR.value, Distance.OUTSIDE_FAR.value)),
    _Same("ind_over_20_miles_known", ("yes",), "ind_over_20_miles", ("yes",)),
    _Same("ind_over_20_miles_known", ("not_counted",), "distance", (Distance.NOT_KNOWN.value,)),
    _Same("ind_out_of_area_over_20_miles", ("yes",), "distance", (Distance.OUTSIDE_FAR.value,)),
    _Same("ind_distance_not_known", ("yes",), "distance", (Distance.NOT_KNOWN.value,)),
    _Same("ind_distance_not_known", ("yes",), "come_from", (NOT_KNOWN,)),
    _Same("ind_regulated_settings_16_17", ("yes", "no"), "age", AGE_BANDS[-1:]),
    _Same("ind_regulated_settings_16_17", ("no",), "living", ("supported_accommodation",)),
)
_SUMS: tuple[tuple[_Key, tuple[_Key, ...]], ...] = (
    *(
        (("own_fostering", (state,)), tuple(("places", (kind, state)) for kind in _FOSTERING))
        for state in (OWN, OTHERS, VACANT, NOT_AVAILABLE)
    ),
    *((("living", (living,)), ((("places", (kind, OWN)),))) for living, kind in _FILLED),
    (("own_fostering", (NOT_AVAILABLE,)), (("not_available", (ALL,)),)),
    (("side_plan", (NO_HOME,)), (("now", (Outcome.UNMET.value,)),)),
)


def readers_know(tables: Mapping[str, CountTable]) -> Known:
    """What a reader who knows the definitions can set equal across these tables.

    Where children are the same by definition, they are the same in every row of whatever else two tables divide by. A
    sum that does not hold in these data, because records are missing, is nothing a reader could use.
    """
    same = (found for each in _SAME for found in _everywhere(tables, each))
    sums = [(whole, parts) for whole, parts in (*same, *_SUMS) if _holds(tables, whole, parts)]
    return Known(sums=tuple((_figure(whole), tuple(_figure(part) for part in parts)) for whole, parts in sums))


def _everywhere(tables: Mapping[str, CountTable], same: _Same) -> Iterator[tuple[_Key, tuple[_Key, ...]]]:
    """The sums of a definition in each pair of tables of one universe that divide by the same things beside it.

    The tables' own totals carry over what follows from others: the rest of the first dimension, say.
    """
    for whole, parts in permutations(tables.values(), 2):
        if whole.universe != parts.universe:
            continue
        one, other = (_without(each, key) for each, key in ((whole, same.dimension), (parts, same.other)))
        if one is None or other is None or sorted(one) != sorted(other):
            continue
        allowed = ({value.key for value in d.values} for d in whole.dimensions if d.key == same.dimension)
        if not set(same.values) <= next(allowed):
            continue
        for values in product(*((*(v.key for v in d.values), ALL) for d in whole.dimensions if d.key in one)):
            beside = dict(zip(one, values, strict=True))
            left = [_cell(whole, beside | {same.dimension: value}) for value in same.values]
            right = [_cell(parts, beside | {same.other: value}) for value in same.others]
            if len(left) == 1:
                yield left[0], tuple(right)
            elif len(right) == 1:
                yield right[0], tuple(left)


def _without(table: CountTable, dimension: str) -> tuple[str, ...] | None:
    """What a table divides by beside a dimension; None if it does not divide by that."""
    keys = tuple(each.key for each in table.dimensions)
    return tuple(key for key in keys if key != dimension) if dimension in keys else None


def _cell(table: CountTable, values: Mapping[str, str]) -> _Key:
    return table.key, tuple(values[each.key] for each in table.dimensions)


def _holds(tables: Mapping[str, CountTable], whole: _Key, parts: Iterable[_Key]) -> bool:
    every = [whole, *parts]
    if any(table not in tables or where not in tables[table].cells for table, where in every):
        return False
    first, *others = (tables[table].count(*where) or 0 for table, where in every)
    return first == sum(others)


def _figure(key: _Key) -> Figure:
    table, where = key
    return Figure(table=table, where=where)

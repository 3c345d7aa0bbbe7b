"""Figures of different tables that readers know to be equal, or to add up to each other, by their definitions."""

from collections.abc import Iterable, Mapping

from matcher.services.disclosure_cells import Figure, Known
from matcher.services.gap import Outcome
from matcher.services.statement.runs import IN_AREA, NOT_SHORT, SHORT
from matcher.services.tabulation import CountTable, Where
from models.geography import Locality
from models.ssda903.location import Distance

_Key = tuple[str, Where]
_YES, _NO = ("yes",), ("no",)
_OUTSIDE = ((Locality.ADJOINING.value,), (Locality.AT_A_DISTANCE.value,))
_BANDS = ("long_term_stability_1_4", "long_term_stability_5_9", "long_term_stability_10_15")
_CLEAN_SHORT = tuple(("clean", (outcome.value,)) for outcome in Outcome if outcome is not Outcome.IN_AREA)
_SUMS: tuple[tuple[_Key, tuple[_Key, ...]], ...] = (
    (("ind_out_of_area", _YES), tuple(("locality", where) for where in _OUTSIDE)),
    (("ind_at_a_distance", _YES), (("locality", _OUTSIDE[1]),)),
    (("ind_over_20_miles", _YES), tuple(("distance", (d.value,)) for d in (Distance.INSIDE_FAR, Distance.OUTSIDE_FAR))),
    (("ind_out_of_area_over_20_miles", _YES), (("distance", (Distance.OUTSIDE_FAR.value,)),)),
    (("ind_distance_not_known", _YES), (("distance", (Distance.NOT_KNOWN.value,)),)),
    (("clean_short", (SHORT,)), _CLEAN_SHORT),
    (("clean_short", (IN_AREA,)), (("clean", (Outcome.IN_AREA.value,)),)),
    (("clean_why", (NOT_SHORT,)), (("clean_short", (IN_AREA,)),)),
    *((("ind_long_term_stability", each), tuple((f"ind_{band}", each) for band in _BANDS)) for each in (_YES, _NO)),
)


def readers_know(tables: Mapping[str, CountTable]) -> Known:
    """What a reader who knows the definitions can set equal across these tables.

    A sum that does not hold in these data, because records are missing, is nothing a reader could use.
    """
    sums = [(whole, parts) for whole, parts in _SUMS if _holds(tables, whole, parts)]
    return Known(sums=tuple((_figure(whole), tuple(_figure(part) for part in parts)) for whole, parts in sums))


def _holds(tables: Mapping[str, CountTable], whole: _Key, parts: Iterable[_Key]) -> bool:
    every = [whole, *parts]
    if any(table not in tables for table, _ in every):
        return False
    first, *others = (tables[table].count(*where) or 0 for table, where in every)
    return first == sum(others)


def _figure(key: _Key) -> Figure:
    table, where = key
    return Figure(table=table, where=where)

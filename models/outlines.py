"""Simplified map outlines of English districts and authorities, for drawing only.

``data/geography/outlines.json`` holds each stretch of border once; an area's outline is the stretches that have
the area on one side only, joined end to end. Neighbours therefore fit without gaps.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from models.areas import UnknownAreaError, areas, districts_of

UNIT_METRES = 100
"""Outlines are in hundreds of metres on the British National Grid; northings grow upwards."""

Corner = tuple[int, int]
Ring = tuple[Corner, ...]
"""A closed line, the first corner not repeated. Fill several rings of one area by the even-odd rule."""


@dataclass(frozen=True, slots=True)
class _Arc:
    sides: tuple[str | None, str | None]
    corners: tuple[Corner, ...]


@cache
def _held() -> dict[str, Any]:
    held: dict[str, Any] = json.loads(
        (files("placewell_data") / "geography" / "outlines.json").read_text(encoding="utf-8")
    )
    return held


def outline_source() -> str:
    """Whose data the outlines are made from, to be printed beside any map drawn with them."""
    return str(_held()["source"])


@cache
def _arcs() -> tuple[_Arc, ...]:
    """Every stretch of border with the district codes on its two sides, None for the sea or another country."""
    held = _held()
    if held["unit_metres"] != UNIT_METRES:
        raise ValueError(f"outlines.json is in units of {held['unit_metres']} m, expected {UNIT_METRES} m")
    codes: list[str | None] = [*held["districts"], None]
    return tuple(
        _Arc(
            (codes[low], codes[high]),
            tuple(zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True)),
        )
        for low, high, *steps in held["arcs"]
    )


def outline(districts: Iterable[str]) -> tuple[Ring, ...]:
    """The outline of an area made of whole districts, as closed rings in units of 100 m.

    Raises:
        UnknownAreaError: A code is not an English district.
    """
    wanted = frozenset(districts)
    lines = [arc for arc in _arcs() if (arc.sides[0] in wanted) != (arc.sides[1] in wanted)]
    drawn = {code for arc in _arcs() for code in arc.sides}
    if unknown := sorted(wanted - drawn):
        raise UnknownAreaError(f"no outline for {', '.join(unknown)}: expected codes of English districts")
    return _join([arc.corners for arc in lines])


def _join(lines: list[tuple[Corner, ...]]) -> tuple[Ring, ...]:
    """Put lines together end to end until every ring closes."""
    ending_at: defaultdict[Corner, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        ending_at[line[0]].append(index)
        ending_at[line[-1]].append(index)
    left = set(range(len(lines)))
    rings = []
    for index, line in enumerate(lines):
        if index not in left:
            continue
        left.remove(index)
        ring = list(line)
        while ring[-1] != ring[0]:
            following = next(other for other in ending_at[ring[-1]] if other in left)
            left.remove(following)
            corners = lines[following]
            ring.extend(corners[1:] if corners[0] == ring[-1] else corners[-2::-1])
        rings.append(tuple(ring[:-1]))
    return tuple(sorted(rings, key=len, reverse=True))


@cache
def district_outlines(utla: str) -> Mapping[str, tuple[Ring, ...]]:
    """Outlines of an English authority's districts by district code."""
    return MappingProxyType({code: outline([code]) for code in districts_of(utla)})


@cache
def authority_outlines() -> Mapping[str, tuple[Ring, ...]]:
    """Outlines of every English upper-tier authority by its code."""
    english = sorted({area.utla for area in areas().values() if area.utla.startswith("E")})
    return MappingProxyType({code: outline(districts_of(code)) for code in english})

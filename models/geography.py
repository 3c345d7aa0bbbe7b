"""Where things are: points, miles, in area or out of it, and who must approve a placement there.

Points are metres on the British National Grid; authorities are Office for National Statistics codes.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from models.areas import (
    Adjacency,
    Area,
    UnknownAreaError,
    adjacency,
    adjoins,
    areas,
    district_name,
    districts_of,
    utla_name,
    utla_of,
)

__all__ = [
    "Adjacency",
    "Approval",
    "Area",
    "Locality",
    "Location",
    "Point",
    "UnknownAreaError",
    "adjacency",
    "adjoins",
    "approval_level",
    "areas",
    "district_name",
    "districts_of",
    "locality",
    "miles_tenths",
    "straight_line_miles",
    "tenths_of_mile",
    "utla_name",
    "utla_of",
]

# The Department for Education's formula: metres / 1000 / 1.6093, rounded to 0.1 of a mile. Kept as metres in
# ten thousand miles so that the rounding can be done in whole numbers.
METRES_IN_10_000_MILES = 16_093_000
_THOUSANDTHS = METRES_IN_10_000_MILES // 1000


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the British National Grid, in whole metres."""

    easting: int
    northing: int


@dataclass(frozen=True, slots=True)
class Location:
    """Where a postcode is.

    Attributes:
        postcode: As normalised, such as "SG13 8DQ", or a sector ("SG13 8") or outcode ("SG13").
        easting: Metres on the British National Grid.
        northing: Metres on the British National Grid.
        district: Code of the district (lower-tier authority) it lies in, on today's boundaries.
        utla: Code of the upper-tier authority, the one with children's services.
        exact: False where the point is the centre of a sector or outcode, because only that much was
            known.
    """

    postcode: str
    easting: int
    northing: int
    district: str
    utla: str
    exact: bool = True

    @property
    def point(self) -> Point:
        """The grid reference alone."""
        return Point(self.easting, self.northing)


def tenths_of_mile(squared_metres: int) -> int:
    """Turn a squared distance into tenths of a mile by the Department for Education's formula.

    Equals ``round(metres / 1000 / 1.6093, 1)`` in exact arithmetic. No tie can occur: half a tenth of a mile
    is an odd multiple of 80.465 m, and no whole number is the square of one. The float estimate is put right
    by whole numbers, so plain Python, numpy integers and a compiled copy (``numba.njit(tenths_of_mile)``)
    agree everywhere. Valid for distances inside Great Britain (below 15,000 km nothing overflows 64 bits).

    Args:
        squared_metres: dx * dx + dy * dy, in whole metres.
    """
    tenths = int(math.sqrt(squared_metres) * 100.0 / _THOUSANDTHS + 0.5)
    scaled = 40_000 * squared_metres
    if tenths > 0 and ((2 * tenths - 1) * _THOUSANDTHS) ** 2 > scaled:
        return tenths - 1
    if ((2 * tenths + 1) * _THOUSANDTHS) ** 2 < scaled:
        return tenths + 1
    return tenths


def miles_tenths(a: Point | Location, b: Point | Location) -> int:
    """Straight-line distance between two points in tenths of a mile (202 is 20.2 miles)."""
    return tenths_of_mile((a.easting - b.easting) ** 2 + (a.northing - b.northing) ** 2)


def straight_line_miles(a: Point | Location, b: Point | Location) -> float:
    """Straight-line distance in miles to one decimal place, as the Department for Education computes it."""
    return miles_tenths(a, b) / 10


class Locality(StrEnum):
    """Where a placement is, seen from the responsible authority: geography alone."""

    IN_AREA = "in_area"
    ADJOINING = "adjoining"
    AT_A_DISTANCE = "at_a_distance"


class Approval(StrEnum):
    """Who must approve a placement outside the responsible authority's area before it starts."""

    NONE = "none"
    NOMINATED_OFFICER = "nominated_officer"
    DIRECTOR = "director"


_APPROVAL_FOR = MappingProxyType(
    {
        Locality.IN_AREA: Approval.NONE,
        Locality.ADJOINING: Approval.NOMINATED_OFFICER,
        Locality.AT_A_DISTANCE: Approval.DIRECTOR,
    }
)


def locality(responsible_utla: str, placement_utla: str) -> Locality:
    """Where a placement is, seen from the responsible authority.

    "At a distance" is outside the authority's area and outside every authority that adjoins it: regulation
    11(5) of the Care Planning, Placement and Case Review (England) Regulations 2010 (SI 2010/959), put in by
    SI 2013/3239. Borders with Wales and Scotland count where they are known; all else outside England is at
    a distance.
    """
    if responsible_utla == placement_utla:
        return Locality.IN_AREA
    return Locality.ADJOINING if adjoins(responsible_utla, placement_utla) else Locality.AT_A_DISTANCE


def approval_level(
    responsible_utla: str, placement_utla: str, *, connected_person: bool, own_foster_carer: bool
) -> Approval:
    """Who must approve this placement because of where it is.

    Regulation 11 of the Care Planning, Placement and Case Review (England) Regulations 2010: a nominated
    officer outside the area, the director of children's services at a distance, and neither where the child
    goes to a connected person under regulation 24 or to a foster carer whom the responsible authority itself
    approved, wherever they live.

    Args:
        responsible_utla: The authority that looks after the child.
        placement_utla: The authority the home lies in.
        connected_person: The carer is a connected person.
        own_foster_carer: The carer is a foster carer approved by the responsible authority.
    """
    if connected_person or own_foster_carer:
        return Approval.NONE
    return _APPROVAL_FOR[locality(responsible_utla, placement_utla)]

"""The middle of a district: where a home that does not exist yet is taken to stand."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

from models.case import Case
from models.geography import Location, UnknownAreaError, district_name, districts_of
from models.outlines import UNIT_METRES, Ring, outline


class Centres:
    """Centres of an authority's districts.

    A district's centre is the centroid of the largest piece of its outline. Whoever comes from outside the
    authority, or from no known address, is given the authority's own: the centroid of its outline. Where there are no
    outlines (outside England), the mean of the homes listed in the authority's area, or of all, stands for every one.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        try:
            self.own: tuple[str, ...] = districts_of(case.authority)
        except UnknownAreaError:
            self.own = ()
        self.found: dict[str, Location] = {}

    def of(self, district: str) -> Location:
        """The centre for a district's code, or ``NOT_KNOWN``; always in the authority's area."""
        inside = district if district in self.own else ""
        if inside not in self.found:
            self.found[inside] = self._centre(inside)
        return self.found[inside]

    def words(self, district: str) -> str:
        """The same in words."""
        return f"the centre of {district_name(district)}" if district in self.own else "the centre of the authority"

    def _centre(self, inside: str) -> Location:
        try:
            east, north = _centroid(max(outline([inside] if inside else self.own), key=_area))
        except (UnknownAreaError, ValueError):
            east, north = self._mean_home()
        district = inside or (self.own[0] if self.own else self.case.authority)
        return Location("", east, north, district, self.case.authority, exact=False)

    def _mean_home(self) -> tuple[int, int]:
        places = [home.location for home in self.case.homes]
        near = [place for place in places if place.utla == self.case.authority] or places
        return round(fmean(p.easting for p in near)), round(fmean(p.northing for p in near))


def _steps(ring: Ring) -> Sequence[tuple[int, int, int, int, int]]:
    closed = [*ring, ring[0]]
    return [(x0, y0, x1, y1, x0 * y1 - x1 * y0) for (x0, y0), (x1, y1) in pairwise(closed)]


def _area(ring: Ring) -> int:
    return abs(sum(cross for *_, cross in _steps(ring)))


def _centroid(ring: Ring) -> tuple[int, int]:
    """The centre of gravity of a ring, in metres."""
    steps = _steps(ring)
    six_areas = 3 * sum(cross for *_, cross in steps)
    east = sum((x0 + x1) * cross for x0, _, x1, _, cross in steps) / six_areas
    north = sum((y0 + y1) * cross for _, y0, _, y1, cross in steps) / six_areas
    return round(east * UNIT_METRES), round(north * UNIT_METRES)

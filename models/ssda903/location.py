"""How far from home children live and in whose area: the national measures of placement location."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.geography import Locality, Location, UnknownAreaError, locality, miles_tenths
from models.record import Record
from models.ssda903.derive import PlacementKind, is_temporary, is_uasc
from models.ssda903.episode import Episode
from models.ssda903.placements import Placement, placement_on, placements
from models.ssda903.stability import Measure, months_before

TWENTY_MILES = 200
"""Twenty miles in tenths: a placement of 20.0 miles is not over it."""
_OUTSIDE_GREAT_BRITAIN = ("BT", "GY", "IM", "JE")


class Distance(StrEnum):
    """The five groups of the department's tables: in the area or not, over 20 miles from home or not, not known."""

    INSIDE_NEAR = "in_area_within_20_miles"
    INSIDE_FAR = "in_area_over_20_miles"
    OUTSIDE_NEAR = "out_of_area_within_20_miles"
    OUTSIDE_FAR = "out_of_area_over_20_miles"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Atlas:
    """What location is measured with.

    Attributes:
        authority: code of the upper-tier authority that looks after the children.
        places: where each postcode of the episodes is, by its text there; those that cannot be placed are left out.
        unaccompanied: children of the UASC table, with the day that status ceased or None.
    """

    authority: str
    places: Mapping[str, Location]
    unaccompanied: Mapping[str, date | None]


class Whereabouts(Record):
    """Where one placement is.

    Attributes:
        id: the child's id, or of a placement begun in a year the stay's (:func:`stay_id`).
        child: the child's id.
        kind: the kind of placement.
        locality: in the area, adjoining or at a distance; None where the placement's authority is not known.
        miles_tenths: from the child's home in tenths of a mile; None where either postcode is not known.
    """

    id: str
    child: str
    kind: PlacementKind
    locality: Locality | None
    miles_tenths: int | None

    @property
    def outside(self) -> bool | None:
        """Whether it is outside the authority's area; None where that is not known."""
        return None if self.locality is None else self.locality is not Locality.IN_AREA

    @property
    def far(self) -> bool | None:
        """Whether it is more than 20.0 miles from home; None where that is not known."""
        return None if self.miles_tenths is None else self.miles_tenths > TWENTY_MILES

    @property
    def at_a_distance(self) -> bool | None:
        """Whether it is outside the area and every adjoining authority's; None where that is not known."""
        return None if self.locality is None else self.locality is Locality.AT_A_DISTANCE

    @property
    def distance(self) -> Distance:
        """Its group in the department's tables; not known if either half is."""
        if self.outside is None or self.far is None:
            return Distance.NOT_KNOWN
        if self.outside:
            return Distance.OUTSIDE_FAR if self.far else Distance.OUTSIDE_NEAR
        return Distance.INSIDE_FAR if self.far else Distance.INSIDE_NEAR


def stay_id(placement: Placement) -> str:
    """A name for one placement of one child: the child's id and the placement's first day."""
    return f"{placement.child}/{placement.start.isoformat()}"


def whereabouts(children: Mapping[str, Sequence[Episode]], atlas: Atlas, on: date) -> tuple[Whereabouts, ...]:
    """Where every child looked after at the end of a day lives.

    Miles are straight-line from HOME_POST to PL_POST by the department's formula, rounded to 0.1; they are not known
    where either postcode is missing or cannot be placed, nor for an unaccompanied child, who has no home in England. A
    postcode of which only the sector is known lies at its centre.
    In the area means that the placement's postcode lies in the responsible authority; elsewhere in the United Kingdom
    is always outside. On a temporary stay (T0-T4) a child is counted where the placement is. Short breaks (V3, V4)
    are left out. Source: Department for Education, *Children looked after in England*, placement location methodology.
    """
    lived = ((child, placement_on(episodes, on)) for child, episodes in children.items())
    return tuple(_where(child, child, place.usual, atlas, on) for child, place in lived if place is not None)


def whereabouts_of_new(
    children: Mapping[str, Sequence[Episode]], atlas: Atlas, first: date, last: date
) -> tuple[Whereabouts, ...]:
    """Where every placement that began from the first to the last day was, at its beginning.

    A change of legal status or address with the same carer (RNE L, T, U), adoption by the foster carer (A3, A5) and
    temporary stays (T0-T4) begin no placement, nor does coming and leaving on one day; short breaks (V3, V4) are left
    out.
    """
    return tuple(
        _where(stay_id(stay), child, begun, atlas, stay.start)
        for child, episodes in children.items()
        if any(first <= episode.decom <= last for episode in episodes)
        for stay in placements(episodes)
        if first <= stay.start <= last and stay.has_night and (begun := _first_usual(stay)) is not None
    )


def lies_outside(episode: Episode, atlas: Atlas) -> bool | None:
    """Whether an episode is spent outside the authority's area, by PL_POST; None where that is not known."""
    found = _locality(episode.pl_post, atlas.places.get(episode.pl_post or ""), atlas.authority)
    return None if found is None else found is not Locality.IN_AREA


def by_distance(found: Iterable[Whereabouts]) -> Mapping[Distance, tuple[str, ...]]:
    """Ids by the department's five groups, *not known* a group of its own."""
    groups: dict[Distance, list[str]] = {group: [] for group in Distance}
    for each in found:
        groups[each.distance].append(each.id)
    return {group: tuple(ids) for group, ids in groups.items()}


def out_of_area(children: Mapping[str, Sequence[Episode]], atlas: Atlas, on: date) -> Measure:
    """Of children looked after on a day, those living outside the authority's area; see :func:`whereabouts`."""
    return _share(whereabouts(children, atlas, on), on, lambda each: each.outside)


def over_twenty_miles(children: Mapping[str, Sequence[Episode]], atlas: Atlas, on: date) -> Measure:
    """Of children looked after on a day, those living more than 20.0 miles from home, in the area or not.

    Children whose distance is not known stay among all children, as in the department's tables, and are named.
    """
    return _share(whereabouts(children, atlas, on), on, lambda each: each.far)


def out_of_area_over_twenty_miles(children: Mapping[str, Sequence[Episode]], atlas: Atlas, on: date) -> Measure:
    """Of children looked after on a day, those outside the area and more than 20.0 miles from home.

    A child known to live in the area, or within 20 miles, is not one of them whatever else is unknown. Source:
    Department for Education, *Children looked after in England*, placements by locality and distance.
    """
    return _share(whereabouts(children, atlas, on), on, _outside_and_far)


def at_a_distance(children: Mapping[str, Sequence[Episode]], atlas: Atlas, on: date) -> Measure:
    """Of children looked after on a day, those placed at a distance: outside the area and not in an adjoining one.

    Geography alone: connected persons and the authority's own foster carers count too, though the director need not
    approve them. Source: regulation 11(5), Care Planning, Placement and Case Review (England) Regulations 2010.
    """
    return _share(whereabouts(children, atlas, on), on, lambda each: each.at_a_distance)


def new_placements_at_a_distance(children: Mapping[str, Sequence[Episode]], atlas: Atlas, on: date) -> Measure:
    """Of placements begun in the twelve months to a day, those at a distance; ids are of stays, not of children."""
    return _share(_new_in_year(children, atlas, on), on, lambda each: each.at_a_distance)


def new_placements_out_of_area_over_twenty_miles(
    children: Mapping[str, Sequence[Episode]], atlas: Atlas, on: date
) -> Measure:
    """Of placements begun in the twelve months to a day, those outside the area and over 20.0 miles from home.

    Ids are of stays. Source: Department for Education, *Children looked after in England*, new placements by locality
    and distance.
    """
    return _share(_new_in_year(children, atlas, on), on, _outside_and_far)


def _new_in_year(children: Mapping[str, Sequence[Episode]], atlas: Atlas, on: date) -> tuple[Whereabouts, ...]:
    return whereabouts_of_new(children, atlas, months_before(on, 12) + timedelta(days=1), on)


def _share(found: Sequence[Whereabouts], on: date, asked: Callable[[Whereabouts], bool | None]) -> Measure:
    answers = [(each.id, asked(each)) for each in found]
    return Measure(
        on=on,
        counted=tuple(name for name, answer in answers if answer),
        out_of=tuple(name for name, _ in answers),
        not_known=tuple(name for name, answer in answers if answer is None),
    )


def _outside_and_far(each: Whereabouts) -> bool | None:
    halves = (each.outside, each.far)
    return False if False in halves else None if None in halves else True


def _first_usual(stay: Placement) -> Episode | None:
    return next((episode for episode in stay.episodes if not is_temporary(episode.place)), None)


def _where(name: str, child: str, lived: Episode, atlas: Atlas, on: date) -> Whereabouts:
    there = atlas.places.get(lived.pl_post or "")
    home = None if _is_unaccompanied(child, atlas, on) else atlas.places.get(lived.home_post or "")
    return Whereabouts(
        id=name,
        child=child,
        kind=lived.kind,
        locality=_locality(lived.pl_post, there, atlas.authority),
        miles_tenths=miles_tenths(home, there) if home and there else None,
    )


def _is_unaccompanied(child: str, atlas: Atlas, on: date) -> bool:
    return child in atlas.unaccompanied and is_uasc(atlas.unaccompanied[child], on)


def _locality(postcode: str | None, there: Location | None, authority: str) -> Locality | None:
    if there is None:
        abroad = postcode is not None and postcode.strip().upper().startswith(_OUTSIDE_GREAT_BRITAIN)
        return Locality.AT_A_DISTANCE if abroad else None
    try:
        return locality(authority, there.utla)
    except UnknownAreaError:
        return None

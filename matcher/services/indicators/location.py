"""Indicators of where children live: out of the area, far from home, at a distance."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from matcher.services.indicators.history import History, year_to
from matcher.services.indicators.reading import (
    Counted,
    IndicatorDefinition,
    Polarity,
    Reading,
    Unit,
    share,
    wilson_of,
)
from models.record import Record
from models.ssda903 import location
from models.ssda903.episode import Episode
from models.ssda903.location import Atlas, Distance, by_distance, whereabouts, whereabouts_of_new
from models.ssda903.stability import Measure

_LOCATION = "Department for Education, Children looked after in England, placements by locality and distance"
_MILES = (
    "Miles are straight-line from home to placement postcode, rounded to 0.1; over 20 miles is over 20.0. They are not "
    "known where a postcode is missing, nor for unaccompanied children, who stay among all children"
)
_DISTANCE = "Care Planning, Placement and Case Review (England) Regulations 2010, regulation 11(5)"
DISTANCE_LABELS = {
    Distance.INSIDE_NEAR: "In the area, within 20 miles of home",
    Distance.INSIDE_FAR: "In the area, over 20 miles from home",
    Distance.OUTSIDE_NEAR: "Out of the area, within 20 miles of home",
    Distance.OUTSIDE_FAR: "Out of the area, over 20 miles from home",
    Distance.NOT_KNOWN: "Distance not known",
}

_Measuring = Callable[[Mapping[str, Sequence[Episode]], Atlas, date], Measure]


class DistanceGroup(Record):
    """One group of the department's table of locality and distance; ``ids`` are of children, or of stays."""

    distance: Distance
    label: str
    ids: tuple[str, ...]


def distances(history: History, on: date) -> tuple[DistanceGroup, ...]:
    """Children looked after on a day by the department's five groups; :func:`models.ssda903.location.whereabouts`."""
    return _groups(by_distance(whereabouts(history.episodes, history.atlas, on)))


def distances_of_new(history: History, on: date) -> tuple[DistanceGroup, ...]:
    """Placements begun in the twelve months to a day, by the same groups, where they began."""
    return _groups(by_distance(whereabouts_of_new(history.episodes, history.atlas, year_to(on), on)))


def _groups(found: Mapping[Distance, tuple[str, ...]]) -> tuple[DistanceGroup, ...]:
    return tuple(DistanceGroup(distance=d, label=DISTANCE_LABELS[d], ids=ids) for d, ids in found.items())


def distance_not_known(history: History, on: date) -> Reading | None:
    """Of children looked after on a day, those whose distance from home is not known."""
    if not history.holds(on):
        return None
    groups = by_distance(whereabouts(history.episodes, history.atlas, on))
    unknown, everybody = groups[Distance.NOT_KNOWN], tuple(child for ids in groups.values() for child in ids)
    return Reading(
        value=100 * len(unknown) / len(everybody) if everybody else None,
        counted=unknown,
        out_of=everybody,
        interval=wilson_of(len(unknown), len(everybody)),
    )


def _of_stock(measure: _Measuring) -> Callable[[History, date], Reading | None]:
    return lambda history, on: share(measure(history.episodes, history.atlas, on)) if history.holds(on) else None


def _of_new(measure: _Measuring) -> Callable[[History, date], Reading | None]:
    return lambda history, on: (
        share(measure(history.episodes, history.atlas, on)) if history.holds(year_to(on)) else None
    )


INDICATORS = (
    IndicatorDefinition(
        "out_of_area",
        "Living out of the authority's area",
        "Of children looked after on the day, those whose placement's postcode lies in another authority",
        _LOCATION,
        Unit.PERCENT,
        Polarity.LOW,
        Counted.CHILDREN,
        _of_stock(location.out_of_area),
    ),
    IndicatorDefinition(
        "over_20_miles",
        "Living over 20 miles from home",
        f"Of children looked after on the day, those living over 20 miles from home. {_MILES}",
        _LOCATION,
        Unit.PERCENT,
        Polarity.LOW,
        Counted.CHILDREN,
        _of_stock(location.over_twenty_miles),
    ),
    IndicatorDefinition(
        "out_of_area_over_20_miles",
        "Out of the area and over 20 miles from home",
        f"Of children looked after on the day, those out of the area and over 20 miles from home. {_MILES}",
        _LOCATION,
        Unit.PERCENT,
        Polarity.LOW,
        Counted.CHILDREN,
        _of_stock(location.out_of_area_over_twenty_miles),
    ),
    IndicatorDefinition(
        "distance_not_known",
        "Distance from home not known",
        f"Of children looked after on the day, those whose distance from home is not known. {_MILES}",
        _LOCATION,
        Unit.PERCENT,
        Polarity.NEITHER,
        Counted.CHILDREN,
        distance_not_known,
    ),
    IndicatorDefinition(
        "at_a_distance",
        "Placed at a distance",
        "Of children looked after on the day, those placed outside the area and outside every adjoining authority; "
        "geography alone, whoever must approve it",
        _DISTANCE,
        Unit.PERCENT,
        Polarity.LOW,
        Counted.CHILDREN,
        _of_stock(location.at_a_distance),
    ),
    IndicatorDefinition(
        "new_placements_at_a_distance",
        "New placements at a distance",
        "Of placements begun in the twelve months to the day, those outside the area and every adjoining authority",
        _DISTANCE,
        Unit.PERCENT,
        Polarity.LOW,
        Counted.STAYS,
        _of_new(location.new_placements_at_a_distance),
    ),
    IndicatorDefinition(
        "new_placements_out_of_area_over_20_miles",
        "New placements out of the area and over 20 miles from home",
        f"Of placements begun in the twelve months to the day, those out of the area and over 20 miles away. {_MILES}",
        _LOCATION,
        Unit.PERCENT,
        Polarity.LOW,
        Counted.STAYS,
        _of_new(location.new_placements_out_of_area_over_twenty_miles),
    ),
)

"""One placement's stability score: points that add up, what drives them, what would lower them, what is not known."""

import datetime as dt
from collections.abc import Mapping

from matcher.services.stability_factors import Found
from models.placement import Placement
from models.record import Record
from models.ssda903.derive import PlacementKind
from models.stability_points import Factor, StabilityPoints

DRIVERS_SHOWN = 3


class FactorScore(Record):
    """One factor of one placement: its steps and points, both None where it is not known, and why."""

    factor: Factor
    label: str
    steps: int | None
    points: int | None
    detail: str


class Lowering(Record):
    """Something that would take points off: which factor, what could be done, and how many points at most."""

    factor: Factor
    what: str
    points: int


class RiskGroup(Record):
    """A range of tested points, and how the authority's own placements in it went.

    Attributes:
        number: 1 is the group of the fewest points.
        from_points: The fewest tested points of the group.
        to_points: The most.
        stays: The placements looked back at, each as the child's id and the day: ``C1 2017-03-31``.
        ended: Those of them that ended unplanned in the twelve months after.
        expected: Endings the score expects of them.
        predicted_percent: The same per hundred placements.
        observed_percent: Endings there were per hundred placements.
        low_percent: Lower end of the 95% Wilson interval of the observed.
        high_percent: Upper end.
    """

    number: int
    from_points: int
    to_points: int
    stays: tuple[str, ...]
    ended: tuple[str, ...]
    expected: float
    predicted_percent: float
    observed_percent: float
    low_percent: float
    high_percent: float

    @property
    def fits(self) -> bool:
        """Whether what was predicted lies within the interval of what was observed."""
        return self.low_percent <= self.predicted_percent <= self.high_percent


class PlacementStability(Record):
    """The score of one child's present placement.

    Attributes:
        child_id: Whose placement.
        home_id: The listed home, if it is in one.
        kind: The kind of placement.
        started: Its first day.
        points: The sum of the factors known, in hundredths of a log-odds. Not known is not 0: see ``least``, ``most``.
        least: The fewest points it could have, whatever turns out of what is not known.
        most: The most.
        factors: Every factor, in the published order.
        drivers: Up to three factors with the most points above 0.
        lowers: What would take points off, most first.
        tested_points: The part that the authority's own endings test; None where one of its factors is not known.
        probability_percent: Of an unplanned ending within twelve months by the tested part; None where the score was
            not shown to tell risks apart here, ``tested_points`` is None, or the child turns 18 within them.
        low_percent: Lower end of what the authority's own placements in its risk group came to; None with the
            probability.
        high_percent: Upper end.
        group: The number of that risk group in the calibration; None with the probability.
    """

    child_id: str
    home_id: str | None
    kind: PlacementKind
    started: dt.date
    points: int
    least: int
    most: int
    factors: tuple[FactorScore, ...]
    drivers: tuple[FactorScore, ...]
    lowers: tuple[Lowering, ...]
    tested_points: int | None
    probability_percent: float | None = None
    low_percent: float | None = None
    high_percent: float | None = None
    group: int | None = None

    @property
    def not_known(self) -> tuple[Factor, ...]:
        """Factors that nobody can tell from the files."""
        return tuple(each.factor for each in self.factors if each.points is None)

    def factor(self, factor: Factor) -> FactorScore:
        """The score of one factor."""
        return next(each for each in self.factors if each.factor is factor)


def score_placement(
    placement: Placement, found: Mapping[Factor, Found], tested: tuple[Factor, ...], points: StabilityPoints
) -> PlacementStability:
    """Add up one placement's points."""
    factors = tuple(
        FactorScore(
            factor=each.factor,
            label=each.label,
            steps=steps,
            points=None if steps is None else each.of(steps),
            detail=detail,
        )
        for each in points.factors
        for steps, detail, _ in (found[each.factor],)
    )
    unknown = [points.of(each.factor) for each in factors if each.points is None]
    total = sum(each.points or 0 for each in factors)
    rising = sorted((each for each in factors if each.points and each.points > 0), key=lambda each: -(each.points or 0))
    return PlacementStability(
        child_id=placement.child_id,
        home_id=placement.home_id,
        kind=placement.kind,
        started=placement.started,
        points=total,
        least=total + sum(each.least for each in unknown),
        most=total + sum(each.most for each in unknown),
        factors=factors,
        drivers=tuple(rising[:DRIVERS_SHOWN]),
        lowers=_lowers(factors, found, points),
        tested_points=tested_points({factor: found[factor].steps for factor in tested}, points),
    )


def tested_points(steps: Mapping[Factor, int | None], points: StabilityPoints) -> int | None:
    """The sum of some factors' points; None where one of them is not known."""
    total = 0
    for factor, number in steps.items():
        if number is None:
            return None
        total += points.of(factor).of(number)
    return total


def _lowers(
    factors: tuple[FactorScore, ...], found: Mapping[Factor, Found], points: StabilityPoints
) -> tuple[Lowering, ...]:
    """Factors with a remedy that are known, could change and stand above their fewest points."""
    able = []
    for each in factors:
        published = points.of(each.factor)
        if each.points is None or published.remedy is None or not found[each.factor].can_change:
            continue
        if each.points > published.least:
            able.append(Lowering(factor=each.factor, what=published.remedy, points=each.points - published.least))
    return tuple(sorted(able, key=lambda each: -each.points))

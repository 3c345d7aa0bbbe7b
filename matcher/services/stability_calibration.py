"""The stability score tested on the authority's own endings: who was placed a year ago or more, and what came of it."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from scipy.special import expit

from matcher.services.intervals import wilson
from matcher.services.stability_fit import Estimate, Ints, Sample, discrimination, fit_intercept, log_odds, slope
from matcher.services.stability_history import NOT_SCORED, TESTED, history_on
from matcher.services.stability_score import RiskGroup, tested_points
from models.case import Case
from models.record import Record
from models.ssda903.ages import age_at
from models.ssda903.endings import unplanned_endings
from models.ssda903.location import stay_id
from models.ssda903.stability import months_before
from models.stability_points import Factor, StabilityPoints

MONTHS = 12
_STRAYS_IN = 200
"""One row in so many may be older than the files and does not make them reach back further."""
_CHANCE = 0.5
_ADULT = 18


class Verdict(StrEnum):
    """What the authority's own endings say of the score."""

    NO_HISTORY = "no_history"
    TOO_FEW_ENDINGS = "too_few_endings"
    NOT_TOLD_APART = "not_told_apart"
    TOLD_APART = "told_apart"


class LookBack(Record):
    """One day looked back at.

    Attributes:
        day: The day; only what was known on it is used.
        stays: Placements of that day in the test, each as the child's id and the day.
        ended: Those that ended unplanned in the twelve months after.
        history_not_known: Placements left out because the files do not tell a factor.
        reason_not_known: Placements left out because they ended for a reason nobody coded, or "other".
        of_age: Placements left out because the child turns 18 within the twelve months and care ends then.
    """

    day: dt.date
    stays: tuple[str, ...]
    ended: tuple[str, ...]
    history_not_known: tuple[str, ...]
    reason_not_known: tuple[str, ...]
    of_age: tuple[str, ...]

    @property
    def rate_percent(self) -> Estimate | None:
        """Of the placements in the test, those that ended unplanned, per hundred; None where there are none."""
        return interval(len(self.ended), len(self.stays)) if self.stays else None


class Calibration(Record):
    """The test. Everything from ``rate_percent`` on is None, or empty, where it could not be worked out.

    Attributes:
        verdict: What it comes to; probabilities are shown only where risks are told apart.
        statement: The same in words.
        tested: The factors in the test.
        days: What was looked back at, latest first.
        rate_percent: Placements that ended unplanned within twelve months, per hundred, with its Wilson interval.
        intercept: The one number fitted, log-odds at 0 points.
        c_statistic: See :func:`matcher.services.stability_fit.discrimination`.
        slope: Reported only; see :func:`matcher.services.stability_fit.slope`.
        groups: Predicted beside observed, by rising points.
    """

    verdict: Verdict
    statement: str
    tested: tuple[Factor, ...]
    days: tuple[LookBack, ...]
    rate_percent: Estimate | None = None
    intercept: float | None = None
    c_statistic: Estimate | None = None
    slope: Estimate | None = None
    groups: tuple[RiskGroup, ...] = ()

    @property
    def placements(self) -> int:
        """Placements in the test, over all days."""
        return sum(len(day.stays) for day in self.days)

    @property
    def endings(self) -> int:
        """Unplanned endings among them."""
        return sum(len(day.ended) for day in self.days)

    def group_of(self, points: int) -> RiskGroup:
        """The risk group that a placement's tested points fall in, or are nearest to."""
        return next((group for group in reversed(self.groups) if group.from_points <= points), self.groups[0])


class _Row(NamedTuple):
    stay: str
    child: str
    points: int
    ended: bool


def calibrate(case: Case, points: StabilityPoints, *, seed: int = 0) -> Calibration:
    """Test the score on every day that lies whole years before the as-at date and within the files.

    The population is every placement of such a day save those of :data:`NOT_SCORED` and of children who turn 18 within
    the year; short breaks are left out. An
    ending counts as :func:`models.ssda903.endings.unplanned_endings` says; a child who leaves care has no unplanned
    ending. Only the intercept is fitted, so groups and c-statistic test points that nobody tuned here.

    Args:
        case: The authority, with its SSDA903 history.
        points: The published points.
        seed: For the bootstrap.
    """
    looked = [_look_back(case, day, points) for day in _days(case, points.look_back_years)]
    days = tuple(look for look, _ in looked)
    rows = [row for _, some in looked for row in some]
    ended = sum(row.ended for row in rows)
    rate = interval(ended, len(rows)) if rows else None
    if ended < points.minimum_endings or ended == len(rows):
        verdict = Verdict.TOO_FEW_ENDINGS if rows else Verdict.NO_HISTORY
        said = _too_few(ended, len(rows), points.minimum_endings)
        return Calibration(verdict=verdict, statement=said, tested=TESTED, days=days, rate_percent=rate)
    sample = _sample(rows)
    c, steepness = discrimination(sample, seed), slope(sample, seed)
    intercept = fit_intercept(sample.points, sample.rate)
    groups = _groups(rows, sample, intercept, points.risk_groups)
    verdict = Verdict.TOLD_APART if c.low > _CHANCE else Verdict.NOT_TOLD_APART
    return Calibration(
        verdict=verdict,
        statement=_statement(verdict, ended, c, steepness, groups) + _drift(days[0].rate_percent, rate),
        tested=TESTED,
        days=days,
        rate_percent=rate,
        intercept=round(intercept, 6),
        c_statistic=c,
        slope=steepness,
        groups=groups,
    )


def comes_of_age(born: dt.date | None, by: dt.date) -> bool:
    """Whether a child is 18 by a day, so that care may end before a year of a placement has been seen."""
    return born is not None and born <= by and age_at(born, by) >= _ADULT


def interval(count: int, out_of: int) -> Estimate:
    """A share per hundred with its 95% Wilson interval, to one decimal."""
    low, high = wilson(count, out_of)
    return Estimate(value=round(100 * count / out_of, 1), low=round(low, 1), high=round(high, 1))


def _days(case: Case, most: int) -> list[dt.date]:
    """Days whole years before the as-at date on which the files show everybody who was in care, latest first.

    Files hold nothing that ended before the first of them begins. A day before that would show only children whose
    placements went on, which look safer than they were.
    """
    ends = sorted(row.dec for rows in case.episodes.values() for row in rows if row.dec is not None)
    if not ends:
        return []
    first = ends[len(ends) // _STRAYS_IN]
    days: list[dt.date] = []
    while len(days) < most and (day := months_before(case.as_at, MONTHS * (len(days) + 1))) >= first:
        days.append(day)
    return days


def _look_back(case: Case, day: dt.date, points: StabilityPoints) -> tuple[LookBack, list[_Row]]:
    year_later = min(months_before(day, -MONTHS), case.as_at)
    endings = unplanned_endings(case.episodes, year_later, count_authority_request=points.count_authority_request)
    unplanned, unsure = set(endings.counted), set(endings.not_known)
    rows: list[_Row] = []
    no_history, no_reason, of_age = list[str](), list[str](), list[str]()
    for child, episodes in case.episodes.items():
        history = history_on(episodes, case.births.get(child), day, points)
        if history is None or history.stay.kind in NOT_SCORED:
            continue
        name, ending = f"{child} {day.isoformat()}", stay_id(history.stay)
        tested = tested_points(history.steps, points)
        if comes_of_age(case.births.get(child), year_later):
            of_age.append(name)
        elif tested is None:
            no_history.append(name)
        elif ending in unsure:
            no_reason.append(name)
        else:
            rows.append(_Row(name, child, tested, ending in unplanned))
    looked = LookBack(
        day=day,
        stays=tuple(row.stay for row in rows),
        ended=tuple(row.stay for row in rows if row.ended),
        history_not_known=tuple(no_history),
        reason_not_known=tuple(no_reason),
        of_age=tuple(of_age),
    )
    return looked, rows


def _sample(rows: Sequence[_Row]) -> Sample:
    number = {child: place for place, child in enumerate(dict.fromkeys(row.child for row in rows))}
    return Sample(
        np.array([row.points for row in rows], np.int64),
        np.array([row.ended for row in rows], np.bool_),
        np.array([number[row.child] for row in rows], np.int64),
    )


def _groups(rows: Sequence[_Row], sample: Sample, intercept: float, wanted: int) -> tuple[RiskGroup, ...]:
    """Groups of about equal size by rising points; placements with equal points stay together."""
    of_row = _group_numbers(sample.points, wanted)
    chance = expit(intercept + log_odds(sample.points))
    groups = []
    for number in range(int(of_row.max()) + 1):
        at = np.flatnonzero(of_row == number).tolist()
        ended = [rows[place].stay for place in at if rows[place].ended]
        expected = float(chance[at].sum())
        observed = interval(len(ended), len(at))
        groups.append(
            RiskGroup(
                number=number + 1,
                from_points=min(rows[place].points for place in at),
                to_points=max(rows[place].points for place in at),
                stays=tuple(rows[place].stay for place in at),
                ended=tuple(ended),
                expected=round(expected, 1),
                predicted_percent=round(100 * expected / len(at), 1),
                observed_percent=observed.value,
                low_percent=observed.low,
                high_percent=observed.high,
            )
        )
    return tuple(groups)


def _group_numbers(points: Ints, wanted: int) -> Ints:
    """(placements,) the group of each, 0 upwards: where the middle of its equals stands among all."""
    _, at, count = np.unique(points, return_inverse=True, return_counts=True)
    middle = 2 * np.cumsum(count) - count
    rough = wanted * middle // (2 * len(points))
    numbers: Ints = np.unique(rough, return_inverse=True)[1].astype(np.int64)
    return numbers[at]


def _too_few(ended: int, placements: int, minimum: int) -> str:
    if not placements:
        return (
            "The files do not reach back a year with all that the score needs, so nothing can be tested. Points are "
            "shown, no probabilities."
        )
    return (
        f"Of {placements} placements looked back at, {ended} ended unplanned within a year. A test needs at least "
        f"{minimum} that did and some that did not: there is too little data to say that the score tells risks apart "
        "here. Points are shown, no probabilities."
    )


def _drift(latest: Estimate | None, all_days: Estimate | None) -> str:
    """A warning where the latest year was unlike all years together."""
    if latest is None or all_days is None or latest.holds(all_days.value):
        return ""
    return (
        f" In the latest year {latest.value}% ended unplanned ({latest.low}% to {latest.high}%), in all years "
        f"{all_days.value}%: read probabilities as too {'low' if latest.value > all_days.value else 'high'}."
    )


def _statement(verdict: Verdict, ended: int, c: Estimate, steepness: Estimate, groups: Sequence[RiskGroup]) -> str:
    words = f"c-statistic {c.value:.2f} (95% interval {c.low:.2f} to {c.high:.2f}, {ended} unplanned endings)"
    if verdict is Verdict.NOT_TOLD_APART:
        return (
            f"On the authority's own endings the score does not tell risks apart: {words}, no better than chance. "
            "Points are shown, no probabilities."
        )
    fitting = sum(group.fits for group in groups)
    said = f"On the authority's own endings the score tells risks apart: {words}. "
    said += f"What it predicts lies within the interval of what happened in {fitting} of {len(groups)} groups."
    if not steepness.holds(1):
        said += (
            f" The points {'over' if steepness.value < 1 else 'under'}state differences here: slope "
            f"{steepness.value:.2f} ({steepness.low:.2f} to {steepness.high:.2f}), 1 would be as published."
        )
    return said

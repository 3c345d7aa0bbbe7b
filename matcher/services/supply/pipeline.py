"""Applications on their way: how many come through each stage, how long it takes, when those going on would open."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import gammainc, gammaincinv

from matcher.services.supply.groups import HOUSEHOLDS
from matcher.services.supply.published import AUTHORITIES_DIFFER, HOME_STAGES, HOUSEHOLD_STAGES, Stage
from matcher.services.supply.turnover import list_begins
from models.case import Case
from models.supply import Approval, Outcome
from models.vocabulary import HomeKind

Floats = npt.NDArray[np.float64]
STAGES = 3
_SHAPE = 2.0
"""Of the gamma that the length of a stage follows: seldom very short, sometimes long."""
_AS_MANY = 2.0
"""Stages watched that what is published of their length weighs as much as."""
_EXPECTED_SHAPE = 4.0
"""Of the gamma about a day that the service itself expects: give or take half the time to it."""
_LATEST = 1e9


class StageSeen(NamedTuple):
    """What past applications tell of one stage: went on, ended there, and the days it took those who went on."""

    went_on: int
    ended: int
    days: tuple[int, ...]


class Road(NamedTuple):
    """The stages of fostering applications, or of homes to be registered."""

    published: tuple[Stage, ...]
    seen: tuple[StageSeen, ...]


class RoadDraws(NamedTuple):
    """For each draw and stage, the chance to go on and the mean days: draws x stages."""

    goes_on: Floats
    days: Floats


def is_household(kind: HomeKind) -> bool:
    """Whether it is a household, which is approved, and not a home, which is registered."""
    return kind in HOUSEHOLDS


def road(case: Case, *, households: bool) -> Road:
    """What the case's applications tell of the stages of one sort."""
    some = [each for each in case.approvals if is_household(each.kind) is households]
    published = HOUSEHOLD_STAGES if households else HOME_STAGES
    return Road(published, tuple(_seen(some, stage, case.as_at) for stage in range(STAGES)))


def _seen(approvals: Iterable[Approval], stage: int, as_at: dt.date) -> StageSeen:
    went_on, ended, days = 0, 0, []
    for approval in approvals:
        began = _reached(approval, as_at)
        if stage > len(began) - 1:
            continue
        if stage < len(began) - 1:
            went_on += 1
            days.append((began[stage + 1] - began[stage]).days)
        elif approval.outcome is Outcome.APPROVED and approval.outcome_on:
            went_on += 1
            if stage == STAGES - 1:
                days.append((approval.outcome_on - began[stage]).days)
        elif approval.outcome is not None:
            ended += 1
    return StageSeen(went_on, ended, tuple(days))


def _reached(approval: Approval, as_at: dt.date) -> list[dt.date]:
    """The days on which each stage reached so far began; one whose day is not known began with the next known."""
    given = [approval.applied_on, approval.assessed_from, approval.panel_on]
    begun = [day if day is not None and day <= as_at else None for day in given]
    last = max(at for at, day in enumerate(begun) if day is not None)
    found: list[dt.date] = []
    for at in range(last + 1):
        found.append(next(day for day in begun[at : last + 1] if day is not None))
    return found


def stage_now(approval: Approval, as_at: dt.date) -> tuple[int, int]:
    """The stage an application is in, 0 to 2, and for how many days."""
    began = _reached(approval, as_at)
    return len(began) - 1, (as_at - began[-1]).days


def draw_road(found: Road, draws: int, rng: np.random.Generator) -> RoadDraws:
    """Chances and lengths of every stage, what is published counted as a few applications before those seen."""
    goes_on, days = np.empty((draws, STAGES)), np.empty((draws, STAGES))
    for at, (published, seen) in enumerate(zip(found.published, found.seen, strict=True)):
        on = AUTHORITIES_DIFFER * published.goes_on + seen.went_on
        off = AUTHORITIES_DIFFER * (1 - published.goes_on) + seen.ended
        goes_on[:, at] = rng.beta(on, off, draws)
        watched = _SHAPE * (_AS_MANY + len(seen.days))
        speed = rng.gamma(watched, 1 / (_AS_MANY * published.days + max(sum(seen.days), 0)), draws)
        days[:, at] = _SHAPE / speed
    return RoadDraws(goes_on, days)


def opening_days(
    approvals: Sequence[Approval], roads: dict[bool, RoadDraws], as_at: dt.date, rng: np.random.Generator
) -> Floats:
    """Days from the as-at date until each application going on opens, infinite if it comes to nothing: draws x them."""
    draws = len(next(iter(roads.values())).days)
    found = np.full((draws, len(approvals)), np.inf)
    for at, approval in enumerate(approvals):
        way = roads[is_household(approval.kind)]
        stage, waited = stage_now(approval, as_at)
        comes = rng.random(draws) < way.goes_on[:, stage:].prod(axis=1)
        expected = (approval.expected_on - as_at).days if approval.expected_on else 0
        days = (
            rng.gamma(_EXPECTED_SHAPE, expected / _EXPECTED_SHAPE, draws)
            if expected > 0
            else _rest(way.days, stage, waited, rng)
        )
        found[comes, at] = days[comes]
    return found


def _rest(means: Floats, stage: int, waited: int, rng: np.random.Generator) -> Floats:
    """Days left of a stage begun ``waited`` days ago, and of those after it."""
    scale = means[:, stage] / _SHAPE
    behind = gammainc(_SHAPE, waited / scale)
    whole = gammaincinv(_SHAPE, behind + (1 - behind) * rng.random(len(means))) * scale
    left = np.clip(whole - waited, 0.0, _LATEST)
    later: Floats = left + rng.gamma(_SHAPE, means[:, stage + 1 :] / _SHAPE).sum(axis=1)
    return later


def whole_road(way: RoadDraws, of_draw: npt.NDArray[np.int64], rng: np.random.Generator) -> tuple[Floats, Floats]:
    """For applications yet to come, each of a draw: the days from applying to opening, and the chance to open."""
    days: Floats = rng.gamma(_SHAPE, way.days[of_draw] / _SHAPE).sum(axis=1)
    chance: Floats = way.goes_on.prod(axis=1)[of_draw]
    return days, chance


def applications_since(case: Case) -> dt.date | None:
    """The day the list of applications begins: 1 April before the first outcome; None if none has ended."""
    return list_begins(approval.outcome_on for approval in case.approvals)

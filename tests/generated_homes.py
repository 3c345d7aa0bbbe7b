"""Histories of fostering households whose true process is known: they apply, are approved and close at chosen rates."""

import datetime as dt
from typing import NamedTuple

import numpy as np

from models.case import Case
from models.home import Terms
from models.supply import Approval, HomeSpell, Outcome
from models.vocabulary import HomeKind, Sector
from tests.make_case import AS_AT, at, make_case, make_home

SINCE = dt.date(2013, 4, 1)
STAGES = ((0.75, 70.0), (0.7, 90.0), (0.95, 20.0))
"""The true chance to go on from each stage, and its mean days."""
_EVEN = 8.0


class Truth(NamedTuple):
    """How many apply a year, how many of 100 homes close, and how many homes there were eight years before."""

    apply_a_year: float
    close_a_year: float
    at_first: int


STEADY = Truth(24.0, 0.2, 60)
SHRINKING = Truth(12.0, 0.25, 130)


class _Life(NamedTuple):
    applied: tuple[dt.date, ...]
    outcome: Outcome | None
    opened: dt.date | None
    closed: dt.date


def generated(rng: np.random.Generator, truth: Truth) -> tuple[Case, list[HomeSpell]]:
    """A case that knows of five years up to 31 March 2018, and the whole time of every home, long after."""
    lives = [_first(rng, truth) for _ in range(truth.at_first)]
    count = rng.poisson(truth.apply_a_year * (_EVEN + 5))
    lives += [_applied(rng, truth, rng.uniform(-_EVEN, 5)) for _ in range(count)]
    spells = [_spell(number, life) for number, life in enumerate(lives) if life.outcome is Outcome.APPROVED]
    homes = [
        make_home(spell.home_id) for spell in spells if _day_of(spell.opened) <= AS_AT and _day_of(spell.closed) > AS_AT
    ]
    case = make_case(
        (),
        homes,
        approvals=tuple(a for number, life in enumerate(lives) if (a := _approval(number, life))),
        home_history=tuple(known for spell in spells if (known := _known(spell))),
    )
    return case, spells


def places_on(spells: list[HomeSpell], day: dt.date) -> int:
    """Places of the homes truly open on a day."""
    return sum(2 for spell in spells if _day_of(spell.opened) <= day < _day_of(spell.closed))


def _day(years: float) -> dt.date:
    return AS_AT + dt.timedelta(days=round(years * 365.25))


def _day_of(day: dt.date | None) -> dt.date:
    assert day is not None
    return day


def _first(rng: np.random.Generator, truth: Truth) -> _Life:
    opened = _day(-_EVEN)
    return _Life((), Outcome.APPROVED, opened, opened + dt.timedelta(days=rng.exponential(365.25 / truth.close_a_year)))


def _applied(rng: np.random.Generator, truth: Truth, years: float) -> _Life:
    on = _day(years)
    begun = []
    for goes_on, mean in STAGES:
        begun.append(on)
        on += dt.timedelta(days=round(rng.gamma(2, mean / 2)))
        if rng.random() > goes_on:
            return _Life((*begun, on), Outcome.WITHDRAWN_BY_APPLICANT, None, on)
    closed = on + dt.timedelta(days=rng.exponential(365.25 / truth.close_a_year))
    return _Life((*begun, on), Outcome.APPROVED, on, closed)


def _spell(number: int, life: _Life) -> HomeSpell:
    return HomeSpell(
        home_id=f"H{number}", kind=HomeKind.FOSTER, sector=Sector.IN_HOUSE, opened=life.opened, closed=life.closed
    )


def _known(spell: HomeSpell) -> HomeSpell | None:
    """What a list of homes open at any time in the five years has of one."""
    opened, closed = _day_of(spell.opened), _day_of(spell.closed)
    if opened > AS_AT or closed < SINCE:
        return None
    return spell.model_copy(
        update={"opened": opened if opened >= SINCE else None, "closed": closed if closed <= AS_AT else None}
    )


def _approval(number: int, life: _Life) -> Approval | None:
    """What a list of applications has of one: what had happened by the as-at date."""
    if not life.applied or life.applied[0] > AS_AT or life.applied[-1] < SINCE:
        return None
    ended = life.applied[-1] <= AS_AT
    assessed, panel = ([*life.applied[1:-1], None, None])[:2]
    return Approval(
        id=f"A{number}",
        kind=HomeKind.FOSTER,
        sector=Sector.IN_HOUSE,
        applied_on=life.applied[0],
        assessed_from=assessed if assessed and assessed <= AS_AT else None,
        panel_on=panel if panel and panel <= AS_AT else None,
        outcome=life.outcome if ended else None,
        outcome_on=life.applied[-1] if ended else None,
        location=at(),
        terms=Terms(places=2),
    )

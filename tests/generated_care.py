"""Histories of care whose true process is known: children come, move and leave at rates that the test chose."""

import datetime as dt
import math
from collections.abc import Callable, Mapping

import numpy as np

from models.case import Case
from models.ssda903.episode import Episode
from tests.make_case import make_case
from tests.make_episodes import Spell, life

AS_AT, FIRST = dt.date(2018, 3, 31), dt.date(2013, 4, 1)
_FOSTER, _HOME, _AT = "U6", "K2", "SG1 2RT"
LEAVE_A_YEAR, MOVE_A_YEAR = 0.5, 0.4
Generated = tuple[Case, Mapping[str, tuple[Episode, ...]]]


def generated(rng: np.random.Generator, rate: Callable[[float], float], years_after: int) -> Generated:
    """A case that knows of five years up to 31 March 2018, and everybody's whole life until some years after.

    Children of 4 to 14 come at ``rate(years from the as-at date)`` a year, half to foster carers and half to homes,
    change from one to the other at 0.4 a year and leave at 0.5 a year, on their 18th birthday at the latest.
    """
    began, ended = -12.0, float(years_after)
    most = max(rate(at) for at in np.linspace(began, ended, 400)) * 1.05
    born, found = {}, {}
    for number in range(rng.poisson(most * (ended - began))):
        at = rng.uniform(began, ended)
        if rng.uniform() * most > rate(at):
            continue
        child = f"C{number}"
        days = rng.uniform(4, 14) * 365.25
        born[child] = AS_AT + dt.timedelta(days=round(at * 365.25 - days))
        found[child] = _life(rng, child, at, at + (18 * 365.25 - days) / 365.25)
    known = {child: rows for child, all_rows in found.items() if (rows := _returned(all_rows))}
    return make_case((), (), births={child: born[child] for child in known}, episodes=known), found


def steady(_: float) -> float:
    """Children who come a year."""
    return 80.0


def rising(at: float) -> float:
    """12% more each year, from five years ago on."""
    return 80.0 * float(1.12 ** min(max(at + 5, 0), 7))


def seasonal(at: float) -> float:
    """Half more and half fewer in the course of a year."""
    return 80.0 * (1 + 0.5 * math.sin(2 * math.pi * at))


def _life(rng: np.random.Generator, child: str, at: float, adult: float) -> tuple[Episode, ...]:
    place, now = _FOSTER if rng.uniform() < 0.5 else _HOME, at
    spells: list[Spell] = []
    while True:
        spells.append(Spell(_day(now), "P" if spells else "S", place, at=_AT))
        now += rng.exponential(1 / (LEAVE_A_YEAR + MOVE_A_YEAR))
        if now >= adult or rng.uniform() * (LEAVE_A_YEAR + MOVE_A_YEAR) < LEAVE_A_YEAR:
            return life(child, *spells, end=max(_day(min(now, adult)), spells[-1].start), rec="E4A")
        place = _HOME if place == _FOSTER else _FOSTER


def _day(years: float) -> dt.date:
    return AS_AT + dt.timedelta(days=round(years * 365.25))


def _returned(rows: tuple[Episode, ...]) -> tuple[Episode, ...]:
    """What returns of five years hold: episodes open at some time in them, none that ended before."""
    return tuple(
        row if row.dec is None or row.dec <= AS_AT else row.model_copy(update={"dec": None, "rec": None})
        for row in rows
        if row.decom <= AS_AT and (row.dec is None or row.dec >= FIRST)
    )

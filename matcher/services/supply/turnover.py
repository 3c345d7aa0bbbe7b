"""How fast homes of each group close and open: an authority's own list, with what is published as the belief before."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.services.supply.groups import Group, group_of, group_of_home, is_one_home
from matcher.services.supply.published import AUTHORITIES_DIFFER, Leaving, leaving_of
from models.case import Case
from models.supply import HomeSpell

Floats = npt.NDArray[np.float64]
YEAR = 365.25


@dataclass
class Seen:
    """What a list of homes tells of one group: home-years watched, homes that closed and opened in them."""

    home_years: float = 0.0
    closed: int = 0
    opened: int = 0


@dataclass(frozen=True)
class Turnover:
    """Closings and openings of every group of a case.

    Attributes:
        since: The day the list of homes begins; None without one.
        seen: By group, of the groups on the list.
        stock: Homes today, by group.
    """

    since: dt.date | None
    seen: Mapping[Group, Seen] = field(default_factory=dict)
    stock: Mapping[Group, int] = field(default_factory=dict)


class Rates(NamedTuple):
    """Draws of closings a home a year, and openings a year of the whole group."""

    closing: Floats
    opening: Floats


def year_start(day: dt.date) -> dt.date:
    """The 1 April on or before a day."""
    return dt.date(day.year - ((day.month, day.day) < (4, 1)), 4, 1)


def list_begins(days: Iterable[dt.date | None]) -> dt.date | None:
    """The 1 April before the first of some events, from which a list of them is taken to be whole; None without any."""
    known = [day for day in days if day is not None]
    return year_start(min(known)) if known else None


def turnover(case: Case) -> Turnover:
    """Count closings and openings on the case's list of homes.

    A home without an opening day was open when the list began. One of the homes sheet that a group's list leaves out
    counts as open all along, so that a list of closings alone is of use.
    """
    since = list_begins(spell.closed for spell in case.home_history)
    homes = [home for home in case.homes if is_one_home(home)]
    stock: dict[Group, int] = defaultdict(int)
    for home in homes:
        stock[group_of_home(home)] += 1
    if since is None or since >= case.as_at:
        return Turnover(None, {}, stock)
    seen: dict[Group, Seen] = defaultdict(Seen)
    for spell in case.home_history:
        _add(seen[group_of(spell.kind, spell.sector)], spell, since, case.as_at)
    listed = {spell.home_id for spell in case.home_history}
    for home in homes:
        group = group_of_home(home)
        if group in seen and home.id not in listed:
            seen[group].home_years += (case.as_at - since).days / YEAR
    return Turnover(since, seen, stock)


def _add(seen: Seen, spell: HomeSpell, since: dt.date, as_at: dt.date) -> None:
    start, end = max(spell.opened or since, since), spell.closed or as_at
    if end < since:
        return
    seen.home_years += (end - start).days / YEAR
    seen.closed += spell.closed is not None
    seen.opened += spell.opened is not None and spell.opened >= since


def draw_rates(found: Turnover, groups: Sequence[Group], draws: int, rng: np.random.Generator) -> dict[Group, Rates]:
    """Rates of each group, one for each draw.

    Each is a gamma with the published rate as its mean before counting, weighed as :data:`AUTHORITIES_DIFFER`, then
    what was seen is added. Without a list of the group's own, homes open as fast as they close in the same draw, but
    for the published change of their number a year.
    """
    rates = {}
    for group in groups:
        published, stock = leaving_of(group), found.stock.get(group, 0)
        seen = found.seen.get(group)
        if seen is None:
            closing = gamma(published.a_year, 0, 0.0, draws, rng)
            opening = np.maximum(closing + published.growth, 0.0)
        else:
            closing = gamma(published.a_year, seen.closed, seen.home_years, draws, rng)
            opening = gamma(opening_of(published), seen.opened, seen.home_years, draws, rng)
        rates[group] = Rates(closing, opening * stock)
    return rates


def opening_of(published: Leaving) -> float:
    """Openings a home a year that what is published comes to."""
    return max(published.a_year + published.growth, 0.0)


def gamma(rate: float, events: int, exposure: float, draws: int, rng: np.random.Generator) -> Floats:
    """Draws of a rate believed to be ``rate``, after ``events`` in ``exposure``; all 0 where the belief is 0."""
    if rate <= 0:
        return np.zeros(draws)
    drawn: Floats = rng.gamma(AUTHORITIES_DIFFER + events, 1 / (AUTHORITIES_DIFFER / rate + exposure), draws)
    return drawn

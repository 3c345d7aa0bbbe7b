"""Homes that nobody has applied for yet: as many as rates say, each like one of today's homes of its group."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.services.supply.groups import Group, group_of, group_of_home, is_one_home
from matcher.services.supply.pipeline import RoadDraws, applications_since, is_household, whole_road
from matcher.services.supply.published import HOME_STAGES, HOUSEHOLD_STAGES, leaving_of
from matcher.services.supply.turnover import YEAR, Rates, Turnover, gamma, opening_of
from models.case import Case
from models.home import Home, Terms
from models.vocabulary import HomeKind, NotAvailable

Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.float32]
PREFIX = "new:"
LASTING = frozenset({NotAvailable.SIBLINGS_ONLY, NotAvailable.BEDROOM, NotAvailable.OTHER, None})
"""Reasons with no end in sight: places not available for them stay so, and homes yet to come are like that, too."""


class Coming(NamedTuple):
    """Homes yet to come and the days from the as-at date on which each opens (infinite: not in that draw)."""

    homes: tuple[Home, ...]
    opens: Days


def groups_to_come(case: Case) -> tuple[Group, ...]:
    """Groups that homes may join: those with homes today; a connected person's home comes only with its child."""
    every = {group_of_home(home) for home in case.homes if is_one_home(home)}
    return tuple(sorted(group for group in every if group.kind is not HomeKind.CONNECTED))


def homes_to_come(
    case: Case,
    found: Turnover,
    rates: Mapping[Group, Rates],
    roads: Mapping[bool, RoadDraws],
    horizon: int,
    rng: np.random.Generator,
) -> Coming:
    """Draw homes of every group that nobody has applied for yet, up to ``horizon`` days ahead."""
    homes: list[Home] = []
    opens: list[Days] = [np.empty((len(roads[True].days), 0), dtype=np.float32)]
    for group in groups_to_come(case):
        days = _opening_days(case, group, found, rates[group], roads, horizon, rng)
        opens.append(days)
        homes += _alike(case, group, days.shape[1], rng)
    return Coming(tuple(homes), np.concatenate(opens, axis=1))


def _opening_days(
    case: Case,
    group: Group,
    found: Turnover,
    rates: Rates,
    roads: Mapping[bool, RoadDraws],
    horizon: int,
    rng: np.random.Generator,
) -> Days:
    """The days of one group's openings, a row for each draw."""
    draws = len(rates.opening)
    listed = any(group_of(each.kind, each.sector) == group for each in case.approvals)
    a_year = _applications(case, group, found, draws, rng) if listed else rates.opening
    of_draw = np.repeat(np.arange(draws), rng.poisson(a_year * horizon / YEAR))
    days = rng.random(len(of_draw)) * horizon
    if listed:
        # They go the whole road from the day they apply; those who applied before are in the pipeline.
        taken, chance = whole_road(roads[is_household(group.kind)], of_draw, rng)
        days += taken
        kept = (rng.random(len(of_draw)) < chance) & (days <= horizon)
        of_draw, days = of_draw[kept], days[kept]
    each = np.bincount(of_draw, minlength=draws)
    opens = np.full((draws, int(each.max(initial=0))), np.inf, dtype=np.float32)
    opens[of_draw, np.arange(len(of_draw)) - np.repeat(np.cumsum(each) - each, each)] = days
    return opens


def _applications(case: Case, group: Group, found: Turnover, draws: int, rng: np.random.Generator) -> Floats:
    """Draws of applications a year: those on the list since it begins, what is published as the belief before."""
    published = leaving_of(group)
    stages = HOUSEHOLD_STAGES if is_household(group.kind) else HOME_STAGES
    through = float(np.prod([stage.goes_on for stage in stages]))
    believed = opening_of(published) * found.stock.get(group, 0) / through
    since = applications_since(case)
    if since is None:
        return gamma(believed, 0, 0.0, draws, rng)
    years = (case.as_at - since).days / YEAR
    return gamma(believed, applications_of(case, group, since), years, draws, rng)


def applications_of(case: Case, group: Group, since: dt.date) -> int:
    """How many applications of a group began on a day or later."""
    return sum(group_of(each.kind, each.sector) == group and each.applied_on >= since for each in case.approvals)


def _alike(case: Case, group: Group, count: int, rng: np.random.Generator) -> list[Home]:
    """Homes like today's of a group, dealt out in turn from a shuffled pack, empty and without anybody's name."""
    today: Sequence[Home] = [home for home in case.homes if is_one_home(home) and group_of_home(home) == group]
    pack = rng.permutation(len(today))
    name = f"{PREFIX}{group.kind}-{group.sector}-"
    return [_new(today[pack[at % len(today)]], f"{name}{at + 1}") for at in range(count)]


def _new(home: Home, name: str) -> Home:
    lasting = home.not_available_reason in LASTING
    terms: Terms = home.terms.model_copy(update={"exempt_children": frozenset()})
    return home.model_copy(
        update={
            "id": name,
            "terms": terms,
            "urn": None,
            "registered": True,
            "suspended": False,
            "closes_on": None,
            "available_from": None,
            "not_available_places": home.not_available_places if lasting else 0,
            "not_available_reason": home.not_available_reason if lasting else None,
        }
    )

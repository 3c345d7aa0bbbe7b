"""Legal statuses over a time in care."""

import datetime as dt
import random

from .draw import day_between, days
from .figures import AS_AT, Living
from .people import Child, Period


def set_legal(rng: random.Random, child: Child) -> None:
    """Legal statuses of a child's last period: agreement, interim and full care orders, placement orders."""
    period = child.periods[-1]
    last_day = period.ended or AS_AT
    adoptive = next((stay.start for stay in period.stays if stay.place.startswith("A")), None)
    at_home = child.living is Living.PARENTS or period.stays[-1].place == "P1"
    if child.uasc or period.rec in ("E15",):
        period.legal = [(period.entered, "V2")]
    elif period.rec == "E14":
        period.legal = [(period.entered, "J1")]
    elif adoptive is not None:
        period.legal = _towards_adoption(rng, period, adoptive)
    else:
        ordered = at_home or period.rec in ("E43", "E44", "E41") or rng.random() < 0.68
        period.legal = _care_order(rng, period, last_day) if ordered else [(period.entered, "V2")]


def _care_order(rng: random.Random, period: Period, last_day: dt.date) -> list[tuple[dt.date, str]]:
    """Agreement or an emergency first for some, then interim and full care orders."""
    steps: list[tuple[dt.date, str]] = []
    day = period.entered
    start = rng.random()
    if start < 0.3:
        steps.append((day, "V2"))
        day += days(rng.randint(20, 150))
    elif start < 0.42:
        steps.append((day, "L1"))
        day += days(rng.randint(1, 3))
    steps.append((day, "C1"))
    steps.append((day + days(rng.randint(150, 260)), "C2"))
    return [(when, code) for when, code in steps if when < last_day - days(2)]


def _towards_adoption(rng: random.Random, period: Period, adoptive: dt.date) -> list[tuple[dt.date, str]]:
    """Interim care order, then a placement order before the child is placed with adopters."""
    waited = (adoptive - period.entered).days
    if waited < 12:
        return [(period.entered, "E1")]
    order = day_between(rng, period.entered + days(max(waited * 2 // 5, 8)), adoptive - days(3))
    return [(period.entered, "C1"), (order, "E1")]


def steps_without_clash(period: Period) -> list[tuple[dt.date, str]]:
    """The legal steps, each moved on a day where a placement changes on the same day, so that one thing happens."""
    moves = {stay.start for stay in period.stays[1:]}
    found = []
    for day, code in period.legal:
        while day in moves:
            day += days(1)
        if period.ended is None or day < period.ended:
            found.append((day, code))
    return found

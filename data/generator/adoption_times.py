"""The 57 adopted: days that give the published timeliness, to the day."""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from . import adoption_figures as af
from .adoption_plans import Plan
from .adoption_schedule import day_in
from .draw import day_between, days, insist, shuffled

_BEFORE_THE_YEAR = dt.date(2017, 3, 27)
_ENTERED_BY = dt.date(2017, 3, 10)


@dataclass
class _Times:
    """One unit of the 57: whole days between its steps.

    ``wait`` is from entering care to moving in, ``plan`` from the decision to moving in, ``search`` from the
    placement order to the match; the latter two may move within their limits until the means are right.
    """

    plans: list[Plan]
    unit: af.Unit
    placed: dt.date
    matched: dt.date
    adopted: dt.date
    wait: int = 0
    plan: int = 0
    search: int = 0
    fixed: bool = False

    @property
    def size(self) -> int:
        return len(self.plans)

    @property
    def to_match(self) -> int:
        """Days from match to moving in."""
        return (self.placed - self.matched).days

    @property
    def least_search(self) -> int:
        """The order was made before the year, for orders within it are those of other children."""
        return max(12, (self.matched - _BEFORE_THE_YEAR).days + 1)

    @property
    def least_wait(self) -> int:
        """Everybody adopted in the year had come before it."""
        return max(200, (self.placed - _ENTERED_BY).days)


def set_times(rng: random.Random, plans: Sequence[Plan], oldest: dt.date) -> None:
    """Every date of the 57. Brothers and sisters assessed as nine came into care on the day ``oldest``."""
    some = [plan for plan in plans if plan.unit is not None and plan.unit.adopted < af.LATER]
    units = [_unit(rng, list(unit)) for _, unit in groupby(some, key=lambda plan: plan.number)]
    _set_waits(rng, units, oldest)
    _set_searches(rng, units)
    for unit in units:
        for plan in unit.plans:
            _write(plan, unit)


def _unit(rng: random.Random, plans: list[Plan]) -> _Times:
    unit = plans[0].unit
    if unit is None:
        raise ValueError("those adopted are of a unit")
    if unit.placed == af.BEFORE:
        adopted = day_in(rng, unit.adopted, af.first_day(unit.adopted) - days(1), 0)
        placed = min(adopted - days(rng.randint(150, 260)), _BEFORE_THE_YEAR - days(rng.randint(0, 9)))
    else:
        matched_first = dt.date(2017, 4, 1) if unit.matched == af.BEFORE else af.first_day(unit.matched) + days(8)
        placed = day_in(rng, unit.placed, matched_first, 0, spare=3)
        adopted = day_in(rng, unit.adopted, af.first_day(unit.adopted) - days(1), 0)
    if unit.matched == af.BEFORE:
        matched = min(placed - days(rng.randint(15, 40)), _BEFORE_THE_YEAR)
    else:
        latest = min(af.last_day(unit.matched), placed - days(5))
        matched = day_between(rng, af.first_day(unit.matched), latest)
    return _Times(plans, unit, placed, matched, adopted)


def _set_waits(rng: random.Random, units: Sequence[_Times], oldest: dt.date) -> None:
    """Days to moving in: so many within 14 months, the rest not, and the mean as published."""
    nine = [unit for unit in units if unit.unit.kin == "9"]
    for unit in nine:
        unit.wait, unit.fixed = (unit.placed - oldest).days, True
        insist(unit.wait > af.FOURTEEN_MONTHS, "the nine waited long")
    slow = list(nine)
    seven = [unit for unit in units if unit.unit.kin == "7"]
    for unit in shuffled(rng, [u for u in units if u not in nine and u not in seven and u.unit.placed < 2]):
        if sum(each.size for each in slow) + unit.size <= af.SLOW:
            slow.append(unit)
    insist(sum(unit.size for unit in slow) == af.SLOW, "units of one fill up those who waited long")
    came = min(unit.placed for unit in seven) - days(rng.randint(215, 240))
    for unit in seven:
        unit.wait, unit.fixed = (unit.placed - came).days, True
    for unit in units:
        if not unit.fixed:
            unit.wait = rng.randint(520, 860) if unit in slow else max(unit.least_wait, rng.randint(250, 410))
    _meet(rng, units, af.A1_DAYS, "wait", lambda u: (440, 1080) if u in slow else (u.least_wait, 416))
    late = _late(rng, [unit for unit in slow if not unit.fixed and unit.wait > 470])
    for unit in units:
        most = unit.wait - 55
        unit.plan = rng.randint(385, most) if unit in late else min(rng.randint(230, 345), most)
        unit.plan = max(unit.plan, unit.to_match + unit.least_search + 8)
        insist((unit.plan > af.TWELVE_MONTHS) is (unit in late), "the decision was as late as its unit's")


def _late(rng: random.Random, slow: Sequence[_Times]) -> list[_Times]:
    """Units of exactly those who moved in over a year after the decision."""
    found: list[_Times] = []
    for unit in sorted(shuffled(rng, slow), key=lambda unit: -unit.size):
        if sum(each.size for each in found) + unit.size <= af.LATE:
            found.append(unit)
    insist(sum(unit.size for unit in found) == af.LATE, "so many were late")
    return found


def _set_searches(rng: random.Random, units: Sequence[_Times]) -> None:
    def limits(unit: _Times) -> tuple[int, int]:
        return unit.least_search, unit.plan - unit.to_match - 6

    for unit in units:
        low, high = limits(unit)
        unit.search = low + (high - low) * rng.randint(35, 80) // 100
    _meet(rng, units, af.A2_DAYS, "search", limits)


def _meet(
    rng: random.Random, units: Sequence[_Times], mean: int, what: str, limits: Callable[[_Times], tuple[int, int]]
) -> None:
    """Move days of single children, one at a time, until the mean over all is exactly this."""
    free = [unit for unit in units if unit.size == 1 and not (unit.fixed and what == "wait")]
    gap = mean * sum(unit.size for unit in units) - sum(getattr(unit, what) * unit.size for unit in units)
    while gap:
        step = 1 if gap > 0 else -1
        able = [u for u in free if limits(u)[0] <= getattr(u, what) + step <= limits(u)[1]]
        insist(bool(able), f"the mean of {mean} days can be met")
        for unit in shuffled(rng, able)[: abs(gap)]:
            setattr(unit, what, getattr(unit, what) + step)
            gap -= step


def _write(plan: Plan, unit: _Times) -> None:
    plan.matched, plan.placed, plan.adopted = unit.matched, unit.placed, unit.adopted
    plan.ordered = unit.matched - days(unit.search)
    plan.decided = unit.placed - days(unit.plan)
    period = plan.child.periods[-1]
    period.entered = period.stays[0].start = unit.placed - days(unit.wait)

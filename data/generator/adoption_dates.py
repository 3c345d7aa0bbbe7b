"""The days of every step of the plans, so that each month of the year has its printed number."""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Sequence

from . import adoption_figures as af
from .adoption_plans import Plan
from .adoption_schedule import Window, day_in, months_by_deadline
from .draw import day_between, days, insist

_FIRST_ORDER_AFTER, _FIRST_ORDER_OF_BABY, _FIRST_DECISION_AFTER = 95, 60, 45
"""Days in care before a placement order and before a decision: the fastest few; babies soon placed are faster."""
_LAST_BEFORE = dt.date(2017, 3, 28)


def set_days(rng: random.Random, plans: Sequence[Plan]) -> None:
    """Decisions, orders, matches, placements and reversals of all but the 57 adopted, whose days are set apart."""
    rest = [plan for plan in plans if plan.unit is None or plan.unit.adopted == af.LATER]
    insist(len(plans) - len(rest) == sum(unit.size for unit in af.ADOPTED), "the others were adopted")
    adopted = len(plans) - len(rest)
    quick = [p for p in rest if "ended" in p.steps]
    rest = [p for p in rest if "ended" not in p.steps]
    for plan in quick:
        _placed_by_consent(rng, plan)
    ordered = {
        i: month
        for i, month in months_by_deadline(
            [_order_window(i, p) for i, p in enumerate(rest) if _has_order(p)], af.ORDERED_BEFORE - adopted, af.ORDERS
        ).items()
    }
    decided = months_by_deadline(
        [Window(i, _decision_from(p), ordered.get(i, p.steps.get("reversed", af.LATER))) for i, p in enumerate(rest)],
        af.DECIDED_BEFORE - adopted - len(quick),
        af.DECISIONS,
    )
    together: dict[int, list[int]] = defaultdict(list)
    for i, plan in enumerate(rest):
        together[plan.number or -1 - i].append(i)
    for members in together.values():
        _days_of(rng, [rest[i] for i in members], [decided[i] for i in members], [ordered.get(i) for i in members])


def _has_order(plan: Plan) -> bool:
    return plan.unit is not None or plan.steps.get("ordered") == af.LATER


def _order_window(index: int, plan: Plan) -> Window:
    deadline = plan.steps.get("matched", plan.steps.get("reversed", af.LATER))
    return Window(index, _order_from(plan), deadline)


def _decision_from(plan: Plan) -> dt.date:
    """The first day on which the plan may be decided; those placed before the year come into care in time for it."""
    return dt.date.min if _placed_by_then(plan) else plan.child.entered + days(_FIRST_DECISION_AFTER)


def _placed_by_then(plan: Plan) -> bool:
    return plan.steps.get("placed") == af.BEFORE


def _order_from(plan: Plan) -> dt.date:
    """The first day on which a placement order may be made."""
    if _placed_by_then(plan):
        return dt.date.min
    soon = plan.unit is not None and plan.child.age == 0
    return plan.child.entered + days(_FIRST_ORDER_OF_BABY if soon else _FIRST_ORDER_AFTER)


def _placed_by_consent(rng: random.Random, plan: Plan) -> None:
    """A placement with a parent's consent that ended: reversed first, moved two or four months later."""
    period = plan.child.periods[-1]
    stays = period.stays
    plan.placed = stays[-2].start
    if len(stays) == 2 or plan.placed < dt.date(2016, 6, 1):
        plan.placed = day_between(rng, max(period.entered + days(90), dt.date(2017, 1, 5)), dt.date(2017, 3, 20))
    plan.consented = plan.placed - days(rng.randint(20, 26))
    plan.matched = plan.placed - days(rng.randint(8, 18))
    plan.decided = plan.consented - days(rng.randint(5, 20))
    plan.reversed = day_in(rng, plan.steps["reversed"], plan.placed, 0)
    plan.ended = day_in(rng, plan.steps["ended"], plan.reversed, 0)
    while plan.ended in {stay.start for stay in stays}:
        plan.ended += days(1)


def _days_of(rng: random.Random, plans: Sequence[Plan], decided: Sequence[int], ordered: Sequence[int | None]) -> None:
    """The days of one unit: brothers and sisters are matched and placed on one day."""
    first = plans[0]
    matched, placed = first.steps.get("matched"), first.steps.get("placed")
    if _placed_by_then(first):
        _placed_before(rng, first)
        return
    for plan, decision, order in zip(plans, decided, ordered, strict=True):
        _decide_and_order(rng, plan, decision, order, matched)
    after = max(plan.ordered or plan.decided for plan in plans)
    if matched is not None and matched < af.LATER:
        day = day_in(rng, matched, after, int(placed == matched))
        for plan in plans:
            plan.matched = after = day
    if placed is not None and placed < af.LATER:
        day = day_in(rng, placed, after, 0, spare=4)
        for plan in plans:
            plan.placed = day
    if "reversed" in first.steps:
        first.reversed = day_in(rng, first.steps["reversed"], after, 0)


def _decide_and_order(rng: random.Random, plan: Plan, decided: int, ordered: int | None, matched: int | None) -> None:
    entered = plan.child.entered
    nexts = [step for step in (matched, plan.steps.get("reversed")) if step is not None]
    after_order = int(bool(nexts) and nexts[0] == ordered)
    release = entered + days(_FIRST_DECISION_AFTER - 1)
    if decided == af.BEFORE:
        latest = _LAST_BEFORE - days(8 if ordered == af.BEFORE else 0)
        plan.decided = day_between(rng, max(release, latest - days(rng.randint(20, 420))), latest)
    else:
        follow = int(ordered == decided) + after_order * int(ordered == decided)
        follow += int(ordered is None and bool(nexts) and nexts[0] == decided)
        plan.decided = day_in(rng, decided, release, follow)
    if ordered is None:
        return
    earliest = max(plan.decided + days(3), _order_from(plan) - days(12))
    if ordered == af.BEFORE:
        earliest = min(earliest, _LAST_BEFORE)
        plan.ordered = day_between(rng, earliest, min(earliest + days(160), _LAST_BEFORE))
    else:
        plan.ordered = day_in(rng, ordered, earliest - days(1), after_order)
    starts = {stay.start for stay in plan.child.periods[-1].stays}
    while plan.ordered in starts:
        plan.ordered += days(1)


def _placed_before(rng: random.Random, plan: Plan) -> None:
    """One of the few placed before the year and not adopted in it: long enough after coming into care."""
    child = plan.child
    period = child.periods[-1]
    latest = dt.date(2017, 3, 24)
    placed = min(max(period.stays[-1].start, child.born + days(200)), latest)
    entered = min(period.entered, max(child.born + days(3), placed - days(rng.randint(230, 330))))
    period.entered = period.stays[0].start = entered
    wait = (placed - entered).days
    plan.placed = placed
    plan.matched = placed - days(rng.randint(14, 24))
    plan.ordered = plan.matched - days(wait // 5)
    plan.decided = plan.ordered - days(wait // 6)

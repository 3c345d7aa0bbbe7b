"""Families of ours: 174 of them in the stages of the year, each step on a day of the month the tables give."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from . import adoption_figures as af
from . import figures as fig
from .adoption_plans import Plan
from .adoption_schedule import day_in
from .draw import day_between, days, insist, shuffled

STAGES = (
    "enquired_on", "stage_1_start", "stage_1_end", "stage_2_start", "stage_2_end", "approved_on", "matched_on",
    "placed_on", "placement_ended_on", "adopted_on", "left_on",
)  # fmt: skip


@dataclass(eq=False)
class Family:
    """One adoptive household.

    ``days`` are the steps of its journey by column; ``children`` the plans it is matched with or has had.
    """

    agency: str
    days: dict[str, dt.date] = field(default_factory=dict)
    left_reason: str = ""
    children: list[Plan] = field(default_factory=list)
    takes_others: bool = False
    dual: bool = False
    carer: bool = False
    district: str = ""
    postcode: str = ""
    fee: int = 0
    id: str = ""

    @property
    def waits(self) -> bool:
        """Whether it is approved and waits at the end of the year."""
        return "approved_on" in self.days and not self.days.keys() & {"matched_on", "placed_on", "left_on"}


def own_families(rng: random.Random, plans: Sequence[Plan], agency: str) -> list[Family]:
    """Every family of ours that was in the year, whatever stage it was at."""
    placed = [*_with_our_children(plans, agency), *_with_others_children(rng, agency)]
    before = [f for f in placed if f.days["matched_on"] < fig.YEAR_START]
    within = [f for f in placed if f.days["matched_on"] >= fig.YEAR_START]
    for family in before:
        _approved_before(rng, family, family.days["matched_on"])
    approved = _approvals(rng, within, agency)
    early = [f for f in approved if f.days["approved_on"] < fig.YEAR_START]
    for family in early:
        _approved_before(rng, family, family.days["approved_on"] + days(1), keep=True)
    recent = sorted((f for f in approved if f not in early), key=lambda f: f.days["approved_on"])
    others = _stages(rng, recent, agency)
    families = [*before, *approved, *others]
    _dual(rng, families)
    for family in families:
        if "stage_1_start" in family.days:
            family.days["enquired_on"] = family.days["stage_1_start"] - days(rng.randint(5, 40))
        elif "enquired_on" not in family.days:
            family.days["enquired_on"] = family.days["stage_2_start"] - days(rng.randint(20, 60))
    return families


def _with_our_children(plans: Sequence[Plan], agency: str) -> Iterator[Family]:
    some = sorted((p for p in plans if p.unit is not None and p.unit.ours), key=lambda plan: plan.number)
    for _, unit in groupby(some, key=lambda plan: plan.number):
        children = list(unit)
        first = children[0]
        if first.matched is None:
            raise ValueError("every unit was matched")
        steps = {"matched_on": first.matched, "placed_on": first.placed, "adopted_on": first.adopted}
        found = {name: day for name, day in steps.items() if day is not None}
        carer = first.unit is not None and first.unit.carer
        yield Family(agency, found, children=children, carer=carer)


def _with_others_children(rng: random.Random, agency: str) -> Iterator[Family]:
    """Families who took other authorities' children; one child's placement ended in March."""
    for matched, placed, adopted in af.TOOK_OTHERS:
        family = Family(agency, takes_others=True)
        leaves = (matched, placed) == af.LEFT_PLACED and adopted == af.LATER
        day = dt.date(2016, 4, 1)
        for name, month, later in (
            ("matched_on", matched, int(placed == matched)),
            ("placed_on", placed, 0),
            ("adopted_on", adopted, 0),
        ):
            if month == af.BEFORE:
                start = dt.date(2016, 9, 1) if name == "placed_on" or placed > af.BEFORE else dt.date(2016, 6, 1)
                day = day_between(rng, max(day + days(10), start), max(day + days(40), start + days(50)))
            elif month == af.LATER:
                break
            else:
                day = day_in(rng, month, day, later)
            family.days[name] = day
        if leaves:
            family.days["placement_ended_on"] = family.days["left_on"] = day_in(rng, 11, day, 0)
            family.left_reason = "withdrew"
        yield family


def _approved_before(rng: random.Random, family: Family, before: dt.date, *, keep: bool = False) -> None:
    """The stages of a family approved before the year."""
    if not keep:
        waited = rng.choices((rng.randint(15, 89), rng.randint(90, 300)), (7, 3))[0]
        family.days["approved_on"] = before - days(waited)
        early = [plan.early for plan in family.children if plan.early is not None]
        if early:
            family.days["approved_on"] = min(family.days["approved_on"], min(early) - days(10))
    approved = family.days["approved_on"]
    family.days["stage_2_end"] = approved
    family.days["stage_2_start"] = approved - days(rng.randint(95, 140))
    if not family.carer:
        family.days["stage_1_end"] = family.days["stage_2_start"] - days(rng.randint(2, 40))
        family.days["stage_1_start"] = family.days["stage_1_end"] - days(rng.randint(50, 110))


def _approvals(rng: random.Random, within: list[Family], agency: str) -> list[Family]:
    """Those approved and waiting at the start or approved in the year, and what became of each.

    Those with a child for early permanence were approved before they took the child, and so before the year.
    """
    months = [af.BEFORE] * af.WAITING_APPROVED + [m for m, count in enumerate(af.APPROVALS) for _ in range(count)]
    queue = list(months)
    found: list[Family] = []
    early = [f for f in within if any(plan.early is not None for plan in f.children)]
    for family in early:
        queue.remove(af.BEFORE)
        first = min(plan.early for plan in family.children if plan.early is not None)
        family.days["approved_on"] = min(first, dt.date(2017, 3, 20)) - days(rng.randint(8, 60))
        found.append(family)
    leavers = [Family(agency, {"left_on": day_in(rng, m, af.first_day(m) + days(8), 0)}, "withdrew")
               for m in af.LEFT_APPROVED]  # fmt: skip
    exits = [(f.days["matched_on"], f) for f in within if f not in early] + [(f.days["left_on"], f) for f in leavers]
    for day, family in sorted(exits, key=lambda pair: pair[0]):
        able = [i for i, month in enumerate(queue) if month < af.month_of(day) or month == af.BEFORE]
        # Mostly the longest-waiting, now and then somebody who had only just been approved.
        i = able[min(int(rng.expovariate(1 / 6)), len(able) - 1)]
        family.days["approved_on"] = _approval_day(rng, queue.pop(i), day)
        found.append(family)
    insist(len(queue) == 24, "24 approved families wait at the end of the year")
    for month in queue:
        found.append(Family(agency, {"approved_on": _approval_day(rng, month, fig.AS_AT)}))
    return found


def _approval_day(rng: random.Random, month: int, before: dt.date) -> dt.date:
    if month == af.BEFORE:
        return day_between(rng, dt.date(2016, 7, 1), dt.date(2017, 3, 28))
    return day_between(rng, af.first_day(month) + days(2), min(af.last_day(month), before - days(1)))


def _stages(rng: random.Random, recent: Sequence[Family], agency: str) -> list[Family]:
    """Stages 1 and 2 of those approved in the year, and families still in them or who left them."""
    others: list[Family] = []
    left = {name: list(months) for name, months in (("stage_1", af.LEFT_STAGE_1), ("between", af.LEFT_BEFORE_STAGE_2),
            ("stage_2", af.LEFT_STAGE_2))}  # fmt: skip
    in_1 = [_new(rng, others, agency, 1) for _ in range(af.IN_STAGE_1)]
    between: list[Family] = []
    in_2 = [_new(rng, others, agency, 2) for _ in range(af.IN_STAGE_2)]
    approved = iter(recent)
    for month in range(12):
        out = _take(in_2, af.APPROVALS[month])
        for family in out:
            merged = next(approved)
            merged.days |= family.days | {"stage_2_end": merged.days["approved_on"]}
            others.remove(family)
        into_2 = _take(between, min(len(between), af.STAGE_2_STARTS[month]))
        ending = _take(in_1, af.STAGE_1_ENDS[month])
        for family in ending:
            family.days["stage_1_end"] = day_in(rng, month, family.days["stage_1_start"], 1)
        into_2 += _take(ending, af.STAGE_2_STARTS[month] - len(into_2))
        between += ending
        for family in into_2:
            family.days["stage_2_start"] = day_in(rng, month, family.days["stage_1_end"], 0)
        in_2 += into_2
        if month in af.STRAIGHT_TO_STAGE_2:
            family = Family(agency, {"stage_2_start": day_in(rng, month, af.first_day(month), 0)})
            others.append(family)
            in_2.append(family)
        for _ in range(af.STAGE_1_STARTS[month]):
            family = Family(agency, {"stage_1_start": day_in(rng, month, af.first_day(month) - days(1), 0)})
            others.append(family)
            in_1.append(family)
        for stock, name in ((in_1, "stage_1"), (between, "between"), (in_2, "stage_2")):
            for _ in range(left[name].count(month)):
                leaver = _take(stock, 1)[0]
                last = max(leaver.days.values())
                leaver.days["left_on"] = day_in(rng, month, last, 0)
                leaver.left_reason = rng.choice(("withdrew", "withdrew", "on_hold", "refused"))
    insist(next(approved, None) is None, "everybody approved in the year came through stage 2")
    insist((len(in_1), len(between), len(in_2)) == (47, 4, 6), "the stages at the end of the year")
    return others


def _new(rng: random.Random, others: list[Family], agency: str, stage: int) -> Family:
    """A family in stage 1 or 2 at the start of the year."""
    started = day_between(rng, dt.date(2016, 12, 1), dt.date(2017, 3, 25))
    family = Family(agency)
    if stage == 1:
        family.days["stage_1_start"] = started
    else:
        family.days["stage_2_start"] = started
        family.days["stage_1_end"] = started - days(rng.randint(2, 30))
        family.days["stage_1_start"] = family.days["stage_1_end"] - days(rng.randint(50, 100))
    others.append(family)
    return family


def _take(stock: list[Family], count: int) -> list[Family]:
    """The first so many of a stock, longest there first, taken out of it."""
    insist(len(stock) >= count, "the stock has so many")
    taken, stock[:] = stock[:count], stock[count:]
    return taken


def _dual(rng: random.Random, families: Sequence[Family]) -> None:
    """Dually approved: 15 of those approved in the year, those with early permanence, carers who adopt, some others."""
    recent = [f for f in families if f.days.get("approved_on", fig.FIRST_DAY) >= fig.YEAR_START]
    for family in shuffled(rng, recent)[: af.DUALLY_APPROVED]:
        family.dual = True
    for family in families:
        if family not in recent and "approved_on" in family.days:
            early = any(plan.early is not None for plan in family.children)
            family.dual = early or family.carer or rng.random() < 0.15

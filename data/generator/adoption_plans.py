"""Whose plans they are: the 57 adopted, the 35 placed, those who wait, those whose plan was reversed."""

import datetime as dt
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from . import adoption_figures as af
from . import figures as fig
from .draw import days, insist, shuffled, weighted_order
from .figures import Living
from .people import Child, Stay
from .tenure import LONG, MIDDLE, UNDER_A_YEAR
from .timeline import copy_stay

SPRING_2016 = dt.date(2016, 5, 1)
"""The last two of the nine brothers and sisters came into care before this."""


@dataclass(eq=False)
class Plan:
    """One child's plan: its unit of the tables, and the day of every step so far."""

    child: Child
    unit: af.Unit | None = None
    number: int = 0
    decided: dt.date = fig.AS_AT
    ordered: dt.date | None = None
    consented: dt.date | None = None
    early: dt.date | None = None
    matched: dt.date | None = None
    placed: dt.date | None = None
    ended: dt.date | None = None
    adopted: dt.date | None = None
    reversed: dt.date | None = None
    reason: str = ""
    family: str = ""
    carer_since: dt.date | None = None
    carer_family: str = ""
    nine: bool = False
    steps: dict[str, int] = field(default_factory=dict)
    """Months of steps in the year that are known before their days: matched, placed, reversed, ended."""

    @property
    def waits(self) -> bool:
        """Whether the child waits for a family at the end of the year."""
        return self.matched is None and self.placed is None and self.reversed is None


def choose(rng: random.Random, children: Sequence[Child], gone: Sequence[Child], assessed: set[str],
           busy: set[str]) -> list[Plan]:  # fmt: skip
    """A plan for each of the 142 children who had one in the year, with the months of its steps as far as given.

    Args:
        rng: The stream.
        children: The 903.
        gone: Those who left care.
        assessed: Ids of children with a needs assessment: those who wait should have one.
        busy: Ids of children with an open referral, who have no plan for adoption.
    """
    plans = [*_adopted(rng, gone), *_placed(children)]
    fits = [c for c in children if _young(c) and c.id not in busy]
    ended = _placement_ended(fits)
    changed = [c for c in fits if c.entered < dt.date(2017, 2, 1) and c not in ended]
    # Long-term fostering is what the plan most often becomes, best of all lately.
    changed = sorted(shuffled(rng, changed), key=lambda c: _not_long_term(c.periods[-1].stays[-1]))
    months = [*((m, True) for m in af.REVERSED_AFTER_ORDER), *((m, False) for m in af.REVERSED_WITHOUT_ORDER)]
    for child, (month, with_order) in zip(changed, months, strict=False):
        plan = Plan(child, steps={"reversed": month} | ({"ordered": af.LATER} if with_order else {}))
        plan.reason = "RD1" if with_order else rng.choice(("RD1", "RD2", "RD4"))
        plans.append(plan)
    taken = {plan.child for plan in plans} | set(ended)
    plans += [
        Plan(child, steps={"reversed": month, "ended": move}, reason="RD1")
        for child, (month, move) in zip(ended, af.PLACEMENTS_ENDED, strict=True)
    ]
    plans += _waiting(rng, [c for c in fits if c not in taken and c.periods[-1].stays[-1].place != "U4"], assessed)
    insist(len(plans) == 142, "every child with a plan in the year is there")
    return plans


def _not_long_term(stay: Stay) -> tuple[bool, int]:
    return stay.place != "U4", (fig.AS_AT - stay.start).days


def _young(child: Child) -> bool:
    fostered = child.living in (Living.IN_HOUSE, Living.IFA) and not child.uasc
    return fostered and child.age < 8 and len(child.periods) == 1


def _adopted(rng: random.Random, gone: Sequence[Child]) -> list[Plan]:
    """The 57: brothers and sisters are put together, for nobody knows those who have left as a family."""
    some = [c for c in gone if c.periods[-1].rec in ("E11", "E12") and (c.periods[-1].ended or fig.FIRST_DAY)
            >= fig.YEAR_START]  # fmt: skip
    insist(len(some) == sum(unit.size for unit in af.ADOPTED), "57 were adopted")
    return _deal(shuffled(rng, some), af.ADOPTED, 100)


def _deal(children: Iterable[Child], units: Sequence[af.Unit], first: int) -> list[Plan]:
    left = iter(children)
    return [
        Plan(next(left), unit, number, steps={"matched": unit.matched, "placed": unit.placed})
        for number, unit in enumerate(units, start=first)
        for _ in range(unit.size)
    ]


def _placed(children: Sequence[Child]) -> list[Plan]:
    """The 35, each in a slot near the day on which the child moved in already, pairs in those of pairs."""
    some = [c for c in children if c.living is Living.ADOPTION]
    families: dict[int, list[Child]] = {}
    for child in some:
        if child.family:
            families.setdefault(child.family, []).append(child)
    pairs = sorted(families.values(), key=lambda pair: max(c.entered for c in pair))
    alone = [c for c in some if not c.family]
    early = _before_the_year([c for c in alone if c.placements_in_year == 1])
    babies = sorted((c for c in alone if c.tenure == UNDER_A_YEAR), key=lambda c: c.entered)
    others = sorted((c for c in alone if c not in early and c not in babies), key=_likely_day)
    # Babies come last, with families of ours; those placed with their carers from the start are never elsewhere.
    rest = [unit for unit in af.PLACED if unit.placed >= 0 and unit.size == 1]
    for_babies = [unit for unit in rest if unit.ours][len([u for u in rest if u.ours]) - len(babies) :]
    for unit in for_babies:
        del rest[max(i for i, each in enumerate(rest) if each == unit)]
    order = _not_elsewhere(rest, others, {c for c in others if c.periods[-1].stays[-1].same_carer})
    plans = _deal(early, [unit for unit in af.PLACED if unit.placed == af.BEFORE], 200)
    plans += _deal(order, rest, 220)
    plans += _deal(babies, for_babies, 240)
    plans += _deal([c for pair in pairs for c in pair], [u for u in af.PLACED if u.size == 2], 260)
    return plans


def _likely_day(child: Child) -> dt.date:
    """The day nearest to that on which the child moved in already, but not soon after coming into care."""
    return max(child.periods[-1].stays[-1].start, child.entered + days(300))


def _before_the_year(still: Sequence[Child]) -> list[Child]:
    """Of those who did not move in the year, five placed before it; the rest stay with carers who become adopters."""
    wanted = sum(unit.placed == af.BEFORE for unit in af.PLACED)
    order = sorted(still, key=lambda c: (c.periods[-1].stays[-1].same_carer, c.entered))
    for child in order[wanted:]:
        stays = child.periods[-1].stays
        if not stays[-1].same_carer:
            carers = copy_stay(stays[-1])
            carers.place, carers.reason = "U5", "PLACE"
            stays[-1].place, stays[-1].same_carer, stays[-1].start = "A5", True, fig.YEAR_START + days(90)
            stays.insert(-1, carers)
    return order[:wanted]


def _not_elsewhere(units: Sequence[af.Unit], children: Sequence[Child], settled: set[Child]) -> list[Child]:
    """The children in order, but one who stays with the same carers changes with the next where that is not ours."""
    order = list(children)
    insist(len(order) == len(units), "35 children were placed")
    for i, unit in enumerate(units):
        if not unit.ours and order[i] in settled:
            j = min((abs(j - i), j) for j in range(len(order)) if units[j].ours and order[j] not in settled)[1]
            order[i], order[j] = order[j], order[i]
    return order


def _placement_ended(fits: Sequence[Child]) -> list[Child]:
    """Two who moved once in the year, preferably from carers with whom they had been since the winter before."""
    found: list[Child] = []
    for _, month in af.PLACEMENTS_ENDED:
        options = []
        for child in fits:
            stays = child.periods[-1].stays
            if child.placements_in_year != 2 or child.tenure != MIDDLE or child in found:
                continue
            if child.entered < dt.date(2016, 12, 1):
                settled = len(stays) > 2 and dt.date(2016, 10, 1) < stays[-2].start < dt.date(2017, 3, 26)
                far = abs((stays[-1].start - af.first_day(month)).days)
                options.append((child.family > 0, not settled, far, child.id, child))
        insist(bool(options), "somebody moved once in the year")
        found.append(min(options, key=lambda option: option[:4])[4])
    return found


def _waiting(rng: random.Random, fits: Sequence[Child], assessed: set[str]) -> list[Plan]:
    """The four matched, the 28 who wait for a match and the six who wait for an order: the latter came last."""
    fits = [c for c in fits if c.tenure < LONG]
    early = [c for c in fits if c.entered < dt.date(2017, 11, 1)]
    families: dict[int, int] = {}
    for child in early:
        families[child.family] = families.get(child.family, 0) + 1

    def weight(child: Child) -> float:
        together = child.family and families[child.family] > 1
        return (3.0 if child.id in assessed else 1.0) * (6.0 if together else 1.0) * (2.0 if child.age < 6 else 1.0)

    order = weighted_order(rng, early, weight)
    longest = [c for c in order if c.entered < SPRING_2016][:2]
    settled = [*longest, *(c for c in order if c.entered < fig.YEAR_START and c not in longest)][:18]
    wanted = af.WAITING_FOR_MATCH + len(af.MATCHED) - len(settled)
    chosen = [*settled, *[c for c in order if c.entered >= fig.YEAR_START][:wanted]]
    insist(len(chosen) == af.WAITING_FOR_MATCH + len(af.MATCHED), "enough children are young enough to wait")
    alone = sorted((c for c in chosen if not c.family and c not in longest), key=lambda c: c.age > 3)
    matched = set(shuffled(rng, alone[:9])[: len(af.MATCHED)])
    plans = _deal([c for c in chosen if c in matched], af.MATCHED, 280)
    plans += [Plan(c, steps={"ordered": af.LATER}) for c in chosen if c not in matched]
    late = [c for c in fits if c not in chosen and c.entered <= dt.date(2017, 12, 10)]
    late = sorted(late, key=lambda c: (c.age < 5, c.entered >= dt.date(2017, 10, 1), c.entered), reverse=True)
    return plans + [Plan(c) for c in late[: af.WAITING_FOR_ORDER]]

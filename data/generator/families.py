"""Brothers and sisters: 140 groups among the 903, who lives with whom, and the assessed plan for each."""

import datetime as dt
import random
from collections import Counter
from dataclasses import dataclass, field

from . import figures as fig
from .draw import day_between, insist, shuffled
from .figures import Living
from .people import Child

Units = tuple[tuple[Living, int], ...]
_IH, _IFA, _KIN, _TEMP = Living.IN_HOUSE, Living.IFA, Living.APPROVED_KIN, Living.TEMPORARY_KIN
_HOME, _ADOPT, _PARENTS = Living.PRIVATE_HOME, Living.ADOPTION, Living.PARENTS

# (how many groups, who lives together: each unit is one household)
TOGETHER_TO_PLAN: tuple[tuple[int, Units], ...] = (
    (27, ((_IH, 2),)),
    (4, ((_IH, 3),)),
    (1, ((_IH, 4),)),
    (6, ((_IFA, 2),)),
    (1, ((_IFA, 3),)),
    (1, ((_KIN, 2),)),
)
APART_TO_PLAN: tuple[tuple[int, Units], ...] = (
    (4, ((_IH, 1), (_IFA, 1))),
    (2, ((_IH, 1), (_IH, 1))),
    (2, ((_IH, 1), (_HOME, 1))),
    (2, ((_IH, 2), (_IFA, 1))),
)
AGAINST_PLAN: tuple[tuple[int, Units], ...] = (
    (9, ((_IH, 1), (_IH, 1))),
    (8, ((_IH, 1), (_IFA, 1))),
    (2, ((_IFA, 1), (_IFA, 1))),
    (3, ((_IH, 1), (_HOME, 1))),
    (3, ((_IH, 2), (_IH, 1))),
    (2, ((_IFA, 2), (_IH, 1))),
    (1, ((_IH, 1), (_IFA, 1), (_HOME, 1))),
    (1, ((_IH, 2), (_IH, 2))),
    (1, ((_IH, 3), (_IH, 2))),
)
NOT_ASSESSED: tuple[tuple[int, Units], ...] = (
    (9, ((_TEMP, 2),)),
    (2, ((_KIN, 2),)),
    (5, ((_ADOPT, 2),)),
    (15, ((_IH, 2),)),
    (4, ((_IFA, 2),)),
    (1, ((_PARENTS, 2),)),
    (5, ((_IH, 1), (_IH, 1))),
    (4, ((_IH, 1), (_IFA, 1))),
    (2, ((_TEMP, 3),)),
    (4, ((_IH, 3),)),
    (2, ((_IFA, 3),)),
    (4, ((_IH, 2), (_IH, 1))),
    (1, ((_TEMP, 4),)),
    (1, ((_IH, 2), (_IH, 2))),
    (1, ((_IH, 3), (_IH, 2), (_IFA, 1))),
)


@dataclass(eq=False)
class Unit:
    """Children who live together: one child, or brothers and sisters."""

    children: list[Child]

    @property
    def living(self) -> Living:
        """How the unit lives."""
        living = self.children[0].living
        if living is None:
            raise ValueError("a child who has left lives in no unit")
        return living


@dataclass(eq=False)
class Family:
    """A sibling group: its units as they live, and the plan."""

    number: int
    units: list[Unit]
    decision: str
    decided_on: dt.date | None = None
    children: list[Child] = field(default_factory=list)

    @property
    def plan(self) -> list[tuple[Child, str, str]]:
        """Each child with the decision and unit the sheet gives: units only where part of a group stays together."""
        sizes = [len(unit.children) for unit in self.units]
        split = self.decision == "apart" and max(sizes) > 1
        decision = "together" if split else self.decision
        return [
            (child, decision, str(number) if split and size > 1 else "")
            for number, (unit, size) in enumerate(zip(self.units, sizes, strict=True), start=1)
            for child in unit.children
        ]


def form(rng: random.Random, children: list[Child]) -> tuple[list[Family], list[Unit]]:
    """The 140 families, and every unit: theirs and each other child alone."""
    pool: dict[Living, dict[int, list[Child]]] = {}
    for child in children:
        if not child.uasc and child.living is not None:
            pool.setdefault(child.living, {}).setdefault(child.age, []).append(child)
    specs = [
        (units, decision)
        for table, decision in (
            (TOGETHER_TO_PLAN, "together"),
            (APART_TO_PLAN, "apart"),
            (AGAINST_PLAN, "together"),
            (NOT_ASSESSED, "not_assessed"),
        )
        for count, units in table
        for _ in range(count)
    ]
    families = []
    # The large and the rare first, while every age is still to be had.
    order = sorted(shuffled(rng, specs), key=lambda s: (all(k is _IH for k, _ in s[0]), -sum(n for _, n in s[0])))
    for number, (spec, decision) in enumerate(order, start=1):
        families.append(_family(rng, number, spec, decision, pool))
    related = {id(child) for family in families for child in family.children}
    units = [unit for family in families for unit in family.units]
    units += [Unit([child]) for child in children if id(child) not in related]
    return families, units


def _family(
    rng: random.Random, number: int, spec: Units, decision: str, pool: dict[Living, dict[int, list[Child]]]
) -> Family:
    ages = _ages(rng, spec, {living: Counter({a: len(c) for a, c in by.items()}) for living, by in pool.items()})
    units = []
    for (living, size), unit_ages in zip(spec, ages, strict=True):
        members = [pool[living][age].pop() for age in unit_ages]
        insist(len(members) == size, "the ages were drawn for this size")
        units.append(Unit(members))
    everyone = [child for unit in units for child in unit.children]
    for child in everyone:
        child.family = number
    decided = day_between(rng, fig.YEAR_START, fig.AS_AT) if decision != "not_assessed" else None
    return Family(number, units, decision, decided, everyone)


def _ages(rng: random.Random, spec: Units, stock: dict[Living, Counter[int]]) -> list[list[int]]:
    """Ages for the units of one family: all different, within a dozen years, and to be had."""
    for _ in range(5000):
        taken: list[int] = []
        ages: list[list[int]] = []
        for living, size in spec:
            unit: list[int] = []
            for _ in range(size):
                open_ages = {
                    age: float(count) / (1 + min((abs(age - t) for t in taken), default=1)) ** 2
                    for age, count in sorted(stock[living].items())
                    if count > 0 and age not in taken and all(abs(age - t) <= 9 for t in taken)
                }
                if not open_ages:
                    break
                unit.append(rng.choices(list(open_ages), list(open_ages.values()))[0])
                taken.append(unit[-1])
            ages.append(unit)
        if [len(unit) for unit in ages] == [size for _, size in spec]:
            return ages
    raise ValueError(f"no ages left for a family of {spec}: change the tables in families.py")

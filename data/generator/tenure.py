"""How long each child has been looked after, how settled, and how many placements in the year: all by quota."""

import random

from . import figures as fig
from .draw import deck, insist, shuffled, weighted_order
from .families import Family, Unit
from .figures import Living
from .people import Child

UNDER_A_YEAR, MIDDLE, LONG = 0, 1, 2
_EARLY = (5, 11)
"""Fewest and most of those placed for adoption who had not moved in the year."""
_MOVES: dict[Living, float] = {
    Living.PRIVATE_HOME: 5.0,
    Living.IN_HOUSE_HOME: 4.0,
    Living.SEMI: 3.0,
    Living.IFA: 1.6,
    Living.SCHOOL: 2.0,
    Living.PARENTS: 0.8,
}
_SETTLED: dict[Living, float] = {
    Living.APPROVED_KIN: 6.0,
    Living.IN_HOUSE: 3.0,
    Living.IFA: 1.6,
    Living.PRIVATE_HOME: 0.15,
    Living.IN_HOUSE_HOME: 0.2,
    Living.SECURE: 0.0001,
    Living.TEMPORARY_KIN: 0.0001,
}


def set_tenure(rng: random.Random, children: list[Child], families: list[Family]) -> None:
    """Under a year, to two and a half years, or longer, in the numbers each age band has."""
    left = [list(row) for row in fig.TENURE]
    for child in children:
        child.tenure = -1
    for band, wanted in fig.UASC_TENURE.items():
        some = shuffled(rng, [c for c in children if c.uasc and c.band == band])
        for child, tenure in zip(some, deck(dict(enumerate(wanted))), strict=True):
            _give(child, tenure, left)
    _fixed(rng, children, left)
    for family in families:
        weights = _family_weights(family, left)
        # Those under four have not lived long enough; they came at birth or with the others.
        tenure = rng.choices((0, 1, 2), weights)[0]
        for child in sorted(family.children, key=lambda c: -c.age):
            if child.tenure < 0:
                wished = min(tenure, _longest(child))
                _give(child, wished if left[child.band][wished] else _any(rng, child, left), left)
    for child in sorted(shuffled(rng, [c for c in children if c.tenure < 0]), key=lambda c: c.age):
        _give(child, _any(rng, child, left), left)
    insist(not any(map(sum, left)), "bands and tenures have the same totals")


def _give(child: Child, tenure: int, left: list[list[int]]) -> None:
    left[child.band][tenure] -= 1
    insist(left[child.band][tenure] >= 0, "figures.py keeps room for the fixed ones")
    child.tenure = tenure


def _longest(child: Child) -> int:
    return 0 if child.age == 0 else 1 if child.age < 3 else 2


def _any(rng: random.Random, child: Child, left: list[list[int]]) -> int:
    row = left[child.band]
    options = [t for t in range(_longest(child) + 1) if row[t]]
    return rng.choices(options, [row[t] for t in options])[0]


def _fixed(rng: random.Random, children: list[Child], left: list[list[int]]) -> None:
    """Arrangements that say how long: placed for adoption, temporary approval, assessment with a parent."""
    for child in children:
        if child.living is Living.ADOPTION:
            _give(child, min(child.band, 1), left)
        elif child.living is Living.PARENT_CHILD:
            _give(child, UNDER_A_YEAR, left)
        elif child.living is Living.TEMPORARY_KIN:
            _give(child, UNDER_A_YEAR if child.age < 2 or rng.random() < 0.75 or child.family else MIDDLE, left)
    rule = [c for c in children if c.living is Living.ADOPTION and c.band == 2 and not c.family][:3]
    for child in rule:
        left[2][1] += 1
        _give(child, LONG, left)


def _family_weights(family: Family, left: list[list[int]]) -> list[float]:
    """How likely each tenure is for a family: by what is left in its children's bands."""
    fixed = [child.tenure for child in family.children if child.tenure >= 0]
    if fixed:
        return [float(t == max(fixed)) for t in (0, 1, 2)]
    return [min(left[child.band][t] for child in family.children) + 0.01 for t in (0, 1, 2)]


def set_moves(rng: random.Random, children: list[Child], units: list[Unit]) -> None:
    """Placements in the year and who has been settled for two years, to the published totals.

    Of the 299 under 16 looked after for two and a half years, 201 are settled: three of those moved from a carer
    to adopters within the year, which counts as settled because the two placements are taken together.
    """
    quota = _Quota(rng)
    quota.early_left = sum(_may_be_early(unit) for unit in units)
    for unit in units:
        _forced(rng, unit, quota)
    rest = [unit for unit in units if not quota.done(unit)]
    several = [unit for unit in rest if len(unit.children) > 1]
    for unit in shuffled(rng, several):
        mixed = len({(c.tenure, c.band == 5) for c in unit.children}) > 1
        count = 1 if mixed else rng.choices((3, 2, 1), (6, 27, 67))[0]
        quota.give(unit, count, stable=unit.living in (Living.IN_HOUSE, Living.APPROVED_KIN) or rng.random() < 0.8)
    quota.finish([unit.children[0] for unit in rest if len(unit.children) == 1])
    insist(sum(c.placements_in_year > 2 for c in children) == sum(fig.PLACEMENTS_3_PLUS.values()))


class _Quota:
    """What is left to give out, apart for children in the long-term stability measure and for the others."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        # (three or more, two, one and recent, one and settled) for the 299, then for the rest.
        self._left = {True: [26, 50, 22, fig.STABLE - 3], False: [82, fig.PLACEMENTS_2 - 53, 305, 0]}
        self._numbers = shuffled(rng, deck(fig.PLACEMENTS_3_PLUS))
        self._given: set[int] = set()
        self.early, self.early_left = 0, 0

    def is_early(self) -> bool:
        """Whether a child placed for adoption did not move in the year: five at least, eleven at most."""
        drawn = self._rng.random() < 0.35
        self.early_left -= 1
        found = (drawn or self.early + self.early_left < _EARLY[0]) and self.early < _EARLY[1]
        self.early += found
        return found

    @staticmethod
    def measured(child: Child) -> bool:
        """Whether the child is one of the 299."""
        return child.tenure == LONG and child.age < 16

    def done(self, unit: Unit) -> bool:
        """Whether the unit has been dealt with."""
        return id(unit.children[0]) in self._given

    def give(self, unit: Unit, count: int, *, stable: bool = False) -> None:
        """Give every child of a unit the same number of placements (three stands for three or more)."""
        number = self._three(len(unit.children)) if count >= 3 else count
        for child in unit.children:
            self._one(child, number, stable)

    def _three(self, times: int) -> int:
        number = next(n for n in (3, 4) if self._numbers.count(n) >= times)
        for _ in range(times):
            self._numbers.remove(number)
        return number

    def _one(self, child: Child, number: int, stable: bool) -> None:
        row = self._left[self.measured(child)]
        kind = 0 if number >= 3 else 1 if number == 2 else 3 if stable and self.measured(child) else 2
        row[kind] -= 1
        insist(row[kind] >= 0, "families and fixed ones are few beside the quotas")
        child.placements_in_year, child.stable = number, kind == 3
        self._given.add(id(child))

    def adoptive(self, child: Child) -> None:
        """A child whose adoptive placement and the one before it are together long enough."""
        child.placements_in_year, child.stable = 2, True
        self._given.add(id(child))

    def finish(self, children: list[Child]) -> None:
        """Deal what is left to children alone: those in residential homes tend to have moved most."""
        for measured in (True, False):
            some = [c for c in children if self.measured(c) is measured]
            row = self._left[measured]
            order = weighted_order(self._rng, some, lambda c: _MOVES.get(c.living or Living.IN_HOUSE, 1.0))
            moved, still = order[: row[0] + row[1]], order[row[0] + row[1] :]
            numbers = [self._numbers.pop() for _ in range(row[0])] + [2] * row[1]
            for child, number in zip(moved, numbers, strict=True):
                child.placements_in_year = number
            settled = weighted_order(self._rng, still, lambda c: _SETTLED.get(c.living or Living.IN_HOUSE, 1.0))
            for child in settled[: row[3]]:
                child.stable = True
            insist(len(still) == row[2] + row[3])


def _may_be_early(unit: Unit) -> bool:
    first = unit.children[0]
    return unit.living is Living.ADOPTION and len(unit.children) == 1 and first.tenure == MIDDLE


def _forced(rng: random.Random, unit: Unit, quota: _Quota) -> None:
    """Units whose arrangement itself says how many placements there were."""
    first = unit.children[0]
    if unit.living is Living.ADOPTION:
        if quota.measured(first):
            quota.adoptive(first)
        else:
            quota.give(unit, 1 if _may_be_early(unit) and quota.is_early() else 2)
    elif unit.living is Living.TEMPORARY_KIN:
        quota.give(unit, 1 if all(c.tenure == UNDER_A_YEAR for c in unit.children) and rng.random() < 0.7 else 2)
    elif unit.living is Living.PARENT_CHILD:
        quota.give(unit, 1)
    elif unit.living is Living.SECURE:
        quota.give(unit, 3)
    elif unit.living is Living.SEMI:
        # At 16 a child looked after for over a year moved there within it: nobody does so younger.
        still = 0 if first.age == 16 and first.tenure > UNDER_A_YEAR else 58 if first.uasc else 40
        quota.give(unit, rng.choices((1, 2, 3), (still, 46, 14))[0])

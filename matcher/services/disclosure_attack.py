"""The adversary: what can be worked out of published tables by whoever adds, subtracts and solves.

Reads nothing but the published tables, and shares no code with what hid their figures: relations are built anew, and
ranges found by other solvers (OR-Tools' GLOP for linear programs, CP-SAT where the answer must be whole).
"""

from collections.abc import Sequence
from itertools import product

from matcher.services.disclosure import DisclosureRule
from matcher.services.disclosure_cells import Figure, Key, Known
from matcher.services.disclosure_ranges import System, ranges
from matcher.services.tabulation import ALL, CountTable
from models.record import Record


class ShownShare(Record):
    """A percentage shown: ``part`` of ``whole``, rounded to ``decimals``."""

    part: Figure
    whole: Figure
    percent: float
    decimals: int = 0


class Range(Record):
    """What a hidden figure can still be: from ``least`` to ``most``; None is without limit."""

    figure: Figure
    least: int
    most: int | None

    @property
    def width(self) -> int | None:
        """How far ``most`` is from ``least``; None is without limit."""
        return None if self.most is None else self.most - self.least


class Reading:
    """Published tables as an adversary reads them: counts, what each figure says of which, and how they add up.

    Args:
        tables: As published; None is a figure not shown.
        known: What readers know beside the tables.
        shares: Percentages published.
    """

    def __init__(self, tables: Sequence[CountTable], known: Known, shares: Sequence[ShownShare]) -> None:
        self.system = System()
        self._number: dict[tuple[str, frozenset[tuple[str, str]]], int] = {}
        self._meaning = {table.key: table for table in tables}
        for table in tables:
            for at, dimension in enumerate(table.dimensions):
                for where in product(*((*(value.key for value in each.values), ALL) for each in table.dimensions)):
                    if where[at] == ALL:
                        parts = [(*where[:at], value.key, *where[at + 1 :]) for value in dimension.values]
                        self._adds_up((table.key, where), [(table.key, part) for part in parts])
        for group in known.equal:
            for other in group[1:]:
                self._adds_up((group[0].table, group[0].where), [(other.table, other.where)])
        for whole, sum_of in known.sums:
            self._adds_up((whole.table, whole.where), [(part.table, part.where) for part in sum_of])
        for share in shares:
            self._share(share)

    def number(self, figure: Key) -> int:
        """The number of the count that a figure shows, the same for all figures that say the same of one universe."""
        table = self._meaning[figure[0]]
        says = {each.key: key for each, key in zip(table.dimensions, figure[1], strict=True)}
        meaning = table.universe, frozenset((key, value) for key, value in says.items() if value != ALL)
        if meaning not in self._number:
            self._number[meaning] = self.system.count()
        return self._number[meaning]

    def _adds_up(self, whole: Key, parts: Sequence[Key]) -> None:
        self.system.zero.add((*((self.number(part), -1) for part in parts), (self.number(whole), 1)))

    def _share(self, share: ShownShare) -> None:
        """The part is within half a unit of the last decimal of so many per cent of the whole."""
        unit = 10**share.decimals
        percent = round(share.percent * unit)
        part, whole = (self.number((each.table, each.where)) for each in (share.part, share.whole))
        self.system.below.add(((part, 200 * unit), (whole, -2 * percent - 1)))
        self.system.below.add(((part, -200 * unit), (whole, 2 * percent - 1)))


def attack(
    tables: Sequence[CountTable], known: Known | None = None, shares: Sequence[ShownShare] = ()
) -> tuple[Range, ...]:
    """Work out what every hidden figure can still be.

    Args:
        tables: As published.
        known: What readers know beside the tables.
        shares: Percentages published.

    Returns:
        A range for each figure that is None, in the order of the tables.

    Raises:
        ValueError: figures contradict each other where one of them is hidden.
    """
    reading = Reading(tables, known or Known(), shares)
    hidden = []
    for table in tables:
        for where, count in table.cells.items():
            number = reading.number((table.key, where))
            if count is None:
                hidden.append((Figure(table=table.key, where=where), number))
            else:
                reading.system.limit(number, count, count)
    found = ranges(reading.system, {number for _, number in hidden})
    return tuple(Range(figure=figure, least=found[number][0], most=found[number][1]) for figure, number in hidden)


def narrowed(found: Sequence[Range], truth: Sequence[CountTable], rule: DisclosureRule) -> tuple[Range, ...]:
    """The ranges narrower than a rule allows: what an attack must not find.

    Args:
        found: What the adversary worked out.
        truth: The tables before anything was hidden.
        rule: What is small and how wide the doubt must be.
    """
    counts = {table.key: table.cells for table in truth}

    def narrow(each: Range) -> bool:
        count = counts[each.figure.table][each.figure.where]
        if count is not None and rule.small(count):
            return each.least > rule.low or (each.most is not None and each.most < rule.high)
        return each.width is not None and each.width < rule.spread

    return tuple(each for each in found if narrow(each))

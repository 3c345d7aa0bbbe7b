"""One statement, two copies: what a section may show is asked here, so that the public copy cannot show more.

Sections never format a count of children themselves. They ask a :class:`Copy`, which answers with the figure or, in
the public copy where disclosure control hides it, with a mark. :func:`checked` then refuses a public document in
whose tables any number did not come from here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Self, TypeVar

from matcher.reports.document import Cell, Document, Mark, Money, Percent
from matcher.reports.writers.cells import decimals
from matcher.services.counts import percent
from matcher.services.tabulation import ALL, CountTable, Where

_Figure = TypeVar("_Figure", int, float)
_PARTS = 2


class Audience(Enum):
    """For whom a copy is."""

    INTERNAL = "internal"
    PUBLIC = "public"


class ShownNumber(int):
    """A number that a copy has let through."""


class ShownDecimal(float):
    """A figure with decimals that a copy has let through; held as it is shown, so that no file gives more of it."""

    def __new__(cls, value: float) -> Self:
        """The figure, rounded as it is shown."""
        return super().__new__(cls, round(value, decimals(value)))


class ShownMoney(Money):
    """An amount that a copy has let through, in whole pounds, as it is shown."""

    def __init__(self, pence: int) -> None:
        """The amount, rounded as it is shown."""
        super().__init__(round(pence / 100) * 100)


class ShownPercent(Percent):
    """A share that a copy has let through, to one decimal, as it is shown."""

    def __init__(self, value: float) -> None:
        """The share, rounded as it is shown."""
        super().__init__(round(value, 1))


@dataclass(frozen=True)
class Copy:
    """What one audience may see.

    Attributes:
        audience: For whom.
        tables: Counted tables by key; in the public copy hidden cells are None.
        fewest: The fewest children that an average may be shown for in the public copy.
        base: What counts are rounded to the nearest of; 1 for none.
        nothing: Figures that are rounded to 0 but are not 0.
    """

    audience: Audience
    tables: Mapping[str, CountTable]
    fewest: int
    base: int = 1
    nothing: frozenset[tuple[str, Where]] = frozenset()

    @property
    def internal(self) -> bool:
        """Whether single children may be named."""
        return self.audience is Audience.INTERNAL

    def count(self, table: str, *where: str) -> Cell:
        """A count of children; dimensions not given are totalled."""
        found = self.tables[table].count(*where)
        if (
            found == 0
            and (table, (*where, *(ALL,) * (len(self.tables[table].dimensions) - len(where)))) in self.nothing
        ):
            return Mark.ROUNDS_TO_NOTHING
        return Mark.HIDDEN if found is None else ShownNumber(found)

    def near(self, count: int) -> ShownNumber:
        """A count that stands in no table, rounded as those are."""
        return ShownNumber((count + self.base // 2) // self.base * self.base)

    def share(self, table: str, part: tuple[str, ...], whole: tuple[str, ...] = ()) -> Cell:
        """A count as a share of another of the same table, shown where both are."""
        top, bottom = self.tables[table].count(*part), self.tables[table].count(*whole)
        if top is None or bottom is None:
            return Mark.HIDDEN
        of = percent(top, bottom)
        return Mark.NOT_APPLICABLE if of is None else ShownPercent(of)

    def rate(self, table: str, *where: str) -> Cell:
        """An indicator's share, from a table whose last dimension is its answer: counted of all asked about."""
        yes, no = (self.tables[table].count(*where, each) for each in ("yes", "no"))
        if yes is None or no is None:
            return Mark.HIDDEN
        of = percent(yes, yes + no)
        return Mark.NOT_APPLICABLE if of is None else ShownPercent(of)

    def words(self, table: str, *where: str) -> str:
        """A count for a sentence: ``1,204``, or the mark where it is not shown."""
        found = self.count(table, *where)
        return f"{found:,}" if isinstance(found, int) else str(found.value) if isinstance(found, Mark) else ""

    def nobody(self, table: str, *where: str) -> bool:
        """Whether a count is 0 for this audience, and not only rounded to it."""
        found = self.count(table, *where)
        return isinstance(found, int) and found == 0

    def hides(self, table: str, *where: str) -> bool:
        """Whether this audience may not see a count."""
        return self.tables[table].count(*where) is None

    def percent_words(self, table: str, part: str) -> str:
        """A share for a sentence or a headline: ``66.4%``, or what stands for one that is not shown."""
        found = self.share(table, (part,))
        return f"{found.value:.1f}%" if isinstance(found, Percent) else Mark.HIDDEN.value

    def may_show(self, count: int, whole: int) -> bool:
        """Whether a count that stands alone may be shown: neither it nor the rest of its whole is small."""
        rest = whole - count if whole else 0
        return self.internal or not (0 < count < self.fewest or 0 < rest < self.fewest)

    def money(self, pence: int) -> Cell:
        """An amount that is no average of few children's."""
        return ShownMoney(pence)

    def averages(self, parts: Sequence[tuple[_Figure | None, int]], show: Callable[[_Figure], Cell]) -> list[Cell]:
        """Averages of the parts of a whole, each with the number of children it is over.

        In the public copy an average of few children is hidden; and, because the whole less the others gives what is
        hidden, further parts, the smallest first, until what is hidden is two parts of enough children together. One
        mark stands for few and for nobody, so that it does not tell them apart.
        """
        hidden: set[int] = set()
        if not self.internal:
            smallest = sorted((n, i) for i, (_, n) in enumerate(parts) if n)
            hidden = {i for n, i in smallest if n < self.fewest}
            for _, i in smallest:
                if hidden and (len(hidden) < _PARTS or sum(parts[j][1] for j in hidden) < self.fewest):
                    hidden.add(i)
        nobody = Mark.NOT_APPLICABLE if self.internal else Mark.HIDDEN
        return [
            nobody if value is None else Mark.HIDDEN if i in hidden else show(value)
            for i, (value, _) in enumerate(parts)
        ]


def of_homes(number: int) -> Cell:
    """A number of homes or places: no child can be told from it."""
    return ShownNumber(number)


def checked(document: Document, audience: Audience) -> Document:
    """The document, if every number in the tables of a public copy was let through.

    Raises:
        ValueError: naming the table and the cell that was not.
    """
    if audience is Audience.INTERNAL:
        return document
    for table in document.tables():
        for row in table.rows:
            for cell in row:
                if not isinstance(cell, str | Mark | ShownNumber | ShownDecimal | ShownMoney | ShownPercent):
                    raise ValueError(f"table {table.key} of a public copy shows {cell!r} unchecked, in row {row[0]!r}")
    return document

"""Rounding instead of hiding: every figure on its own to the nearest 5, and what range that leaves.

Rounded figures do not add up, and that is what they protect by. It is weaker than it looks: whoever reads many rounded
tables of the same children knows each figure to within two or three, and sums narrow it further. So the
range left is measured with the adversary of :mod:`matcher.services.disclosure_attack`, and told.

Source: Department for Education statistics round in this way and mark with "k" what rounds to 0 but is not 0.
"""

from collections.abc import Sequence

from matcher.services.disclosure import DisclosureRule
from matcher.services.disclosure_attack import Range, Reading
from matcher.services.disclosure_cells import Figure, Key, Known
from matcher.services.disclosure_ranges import ranges
from matcher.services.tabulation import CountTable
from models.record import Record


class Rounded(Record):
    """Rounded tables, and what they give away.

    Attributes:
        tables: With every figure rounded.
        base: To the nearest of what; halves go up.
        small: Figures that round to 0 but are not 0 (mark "k"): they are shown as 0 in ``tables``.
        ranges: What each small count (by the rule) can still be, for whoever knows all these tables.
        narrowest: The narrowest of these, most less least; None if there is no small count. 0 is a count given away.
        narrowed: How many of them are narrower than hiding by the rule would leave them.
    """

    tables: tuple[CountTable, ...]
    base: int
    small: tuple[Figure, ...]
    ranges: tuple[Range, ...]
    narrowest: int | None
    narrowed: int


def round_tables(
    tables: Sequence[CountTable], base: int = 5, *, rule: DisclosureRule | None = None, known: Known | None = None
) -> Rounded:
    """Round every figure of some tables to the nearest ``base`` and measure what that leaves unknown.

    Args:
        tables: With every figure shown, all that will be published.
        base: 2 or more.
        rule: Which counts are small, and how wide the doubt should be.
        known: What readers know beside the tables.

    Raises:
        ValueError: ``base`` is less than 2, or a figure is hidden.
    """
    if base < 2:
        raise ValueError(f"base is {base}: expected 2 or more")
    rule = rule or DisclosureRule()
    reading = Reading(tables, known or Known(), ())
    rounded, small, asked = [], [], {}
    for table in tables:
        cells = {}
        for where, count in table.cells.items():
            if count is None:
                raise ValueError(f"{table.key}: {' / '.join(where)} is hidden; give the true figures")
            cells[where] = shown = (count + base // 2) // base * base
            number = reading.number((table.key, where))
            least, most = _from(shown, base, nought=count == 0)
            reading.system.limit(number, least, most)
            if count > 0 == shown:
                small.append(Figure(table=table.key, where=where))
            if rule.small(count):
                asked[table.key, where] = number
        rounded.append(table.model_copy(update={"cells": cells}))
    left = ranges(reading.system, asked.values())
    found = tuple(_range(figure, left[number]) for figure, number in asked.items())
    return Rounded(
        tables=tuple(rounded),
        base=base,
        small=tuple(small),
        ranges=found,
        narrowest=min((each.width for each in found if each.width is not None), default=None),
        narrowed=sum(each.least > rule.low or (each.most is not None and each.most < rule.high) for each in found),
    )


def _from(shown: int, base: int, *, nought: bool) -> tuple[int, int]:
    """What a rounded figure says: halves go up, and 0 stands for nobody where it is not marked."""
    if nought:
        return 0, 0
    return max(1, shown - base // 2), shown + (base - 1) // 2


def _range(figure: Key, left: tuple[int, int | None]) -> Range:
    return Range(figure=Figure(table=figure[0], where=figure[1]), least=left[0], most=left[1])

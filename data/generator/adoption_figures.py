"""Adoption in 2017/18: the published flows of children and families, split into units that move together.

Months are counted from April 2017 (0) to March 2018 (11); ``BEFORE`` is any day before the year, ``LATER`` is not yet.
The README of the demo tells where the published tables contradict themselves and what was kept.
"""

import datetime as dt
from typing import NamedTuple

BEFORE, LATER = -1, 12

# Children: what happened in each month of the year, April first.
DECISIONS = (3, 4, 6, 2, 6, 2, 4, 11, 6, 5, 3, 1)
ORDERS = (2, 1, 11, 0, 3, 2, 1, 5, 2, 11, 8, 0)
# What had happened before the year to those who were in the stocks or came to the year's ends.
DECIDED_BEFORE, ORDERED_BEFORE = 89, 80

# Plans reversed: before a placement order, after one, and of the two children whose placement ended.
REVERSED_WITHOUT_ORDER = (0, 3, 4, 5, 6, 11, 11, 11)
REVERSED_AFTER_ORDER = (0, 11)
PLACEMENTS_ENDED = ((3, 5), (4, 8))
"""The month in which the plan was reversed and that in which the child moved: the stock falls in the first."""
WAITING_FOR_MATCH, WAITING_FOR_ORDER = 28, 6
LINKED_WAITING = 10

A1_DAYS, A2_DAYS = 449, 186
"""Means over the 57 adopted: entering care to moving in, and placement order to match."""
FOURTEEN_MONTHS, TWELVE_MONTHS = 426, 365
SLOW, LATE = 22, 11
"""Of the 57: not within 14 months of entering care (35 were), not within 12 of the decision (46 were)."""

EARLY_PERMANENCE = 6
FEES_RECEIVED = 346_145
"""Pounds, for 21 families of ours who took other authorities' children."""
DUALLY_APPROVED = 15


class Unit(NamedTuple):
    """Children who move in together: when matched, placed and adopted, how many, and with whose family.

    ``kin`` marks the group of brothers and sisters assessed in the year that they are of: "9", "7" or "2".
    ``carer``: they are adopted by the foster carer they lived with.
    """

    matched: int
    placed: int
    adopted: int
    size: int = 1
    ours: bool = True
    kin: str = ""
    carer: bool = False


def _several(unit: Unit, count: int) -> tuple[Unit, ...]:
    return (unit,) * count


_B = BEFORE
# Adopted in the year, placed before it: 34 children.
_PLACED_BEFORE = (
    Unit(_B, _B, 0, 2), Unit(_B, _B, 0), Unit(_B, _B, 0, ours=False),
    *_several(Unit(_B, _B, 1, 2), 2), Unit(_B, _B, 1), Unit(_B, _B, 1, carer=True),
    *_several(Unit(_B, _B, 1, ours=False), 2),
    Unit(_B, _B, 2, 2), Unit(_B, _B, 2), Unit(_B, _B, 2, carer=True), *_several(Unit(_B, _B, 2, ours=False), 4),
    Unit(_B, _B, 3, carer=True),
    *_several(Unit(_B, _B, 4), 2), *_several(Unit(_B, _B, 4, carer=True), 2),
    *_several(Unit(_B, _B, 4, ours=False), 2),
    Unit(_B, _B, 5, 2, carer=True), *_several(Unit(_B, _B, 5), 2), *_several(Unit(_B, _B, 5, ours=False), 2),
    Unit(_B, _B, 6),
)  # fmt: skip
# Adopted in the year and placed in it: 23 children.
_PLACED_WITHIN = (
    Unit(_B, 0, 6, 2), *_several(Unit(_B, 0, 6), 2), Unit(_B, 0, 7, ours=False),
    *_several(Unit(_B, 1, 7), 2), Unit(0, 1, 9, ours=False, kin="7"),
    Unit(1, 2, 9, 2, kin="7"), Unit(2, 2, 9, 2, kin="7"),
    Unit(1, 2, 8, ours=False, kin="7"), Unit(2, 2, 8, ours=False, kin="7"),
    Unit(2, 3, 8, 3, kin="9"), Unit(2, 3, 10, ours=False, kin="9"), Unit(2, 3, 10, ours=False),
    Unit(3, 4, 11, 2, kin="9"), Unit(4, 4, 10, ours=False), Unit(4, 5, 11, ours=False, kin="9"),
)  # fmt: skip
ADOPTED = (*_PLACED_BEFORE, *_PLACED_WITHIN)
# Placed at the end of the year: 35 children.
PLACED = (
    *_several(Unit(_B, _B, LATER), 5),
    Unit(0, 2, LATER), *_several(Unit(2, 2, LATER), 2),
    Unit(3, 3, LATER, 2, kin="2"), *_several(Unit(3, 3, LATER), 2),
    Unit(4, 4, LATER), Unit(4, 5, LATER, 2, kin="2"), *_several(Unit(6, 6, LATER), 2),
    Unit(6, 7, LATER, 2, kin="2"), Unit(7, 7, LATER, ours=False), Unit(8, 8, LATER),
    *_several(Unit(8, 9, LATER), 2), Unit(9, 9, LATER), Unit(9, 9, LATER, ours=False),
    Unit(9, 10, LATER), Unit(10, 10, LATER), Unit(10, 10, LATER, ours=False),
    *_several(Unit(10, 11, LATER, 2, kin="2"), 2), Unit(10, 11, LATER, ours=False),
    Unit(11, 11, LATER), Unit(11, 11, LATER, ours=False),
)  # fmt: skip
# Matched and not yet placed: 4 children.
MATCHED = (*_several(Unit(11, LATER, LATER), 3), Unit(11, LATER, LATER, ours=False))

# Families of ours: what happened in each month.
STAGE_1_STARTS = (6, 8, 0, 10, 4, 4, 1, 6, 6, 6, 7, 7)
STAGE_1_ENDS = (2, 6, 7, 5, 4, 2, 5, 0, 2, 5, 1, 0)
STAGE_2_STARTS = (2, 2, 3, 5, 3, 3, 5, 4, 1, 2, 1, 3)
APPROVALS = (3, 6, 4, 4, 5, 2, 4, 5, 2, 4, 3, 7)
STRAIGHT_TO_STAGE_2 = (10, 11)
"""Foster carers and second-time adopters who begin at stage 2: the month-end stock has them, the flow does not."""
IN_STAGE_1, IN_STAGE_2, WAITING_APPROVED = 26, 20, 29
"""At the start of the year; nobody was waiting for stage 2."""
LEFT_STAGE_1 = (3, 5, 7, 7, 7)
LEFT_BEFORE_STAGE_2 = (5,)
LEFT_STAGE_2 = (5,)
LEFT_APPROVED = (1, 1, 4, 5, 6, 6)
# Families who took other authorities' children: matched, placed, adopted or (13th) left.
TOOK_OTHERS = (
    (_B, _B, 0), (_B, _B, 1), (_B, _B, 4),
    (_B, 0, 5), (0, 0, 5), (1, 1, 6), (1, 1, 6), (1, 1, 7), (1, 2, 9), (2, 2, 9), (2, 3, 9), (3, 3, 10), (4, 5, 10),
    (5, 5, 10), (5, 6, 11), (5, 7, LATER), (7, 7, LATER), (7, 9, LATER), (9, 10, LATER), (10, 10, LATER),
    (10, 10, LATER), (10, 11, LATER), (10, 11, LATER), (10, 11, LATER), (11, LATER, LATER),
)  # fmt: skip
LEFT_PLACED = (5, 7)
"""Matched and placed months of the one whose placement of another authority's child ended in March."""


def first_day(month: int) -> dt.date:
    """The first day of a month of the year."""
    return dt.date(2017 + (month + 3) // 12, (month + 3) % 12 + 1, 1)


def last_day(month: int) -> dt.date:
    """The last day of a month of the year."""
    return first_day(month + 1) - dt.timedelta(days=1)


def month_of(day: dt.date) -> int:
    """The month of the year a day falls in; ``BEFORE`` for any day before it."""
    return max((day.year - 2017) * 12 + day.month - 4, BEFORE)

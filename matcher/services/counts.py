"""Counted tables: how many of a whole are of each sort, with the words that say what was counted."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from models.record import Record
from models.ssda903.ages import age_band

_T = TypeVar("_T", bound=Hashable)

AGE_BANDS: tuple[str, ...] = tuple(dict.fromkeys(age_band(age) for age in range(18)))
"""Every age band that counts of children are shown by, youngest first."""


class Count(Record):
    """One line of a counted table; ``percent`` is of the table's whole, to one decimal, None of nothing."""

    key: str
    label: str
    count: int
    percent: float | None


class Breakdown(Record):
    """A counted table. The counts add up to ``out_of`` unless ``overlapping`` says that one child may count twice."""

    key: str
    title: str
    definition: str
    source: str
    out_of: int
    rows: tuple[Count, ...]
    overlapping: bool = False

    def count(self, key: str) -> int:
        """The count of the line with this key; 0 where the table has no such line."""
        return next((row.count for row in self.rows if row.key == key), 0)


def percent(part: int, whole: int) -> float | None:
    """A share in per cent to one decimal, halves up, worked out in whole numbers; None of nothing."""
    return (2000 * part + whole) // (2 * whole) / 10 if whole else None


def mean(total: int, number: int) -> int | None:
    """A mean rounded half up to a whole number (of pence, say); None of nothing."""
    return (2 * total + number) // (2 * number) if number else None


def counted(
    key: str,
    title: str,
    values: Iterable[_T],
    labels: Mapping[_T, str],
    *,
    definition: str,
    source: str,
    when_empty: frozenset[_T] = frozenset(),
) -> Breakdown:
    """Count values into a table in the order of ``labels``; those in ``when_empty`` get no line if none is found.

    Raises:
        KeyError: a value that has no label, so that nothing is dropped in silence.
    """
    found = Counter(values)
    if strays := [value for value in found if value not in labels]:
        raise KeyError(f"no label for {strays[0]!r} in {title}")
    whole = found.total()
    rows = tuple(
        Count(key=str(value), label=label, count=found[value], percent=percent(found[value], whole))
        for value, label in labels.items()
        if found[value] or value not in when_empty
    )
    return Breakdown(key=key, title=title, definition=definition, source=source, out_of=whole, rows=rows)

"""Counts of children divided by what is known of them, as whole tables with every total: what may be published.

Tables of one universe count the same children. Where two of them divide by the same things they hold the same
figures, and whoever reads both can subtract; so disclosure control looks at all tables of a universe together
(:mod:`matcher.services.disclosure`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product

from models.record import Record

ALL = "*"
"""Stands for every value of a dimension: the key of a total."""

Where = tuple[str, ...]
"""A cell of a table: for each of its dimensions a value's key, or :data:`ALL`."""


class Value(Record):
    """One thing a dimension may be: ``key`` for the machine, ``label`` for people."""

    key: str
    label: str


class Dimension(Record):
    """What children are divided by. ``values`` are all it may be: every child of a universe has exactly one."""

    key: str
    title: str
    values: tuple[Value, ...]

    def label(self, key: str) -> str:
        """The words for a value; "All" for a total."""
        return "All" if key == ALL else next(value.label for value in self.values if value.key == key)


class Universe(Record):
    """A set of children (or of stays, or of requests) and what each is, dimension by dimension.

    ``members`` gives for each child's id its values by dimension key. It never leaves the machine: only
    tables made from it are shown.
    """

    key: str
    title: str
    dimensions: tuple[Dimension, ...]
    members: Mapping[str, Mapping[str, str]]

    def dimension(self, key: str) -> Dimension:
        """The dimension with this key; KeyError if there is none."""
        for dimension in self.dimensions:
            if dimension.key == key:
                return dimension
        raise KeyError(key)

    def ids(self, **where: str) -> tuple[str, ...]:
        """The children who have all these values, in the order of ``members``."""
        return tuple(member for member, values in self.members.items() if all(values[d] == v for d, v in where.items()))


class CountTable(Record):
    """How many children have each combination of values, every total included.

    ``cells`` holds every combination of the dimensions' values and :data:`ALL`; None is a figure not shown. The
    figure of ``(ALL, ..., ALL)`` is the whole universe.
    """

    key: str
    title: str
    universe: str
    dimensions: tuple[Dimension, ...]
    cells: Mapping[Where, int | None]
    definition: str
    source: str

    def count(self, *where: str) -> int | None:
        """The figure of a cell; dimensions not given are totalled. None is a figure not shown.

        Raises:
            KeyError: a value that the dimension does not have.
        """
        return self.cells[(*where, *(ALL,) * (len(self.dimensions) - len(where)))]


def tabulate(
    universe: Universe, dimensions: Sequence[str], *, key: str, title: str, definition: str, source: str
) -> CountTable:
    """Count a universe by some of its dimensions, with every total.

    Raises:
        ValueError: a member has a value that its dimension does not list, so that nothing is dropped in silence.
    """
    chosen = tuple(universe.dimension(each) for each in dimensions)
    keys = [tuple(value.key for value in dimension.values) for dimension in chosen]
    counts: Counter[Where] = Counter()
    for member, values in universe.members.items():
        own = [values[each] for each in dimensions]
        for dimension, value, allowed in zip(chosen, own, keys, strict=True):
            if value not in allowed:
                raise ValueError(f"{member} of {universe.title} has {dimension.title} {value!r}, which is not listed")
        counts.update(product(*((value, ALL) for value in own)))
    cells = {where: counts[where] for where in product(*((*values, ALL) for values in keys))}
    return CountTable(
        key=key,
        title=title,
        universe=universe.key,
        dimensions=chosen,
        cells=cells,
        definition=definition,
        source=source,
    )

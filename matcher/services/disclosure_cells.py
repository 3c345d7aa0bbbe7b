"""Which figures of which tables are one and the same count, and which counts must add up to which."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np
from networkx.utils import UnionFind
from scipy import sparse

from matcher.services.tabulation import ALL, CountTable, Where
from models.record import Record

Key = tuple[str, Where]
"""A figure as a plain pair, the key of its table and its cell."""


class Figure(Record):
    """One printed figure: a table by its key, and the cell in it."""

    table: str
    where: Where


class Known(Record):
    """What readers know beside what the tables themselves say.

    ``equal``: figures that are the same by definition although of different universes, such as a performance
    indicator's number of children and a cell of a table. ``sums``: a whole and the parts it is made of, such as an age
    band and its years.
    """

    equal: tuple[tuple[Figure, ...], ...] = ()
    sums: tuple[tuple[Figure, tuple[Figure, ...]], ...] = ()


class DisclosureError(ValueError):
    """Tables that cannot be made safe, or that contradict each other; the message names the figures."""


class Linked:
    """All counts of some tables, each once, and how they add up.

    Two figures are one count if they are of the same universe and say the same of the children, totals left out: "girls
    in foster homes" is one count in whatever table. ``number`` gives each figure's count, ``counts`` what it is,
    ``relations`` (rows, counts) each total less its parts, ``printed`` in how many cells it stands: none for a
    combination that no table has a cell for.

    Args:
        tables: With every figure shown.
        known: What else readers know.

    Raises:
        DisclosureError: a figure that is hidden already or that cannot be worked out, two tables with one key, or
            figures that contradict each other.
    """

    def __init__(self, tables: Sequence[CountTable], known: Known) -> None:
        self._tables = {table.key: table for table in tables}
        if len(self._tables) < len(tables):
            raise DisclosureError("two tables have the same key")
        self.number = self._numbered(known)
        self._figure = {number: figure for figure, number in self.number.items()}
        self._rows = list(dict.fromkeys(self._related(known)))
        self.relations = self._matrix()
        given = self._given()
        self.printed = np.array([given[number][1] if number in given else 0 for number in range(len(self._figure))])
        self.counts = self._filled({number: count for number, (count, _) in given.items()})

    def name(self, number: int) -> str:
        """A count in words."""
        table, where = self._figure[number]
        return f"{table}: {' / '.join(where) or 'all'}"

    def _every(self) -> Iterator[tuple[CountTable, Where]]:
        for table in self._tables.values():
            for where in product(*_keys(table)):
                yield table, where

    def _numbered(self, known: Known) -> dict[Key, int]:
        same: UnionFind[object] = UnionFind()
        for table, where in self._every():
            same.union((table.key, where), (table.universe, _meaning(table, where)))
        for group in known.equal:
            same.union(*(self._key(figure) for figure in group))
        numbers: dict[object, int] = {}
        return {
            (table.key, where): numbers.setdefault(same[table.key, where], len(numbers))
            for table, where in self._every()
        }

    def _key(self, figure: Figure) -> Key:
        table = self._tables.get(figure.table)
        if table is None or figure.where not in set(product(*_keys(table))):
            raise DisclosureError(f"there is no figure {figure.table}: {' / '.join(figure.where)}")
        return figure.table, figure.where

    def _related(self, known: Known) -> Iterator[tuple[tuple[int, int], ...]]:
        """For each relation its counts with 1 for the total and -1 for the parts."""
        for table in self._tables.values():
            for at, dimension in enumerate(table.dimensions):
                for where in product(*_keys(table)):
                    if where[at] == ALL:
                        parts = [(*where[:at], value.key, *where[at + 1 :]) for value in dimension.values]
                        yield self._row((table.key, where), [(table.key, part) for part in parts])
        for whole, of in known.sums:
            yield self._row(self._key(whole), [self._key(part) for part in of])

    def _row(self, whole: Key, parts: Sequence[Key]) -> tuple[tuple[int, int], ...]:
        row = Counter({self.number[whole]: 1})
        row.subtract(self.number[part] for part in parts)
        return tuple(sorted((number, factor) for number, factor in row.items() if factor))

    def _matrix(self) -> sparse.csr_array:
        entries = [(at, *entry) for at, row in enumerate(self._rows) for entry in row]
        rows, columns, factors = np.array(entries, dtype=np.int64).reshape(-1, 3).T
        return sparse.csr_array((factors, (rows, columns)), shape=(len(self._rows), len(self._figure)))

    def _given(self) -> Mapping[int, tuple[int, int]]:
        """The counts printed, and in how many cells each."""
        given: dict[int, tuple[int, int]] = {}
        for table in self._tables.values():
            for where, count in table.cells.items():
                number = self.number[table.key, where]
                if count is None:
                    raise DisclosureError(f"{table.key}: {' / '.join(where)} is hidden already; give the true figures")
                before, times = given.get(number, (count, 0))
                if before != count:
                    raise DisclosureError(
                        f"{table.key}: {' / '.join(where)} is {count}, but {self.name(number)}, the same, is {before}"
                    )
                given[number] = count, times + 1
        return given

    def _filled(self, counts: dict[int, int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Every count, those not printed worked out from the others."""
        waiting = self._rows
        while waiting:
            later = []
            for row in waiting:
                unknown = [entry for entry in row if entry[0] not in counts]
                rest = sum(factor * counts[number] for number, factor in row if number in counts)
                if len(unknown) == 1 and not rest % unknown[0][1]:
                    counts[unknown[0][0]] = -rest // unknown[0][1]
                elif unknown:
                    later.append(row)
                elif rest:
                    raise DisclosureError(f"does not add up: {', '.join(self.name(number) for number, _ in row)}")
            if len(later) == len(waiting):
                lost = next(number for number, _ in later[0] if number not in counts)
                raise DisclosureError(f"is not given and cannot be worked out: {self.name(lost)}")
            waiting = later
        return np.array([counts[number] for number in range(len(self._figure))], dtype=np.int64)


def _keys(table: CountTable) -> list[tuple[str, ...]]:
    return [(*(value.key for value in dimension.values), ALL) for dimension in table.dimensions]


def _meaning(table: CountTable, where: Where) -> frozenset[tuple[str, str]]:
    """What a cell says of the children, totals left out."""
    return frozenset((each.key, key) for each, key in zip(table.dimensions, where, strict=True) if key != ALL)

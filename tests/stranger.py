"""Somebody who reads printed tables and solves sums: what each hidden count of children can still be."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from ortools.sat.python import cp_model

_CELL = r"<t[hd][^>]*>(.*?)</t[hd]>"
Count = frozenset[str]
"""What a figure says of the children: ``{"looked after", "age: 16+"}``."""
Grid = dict[str, dict[str, str]]
"""A table as printed, by row and column; a second row of one name has an apostrophe behind it."""
Printed = tuple[str, str, str]
"""Where a figure stands: table, row, column."""
TOTAL = "All"


def tables_of(page: str) -> dict[str, Grid]:
    """Every table of a web page by its key, those behind pictures included; cells are words as printed."""
    found: dict[str, Grid] = {}
    for key, body in re.findall(r'<caption id="(?:behind-)?(\w+)-caption">(.*?)</table>', page, re.S):
        rows = [
            [unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in re.findall(_CELL, row, re.S)]
            for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.S)
        ]
        head, *rest = rows
        grid: Grid = {}
        for name, *cells in rest:
            while name in grid:
                name += "'"
            grid[name] = dict(zip(head[1:], cells, strict=True))
        found[key] = grid
    return found


def of(universe: str, **said: str) -> Count:
    """What a figure says."""
    return frozenset({universe, *(f"{key}: {value}" for key, value in said.items())})


@dataclass
class Sums:
    """Counts that are whole and not negative, and all that is known of how they add up."""

    page: Mapping[str, Grid]
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    counts: dict[Count, cp_model.IntVar] = field(default_factory=dict)
    hidden: dict[Printed, Count] = field(default_factory=dict)

    def number(self, count: Count) -> cp_model.IntVar:
        """The variable of a count."""
        if count not in self.counts:
            self.counts[count] = self.model.new_int_var(0, 100_000, "")
        return self.counts[count]

    def is_(self, count: Count, number: int) -> None:
        """A count that is told."""
        self.model.add(self.number(count) == number)

    def reads(self, key: str, row: str, column: str, count: Count) -> None:
        """One printed figure: its number, or that it is not shown."""
        shown = self.page[key][row][column].replace(",", "")
        if shown == "c":
            self.hidden[key, row, column] = count
            self.number(count)
        else:
            self.is_(count, int(shown))

    def adds(self, whole: Count, parts: Iterable[Count]) -> None:
        """A whole is its parts together."""
        self.model.add(self.number(whole) == sum(self.number(part) for part in parts))

    def at_most(self, part: Count, whole: Count) -> None:
        """Nobody is in a part who is not in the whole."""
        self.model.add(self.number(part) <= self.number(whole))

    def share(self, part: Count, whole: Count, shown: str) -> None:
        """A share printed to one decimal lies within half a tenth of that; one not shown says nothing."""
        self.at_most(part, whole)
        if match := re.match(r"(\d+)\.(\d)%", shown):
            tenths = int(match[1] + match[2])
            self.model.add(2000 * self.number(part) <= (2 * tenths + 1) * self.number(whole))
            self.model.add(2000 * self.number(part) >= (2 * tenths - 1) * self.number(whole))

    def values(self, key: str) -> list[str]:
        """The rows of a table but its total."""
        return [row for row in self.page[key] if row != TOTAL]

    def reads_one_way(self, key: str, universe: str, dimension: str, column: str = "Children") -> None:
        """A table by one thing, with its total."""
        for row in self.page[key]:
            self.reads(key, row, column, of(universe) if row == TOTAL else of(universe, **{dimension: row}))
        self.adds(of(universe), (of(universe, **{dimension: row}) for row in self.values(key)))

    def reads_two_way(self, key: str, universe: str, down: str, across: str, columns: Iterable[str]) -> None:
        """A table by two things; rows and columns add up to what each says alone."""
        chosen, rows = list(columns), self.values(key)
        for row in self.page[key]:
            said = {} if row == TOTAL else {down: row}
            for column in chosen:
                self.reads(key, row, column, of(universe, **said, **{across: column}))
            self.adds(of(universe, **said), (of(universe, **said, **{across: column}) for column in chosen))
        for column in chosen:
            whole = of(universe, **{across: column})
            self.adds(whole, (of(universe, **{down: row, across: column}) for row in rows))

    def ranges(self) -> Iterator[tuple[Printed, int, int]]:
        """Every hidden figure with the least and the most it can be."""
        found: dict[Count, tuple[int, int]] = {}
        for where, count in self.hidden.items():
            if count not in found:
                found[count] = self._bound(count, -1), self._bound(count, 1)
            yield where, *found[count]

    def could_be(self, where: Printed, number: int) -> bool:
        """Whether a hidden figure could be just this number, everything else agreeing."""
        other = self.model.clone()
        other.maximize(0)
        other.add(other.get_int_var_from_proto_index(self.number(self.hidden[where]).index) == number)
        return _solver().solve(other) in (cp_model.OPTIMAL, cp_model.FEASIBLE)

    def _bound(self, count: Count, sign: int) -> int:
        solver = _solver()
        self.model.maximize(sign * self.number(count))
        status = solver.solve(self.model)
        assert status == cp_model.OPTIMAL, f"the public figures contradict each other: {solver.status_name(status)}"
        return int(solver.value(self.number(count)))


def _solver() -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return solver

"""Counted tables as blocks: one way and two ways, each figure asked of the copy."""

from collections.abc import Collection, Sequence

from matcher.reports.document import Cell, Table
from matcher.reports.statement.copies import Copy
from matcher.services.tabulation import Dimension, Value


def one_way(copy: Copy, key: str, *, leave_out: Collection[str] = (), title: str = "", of: str = "Children") -> Table:
    """Children by one thing, with shares of all, and the total.

    Args:
        copy: What may be shown.
        key: The counted table, of one dimension; the rows of nobody are left out.
        leave_out: Values not to show.
        title: Instead of the counted table's own.
        of: What is counted.
    """
    table = copy.tables[key]
    rows: list[tuple[Cell, ...]] = [
        (value.label, copy.count(key, value.key), copy.share(key, (value.key,)))
        for value in shown(table.dimensions[-1], leave_out)
        if not copy.nobody(key, value.key)
    ]
    rows.append(("All", copy.count(key), ""))
    return Table(
        key=key,
        title=title or table.title,
        columns=(table.dimensions[-1].title, of, "Share"),
        rows=rows,
        note=table.definition,
        source=table.source,
        total=True,
    )


def two_way(copy: Copy, key: str, *, leave_out: Collection[str] = (), title: str = "") -> Table:
    """Children by two things at once, with a total column; rows that nobody is in are left out."""
    table = copy.tables[key]
    down, across = table.dimensions[-2:]
    columns = shown(across, leave_out)
    rows: list[tuple[Cell, ...]] = []
    for value in shown(down, leave_out):
        if copy.nobody(key, value.key):
            continue
        cells = [copy.count(key, value.key, each.key) for each in columns]
        rows.append((value.label, *cells, copy.count(key, value.key)))
    return Table(
        key=key,
        title=title or table.title,
        columns=(down.title, *(value.label for value in columns), "All"),
        rows=rows,
        note=table.definition,
        source=table.source,
    )


def shown(dimension: Dimension, leave_out: Collection[str]) -> Sequence[Value]:
    """The values of a dimension but those left out."""
    return [value for value in dimension.values if value.key not in leave_out]


def rows_of(copy: Copy, key: str) -> list[tuple[str, str]]:
    """Keys and labels of a table's first dimension that its rows are made of."""
    return [(value.key, value.label) for value in copy.tables[key].dimensions[0].values]

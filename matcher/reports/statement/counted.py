"""Counted tables as blocks: one way and two ways, each figure asked of the copy."""

from collections.abc import Collection, Sequence

from matcher.reports.document import Cell, Table
from matcher.reports.statement.copies import Copy
from matcher.services.statement.standing import LOOKED_AFTER, REFERRED, STATUS
from matcher.services.tabulation import CountTable, Dimension, Value


def one_way(copy: Copy, key: str, *, leave_out: Collection[str] = (), title: str = "") -> Table:
    """Children by one thing, with shares of all, and the total.

    Args:
        copy: What may be shown.
        key: The counted table, of one dimension after the status; nobody's row is left out.
        leave_out: Values not to show.
        title: Instead of the counted table's own.
    """
    table = copy.tables[key]
    first = start(table)
    rows: list[tuple[Cell, ...]] = [
        (value.label, copy.count(key, *first, value.key), copy.share(key, (*first, value.key), first))
        for value in shown(table.dimensions[-1], leave_out)
        if table.count(*first, value.key) != 0
    ]
    rows.append(("All", copy.count(key, *first), ""))
    return Table(
        key=key,
        title=title or table.title,
        columns=(table.dimensions[-1].title, "Children", "Share"),
        rows=rows,
        note=table.definition,
        source=table.source,
        total=True,
    )


def two_way(copy: Copy, key: str, *, leave_out: Collection[str] = (), title: str = "") -> Table:
    """Children by two things at once, with a total column; rows that nobody is in are left out."""
    table = copy.tables[key]
    first = start(table)
    down, across = table.dimensions[-2:]
    columns = shown(across, leave_out)
    rows: list[tuple[Cell, ...]] = []
    for value in shown(down, leave_out):
        if table.count(*first, value.key) == 0:
            continue
        cells = [copy.count(key, *first, value.key, each.key) for each in columns]
        rows.append((value.label, *cells, copy.count(key, *first, value.key)))
    return Table(
        key=key,
        title=title or table.title,
        columns=(down.title, *(value.label for value in columns), "All"),
        rows=rows,
        note=table.definition,
        source=table.source,
    )


def start(table: CountTable) -> tuple[str, ...]:
    """Where a table of today's children begins: at those looked after."""
    return (LOOKED_AFTER,) if table.dimensions[0].key == STATUS else ()


def shown(dimension: Dimension, leave_out: Collection[str]) -> Sequence[Value]:
    """The values of a dimension that children looked after can have, but those left out."""
    return [value for value in dimension.values if value.key != REFERRED and value.key not in leave_out]


def rows_of(copy: Copy, key: str, leave_out: Collection[str]) -> list[tuple[str, str]]:
    """Keys and labels of a table's first dimension that its rows are made of."""
    return [(value.key, value.label) for value in shown(copy.tables[key].dimensions[0], leave_out)]

"""Rows of several files about one record: what one leaves blank another fills."""

from collections.abc import Sequence

from matcher.intake.context import Context
from matcher.intake.sheet_rows import Row, Value


def merged(rows: Sequence[Row], key: str, what: str, context: Context) -> list[Row]:
    """One row for each value of ``key``: of values that differ the earlier row's counts, and it is told.

    Args:
        rows: The rows, in the order of the files.
        key: The column that names the record.
        what: What it is, in words.
        context: For what is told.
    """
    found: dict[str, Row] = {}
    for row in rows:
        name = row.need(key)
        first = found.get(name)
        if first is None:
            found[name] = row
            continue
        differ = [column for column, value in row.values.items() if first.values.get(column, value) != value]
        for column in differ:
            _tell(row, first, column, f"{what} {name}", context)
        values: dict[str, Value] = {**row.values, **first.values}
        found[name] = Row(first.at, values)
    return list(found.values())


def _tell(row: Row, first: Row, column: str, name: str, context: Context) -> None:
    context.log.warn(
        "rows-differ",
        row.at.in_column(column),
        f"{name} has another {column} in row {first.at.row} of {first.at.file}",
        expected="the same in every file",
        action="the earlier row's counts",
        value=str(row.values[column]),
        subject=name,
    )

"""The main point of a picture in a sentence with figures, said from the cells of its table and nothing else.

So the words for those who cannot see a picture are as safe as its table: a figure that is hidden there is in no words.
"""

from collections.abc import Callable, Collection, Sequence

from matcher.reports.document import Cell, Mark, Table
from matcher.reports.writers.cells import mark_of, number, text

_MOST = 3
_Row = tuple[Cell, ...]


def body(table: Table) -> Sequence[_Row]:
    """The rows of a table without its total."""
    return table.rows[:-1] if table.total else table.rows


def ranked(table: Table, column: int, lead: str, *, beside: int | None = None, only: Collection[str] = ()) -> str:
    """The rows with most in a column, most first: ``Most live with: fostering 573 (63.5%), ...``.

    Args:
        table: Labels are in its first column.
        column: What is ranked; rows without a figure, or with 0, are left out.
        lead: The words before.
        beside: A column told in brackets, such as the share.
        only: Labels to choose from; all without any.
    """
    rows = [row for row in body(table) if not only or str(row[0]) in only]
    known = [(value, row) for row in rows if (value := number(row[column])) is not None and value > 0]
    first = [row for _, row in sorted(known, key=lambda each: -each[0])[:_MOST]]
    said = [f"{row[0]} {text(row[column])}{_in_brackets(row, beside)}" for row in first]
    hidden = [str(row[0]) for row in rows if row[column] is Mark.HIDDEN]
    told = f"{lead}: {', '.join(said)}." if said else f"{lead}: nobody, of those shown."
    return told + (f" Not shown: {', '.join(hidden)}." if hidden else "")


def ranked_cells(table: Table, lead: str) -> str:
    """The cells of a grid with most in them, most first, and how many are hidden."""
    cells = [(row, at) for row in body(table) for at in range(1, len(table.columns))]
    known = [(value, row, at) for row, at in cells if (value := number(row[at])) is not None and value > 0]
    first = sorted(known, key=lambda each: -each[0])[:_MOST]
    said = [f"{row[0]}, {table.columns[at]}: {text(row[at])}" for _, row, at in first]
    told = f"{lead}: {'; '.join(said)}." if said else f"{lead}: nobody, of those shown."
    return told + (" Some small figures are not shown." if any(row[at] is Mark.HIDDEN for row, at in cells) else "")


def from_to(table: Table, columns: Sequence[int]) -> str:
    """Where each line of a chart begins and ends, of what is shown of it."""
    return " ".join(_line(table, column) for column in columns)


def _line(table: Table, column: int) -> str:
    shown = [row for row in body(table) if number(row[column]) is not None]
    if not shown:
        return f"{table.columns[column]}: not shown, or not known."
    first, last = shown[0], shown[-1]
    highest = max(shown, key=lambda row: number(row[column]) or 0)
    return (
        f"{table.columns[column]}: {text(first[column])} on {first[0]}, {text(last[column])} on {last[0]}; highest "
        f"{text(highest[column])} on {highest[0]}."
    )


def spread(table: Table, value: int, low: int, high: int) -> str:
    """The highest and the lowest row of a chart with intervals, each with its own."""
    shown = [row for row in body(table) if number(row[value]) is not None]
    if not shown:
        return "No figure can be shown."

    if len({text(row[value]) for row in shown}) == 1:
        return f"The same for every group shown: {text(shown[0][value])}."

    def told(choose: Callable[..., _Row]) -> str:
        row = choose(shown, key=lambda each: number(each[value]) or 0)
        sure = "" if mark_of(row[low]) else f" ({text(row[low])} to {text(row[high])})"
        return f"{row[0]}, {text(row[value])}{sure}"

    return f"Highest: {told(max)}; lowest: {told(min)}."


def _in_brackets(row: _Row, column: int | None) -> str:
    return "" if column is None or mark_of(row[column]) else f" ({text(row[column])})"

"""Cells of a document as words and as numbers: the same in every format."""

import math
import re

from matcher.reports.document import MARK_WORDS, Cell, Document, Mark, Money, Percent, Table

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SMALL = 0.1


def clean(text: str) -> str:
    """The text without the characters that no XML file may hold; each becomes a question mark."""
    return _NOT_XML.sub("?", text)


def anchor(key: str) -> str:
    """A key as a name that a link can lead to."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", key)


def number(cell: Cell | None) -> float | None:
    """What a cell comes to, pounds for amounts; None for words, marks and what is not finite."""
    value: float
    if isinstance(cell, Money):
        value = cell.pence / 100
    elif isinstance(cell, Percent):
        value = cell.value
    elif isinstance(cell, int | float):
        value = cell
    else:
        return None
    return value if math.isfinite(value) else None


def is_figure(cell: Cell) -> bool:
    """Whether a cell stands to the right: everything but words."""
    return not isinstance(cell, str)


def mark_of(cell: Cell | None) -> Mark | None:
    """The mark that stands where there is no figure; None for words and figures."""
    if isinstance(cell, Mark):
        return cell
    if cell is None:
        return Mark.HIDDEN
    return None if isinstance(cell, str) or number(cell) is not None else Mark.NOT_AVAILABLE


def text(cell: Cell | None) -> str:
    """A cell as printed: ``1,204``, ``3.5``, ``£1,204``, ``66.4%``, ``c``."""
    if isinstance(cell, str):
        return clean(cell)
    mark = mark_of(cell)
    if mark:
        return str(mark.value)
    return figure(number(cell) or 0, cell)


def figure(value: float, like: Cell | None) -> str:
    """A number written as a cell like another is."""
    if isinstance(like, Money):
        pounds = f"{abs(value):,.0f}"
        return f"-£{pounds}" if value < 0 and pounds != "0" else f"£{pounds}"
    if isinstance(like, Percent):
        return f"{value:.1f}%"
    if isinstance(like, int):
        return f"{value:,.0f}"
    return f"{value:,.{decimals(value)}f}"


def decimals(value: float) -> int:
    """How many decimals a number that is neither an amount nor a share is shown with."""
    return 2 if 0 < abs(value) < _SMALL else 1


def figure_columns(table: Table) -> tuple[bool, ...]:
    """For each column whether it is set to the right: it has cells that are not words, and no more words than those."""
    return tuple(
        bool(table.rows) and sum(1 if is_figure(row[i]) or row[i] == "" else -1 for row in table.rows) > 0
        and any(is_figure(row[i]) for row in table.rows)
        for i in range(len(table.columns))
    )  # fmt: skip


def shade(table: Table, row: int, column: int) -> int | None:
    """How dark a cell of a heat table is, 0 to 5; None for labels and in other tables."""
    if table.shaded is None or not is_figure(table.rows[row][column]):
        return None
    return min(max(table.shaded[row][column], 0), 5)


def marks_used(document: Document) -> tuple[str, ...]:
    """The meanings of the marks that a document has, in the order of the alphabet."""
    held = {mark_of(cell) for table in document.tables() for row in table.rows for cell in row}
    return tuple(words for mark, words in MARK_WORDS.items() if mark in held)

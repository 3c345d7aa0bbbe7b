"""Worksheets with live formulas: what a reader changes is marked, and every total follows it.

Formulas are only ever written by Placewell over its own cells; whatever came from a file is written as words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_WIDTH = 16
_FIRST_WIDTH = 46


@dataclass(frozen=True)
class Formula:
    """A formula and what it comes to with the figures as written; programs that do not calculate show ``value``."""

    text: str
    value: float


@dataclass(frozen=True)
class Input:
    """A number for the reader to change."""

    value: float


LiveCell = str | int | float | Formula | Input | None


@dataclass(frozen=True)
class Column:
    """A heading and how the numbers under it are shown, in a spreadsheet's own notation."""

    title: str
    shown: str = "#,##0"


POUNDS = "£#,##0.00"
SHARE = "0.00%"


@dataclass(frozen=True)
class LiveSheet:
    """A sheet: a few lines of explanation, then a table whose headings stand in ``heading_row``.

    ``rows`` stand directly under the headings; the last is a total where ``total`` is set.
    """

    name: str
    words: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Sequence[tuple[LiveCell, ...]]
    total: bool = True

    @property
    def heading_row(self) -> int:
        """Number of the headings' row, from 0."""
        return len(self.words) + 1

    def row(self, number: int) -> int:
        """Number in the sheet of a row of the table, both from 0."""
        return self.heading_row + 1 + number


def cell(row: int, column: int, *, fixed: bool = False) -> str:
    """A cell's name: ``cell(5, 2)`` is ``C6``; fixed, ``$C$6``."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    name: str = xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed)
    return name


def write_live_sheets(book: object, sheets: Sequence[LiveSheet]) -> None:
    """Add live sheets to an open xlsxwriter workbook, headings frozen, cells to change shaded."""
    for sheet in sheets:
        _Writer(book, sheet).write()


class _Writer:
    """Writes one sheet."""

    def __init__(self, book: object, sheet: LiveSheet) -> None:
        self._book, self._sheet = book, sheet
        self._page = book.add_worksheet(sheet.name)  # type: ignore[attr-defined]
        self._formats: dict[tuple[str, bool, bool], object] = {}

    def write(self) -> None:
        sheet, page = self._sheet, self._page
        heading = self._book.add_format(  # type: ignore[attr-defined]
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
        )
        for number, words in enumerate(sheet.words):
            page.write_string(number, 0, words)
        for column, told in enumerate(sheet.columns):
            page.write_string(sheet.heading_row, column, told.title, heading)
            page.set_column(column, column, _WIDTH if column else _FIRST_WIDTH)
        for number, row in enumerate(sheet.rows):
            last = sheet.total and number == len(sheet.rows) - 1
            for column, value in enumerate(row):
                self._cell(sheet.row(number), column, value, last)
        page.freeze_panes(sheet.row(0), 1)

    def _cell(self, row: int, column: int, value: LiveCell, total: bool) -> None:
        look = self._look(self._sheet.columns[column].shown, isinstance(value, Input), total)
        if isinstance(value, str):
            self._page.write_string(row, column, value, look)
        elif isinstance(value, Formula):
            self._page.write_formula(row, column, value.text, look, value.value)
        elif isinstance(value, Input):
            self._page.write_number(row, column, value.value, look)
        elif value is not None:
            self._page.write_number(row, column, value, look)

    def _look(self, shown: str, change: bool, total: bool) -> object:
        key = (shown, change, total)
        if key not in self._formats:
            look: dict[str, object] = {"num_format": shown, "bold": total}
            if change:
                look |= {"bg_color": "#FFF2CC", "border": 1, "locked": False}
            self._formats[key] = self._book.add_format(look)  # type: ignore[attr-defined]
        return self._formats[key]

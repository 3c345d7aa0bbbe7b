"""Tables as CSV and XLSX files. Words stay words: nothing a file says is ever run as a formula."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

Cell = str | int | float | None
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60
_LONGEST_NAME = 31
_SAFE_WORKBOOK = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Sheet:
    """One table with its headings; ``name`` is the sheet's name in a workbook."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def write_csv(sheet: Sheet, path: Path) -> Path:
    """Write one table as CSV in UTF-8 with a byte-order mark, which Excel needs to read it right.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(sheet.columns)
        writer.writerows([harmless(cell) for cell in row] for row in sheet.rows)
    return path


def harmless(cell: Cell) -> Cell:
    """The cell, with an apostrophe before a text that a spreadsheet would run as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell


def write_xlsx(sheets: Sequence[Sheet], path: Path) -> Path:
    """Write tables as the sheets of one workbook, headings frozen and filtered."""
    import xlsxwriter

    with path.open("wb") as file, xlsxwriter.Workbook(file, _SAFE_WORKBOOK) as book:
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:_LONGEST_NAME])
            for column, name in enumerate(sheet.columns):
                page.write_string(0, column, name, heading)
                page.set_column(column, column, _width(sheet, column), body)
            for number, row in enumerate(sheet.rows, 1):
                for column, cell in enumerate(row):
                    _write(page, number, column, cell)
            page.freeze_panes(1, 0)
            if sheet.rows:
                page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    return path


def _write(page: object, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell)  # type: ignore[attr-defined]
    elif cell is not None:
        page.write_number(row, column, cell)  # type: ignore[attr-defined]


def _width(sheet: Sheet, column: int) -> int:
    texts = [sheet.columns[column], *(str(row[column]) for row in sheet.rows if row[column] is not None)]
    return min(max(len(text) for text in texts) + 2, _WIDEST)

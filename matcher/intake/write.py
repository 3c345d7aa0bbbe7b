"""Writing our own sheets, as CSV or XLSX, so that they are read back as they were."""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

from matcher.intake.columns import Column, Kind, Sheet

CellValue = str | int | bool | dt.date | Iterable[str] | None
_CREATED = dt.datetime(2000, 1, 1)  # a fixed day, so that the same rows give the same file
DATE_FORMAT = "dd/mm/yyyy"


def cell_text(column: Column, value: CellValue) -> str:
    """A value as a person would type it: pence as pounds, days as dd/mm/yyyy, Y or N, lists with ``;``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int):
        return _pounds(value) if column.kind in (Kind.MONEY, Kind.AMOUNT, Kind.HUNDREDTHS) else str(value)
    if column.kind is Kind.ANSWER and isinstance(value, str):
        return "yes {} discuss {}".format(*value.split())
    return value if isinstance(value, str) else ";".join(value)


def _pounds(pence: int) -> str:
    whole, rest = divmod(abs(pence), 100)
    return ("-" if pence < 0 else "") + (f"{whole}.{rest:02d}" if rest else str(whole))


def write_sheet(path: Path, sheet: Sheet, rows: Iterable[Mapping[str, CellValue]]) -> None:
    """Write one sheet with its headings; ``.csv`` or ``.xlsx`` by the path's ending.

    Args:
        path: the file to write; its folder must exist.
        sheet: which columns there are, in their order.
        rows: a value for each column; those left out are blank. Money is in pence.

    Raises:
        ValueError: a row has a column that the sheet has not, or the path another ending.
    """
    names = {column.name for column in sheet.columns}
    texts = []
    for row in rows:
        strays = row.keys() - names
        if strays:
            raise ValueError(f"sheet {sheet.name} has no column {', '.join(sorted(strays))}")
        texts.append([cell_text(column, row.get(column.name)) for column in sheet.columns])
    headings = [column.name for column in sheet.columns]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([headings, *texts])
    elif path.suffix == ".xlsx":
        _write_xlsx(path, sheet, [headings, *texts])
    else:
        raise ValueError(f"{path.name}: a sheet is written as .csv or .xlsx")


def _write_xlsx(path: Path, sheet: Sheet, rows: Iterable[list[str]]) -> None:
    """Every cell as text: nothing a file says is ever taken for a formula."""
    import xlsxwriter

    with path.open("wb") as file, xlsxwriter.Workbook(file) as book:
        book.set_properties({"created": _CREATED})
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for index, text in enumerate(row):
                if text:
                    page.write_string(number, index, text)

"""From the bytes of a workbook to the rows of its sheets, with a guard against files made to exhaust memory."""

import io
import re
import zipfile
from collections.abc import Iterator

from matcher.intake.cells import as_text

MOST_CELLS = 10_000_000
MOST_BYTES = 400_000_000
_REFERENCE = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Za-z]{1,3})(\d{1,7})"')


class WorkbookError(ValueError):
    """A workbook that cannot or must not be read; the message says why in plain words."""


def sheet_rows(data: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """Each sheet's name and its rows as text, counted from the sheet's first row and column.

    Formulas are not evaluated: a cell holds the value its own program saved with it.

    Raises:
        WorkbookError: not a workbook, protected by a password, or unreasonably large.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    _guard(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield name, [[as_text(cell) for cell in row] for row in cells]
    except CalamineError as error:
        plain = "it is protected by a password" if "password" in str(error).lower() else str(error)
        raise WorkbookError(f"the workbook cannot be read: {plain}") from error


def _guard(data: bytes) -> None:
    """Refuse a workbook whose sheets would not fit in memory.

    The library that reads sheets reserves room for the whole rectangle up to the last cell, and ends the
    program when it cannot; one cell far away is enough. So the rectangle is measured first.
    """
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
                raise WorkbookError(f"unpacked, the workbook is larger than {MOST_BYTES // 1_000_000} MB")
            for part in parts.infolist():
                if part.filename.lower().endswith(".xml") and "sharedstrings" not in part.filename.lower():
                    _measure(parts.read(part))
    except (zipfile.BadZipFile, RuntimeError, EOFError, OSError, NotImplementedError) as error:
        raise WorkbookError(f"the workbook is damaged or protected: {error}") from error


def _measure(xml: bytes) -> None:
    columns: set[bytes] = set()
    last_row = 0
    for match in _REFERENCE.finditer(xml):
        columns.add(match[1])
        last_row = max(last_row, int(match[2]))
    last_column = max((_column_number(letters) for letters in columns), default=0)
    if last_row * last_column > MOST_CELLS:
        raise WorkbookError(
            f"a sheet reaches row {last_row:,} and column {last_column:,}; delete the unused rows and columns"
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from matcher.intake import workbook
from matcher.intake.workbook import WorkbookError, sheet_rows


def book_of(fill: Callable[[Any, Any], None]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        fill(book, book.add_worksheet("first"))
    return stream.getvalue()


def test_cells_come_as_text_from_the_first_row_and_column_on() -> None:
    def fill(book: Any, page: Any) -> None:
        page.write(1, 1, " child ")
        page.write(1, 2, 3.0)
        page.write_datetime(2, 1, dt.datetime(2018, 3, 31), book.add_format({"num_format": "dd/mm/yyyy"}))
        page.write(2, 2, True)
        book.add_worksheet("second").write(0, 0, "x")

    assert list(sheet_rows(book_of(fill))) == [
        ("first", [["", "", ""], ["", "child", "3"], ["", "2018-03-31", "Y"]]),
        ("second", [["x"]]),
    ]


def test_a_formula_gives_the_value_saved_with_it() -> None:
    assert list(sheet_rows(book_of(lambda _, page: page.write_formula(0, 0, "=1+1", None, "7")))) == [
        ("first", [["7"]])
    ]


def test_one_cell_far_away_does_not_exhaust_the_memory() -> None:
    def fill(_: Any, page: Any) -> None:
        page.write(0, 0, "a")
        page.write(1_048_575, 16_383, "b")

    with pytest.raises(WorkbookError, match="row 1,048,576 and column 16,384"):
        list(sheet_rows(book_of(fill)))


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_BYTES", 1_000)
    with pytest.raises(WorkbookError, match="unpacked"):
        list(sheet_rows(book_of(lambda _, page: page.write(0, 0, "a"))))


@pytest.mark.parametrize(
    "data", [b"", b"P", b"PK\x03\x04 no workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_what_is_no_workbook_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(WorkbookError):
        list(sheet_rows(data))


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(WorkbookError):
        list(sheet_rows(stream.getvalue()))

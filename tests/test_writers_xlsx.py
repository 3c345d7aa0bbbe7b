"""The workbook reads back cell for cell; no word is ever a formula, and what calculates still does."""

import re
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from matcher.reports.document import Cell, Percent, Table
from matcher.reports.live_sheets import Column, Formula, Input, LiveSheet
from matcher.reports.writers.cells import clean, number, text
from matcher.reports.writers.xlsx import sheet_names, write_xlsx
from tests.sample_document import FORMULA, sample_document

LIVE = LiveSheet("What if prices", ("Change me.",), (Column("A"), Column("B")), [(Input(2.0), Formula("=A4*2", 4.0))])


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_xlsx(sample_document(), tmp_path_factory.mktemp("xlsx") / "report.xlsx", (LIVE,))


def held(cell: Cell) -> str | float:
    value = number(cell)
    if value is None:
        return text(cell)
    return value / 100 if isinstance(cell, Percent) else value


def expected(table: Table) -> list[list[str | float]]:
    return [[clean(name) for name in table.columns], *([held(cell) for cell in row] for row in table.rows)]


def test_every_sheet_reads_back_cell_for_cell(path: Path) -> None:
    book = CalamineWorkbook.from_path(str(path))
    tables = sample_document().tables()
    assert book.sheet_names[0] == "Contents"
    assert book.sheet_names[-1] == LIVE.name
    assert len(book.sheet_names) == len(tables) + 2
    for name, table in zip(book.sheet_names[1:-1], tables, strict=True):
        read = book.get_sheet_by_name(name).to_python()
        for row, wanted in zip(read, expected(table), strict=True):
            assert [cell if isinstance(cell, str) else pytest.approx(cell) for cell in row] == wanted, name


def test_only_our_own_formula_is_one(path: Path) -> None:
    with zipfile.ZipFile(path) as zipped:
        sheets = [zipped.read(name).decode() for name in zipped.namelist() if "worksheets/sheet" in name]
        links = "".join(zipped.read(name).decode() for name in zipped.namelist() if name.endswith(".rels"))
    assert re.findall(r"<f>([^<]*)</f>", "".join(sheets)) == ["A4*2"]
    assert "evil.example" not in links


def test_contents_link_to_each_sheet_and_say_where_figures_come_from(path: Path) -> None:
    book = CalamineWorkbook.from_path(str(path))
    rows = book.get_sheet_by_name("Contents").to_python()
    listed = [row[0] for row in rows if row[0] in book.sheet_names[1:]]
    assert listed == book.sheet_names[1:]
    assert [row[0] for row in rows if row[0] == "SYNTHETIC DATA"] == ["SYNTHETIC DATA"]
    assert [row[3] for row in rows if row[3] == FORMULA] == [FORMULA]
    with zipfile.ZipFile(path) as zipped:
        assert zipped.read("xl/worksheets/sheet1.xml").decode().count("<hyperlink ") == len(listed)


def test_amounts_and_shares_are_shown_as_such(path: Path) -> None:
    with zipfile.ZipFile(path) as zipped:
        styles = zipped.read("xl/styles.xml").decode()
    assert "£#,##0" in styles
    assert "0.0%" in styles


def test_names_of_sheets_are_short_plain_and_unique() -> None:
    titles = ["A" * 40, "a" * 40, "[x]:*?/\\'=", "", "History", "Contents", "Table"]
    names = sheet_names(titles, ["Contents", "History"])
    assert names == ["A" * 31, "a" * 27 + " (2)", "x", "Table", "History (2)", "Contents (2)", "Table (2)"]
    assert max(map(len, names)) <= 31

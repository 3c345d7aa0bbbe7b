import csv
from pathlib import Path

import pytest
import python_calamine

from matcher.intake.case import read_case
from matcher.intake.columns import GUIDE_HEADINGS, Kind
from matcher.intake.contract import data_contract
from matcher.intake.sheets import sheets
from matcher.intake.template import WORKBOOK, write_templates
from models.finding import Severity
from models.needs import default_framework
from tests.make_files import aside, case_of, serious

SHEETS = sheets(default_framework())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_templates(tmp_path, default_framework())
    return tmp_path


def test_blank_files_are_read_without_an_error(folder: Path) -> None:
    reading = read_case(folder)
    assert reading.case is None
    assert not reading.has_errors
    assert {finding.code for finding in reading.findings} == {"file-empty", "nothing-in-it"}
    assert {finding.severity for finding in reading.findings if finding.code == "file-empty"} == {Severity.NOTE}
    assert {table.table for table in reading.tables} == set(SHEETS)
    assert aside(reading) == set()


def test_there_is_a_blank_of_every_sheet_in_both_forms(folder: Path) -> None:
    book = python_calamine.CalamineWorkbook.from_path(str(folder / WORKBOOK))
    assert book.sheet_names == ["guide", *SHEETS]
    for name, sheet in SHEETS.items():
        headings = [column.name for column in sheet.columns]
        assert book.get_sheet_by_name(name).to_python() == [headings]
        with (folder / "csv" / f"{name}.csv").open(newline="") as file:
            assert list(csv.reader(file)) == [headings]


def test_the_guide_explains_every_column_once_and_names_the_words_it_may_hold(folder: Path) -> None:
    book = python_calamine.CalamineWorkbook.from_path(str(folder / WORKBOOK))
    rows = book.get_sheet_by_name("guide").to_python()
    assert tuple(rows[0]) == GUIDE_HEADINGS
    explained = {(row[0], row[1]): row for row in rows[1:] if row[1]}
    assert set(explained) == {(name, column.name) for name, sheet in SHEETS.items() for column in sheet.columns}
    assert "fire" in str(explained["children", "risks_to_others"][3])
    assert explained["homes", "kind"][4] == "yes"


def test_what_is_filled_in_below_the_blank_headings_is_read(folder: Path) -> None:
    home = {"home_id": "H1", "provider_id": "P1", "kind": "foster", "sector": "in_house", "postcode": "AL1 3JE"}
    home |= {"approved_places": "2", "weekly_fee": "414"}
    with (folder / "csv" / "homes.csv").open("a") as file:
        file.write(",".join(home.get(column.name, "") for column in SHEETS["homes"].columns) + "\n")
    case_file = folder / "case.toml"
    text = case_file.read_text().replace("# authority", "authority").replace("# as_at", "as_at")
    case_file.write_text(text)
    reading = read_case(folder)
    assert case_of(reading).home["H1"].fee_pence == 41_400
    assert case_of(reading).authority == "E10000015"
    assert serious(reading) == []


def test_drop_down_lists_fit_what_a_spreadsheet_can_hold() -> None:
    for sheet in SHEETS.values():
        for column in sheet.columns:
            if column.kind is Kind.CODE:
                assert column.allowed
                assert len(",".join(column.allowed)) <= 255, (sheet.name, column.name)
            assert len(sheet.name) <= 31


def test_every_sheet_can_be_told_from_every_other() -> None:
    for name, sheet in SHEETS.items():
        columns = {column.name for column in sheet.columns}
        assert len(columns) == len(sheet.columns)
        assert columns.issuperset(sheet.key)
        fits = [other.name for other in SHEETS.values() if columns.issuperset(other.key)]
        most = max(fits, key=lambda other: len(columns & {column.name for column in SHEETS[other].columns}))
        assert most == name


def test_the_committed_data_contract_says_what_is_read() -> None:
    committed = (Path(__file__).parents[1] / "docs" / "data-contract.md").read_text(encoding="utf-8")
    assert committed == data_contract(), "run: python -m matcher.intake.contract docs/data-contract.md"

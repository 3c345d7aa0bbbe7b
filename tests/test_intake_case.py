"""Whole cases that nobody would send on purpose: whatever the bytes, findings and never an exception."""

import random
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.intake.case import read_case
from models.finding import Severity
from tests.make_files import FILES, aside, case_of, found, one, read, serious, write_case

SHEET_FILES = [name for name in FILES if name.endswith(".csv")]


@pytest.mark.parametrize("name", SHEET_FILES)
@pytest.mark.parametrize("data", [b"", b"x", b"\0", b"\xff\xfe", b"\0" * 5_000, b'"' * 999, b"PK\x03\x04", b"\n" * 999])
def test_any_file_may_be_rubbish(tmp_path: Path, name: str, data: bytes) -> None:
    reading = read(tmp_path, {name: data})
    assert reading.findings
    assert any(finding.file == name for finding in reading.findings)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9))
def test_files_with_bytes_changed_at_random_are_read_without_an_exception(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    files: dict[str, str | bytes | None] = {}
    for name in dice.sample(sorted(FILES), 3):
        data = bytearray(str(FILES[name]).encode())
        for _ in range(dice.randint(1, 12)):
            data[dice.randrange(len(data))] = dice.choice(b'\x00\xff",;\n\r=-0919/AZ ')
        files[name] = bytes(data)
    reading = read(tmp_path / str(seed), files)
    assert reading.case is None or {child.id for child in reading.case.children}.isdisjoint(
        name for what, name in aside(reading) if what == "child"
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9))
def test_cells_swapped_at_random_lose_nobody_in_silence(tmp_path: Path, seed: int) -> None:
    """Every child looked after is in the case, set aside by name, or named in a finding."""
    dice = random.Random(seed)
    name = "ssda903/2018/episodes.csv"
    rows = [line.split(",") for line in str(FILES[name]).splitlines()]
    one_, other = dice.randrange(13), dice.randrange(13)
    row = rows[dice.randint(1, 2)]
    row[one_], row[other] = row[other], row[one_]
    reading = read(tmp_path / str(seed), {name: "\n".join(",".join(cells) for cells in rows)})
    told = {finding.subject for finding in reading.findings} | {name for _, name in aside(reading)}
    known = {child.id for child in reading.case.children} if reading.case else set()
    assert known | told >= {"C1", "C2"}


def test_a_workbook_of_everything_is_read_like_the_files(tmp_path: Path) -> None:
    path = tmp_path / "book" / "all.xlsx"
    path.parent.mkdir()
    with xlsxwriter.Workbook(str(path)) as book:
        for name in SHEET_FILES:
            page = book.add_worksheet(name.rpartition("/")[2].removesuffix(".csv"))
            for number, line in enumerate(str(FILES[name]).splitlines()):
                for index, cell in enumerate(line.split(",")):
                    if cell.isdigit():
                        page.write_number(number, index, int(cell))
                    else:
                        page.write_string(number, index, cell)
        book.add_worksheet("Sheet9")
    (path.parent / "case.toml").write_text(str(FILES["case.toml"]))
    reading = read_case(path.parent)
    plain = case_of(read(tmp_path / "plain"))
    assert case_of(reading).children == plain.children
    assert case_of(reading).homes == plain.homes
    assert one(reading, "file-empty").file == "all.xlsx [Sheet9]"
    assert serious(reading) == []


def test_rows_of_a_workbook_are_numbered_as_it_shows_them(tmp_path: Path) -> None:
    write_case(tmp_path, homes=None)
    with xlsxwriter.Workbook(str(tmp_path / "homes.xlsx")) as book:
        page = book.add_worksheet("Our homes")
        page.write_string(0, 0, "Homes as at 31 March")
        for number, line in enumerate(
            str(FILES["homes.csv"]).replace("H2,P2,residential", "H2,P2,castle").splitlines()
        ):
            for index, cell in enumerate(line.split(",")):
                page.write_string(number + 3, index + 1, cell)
    finding = one(read_case(tmp_path), "cell-unreadable")
    assert (finding.file, finding.row, finding.column) == ("homes.xlsx", 6, "kind")


def test_findings_come_by_file_and_row(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        homes=str(FILES["homes.csv"]).replace("H1,P1", "H1,").replace("H2,P2", "H2,"),
        placements="child_id,home_id,started\nC9,H1,01/02/2017\nC1,H1,x\n",
    )
    places = [(finding.file, finding.row or 0) for finding in reading.findings]
    assert places == sorted(places)


def test_a_very_long_cell_is_kept_and_told_of(tmp_path: Path) -> None:
    text = "x" * 40_000
    reading = read(tmp_path, children=f"child_id,solo,alongside,religion,wishes_words\nC1,,,,{text}\n")
    assert one(reading, "cell-long").severity is Severity.WARNING
    assert case_of(reading).child["C1"].circumstances.wishes.own_words == text


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    read_case(write_case(tmp_path), progress=told.append)
    assert told[0] == "opening files"
    assert "building records" in told


def test_no_folder_is_an_error_and_no_exception(tmp_path: Path) -> None:
    reading = read_case(tmp_path / "missing")
    assert (reading.case, reading.has_errors) == (None, True)
    empty = read_case(tmp_path)
    assert empty.case is None
    assert found(empty, "nothing-usable")

"""Sample returns that others wrote, from the folder PLACEWELL_SAMPLES names: read whole, every problem placed."""

import os
from pathlib import Path

import pytest

from matcher.intake.case import Reading, read_case
from models import ssda903

SAMPLES = Path(os.environ.get("PLACEWELL_SAMPLES", ""))
pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(not os.environ.get("PLACEWELL_SAMPLES"), reason="PLACEWELL_SAMPLES is not set"),
]


def rows_of(reading: Reading, table: str) -> int:
    return sum(found.rows for found in reading.tables if found.table == table)


def lines(folder: Path, pattern: str) -> int:
    return sum(len(path.read_text(encoding="utf-8-sig").splitlines()) - 1 for path in folder.glob(pattern))


@pytest.mark.parametrize("name", ["csc-validator-be-903", "cs-demand-model"])
def test_every_set_is_read_and_every_problem_has_its_place(name: str) -> None:
    folder = SAMPLES / "ssda903" / name
    reading = read_case(folder)
    assert reading.case is not None
    for table, pattern in (
        ("Header", "*header.csv"),
        ("Reviews", "*reviews.csv"),
        ("OC2", "*oc2.csv"),
        ("UASC", "*uasc.csv"),
    ):
        assert rows_of(reading, table) == lines(folder, pattern)
    of_cells = [f for f in reading.findings if f.code in ("code-unknown", "code-of-another-year", "cell-unreadable")]
    assert of_cells
    assert all(f.file and f.row and f.column and f.value for f in of_cells)
    for found in of_cells[:200]:
        text = (folder / found.file).read_text(encoding="utf-8-sig").splitlines()
        heading, cells = text[0].split(","), text[(found.row or 0) - 1].split(",")
        assert cells[heading.index(found.column or "")] == found.value


def test_the_set_of_one_year() -> None:
    reading = read_case(SAMPLES / "ssda903" / "csc-validator-be-903")
    case = reading.case
    assert case is not None
    assert f"{case.as_at}" == "2018-03-31"
    assert rows_of(reading, "Episodes") == 5050
    assert len(case.episodes) == 2123
    assert sum(len(rows) for rows in case.episodes.values()) == 5050
    open_then = {
        child
        for child, rows in case.episodes.items()
        if any(e.covers(case.as_at) and not ssda903.is_short_break(e.ls) for e in rows)
    }
    assert {child.id for child in case.children} == open_then
    assert sum(child.uasc for child in case.children) > 0
    unread = {f.file.partition(" [")[0] for f in reading.findings if f.code == "file-not-recognised"}
    assert "fake_903.xml" in unread
    assert unread.isdisjoint({"episodes.csv", "header.csv", "sw_episodes.csv", "DoLo.csv"})


def test_the_set_of_five_years_becomes_one_history() -> None:
    folder = SAMPLES / "ssda903" / "cs-demand-model"
    reading = read_case(folder)
    case = reading.case
    assert case is not None
    keys = set()
    for path in folder.glob("*episodes.csv"):
        keys |= {tuple(line.split(",")[:2]) for line in path.read_text().splitlines()[1:]}
    assert {(e.child, f"{e.decom:%d/%m/%Y}") for rows in case.episodes.values() for e in rows} == keys
    assert f"{case.as_at}" == "2022-03-31"


def test_other_peoples_files_are_read_without_an_exception() -> None:
    reading = read_case(SAMPLES)
    assert reading.findings
    assert any(f.file.startswith("annex_a/") and f.code == "file-not-recognised" for f in reading.findings)

"""``placewell pool`` on small cases and a drawn neighbour of the demo: what it prints, its JSON, and its mistakes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from matcher.cli import app
from tests.make_files import FILES, REFERRALS, write_case
from tests.test_readme import ROWS

_REFERRALS = REFERRALS + ",preferred_kinds\nR1,C1,01/03/2018,20/04/2018,planned,placement_ending,foster\n"
_ENDING = "child_id,home_id,started,ends_on\nC1,H1,01/02/2017,20/04/2018\n"
_CASE = str(FILES["case.toml"])


def run(*words: str | Path) -> Result:
    return CliRunner(env={"COLUMNS": "110"}).invoke(app, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """One authority whose only child must leave the only home, and one with room; their ids are the same."""
    essex = _CASE.replace("Test", "Essex").replace("E10000015", "E10000012")
    first = write_case(tmp_path / "first", referrals=_REFERRALS, placements=_ENDING)
    second = write_case(tmp_path / "second", {"case.toml": essex}, placements=None)
    return first, second


def test_it_prints_who_gains_what_and_gives_it_as_json(two: tuple[Path, Path]) -> None:
    done = run("pool", *two, "--borrowing", "50")
    assert done.exit_code == 0
    lines = [line.split() for line in done.stdout.splitlines()]
    assert any(line[:7] == ["Test", "1", "0", "1", "1", "0", "£50"] for line in lines)
    assert any(line[:8] == ["Essex", "0", "0", "0", "0", "1", "£0", "£50"] for line in lines)
    assert ["C1", "Test", "-", "H1", "Essex", "borrowed"] in lines
    assert "A borrowed place costs its fee and £50 a week" in done.stdout
    pool = json.loads(run("pool", *two, "--borrowing", "50", "--json").stdout)
    assert [authority["lent"] for authority in pool["authorities"]] == [0, 1]
    assert (pool["price_pence"], pool["children"][0]["home_together"]) == (5_000, "H1")
    assert pool["certificate"]["status"] == "optimal"


def test_borrowing_may_be_forbidden(two: tuple[Path, Path]) -> None:
    done = run("pool", *two, "--forbid")
    assert done.exit_code == 0
    assert "Borrowing is forbidden: only independent homes are shared." in done.stdout
    assert "In a home on another authority's sheet" not in done.stdout


def test_the_demo_and_a_drawn_neighbour_gain_as_the_readme_says(tmp_path: Path) -> None:
    drawing = [sys.executable, "-m", "placewell_data.generator", "--out", str(tmp_path / "neighbour"), "--seed", "7"]
    subprocess.run(drawing, check=True)
    settings = tmp_path / "neighbour" / "case.toml"
    drawn = settings.read_text(encoding="utf-8")
    settings.write_text(drawn.replace("E10000015", "E06000055").replace("Hertford", "Bedford"), encoding="utf-8")
    done = run("pool", "demo", tmp_path / "neighbour")
    assert done.exit_code == 0
    assert dict(ROWS)["pool CASE CASE"] in done.stdout
    assert "SYNTHETIC DATA. Hertfordshire-like" in done.stdout


def test_mistakes_are_said_in_words(two: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.csv").write_text("nothing,of,use\n1,2,3\n", encoding="utf-8")
    later = write_case(tmp_path / "later", {"case.toml": _CASE.replace("2018-03-31", "2018-04-01")})
    for words, said in (
        ((two[0],), "A pool needs two authorities or more"),
        ((two[0], two[0]), "is given twice"),
        ((two[0], tmp_path / "none"), "There is no folder or zip"),
        ((two[0], tmp_path / "empty"), f"Nothing in {tmp_path / 'empty'} could be used"),
        ((two[1], later), "a pool is of one day"),
        ((*two, "--forbid", "--borrowing", "5"), "not both"),
    ):
        done = run("pool", *words)
        assert done.exit_code == 2, words
        assert said in " ".join(done.stderr.split()), words
        assert done.stdout == ""

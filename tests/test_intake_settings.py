import datetime as dt
import json
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from models.policy import Policy
from tests.make_files import FILES, aside, case_of, found, one, read, serious

FRAMEWORK = files("placewell_data").joinpath("needs/framework.json").read_text(encoding="utf-8")


def test_the_small_case_is_clean(tmp_path: Path) -> None:
    reading = read(tmp_path)
    assert serious(reading) == []
    case = case_of(reading)
    assert (case.name, case.authority, f"{case.as_at}", case.synthetic) == ("Test", "E10000015", "2018-03-31", True)
    assert [child.id for child in case.children] == ["C1", "C2"]
    assert set(case.episodes) == {"C1", "C2", "C3"}
    assert {p.child_id: p.home_id for p in case.placements} == {"C1": "H1", "C2": "H1"}
    assert set(case.sources) == set(FILES)
    assert case.sources["homes.csv"] == sha256(str(FILES["homes.csv"]).encode()).hexdigest()


def test_without_case_toml_the_files_tell_and_notes_say_so(tmp_path: Path) -> None:
    reading = read(tmp_path, {"case.toml": None})
    case = case_of(reading)
    assert (case.name, case.authority, f"{case.as_at}", case.synthetic) == (
        "Hertfordshire",
        "E10000015",
        "2018-03-31",
        False,
    )
    assert {finding.column for finding in found(reading, "setting-assumed")} == {
        "name",
        "authority",
        "as_at",
        "synthetic",
    }
    assert serious(reading) == []


def test_without_any_postcode_in_england_there_is_no_authority_and_no_case(tmp_path: Path) -> None:
    episodes = FILES["ssda903/2018/episodes.csv"].replace("SG13 8DQ", "EH1 1YZ")
    reading = read(tmp_path, {"ssda903/2018/episodes.csv": episodes, "case.toml": None}, homes=None)
    assert reading.case is None
    assert one(reading, "setting-missing").column == "authority"
    assert reading.has_errors


@pytest.mark.parametrize(
    ("toml", "column"),
    [
        ('authority = "E99999999"', "authority"),
        ("authority = 5", "authority"),
        ("name = 5", "name"),
        ('as_at = "yesterday"', "as_at"),
        ('synthetic = "maybe"', "synthetic"),
        ('colour = "red"', "colour"),
        ("name = ", None),
    ],
)
def test_wrong_settings_are_errors_and_fall_back(tmp_path: Path, toml: str, column: str | None) -> None:
    reading = read(tmp_path, {"case.toml": toml + "\n"})
    assert one(reading, "setting-wrong").column == column
    assert case_of(reading).authority == "E10000015"
    assert f"{case_of(reading).as_at}" == "2018-03-31"


def test_the_day_may_be_written_as_text(tmp_path: Path) -> None:
    reading = read(tmp_path, {"case.toml": 'as_at = "30/09/2017"'})
    assert case_of(reading).as_at == dt.date(2017, 9, 30)


def test_a_policy_replaces_what_it_names_and_unknown_keys_are_errors(tmp_path: Path) -> None:
    text = 'name = "Ours"\nmove = 100\nmoove = 5\nadjoining_area = -3\n'
    reading = read(tmp_path, {"policy.toml": text})
    assert case_of(reading).policy == Policy(name="Ours", move=100)
    assert {finding.column for finding in found(reading, "setting-wrong")} == {"moove", "adjoining_area"}
    assert reading.has_errors


def test_a_councils_own_framework_gives_the_columns(tmp_path: Path) -> None:
    ours = json.loads(FRAMEWORK) | {"id": "ours", "tags": []}
    ours["domains"] = [
        {"key": "d", "label": "D", "bee": "safe", "weight_percent": 100, "needs": [{"key": "sleep", "label": "Sleep"}]}
    ]
    needs = "child_id,assessed_on,need_sleep\nC1,01/02/2018,3\n"
    reading = read(tmp_path, {"framework.json": json.dumps(ours)}, needs=needs)
    case = case_of(reading)
    assert serious(reading) == []
    profile = case.child["C1"].profile
    assert case.framework.id == "ours"
    assert profile is not None
    assert profile.levels == {"sleep": 3}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"id": "x"}', "[" * 100_000, FRAMEWORK.replace('"happy"', '"sad"', 1)]
)
def test_a_wrong_framework_is_an_error_and_the_default_is_used(tmp_path: Path, text: str) -> None:
    reading = read(tmp_path, {"framework.json": text})
    assert found(reading, "setting-wrong")
    assert case_of(reading).framework.id == "placewell-24"
    assert aside(reading) == set()


def test_of_two_case_files_the_upper_one_is_read(tmp_path: Path) -> None:
    reading = read(tmp_path, {"old/case.toml": 'name = "Old"'})
    assert case_of(reading).name == "Test"
    assert one(reading, "settings-twice").file == "old/case.toml"

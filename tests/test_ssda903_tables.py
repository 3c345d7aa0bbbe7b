"""Tables told apart by their headers: every table, every kind of mess, and the files others wrote."""

import csv
import os
import random
from pathlib import Path

import pytest

from models.ssda903 import (
    ColumnKind,
    all_tables,
    code_set_names,
    normal_header,
    recognise,
    recognition,
    table_spec,
)

SAMPLES = os.environ.get("PLACEWELL_SAMPLES")
NAMES = [table.name for table in all_tables()]


def headers(name: str) -> list[str]:
    return [column.name for column in table_spec(name).columns]


def test_the_return_has_twelve_tables() -> None:
    assert [
        *("Header", "Episodes", "Reviews", "UASC", "OC2", "OC3"),
        *("AD1", "PlacedAdoption", "PrevPerm", "Missing", "SWEpisodes", "DoLo"),
    ] == NAMES


def test_episode_columns_in_order() -> None:
    assert headers("Episodes") == [
        *("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER"),
        *("DEC", "REC", "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN"),
    ]


def test_columns_say_what_they_hold() -> None:
    episodes = table_spec("Episodes")
    assert episodes.column("CHILD").kind is ColumnKind.CHILD_ID
    assert episodes.column("DECOM").kind is ColumnKind.DATE
    assert episodes.column("PL_POST").kind is ColumnKind.POSTCODE
    assert episodes.column("PLACE").kind is ColumnKind.CODE
    assert episodes.column("PLACE").code_set == "PLACE"
    score = table_spec("OC2").column("SDQ_SCORE")
    assert (score.kind, score.low, score.high) == (ColumnKind.INTEGER, 0, 40)
    assert not episodes.column("DEC").required
    with pytest.raises(KeyError):
        episodes.column("DOB")


def test_every_code_column_names_a_code_set_that_exists() -> None:
    for table in all_tables():
        for column in table.columns:
            assert (column.kind is ColumnKind.CODE) == (column.code_set is not None)
            assert column.code_set is None or column.code_set in code_set_names()


def test_tables_and_columns_that_came_later() -> None:
    assert not table_spec("SWEpisodes").collected_in(2023)
    assert table_spec("SWEpisodes").collected_in(2024)
    assert not table_spec("DoLo").collected_in(2026)
    assert table_spec("DoLo").collected_in(2027)
    assert "URN" not in [column.name for column in table_spec("Episodes").columns_in(2015)]
    assert "URN" in [column.name for column in table_spec("Episodes").columns_in(2016)]


def test_an_unknown_table_is_named() -> None:
    with pytest.raises(ValueError, match=r"no SSDA903 table 'Episode'; there are Header, Episodes"):
        table_spec("Episode")


@pytest.mark.parametrize("name", NAMES)
def test_each_table_is_known_by_its_own_headers_in_any_order(name: str) -> None:
    columns = headers(name)
    random.Random(7).shuffle(columns)
    assert recognise(columns) == name


@pytest.mark.parametrize("name", NAMES)
def test_each_table_survives_case_spaces_marks_and_extra_columns(name: str) -> None:
    columns = [f'  "{text.lower().replace("_", " ")}" ' for text in headers(name)]
    columns[0] = "\ufeff" + columns[0]
    assert recognise(["LA", *columns, "", "YEAR"]) == name


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("\ufeffCHILD", "CHILD"),
        ("ï»¿child ", "CHILD"),
        ("Pl Post", "PL_POST"),
        ('"dec"', "DEC"),
        ("Sdq-Score", "SDQ_SCORE"),
    ],
)
def test_normal_header(written: str, meant: str) -> None:
    assert normal_header(written) == meant


def test_a_header_file_with_the_uasc_column_is_a_header() -> None:
    assert recognise([*headers("Header"), "DUC"]) == "Header"
    assert recognise(["CHILD", "SEX", "DOB", "DUC"]) == "UASC"


def test_episodes_joined_to_headers_are_episodes() -> None:
    assert recognise([*headers("Header"), *headers("Episodes")]) == "Episodes"


def test_a_column_that_is_missing_is_named_rather_than_the_table_lost() -> None:
    found = recognition(["child", "decom", "ls", "place", "Team", "dec"])
    assert found is not None
    assert found.table == "Episodes"
    assert found.position == {"CHILD": 0, "DECOM": 1, "LS": 2, "PLACE": 3, "DEC": 5}
    assert found.missing == (
        *("RNE", "CIN", "PLACE_PROVIDER", "REC", "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN"),
    )
    assert found.extra == ("Team",)


def test_a_column_not_yet_asked_for_is_not_missed() -> None:
    found = recognition([name for name in headers("Episodes") if name != "URN"], 2015)
    assert found is not None
    assert found.missing == ()


def test_a_table_outside_its_years_is_recognised_and_marked() -> None:
    early = recognition(headers("SWEpisodes"), 2018)
    assert early is not None
    assert (early.table, early.not_collected) == ("SWEpisodes", True)
    later = recognition(headers("SWEpisodes"), 2024)
    assert later is not None
    assert not later.not_collected


def test_a_repeated_header_keeps_its_first_position() -> None:
    found = recognition(["CHILD", "DOB", "REVIEW", "REVIEW_CODE", "DOB"])
    assert found is not None
    assert found.position["DOB"] == 1
    assert found.extra == ("DOB",)


@pytest.mark.parametrize(
    "columns",
    [[], [""], ["CHILD"], ["CHILD", "DOB"], ["CHILD", "SEX", "DOB"], ["DECOM", "LS", "PLACE"], ["Name", "Fee"]],
)
def test_other_files_are_no_table(columns: list[str]) -> None:
    assert recognise(columns) is None


SAMPLE_TABLES = {
    "header": "Header",
    "episodes": "Episodes",
    "reviews": "Reviews",
    "uasc": "UASC",
    "oc2": "OC2",
    "oc3": "OC3",
    "ad1": "AD1",
    "placed_for_adoption": "PlacedAdoption",
    "placed_for_adoption_errors": "PlacedAdoption",
    "previous_permanence": "PrevPerm",
    "missing": "Missing",
    "sw_episodes": "SWEpisodes",
    "DoLo": "DoLo",
}


@pytest.mark.samples
@pytest.mark.skipif(not SAMPLES, reason="PLACEWELL_SAMPLES names no folder")
def test_every_sample_file_is_recognised_by_its_headers() -> None:
    paths = sorted((Path(SAMPLES or "") / "ssda903").glob("*/*.csv"))
    assert len(paths) >= 40
    for path in paths:
        with path.open(encoding="cp1252", newline="") as lines:
            first = next(csv.reader(lines))
        found = recognition(first)
        assert found is not None, path
        assert found.table == SAMPLE_TABLES[path.stem.split("-")[-1]], path
        assert not found.missing, path
        assert not found.extra, path

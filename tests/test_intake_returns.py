"""Returns in their messy reality: what is kept, what is set aside, what is told."""

import datetime as dt
from pathlib import Path

import pytest

from models.finding import Severity
from models.ssda903 import Episode, PlacementKind
from models.vocabulary import Sex
from tests.make_files import (
    EPISODES,
    FILES,
    HEADER,
    OPEN,
    aside,
    case_of,
    found,
    one,
    read,
    read_episodes,
    serious,
)

EPISODES_2018, HEADER_2018 = "ssda903/2018/episodes.csv", "ssda903/2018/header.csv"


def episodes(reading_episodes: tuple[Episode, ...]) -> list[tuple[str, str | None]]:
    return [(f"{e.decom:%d/%m/%Y}", f"{e.dec:%d/%m/%Y}" if e.dec else None) for e in reading_episodes]


def test_a_child_is_joined_from_all_tables(tmp_path: Path) -> None:
    uasc = "CHILD,SEX,DOB,DUC\nC2,2,15/06/2010,\nC1,1,14/05/2006,31/03/2018\n"
    oc2 = "CHILD,DOB,SDQ_SCORE,SDQ_REASON\nC1,14/05/2006,17,\n"
    older = "CHILD,DOB,SDQ_SCORE,SDQ_REASON\nC1,14/05/2006,9,\nC2,15/06/2010,22,\n"
    case = case_of(
        read(
            tmp_path,
            {"ssda903/2018/u.csv": uasc, "ssda903/2018/oc2.csv": oc2, "ssda903/2017/oc2.csv": older},
        )
    )
    one_, two = case.child["C1"], case.child["C2"]
    assert (one_.sex, one_.born, one_.ethnicity) == (Sex.MALE, dt.date(2006, 5, 14), "WBRI")
    assert (one_.legal_status, one_.category_of_need) == ("C2", "N1")
    assert one_.entered_care == dt.date(2017, 2, 1)
    assert one_.home is not None
    assert one_.home.postcode == "SG13 8DQ"
    assert (one_.sdq, two.sdq) == (17, 22)
    assert (one_.uasc, two.uasc) == (False, True)
    placement = case.placement_of["C1"]
    assert (placement.kind, placement.home_id, placement.utla) == (
        PlacementKind.IN_HOUSE_FOSTERING,
        "H1",
        "E10000015",
    )


def test_an_episode_open_in_one_return_and_closed_in_the_next_is_one(tmp_path: Path) -> None:
    earlier = EPISODES + f"C1,{OPEN}\n"
    later = (
        EPISODES
        + "C1,01/02/2017,S,C2,N1,U6,PR1,05/06/2017,X1,CARPL,SG13 8DQ,AL1 3JE,SC000001\n"
        + "C1,05/06/2017,P,C2,N1,U6,PR4,,,,SG13 8DQ,AL1 3JE,SC000002\n"
    )
    header = HEADER + "C1,1,14/05/2006,WBRI,A1,,\n"
    reading = read(
        tmp_path,
        {"ssda903/2017/e.csv": earlier, "ssda903/2017/h.csv": header, EPISODES_2018: later, HEADER_2018: header},
        placements=None,
    )
    case = case_of(reading)
    assert episodes(case.episodes["C1"]) == [("01/02/2017", "05/06/2017"), ("05/06/2017", None)]
    assert case.placement_of["C1"].kind is PlacementKind.IFA_FOSTERING
    assert case.child["C1"].moves_last_year == 1
    assert serious(reading) == []


@pytest.mark.parametrize("year_column", [False, True])
def test_the_year_comes_from_folders_or_from_a_year_column(tmp_path: Path, year_column: bool) -> None:
    closed = "C1,01/02/2017,S,C2,N1,U6,PR1,05/06/2017,E4A,CARPL,SG13 8DQ,AL1 3JE,"
    if year_column:
        text = EPISODES.replace("URN", "URN,LA,YEAR") + f"{closed},,Herts,2018\n" + f"C1,{OPEN},Herts,2017\n"
        files: dict[str, str | bytes | None] = {EPISODES_2018: None, "stacked.csv": text}
    else:
        files = {EPISODES_2018: EPISODES + closed + "\n", "ssda903/2017/e.csv": EPISODES + f"C1,{OPEN}\n"}
    reading = read(tmp_path, files, placements=None)
    assert episodes(case_of(reading).episodes["C1"]) == [("01/02/2017", "05/06/2017")]


def test_an_open_episode_that_the_next_return_drops_counts_as_ended(tmp_path: Path) -> None:
    reading = read(tmp_path, {"ssda903/2017/e.csv": EPISODES + f"C9,{OPEN}\nC2,{OPEN}\n"})
    finding = one(reading, "episode-not-carried-on")
    assert (finding.file, finding.row, finding.subject) == ("ssda903/2017/e.csv", 2, "C9")
    case = case_of(reading)
    assert episodes(case.episodes["C9"]) == [("01/02/2017", "01/04/2017")]
    assert "C9" not in case.child
    assert episodes(case.episodes["C2"]) == [("01/02/2017", None)]


def test_identical_rows_and_rows_open_and_closed_count_once(tmp_path: Path) -> None:
    closed = "01/02/2017,S,C2,N1,U6,PR1,05/06/2017,E4A,CARPL,SG13 8DQ,AL1 3JE,SC000001"
    reading = read_episodes(tmp_path, f"C1,{OPEN}", f"C1,{OPEN}", f"C2,{OPEN}", f"C2,{closed}", f"C3,{closed}")
    case = case_of(reading)
    assert [finding.row for finding in found(reading, "episode-duplicated")] == [3, 5]
    assert episodes(case.episodes["C1"]) == [("01/02/2017", None)]
    assert episodes(case.episodes["C2"]) == [("01/02/2017", "05/06/2017")]


def test_overlapping_episodes_are_kept_and_the_later_one_counts(tmp_path: Path) -> None:
    later = "C1,01/09/2017,P,C2,N1,K2,PR4,,,,SG13 8DQ,WD17 3EX,SC000002"
    reading = read_episodes(tmp_path, f"C1,{OPEN}", later)
    finding = one(reading, "episodes-overlap")
    assert (finding.row, finding.column, finding.severity) == (3, "DECOM", Severity.WARNING)
    case = case_of(reading)
    assert len(case.episodes["C1"]) == 2
    assert case.placement_of["C1"].place_code == "K2"


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("C1,,S,C2,N1,U6,PR1,,,,SG13 8DQ,AL1 3JE,", "cell-blank", "DECOM"),
        ("C1,soon,S,C2,N1,U6,PR1,,,,SG13 8DQ,AL1 3JE,", "cell-unreadable", "DECOM"),
        ("C1,31/02/2017,S,C2,N1,U6,PR1,,,,SG13 8DQ,AL1 3JE,", "cell-unreadable", "DECOM"),
        ("C1,01/02/2017,S,C2,N1,U6,PR1,x,,,SG13 8DQ,AL1 3JE,", "cell-unreadable", "DEC"),
        ("C1,01/02/2017,S,C2,N1,U6,PR1,31/01/2017,X1,,SG13 8DQ,AL1 3JE,", "ends-before-start", "DEC"),
        ("C1,01/02/2017,S,C2,N1,Q9,PR1,,,,SG13 8DQ,AL1 3JE,", "code-unknown", "PLACE"),
        ("C1,01/02/2017,S,,N1,U6,PR1,,,,SG13 8DQ,AL1 3JE,", "cell-blank", "LS"),
    ],
)
def test_what_an_episode_cannot_do_without_sets_the_child_aside(
    tmp_path: Path, row: str, code: str, column: str
) -> None:
    reading = read_episodes(tmp_path, f"C2,{OPEN}", row)
    finding = one(reading, code)
    assert (finding.file, finding.row, finding.column) == (EPISODES_2018, 3, column)
    assert (finding.severity, finding.subject) == (Severity.ERROR, "C1")
    case = case_of(reading)
    assert ("child", "C1") in aside(reading)
    assert [record.id for record in case.set_aside] == ["C1"]
    assert "C1" not in case.child
    assert "C1" not in case.episodes
    assert "C2" in case.child


def test_an_error_that_a_later_return_puts_right_sets_nobody_aside(tmp_path: Path) -> None:
    wrong = EPISODES + "C1,01/02/2017,S,C2,N1,U6,PR1,31/01/2017,X1,,SG13 8DQ,AL1 3JE,\n"
    reading = read(tmp_path, {"ssda903/2017/e.csv": wrong})
    assert one(reading, "ends-before-start").severity is Severity.WARNING
    assert aside(reading) == set()
    assert "C1" in case_of(reading).child


def test_a_row_without_a_child_is_an_error_named_by_its_place(tmp_path: Path) -> None:
    reading = read_episodes(tmp_path, f"C1,{OPEN}", f",{OPEN}")
    assert aside(reading) == {("child", f"in row 3 of {EPISODES_2018}")}


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("C1,01/02/2017,S,C2,N1,U6,PR9,,,,SG13 8DQ,AL1 3JE,", "code-unknown", "PLACE_PROVIDER"),
        ("C1,01/02/2017,S,C2,N99,U6,PR1,,,,SG13 8DQ,AL1 3JE,", "code-unknown", "CIN"),
        ("C1,01/02/2017,S,C2,,U6,PR1,,,,SG13 8DQ,AL1 3JE,", "cell-blank", "CIN"),
        ("C1,01/02/2017,S,C2,N1,K3,PR1,,,,SG13 8DQ,AL1 3JE,", "code-of-another-year", "PLACE"),
        ("C1,01/02/2017,S,C2,N1,U6,PR1,,,,SG13 8D?,AL1 3JE,", "cell-unreadable", "HOME_POST"),
        ("C1,01/02/2017,S,C2,N1,U6,PR1,,,,,AL1 3JE,", "postcode-missing", "HOME_POST"),
        ("C1,01/02/2017,S,C2,N1,U6,PR1,,,,ZZ9 9ZZ,AL1 3JE,", "postcode-unknown", "HOME_POST"),
        ("C1,01/02/2017,S,C2,N1,U6,PR1,,,,SG13 8DQ,AL1 3CC,", "postcode-approximate", "PL_POST"),
        ("C1,01/02/2017,,C2,N1,U6,PR1,,,,SG13 8DQ,AL1 3JE,", "reason-assumed", "RNE"),
        ("C1,01/02/2017,S,C2,N1,U6,PR1,01/07/2018,E4A,,SG13 8DQ,AL1 3JE,", "date-after-return", "DEC"),
        ("C1,01/02/2005,S,C2,N1,U6,PR1,,,,SG13 8DQ,AL1 3JE,", "episode-before-birth", "DECOM"),
    ],
)
def test_what_an_episode_can_do_without_is_a_warning(tmp_path: Path, row: str, code: str, column: str) -> None:
    reading = read_episodes(tmp_path, row, f"C2,{OPEN}")
    finding = one(reading, code)
    assert (finding.file, finding.row, finding.column) == (EPISODES_2018, 2, column)
    assert (finding.severity, finding.subject) == (Severity.WARNING, "C1")
    assert aside(reading) == set()
    assert "C1" in case_of(reading).child


def test_a_missing_placement_postcode_matters_only_without_a_listed_home(tmp_path: Path) -> None:
    row = "C1,01/02/2017,S,C2,N1,U6,PR1,,,,SG13 8DQ,,"
    assert found(read_episodes(tmp_path / "a", row), "postcode-missing") == []
    reading = read(tmp_path / "b", {EPISODES_2018: EPISODES + row + "\n"}, placements=None)
    assert one(reading, "postcode-missing").column == "PL_POST"


def test_unaccompanied_children_need_no_home_postcode(tmp_path: Path) -> None:
    uasc = "CHILD,SEX,DOB,DUC\nC1,1,14/05/2006,\n"
    row = "C1,01/02/2017,S,C2,N8,U6,PR1,,,,,AL1 3JE,"
    reading = read(tmp_path, {EPISODES_2018: EPISODES + row + "\n", "uasc.csv": uasc}, placements=None)
    assert found(reading, "postcode-missing") == []


def test_a_code_listed_when_the_episode_began_is_right_for_as_long_as_it_is_open(tmp_path: Path) -> None:
    row = "C1,01/02/2023,S,C2,N1,{place},PR4,,,,SG13 8DQ,AL1 3JE,\n"
    late = "C2,01/02/2026,S,C2,N1,H5,PR4,,,,SG13 8DQ,AL1 3JE,\n"
    header = HEADER + "C1,M,14/05/2008,WBRI,A1,,\nC2,F,15/06/2009,BAFR,A2,,\n"
    text = EPISODES + row.format(place="H5") + late
    files: dict[str, str | bytes | None] = {
        "case.toml": 'authority = "E10000015"',
        EPISODES_2018: None,
        HEADER_2018: None,
        "2026/e.csv": text,
        "2026/h.csv": header,
    }
    reading = read(tmp_path, files, placements=None)
    finding = one(reading, "code-of-another-year")
    assert (finding.row, finding.value) == (3, "H5")
    assert "2013/14 to 2023/24" in finding.message
    assert {p.kind for p in case_of(reading).placements} == {PlacementKind.SUPPORTED}


def test_short_breaks_are_counted_in_a_note_and_not_as_care(tmp_path: Path) -> None:
    v4 = "C2,01/02/2017,S,V4,N2,U6,PR1,,,,SG13 8DQ,AL1 3JE,"
    reading = read(tmp_path, {EPISODES_2018: EPISODES + f"C1,{OPEN}\n{v4}\n"}, placements=None)
    assert one(reading, "short-breaks-only").message.startswith("1 children")
    assert [child.id for child in case_of(reading).children] == ["C1"]
    assert "C2" in case_of(reading).episodes


def test_a_child_of_the_episodes_whom_no_table_knows_is_set_aside(tmp_path: Path) -> None:
    reading = read_episodes(tmp_path, f"C1,{OPEN}", f"C9,{OPEN}")
    assert one(reading, "child-not-in-header").row == 3
    assert aside(reading) == {("child", "C9")}


def test_a_child_whom_another_table_knows_is_kept(tmp_path: Path) -> None:
    reviews = "CHILD,DOB,REVIEW,REVIEW_CODE\nC9,01/01/2007,01/09/2017,PN1\n"
    reading = read(tmp_path, {EPISODES_2018: EPISODES + f"C9,{OPEN}\n", "r.csv": reviews}, placements=None)
    assert one(reading, "child-not-in-header").severity is Severity.WARNING
    child = case_of(reading).child["C9"]
    assert (child.born, child.sex) == (dt.date(2007, 1, 1), Sex.UNKNOWN)


def test_header_rows_without_episodes_are_told_of(tmp_path: Path) -> None:
    header = str(FILES[HEADER_2018]) + "C8,1,14/05/2006,WBRI,A1,,\nC9,1,14/05/1999,WBRI,A1,,\n"
    leavers = "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nC9,14/05/1999,YES,F1,U1\n"
    reading = read(tmp_path, {HEADER_2018: header, "oc3.csv": leavers})
    told = {finding.row: finding.severity for finding in found(reading, "header-without-episodes")}
    assert told == {5: Severity.WARNING, 6: Severity.NOTE}


def test_a_header_that_contradicts_itself_sets_the_child_aside(tmp_path: Path) -> None:
    header = str(FILES[HEADER_2018]) + "C1,1,15/05/2006,WBRI,A1,,\nC2,2,15/06/2010,BAFR,A2,,\n"
    reading = read(tmp_path, {HEADER_2018: header})
    finding = one(reading, "facts-conflict")
    assert (finding.column, finding.severity) == ("DOB", Severity.ERROR)
    assert aside(reading) == {("child", "C1")}
    assert one(reading, "row-duplicated").subject == "C2"


def test_of_headers_that_differ_between_years_the_latest_counts(tmp_path: Path) -> None:
    older = HEADER + "C1,2,15/05/2006,WBRI,A1,,\n"
    reading = read(tmp_path, {"ssda903/2017/h.csv": older})
    assert {finding.column for finding in found(reading, "facts-conflict")} == {"DOB", "SEX"}
    child = case_of(reading).child["C1"]
    assert (child.born, child.sex) == (dt.date(2006, 5, 14), Sex.MALE)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("C1,1,,WBRI,A1,,", "cell-blank"),
        ("C1,1,never,WBRI,A1,,", "cell-unreadable"),
        ("C1,1,14/05/2018,WBRI,A1,,", "age-impossible"),
        ("C1,1,14/05/1980,WBRI,A1,,", "age-impossible"),
    ],
)
def test_a_child_without_a_possible_date_of_birth_is_set_aside(tmp_path: Path, row: str, code: str) -> None:
    reading = read(tmp_path, {HEADER_2018: HEADER + row + "\nC2,2,15/06/2010,BAFR,A2,,\n"})
    finding = one(reading, code)
    assert (finding.file, finding.row, finding.column) == (HEADER_2018, 2, "DOB")
    assert aside(reading) == {("child", "C1")}


def test_the_sex_and_ethnicity_of_a_header_may_be_missing(tmp_path: Path) -> None:
    header = HEADER + "C1,,14/05/2006,XXXX,A1,,\nC2,2,15/06/1999,BAFR,A2,,\n"
    reading = read(tmp_path, {HEADER_2018: header})
    child = case_of(reading).child["C1"]
    assert (child.sex, child.ethnicity) == (Sex.UNKNOWN, None)
    assert [(f.code, f.column) for f in serious(reading) if f.subject == "C1"] == [
        ("cell-blank", "SEX"),
        ("code-unknown", "ETHNIC"),
    ]
    assert one(reading, "age-over-17").subject == "C2"


def test_the_same_return_in_another_dress_is_read_the_same(tmp_path: Path) -> None:
    plain = case_of(read(tmp_path / "plain"))
    header, rows = (str(FILES[name]) for name in (HEADER_2018, EPISODES_2018))
    dressed = case_of(
        read(
            tmp_path / "dressed",
            {
                HEADER_2018: ("\ufeff" + header.replace("CHILD,SEX", " child ,Sex").replace(",", ";")).encode("utf-16"),
                EPISODES_2018: rows.replace("C1,", " C1 ,").replace("SG13 8DQ", "sg138dq").replace("\n", ",,\r\n\r\n")
                + ",,,\n\n",
            },
        )
    )
    assert dressed.children == plain.children
    assert [(e.decom, e.dec, e.place) for e in dressed.episodes["C1"]] == [
        (e.decom, e.dec, e.place) for e in plain.episodes["C1"]
    ]


def test_a_day_before_the_last_return_looks_back(tmp_path: Path) -> None:
    text = str(FILES["case.toml"]).replace("2018-03-31", "2017-04-15")
    later = "C2,01/09/2017,S,C2,N1,U6,PR1,,,,SG13 8DQ,AL1 3JE,SC000001\n"
    reading = read(tmp_path, {"case.toml": text, EPISODES_2018: EPISODES + f"C1,{OPEN}\n" + later}, placements=None)
    assert [child.id for child in case_of(reading).children] == ["C1"]
    assert one(reading, "date-after-as-at").severity is Severity.NOTE


def test_ragged_rows_are_read_and_told_of(tmp_path: Path) -> None:
    reading = read_episodes(tmp_path, "C1,01/02/2017,S,C2,N1,U6,PR1", f"C2,{OPEN},surplus")
    assert one(reading, "cells-beyond-headings").row == 3
    assert {child.id for child in case_of(reading).children} == {"C1", "C2"}


def test_text_that_looks_like_a_formula_or_a_page_stays_text(tmp_path: Path) -> None:
    row = 'C1,01/02/2017,S,C2,N1,U6,PR1,,,,SG13 8DQ,AL1 3JE,"=HYPERLINK(""http://x"")"'
    case = case_of(read_episodes(tmp_path, row))
    assert case.episodes["C1"][0].urn == '=HYPERLINK("http://x")'


def test_every_table_says_the_year_it_was_judged_by(tmp_path: Path) -> None:
    moved: dict[str, str | bytes | None] = {
        EPISODES_2018: None,
        HEADER_2018: None,
        "episodes.csv": FILES[EPISODES_2018],
    }
    moved |= {"header.csv": FILES[HEADER_2018], "ssda903/2018/u.csv": "CHILD,SEX,DOB,DUC\n"}
    reading = read(tmp_path, moved)
    assert {t.file: t.year for t in reading.tables if t.table in ("Episodes", "Header", "UASC")} == {
        "episodes.csv": 2018,
        "header.csv": 2018,
        "ssda903/2018/u.csv": 2018,
    }
    assert {t.year for t in reading.tables if t.table in ("homes", "placements")} == {None}

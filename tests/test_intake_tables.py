import pytest

from matcher.intake.archive import SourceFile
from matcher.intake.findings import Log
from matcher.intake.sheets import sheets
from matcher.intake.tables import Tables, latest_common_year, read_tables, year_named
from models.needs import default_framework
from tests.make_files import EPISODES, HEADER, OPEN

SHEETS = sheets(default_framework())


def tables_of(name: str, text: str, log: Log | None = None) -> Tables:
    return read_tables([SourceFile(name, text.encode())], SHEETS, log or Log())


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2018", 2018),
        ("ssda903 2017-18", 2018),
        ("201718", 2018),
        ("2017_2018", 2018),
        ("SSDA903_2020_episodes", 2020),
        ("return 20180331", 2018),
        ("return 20180401", 2019),
        ("1999-2000", 2000),
        ("2018-03", 2018),
        ("header", None),
        ("120180", None),
    ],
)
def test_the_year_a_name_speaks_of(text: str, year: int | None) -> None:
    assert year_named(text) == year


def test_one_wrong_date_does_not_move_the_year_of_a_return() -> None:
    assert latest_common_year([2018] * 500 + [2088]) == 2018
    assert latest_common_year([2018, 2019]) == 2019
    assert latest_common_year([]) is None


@pytest.mark.parametrize("name", list(SHEETS))
def test_every_sheet_is_known_by_its_own_headings_in_any_order_and_case(name: str) -> None:
    headings = [column.name.upper().replace("_", " ") for column in SHEETS[name].columns]
    tables = tables_of("whatever.csv", ",".join(reversed(headings)) + "\n")
    assert [table.sheet.name for table in tables.sheets] == [name]
    assert set(tables.sheets[0].position) == {column.name for column in SHEETS[name].columns}


@pytest.mark.parametrize("name", list(SHEETS))
def test_every_sheet_is_known_by_its_key_columns_alone(name: str) -> None:
    tables = tables_of("whatever.csv", ",".join(SHEETS[name].key) + "\n")
    assert [table.sheet.name for table in tables.sheets] == [name]


def test_tables_of_a_return_are_known_whatever_their_name() -> None:
    tables = tables_of("homes.csv", "\ufeff" + HEADER.lower())
    assert [table.table for table in tables.returns] == ["Header"]
    assert tables.sheets == []


def test_headings_may_stand_below_a_title_and_rows_keep_their_numbers() -> None:
    text = "Return of the council\n\n" + EPISODES + "\n\nC1," + OPEN + "\n,,,\n\n"
    table = tables_of("x.csv", text).returns[0]
    assert [number for number, _ in table.raw.rows] == [6]
    assert table.raw.heading_row == 3


def test_the_folder_nearest_to_the_file_names_the_year() -> None:
    assert tables_of("2019/ssda903/2018/x.csv", EPISODES).returns[0].folder_year == 2018
    assert tables_of("backup/x.csv", EPISODES).returns[0].folder_year is None


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("x.csv", "", "file-empty"),
        ("x.csv", "\n\n , \n", "file-empty"),
        ("x.csv", "x", "file-not-recognised"),
        ("x.csv", "a,b\n1,2\n", "file-not-recognised"),
        ("x.xml", "<x/>", "file-not-recognised"),
        ("x.xlsx", "no workbook", "file-refused"),
        ("x.csv", EPISODES, "file-empty"),
        ("x.csv", EPISODES.replace("URN", "urn,LA,YEAR,Notes") + "C1\n", "columns-extra"),
        ("x.csv", EPISODES.replace("URN", "URN,DEC") + "C1\n", "columns-twice"),
        ("x.csv", EPISODES.replace(",REC", "") + "C1\n", "columns-missing"),
        ("x.csv", 'CHILD,DECOM,LS,PLACE\nC1,"' + "x" * 10_000_001, "file-refused"),
        ("x.csv", EPISODES + "C\0" + "1\n", "characters-damaged"),
    ],
)
def test_what_is_odd_about_a_file_is_told_once(name: str, text: str, code: str) -> None:
    log = Log()
    tables_of(name, text, log)
    found = [finding for finding in log.findings if finding.code != "columns-missing" or code == "columns-missing"]
    assert [finding.code for finding in found] == [code]
    assert found[0].file == name


def test_extra_columns_are_named_without_those_of_stacked_returns() -> None:
    log = Log()
    tables_of("x.csv", EPISODES.replace("URN", "URN,LA,YEAR,Notes") + "C1\n", log)
    assert log.findings[0].message == "columns that Episodes does not have: Notes"


def test_the_guide_sheet_is_passed_over() -> None:
    log = Log()
    guide = "Sheet,Column,Meaning,What to write,Must be filled,Example\nhomes,home_id,,,,\n"
    assert tables_of("guide.csv", guide, log) == Tables()
    assert log.findings == []


def test_a_quotation_mark_left_open_swallows_no_rows_in_silence() -> None:
    log = Log()
    rows = f'C1,"{OPEN}\nC2,{OPEN}\nC3,{OPEN}\n'
    tables_of("x.csv", EPISODES + rows, log)
    swallowed = [finding for finding in log.findings if finding.code == "rows-swallowed"]
    assert [(finding.row, finding.message) for finding in swallowed] == [
        (2, "a cell holds 2 whole rows: its quotation mark is closed too late")
    ]


def test_a_note_of_several_lines_is_no_swallowed_row() -> None:
    log = Log()
    tables_of("x.csv", 'child_id,solo,alongside,religion\nC1,,,"Sikh, yes\nas he says, today"\n', log)
    assert log.findings == []

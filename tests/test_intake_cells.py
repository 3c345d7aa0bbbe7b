import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.intake import cells
from matcher.intake.cells import CellError


@pytest.mark.parametrize(
    "text",
    [
        "31/03/2018",
        "31-03-2018",
        "31.3.2018",
        "2018-03-31",
        "2018/03/31",
        "2018-03-31 00:00:00",
        "2018-03-31T00:00:00",
        "31/03/2018 00:00",
        "31 Mar 2018",
        "31-March-2018",
        "43190",
    ],
)
def test_dates_are_read_however_they_are_written(text: str) -> None:
    assert cells.read_date(text) == dt.date(2018, 3, 31)


@pytest.mark.parametrize(
    "text",
    ["31/02/2018", "00/01/2018", "31/03/18", "soon", "12", "1/1/0001", "31/03/2218", "-1", "²²²²²", "٣١/٠٣/٢٠١٨"],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        cells.read_date(text)


def test_a_date_with_the_month_first_is_called_that() -> None:
    with pytest.raises(CellError, match="month first"):
        cells.read_date("03/31/2018")


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_back(day: dt.date) -> None:
    assert cells.read_date(f"{day:%d/%m/%Y}") == day
    assert cells.read_date(day.isoformat()) == day
    assert cells.read_date(cells.as_text(dt.datetime(day.year, day.month, day.day, 12, 30))) == day


@given(st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)))
def test_excel_day_numbers_are_days_since_1900(day: dt.date) -> None:
    assert cells.read_date(str((day - dt.date(1899, 12, 30)).days)) == day


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" x ", "x"),
        (None, ""),
        (3.0, "3"),
        (915.5, "915.5"),
        (0.1 + 0.2, "0.3"),
        (True, "Y"),
        (dt.date(2018, 3, 31), "2018-03-31"),
        (12, "12"),
    ],
)
def test_cells_of_workbooks_become_what_a_person_would_type(cell: object, text: str) -> None:
    assert cells.as_text(cell) == text


@pytest.mark.parametrize(("text", "pence"), [("915", 91500), ("£1,265.50", 126550), ("0", 0), ("0.01", 1)])
def test_money_is_read_in_pence(text: str, pence: int) -> None:
    assert cells.read_money(text) == pence


@pytest.mark.parametrize("text", ["-5", "1.005", "a lot", "1000000.01", "nan", "inf", "1e400"])
def test_money_that_cannot_be_a_fee_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        cells.read_money(text)


@pytest.mark.parametrize(("text", "value"), [("Y", True), ("yes", True), ("1", True), ("N", False), ("FALSE", False)])
def test_yes_and_no(text: str, value: bool) -> None:
    assert cells.read_yes_no(text) is value


def test_words_are_told_apart_without_case_and_spaces() -> None:
    words = ("in_house", "other_authority")
    assert cells.read_word("In House", words) == "in_house"
    assert cells.read_words("OTHER-AUTHORITY; in house;in_house", words) == ("other_authority", "in_house")
    with pytest.raises(CellError) as refused:
        cells.read_word("ours", words)
    assert refused.value.expected == "one of in_house, other_authority"


@pytest.mark.parametrize(("text", "number"), [("3", 3), ("3.0", 3), ("+3", 3), ("0", 0)])
def test_whole_numbers(text: str, number: int) -> None:
    assert cells.read_integer(text, 0, 40) == number


@pytest.mark.parametrize("text", ["41", "-1", "3.5", "three", "", "\u0663", "1" * 30])
def test_what_is_no_whole_number_in_range_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        cells.read_integer(text, 0, 40)


def test_identifiers_lose_what_spreadsheets_add_to_numbers() -> None:
    assert cells.read_id("398768.0") == "398768"
    assert cells.read_id("0123") == "0123"
    with pytest.raises(CellError, match="61 characters"):
        cells.read_id("x" * 61)
    with pytest.raises(CellError):
        cells.read_id("=1+1")


@pytest.mark.parametrize("text", ["sg138dq", "SG13 8DQ", " SG13  8dq "])
def test_postcodes_are_written_one_way(text: str) -> None:
    assert cells.read_postcode(text) == "SG13 8DQ"


@given(st.text(max_size=40))
def test_no_text_makes_a_reader_fail_otherwise_than_by_saying_so(text: str) -> None:
    readers = (
        cells.read_date,
        cells.read_yes_no,
        cells.read_integer,
        cells.read_money,
        cells.read_id,
        cells.read_postcode,
        lambda word: cells.read_word(word, ("a", "b")),
    )
    for reader in readers:
        try:
            reader(text)
        except CellError as error:
            assert str(error)
            assert error.expected

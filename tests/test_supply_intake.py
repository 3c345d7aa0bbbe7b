"""Applications and homes that opened and closed, from good, messy and hostile sheets."""

from datetime import date
from pathlib import Path

import pytest

from models.home import Terms
from models.supply import Outcome, WhyClosed
from models.vocabulary import HomeKind, Sector, Training
from tests.make_files import aside, case_of, found, one, read, serious

APPROVALS = (
    "approval_id,kind,sector,applied_on,assessed_from,panel_on,outcome,outcome_on,expected_on,postcode,places,"
    "age_from,age_to,training,weekly_fee\n"
)
HISTORY = "home_id,kind,sector,opened,closed,why_closed,places\n"
GOOD = "A1,foster,in_house,08/01/2018,05/03/2018,,,,01/07/2018,AL1 3JE,2,0,12,enhanced,420.50\n"


def test_an_application_is_read_whole(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        approvals=APPROVALS + GOOD + "A2,residential,private,01/02/2017,,,refused,01/09/2017,,,,,,,\n",
    )
    assert not serious(reading)
    first, second = case_of(reading).approvals
    assert (first.id, first.kind, first.sector) == ("A1", HomeKind.FOSTER, Sector.IN_HOUSE)
    assert (first.applied_on, first.assessed_from, first.panel_on) == (date(2018, 1, 8), date(2018, 3, 5), None)
    assert (first.outcome, first.expected_on, first.fee_pence) == (None, date(2018, 7, 1), 42_050)
    assert first.location is not None and first.location.district == "E07000240"
    assert first.terms == Terms(places=2, age_to=12) and first.training is Training.ENHANCED
    assert (second.outcome, second.outcome_on, second.location) == (Outcome.REFUSED, date(2017, 9, 1), None)
    assert second.terms.places == 3, "as the one private residential home of the case"


@pytest.mark.parametrize(
    ("row", "code", "column", "value"),
    [
        (
            "A2,foster,in_house,08/01/2018,01/01/2018,,,,,AL1 3JE,1,,,,",
            "stages-reversed",
            "assessed_from",
            "2018-01-01",
        ),
        ("A2,foster,in_house,08/05/2018,,,,,,AL1 3JE,1,,,,", "date-ahead", "applied_on", "2018-05-08"),
        ("A2,foster,in_house,08/01/2018,,,approved,,,AL1 3JE,1,,,,", "outcome-half", "outcome_on", None),
        ("A2,foster,in_house,08/01/2018,,,,08/03/2018,,AL1 3JE,1,,,,", "outcome-half", "outcome", None),
        ("A2,foster,in_house,08/01/2018,,,,,,,1,,,,", "postcode-unknown", "postcode", None),
        ("A2,foster,in_house,08/01/2018,,,,,,AL1 3JE,1,12,4,,", "ages-reversed", "age_from", "12"),
        ("A2,castle,in_house,08/01/2018,,,,,,AL1 3JE,1,,,,", "cell-unreadable", "kind", "castle"),
        ("A2,foster,in_house,soon,,,,,,AL1 3JE,1,,,,", "cell-unreadable", "applied_on", "soon"),
        ("A2,foster,in_house,08/01/2018,,,perhaps,08/03/2018,,AL1 3JE,1,,,,", "cell-unreadable", "outcome", "perhaps"),
        ("A2,foster,in_house,08/01/2018,,,,,,AL1 3JE,201,,,,", "cell-unreadable", "places", "201"),
    ],
)
def test_an_application_that_cannot_be_used_is_set_aside(
    tmp_path: Path, row: str, code: str, column: str, value: str | None
) -> None:
    reading = read(tmp_path, approvals=f"{APPROVALS}{GOOD}{row}\n")
    finding = one(reading, code)
    assert (finding.file, finding.row, finding.column, finding.value) == ("approvals.csv", 3, column, value)
    assert (finding.action, finding.subject) == ("approval A2 is set aside", "A2")
    assert aside(reading) == {("approval", "A2")}
    assert [approval.id for approval in case_of(reading).approvals] == ["A1"]


def test_a_connected_person_applies_for_somebody(tmp_path: Path) -> None:
    reading = read(tmp_path, approvals=APPROVALS + "A2,connected_person,in_house,08/01/2018,,,,,,AL1 3JE,1,,,,\n")
    finding = one(reading, "approval-odd")
    assert (finding.row, finding.column, finding.subject) == (2, "connected_children", "A2")
    assert [approval.id for approval in case_of(reading).approvals] == ["A2"]


def test_a_panel_may_be_booked(tmp_path: Path) -> None:
    reading = read(
        tmp_path, approvals=APPROVALS + "A2,foster,in_house,08/01/2018,01/02/2018,20/04/2018,,,,AL1 3JE,1,,,,\n"
    )
    assert not serious(reading)
    assert case_of(reading).approvals[0].panel_on == date(2018, 4, 20)


def test_homes_that_came_and_went_are_read(tmp_path: Path) -> None:
    rows = "H1,foster,in_house,01/02/2016,,,2\nH9,foster,in_house,,01/05/2017,by_carer,1\n"
    reading = read(tmp_path, home_history=HISTORY + rows)
    assert not serious(reading)
    stays, went = case_of(reading).home_history
    assert (stays.home_id, stays.opened, stays.closed, stays.places) == ("H1", date(2016, 2, 1), None, 2)
    assert (went.opened, went.closed, went.why_closed) == (None, date(2017, 5, 1), WhyClosed.BY_CARER)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("H9,foster,in_house,01/05/2017,01/04/2017,,", "ends-before-start", "closed"),
        ("H9,foster,in_house,01/05/2018,,,", "date-ahead", "opened"),
        ("H9,foster,in_house,,01/05/2018,,", "date-ahead", "closed"),
        ("H9,foster,in_house,01/05/2017,,,", "home-unknown", "closed"),
        ("H1,foster,in_house,01/06/2017,,,", "home-twice", "closed"),
    ],
)
def test_a_time_that_cannot_be_is_left_out_and_told(tmp_path: Path, row: str, code: str, column: str) -> None:
    reading = read(tmp_path, home_history=f"{HISTORY}H1,foster,in_house,01/02/2016,,,2\n{row}\n")
    finding = one(reading, code)
    assert (finding.file, finding.row, finding.column) == ("home_history.csv", 3, column)
    assert finding.action == "the row is left out"
    assert [spell.home_id for spell in case_of(reading).home_history] == ["H1"]


def test_a_closing_day_nobody_can_read_is_no_open_home(tmp_path: Path) -> None:
    reading = read(tmp_path, home_history=f"{HISTORY}H1,foster,in_house,,spring,,2\n")
    assert found(reading, "cell-unreadable")[0].column == "closed"
    assert aside(reading) == {("closed home", "H1")} and not case_of(reading).home_history

"""A referral that says a placement is ending, where no sheet says when."""

import datetime as dt
from pathlib import Path

from matcher.services.match import find_referral, match
from models.case import Case
from tests.make_files import PLACEMENTS, REFERRALS, case_of, found, one, read

HEADINGS = "child_id,home_id,started,ends_on\n"


def _referral(reason: str, needed: str = "20/04/2018") -> str:
    return f"{REFERRALS}\nR1,C1,25/03/2018,{needed},within_4_weeks,{reason}\n"


def _ends(case: Case) -> dt.date | None:
    return case.placement_of["C1"].ends_on


def test_the_day_needed_is_taken_as_its_end_and_told(tmp_path: Path) -> None:
    reading = read(tmp_path, referrals=_referral("placement_ending"))
    finding = one(reading, "ending-without-a-day")
    assert (finding.file, finding.row, finding.column, finding.subject) == ("referrals.csv", 2, "reason", "C1")
    assert "20/04/2018" in finding.action
    assert _ends(case_of(reading)) == dt.date(2018, 4, 20)


def test_an_overdue_one_ends_on_the_day_of_the_case(tmp_path: Path) -> None:
    reading = read(tmp_path, referrals=_referral("placement_ending", "01/03/2018"))
    assert _ends(case_of(reading)) == dt.date(2018, 3, 31)


def test_the_sheets_own_day_is_kept(tmp_path: Path) -> None:
    placements = f"{HEADINGS}C1,H1,01/02/2017,10/04/2018\nC2,H1,01/02/2017,\n"
    reading = read(tmp_path, referrals=_referral("placement_ending"), placements=placements)
    assert not found(reading, "ending-without-a-day")
    assert _ends(case_of(reading)) == dt.date(2018, 4, 10)


def test_any_other_reason_ends_nothing(tmp_path: Path) -> None:
    reading = read(tmp_path, referrals=_referral("step_down"))
    assert not found(reading, "ending-without-a-day")
    assert _ends(case_of(reading)) is None


def test_the_home_a_child_must_leave_is_not_offered_to_them(tmp_path: Path) -> None:
    placements = f"{PLACEMENTS}C1,H1,01/02/2017\n"
    ending = case_of(read(tmp_path / "a", referrals=_referral("placement_ending"), placements=placements))
    staying = case_of(read(tmp_path / "b", referrals=_referral("step_down"), placements=placements))
    offered = [[home.home_id for home in match(c, find_referral(c, child_id="C1")).ranked] for c in (ending, staying)]
    assert "H1" not in offered[0]
    assert "H1" in offered[1]

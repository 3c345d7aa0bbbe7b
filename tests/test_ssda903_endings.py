"""Unplanned endings, with an answer worked out by hand for each clause of their definition."""

from datetime import date

import pytest

from models.ssda903 import Episode, PlacementKind, ever_listed
from models.ssda903.endings import Ending, EndingRate, endings, unplanned_ending_rate, unplanned_endings
from tests.make_episodes import Spell, life, lives

ON = date(2018, 3, 31)
CAME, MOVED = date(2016, 5, 1), date(2017, 9, 1)
UNPLANNED = ("CREQB", "CREQO", "CHILD", "STAND", "ALLEG", "APPRR")
PLANNED = ("CARPL", "PLACE", "CLOSE", "CUSTOD", "LAREQ")


def move(child: str, reason: str | None, on: date = MOVED, rne: str = "P", place: str = "U6") -> tuple[Episode, ...]:
    return life(child, Spell(CAME, "S", reason=reason), Spell(on, rne, place))


def test_every_reason_listed_is_unplanned_planned_or_not_known() -> None:
    measure = unplanned_endings(lives(*(move(reason, reason) for reason in ever_listed("REASON_PLACE_CHANGE"))), ON)
    stays = {name.split("/")[0] for name in measure.counted}
    assert stays == set(UNPLANNED)
    assert {name.split("/")[0] for name in measure.not_known} == {"OTHER"}
    assert {name.split("/")[0] for name in measure.out_of} == {*UNPLANNED, *PLANNED, "OTHER"}


def test_an_ending_says_whose_and_what_kind_of_placement_ended_when_and_why() -> None:
    rows = life("a", Spell(CAME, "S", "K2", reason="CHILD"), Spell(MOVED, "P", "U6"))
    assert endings(lives(rows), MOVED, MOVED) == (
        Ending(id="a/2016-05-01", child="a", kind=PlacementKind.IN_HOUSE_RESIDENTIAL, on=MOVED, reason="CHILD"),
    )


def test_the_authority_asking_counts_only_if_asked_for() -> None:
    children = lives(move("a", "LAREQ"))
    assert unplanned_endings(children, ON).counted == ()
    assert unplanned_endings(children, ON, count_authority_request=True).counted == ("a/2016-05-01",)
    assert unplanned_ending_rate(children, ON, count_authority_request=True).counted == ("a/2016-05-01",)


def test_a_move_without_a_reason_is_an_ending_not_known() -> None:
    measure = unplanned_endings(lives(move("blank", None)), ON)
    assert (measure.counted, measure.not_known, measure.out_of) == ((), ("blank/2016-05-01",), ("blank/2016-05-01",))


def test_the_first_day_elsewhere_says_which_year() -> None:
    days = (ON.replace(year=2017), date(2017, 4, 1), ON, date(2018, 4, 1))
    children = lives(*(move(f"{day:%d/%m/%Y}", "CREQB", day) for day in days))
    assert unplanned_endings(children, ON).out_of == ("01/04/2017/2016-05-01", "31/03/2018/2016-05-01")


@pytest.mark.parametrize(
    ("rne", "place"),
    [("L", "U6"), ("T", "U6"), ("U", "U4"), ("P", "A5"), ("P", "A3"), *(("P", f"T{n}") for n in range(5))],
)
def test_the_same_carer_and_temporary_stays_end_no_placement(rne: str, place: str) -> None:
    assert unplanned_endings(lives(move("same", "CREQB", rne=rne, place=place)), ON).out_of == ()


def test_placed_for_adoption_with_others_ends_the_placement_before() -> None:
    measure = unplanned_endings(lives(move("placed", "CARPL", place="A6")), ON)
    assert (measure.counted, measure.out_of) == ((), ("placed/2016-05-01",))


def test_leaving_care_is_no_move_even_with_a_reason_and_a_return() -> None:
    left = life("left", Spell(CAME, "S", reason="CREQB"), end=MOVED, rec="E4B")
    back = life("left", Spell(date(2018, 1, 1), "S"))
    assert unplanned_endings(lives(left, back), ON).out_of == ()


def test_a_home_left_on_the_day_of_coming_ends_nothing() -> None:
    rows = life("day", Spell(CAME, "S", reason="CARPL"), Spell(MOVED, "P", reason="CREQB"), Spell(MOVED, "P", "K2"))
    measure = unplanned_endings(lives(rows), ON)
    assert (measure.counted, measure.out_of) == ((), ("day/2016-05-01",))


def test_short_breaks_have_no_endings() -> None:
    rows = life("breaks", Spell(CAME, "S", ls="V4", reason="CREQB"), Spell(MOVED, "P", ls="V4"))
    assert unplanned_endings(lives(rows), ON).out_of == ()
    assert unplanned_ending_rate(lives(rows), ON).per_100_years is None


def test_after_a_temporary_stay_the_placement_ended_for_the_reason_given_last() -> None:
    given_late = life(
        "late",
        Spell(CAME, "S", reason="CARPL", urn="SC1"),
        Spell(date(2017, 8, 20), "P", "T4", reason="CREQB"),
        Spell(MOVED, "P", urn="SC2"),
    )
    given_before = life(
        "before",
        Spell(CAME, "S", reason="CREQB", urn="SC1"),
        Spell(date(2017, 8, 20), "P", "T4"),
        Spell(MOVED, "P", urn="SC2"),
    )
    assert unplanned_endings(lives(given_late, given_before), ON).counted == ("late/2016-05-01", "before/2016-05-01")


def test_the_rate_is_over_nights_in_placements_within_the_year() -> None:
    whole = life("whole", Spell(CAME, "S"))
    part = life("part", Spell(date(2018, 3, 22), "S"))
    left = life("left", Spell(CAME, "S"), end=date(2017, 4, 11), rec="E4A")
    hospital = life("hospital", Spell(CAME, "S", "T1"))
    rate = unplanned_ending_rate(lives(whole, part, left, hospital, move("moved", "CHILD")), ON)
    assert rate == EndingRate(on=ON, counted=("moved/2016-05-01",), not_known=(), nights=365 + 10 + 10 + 365)
    assert rate.per_100_years == pytest.approx(100 / (750 / 365.25))

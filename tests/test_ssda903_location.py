"""Where children live, with an answer worked out by hand for each clause of the measures of location."""

from datetime import date

import pytest

from models.geography import Locality, Location
from models.ssda903 import Episode, PlacementKind
from models.ssda903.location import (
    Atlas,
    Distance,
    at_a_distance,
    by_distance,
    new_placements_at_a_distance,
    new_placements_out_of_area_over_twenty_miles,
    out_of_area,
    out_of_area_over_twenty_miles,
    over_twenty_miles,
    whereabouts,
    whereabouts_of_new,
)
from tests.make_case import ESSEX, HERTFORDSHIRE, KENT
from tests.make_episodes import Spell, life, lives

ON = date(2018, 3, 31)
FIRST = date(2017, 4, 1)
CAME = date(2016, 5, 1)
CARDIFF, NOWHERE = "W06000015", "E99999999"


def place(metres: int, utla: str = HERTFORDSHIRE) -> Location:
    """A place so many metres east of the home that children here come from."""
    return Location(postcode="", easting=500_000 + metres, northing=200_000, district="", utla=utla)


# 20.0 miles are 32,186 m; rounding to 0.1 of a mile keeps 20.0 up to 32,266 m (20.05 miles are 32,266.47 m).
PLACES = {
    "HOME": place(0),
    "NEAR": place(5_000),
    "TWENTY": place(32_186),
    "STILL TWENTY": place(32_266),
    "OVER": place(32_267),
    "FAR": place(40_000),
    "ESSEX": place(5_000, ESSEX),
    "ESSEX TWENTY": place(32_186, ESSEX),
    "ESSEX FAR": place(40_000, ESSEX),
    "KENT": place(30_000, KENT),
    "KENT FAR": place(90_000, KENT),
    "CARDIFF": place(150_000, CARDIFF),
    "LOST": place(5_000, NOWHERE),
}


def atlas(**unaccompanied: date | None) -> Atlas:
    return Atlas(authority=HERTFORDSHIRE, places=PLACES, unaccompanied=unaccompanied)


def living(child: str, at: str | None, home: str | None = "HOME") -> tuple[Episode, ...]:
    return life(child, Spell(CAME, "S", home=home, at=at))


EVERYWHERE = lives(*(living(name, name) for name in PLACES), living("unknown", "XX1 1XX"), living("blank", None))


class TestWhereabouts:
    def test_in_the_area_adjoining_or_at_a_distance_by_the_placement_postcode(self) -> None:
        found = {each.id: each.locality for each in whereabouts(EVERYWHERE, atlas(), ON)}
        assert found["FAR"] is Locality.IN_AREA
        assert found["ESSEX"] is Locality.ADJOINING
        assert found["KENT"] is found["CARDIFF"] is Locality.AT_A_DISTANCE
        assert found["unknown"] is found["blank"] is found["LOST"] is None

    def test_miles_are_rounded_to_a_tenth_and_over_twenty_is_over_20_0(self) -> None:
        found = {each.id: each for each in whereabouts(EVERYWHERE, atlas(), ON)}
        assert [found[name].miles_tenths for name in ("TWENTY", "STILL TWENTY", "OVER")] == [200, 200, 201]
        assert [found[name].far for name in ("TWENTY", "STILL TWENTY", "OVER", "unknown")] == [False, False, True, None]

    @pytest.mark.parametrize("postcode", ["BT1 5GS", "JE2 3QA", "GY1 1AA", "IM1 2PP", "bt1 5gs"])
    def test_outside_great_britain_is_at_a_distance_though_nobody_knows_how_far(self, postcode: str) -> None:
        (found,) = whereabouts(lives(living("away", postcode)), atlas(), ON)
        assert (found.locality, found.miles_tenths, found.distance) == (
            Locality.AT_A_DISTANCE,
            None,
            Distance.NOT_KNOWN,
        )

    def test_distance_needs_both_postcodes(self) -> None:
        children = lives(living("homeless", "ESSEX FAR", None), living("lost home", "ESSEX FAR", "XX1 1XX"))
        assert [each.miles_tenths for each in whereabouts(children, atlas(), ON)] == [None, None]
        assert [each.outside for each in whereabouts(children, atlas(), ON)] == [True, True]

    def test_an_unaccompanied_childs_distance_is_not_known_until_the_status_ceases(self) -> None:
        children = lives(*(living(name, "FAR") for name in ("now", "until", "after", "never")))
        listed = atlas(now=None, until=date(2018, 4, 1), after=ON)
        assert [each.far for each in whereabouts(children, listed, ON)] == [None, None, True, True]

    def test_a_temporary_stay_counts_where_the_placement_is(self) -> None:
        rows = life(
            "away", Spell(CAME, "S", home="HOME", at="NEAR"), Spell(date(2018, 3, 30), "P", "T1", home="HOME", at="FAR")
        )
        (found,) = whereabouts(lives(rows), atlas(), ON)
        assert found.far is False

    def test_short_breaks_and_children_who_left_are_left_out(self) -> None:
        breaks = life("breaks", Spell(CAME, "S", ls="V3", home="HOME", at="FAR"))
        left = life("left", Spell(CAME, "S", home="HOME", at="FAR"), end=ON, rec="E4A")
        assert whereabouts(lives(breaks, left), atlas(), ON) == ()
        assert [each.id for each in whereabouts(lives(breaks, left), atlas(), date(2018, 3, 30))] == ["left"]


def test_five_groups_with_not_known_a_group_of_its_own() -> None:
    found = by_distance(whereabouts(EVERYWHERE, atlas(), ON))
    assert found == {
        Distance.INSIDE_NEAR: ("HOME", "NEAR", "TWENTY", "STILL TWENTY"),
        Distance.INSIDE_FAR: ("OVER", "FAR"),
        Distance.OUTSIDE_NEAR: ("ESSEX", "ESSEX TWENTY", "KENT"),
        Distance.OUTSIDE_FAR: ("ESSEX FAR", "KENT FAR", "CARDIFF"),
        Distance.NOT_KNOWN: ("LOST", "unknown", "blank"),
    }


def test_shares_are_of_all_children_and_name_those_not_known() -> None:
    everybody = tuple(EVERYWHERE)
    outside = out_of_area(EVERYWHERE, atlas(), ON)
    assert outside.counted == ("ESSEX", "ESSEX TWENTY", "ESSEX FAR", "KENT", "KENT FAR", "CARDIFF")
    assert outside.not_known == ("LOST", "unknown", "blank")
    far = over_twenty_miles(EVERYWHERE, atlas(), ON)
    assert far.counted == ("OVER", "FAR", "ESSEX FAR", "KENT FAR", "CARDIFF")
    assert far.not_known == ("unknown", "blank")
    both = out_of_area_over_twenty_miles(EVERYWHERE, atlas(), ON)
    assert both.counted == ("ESSEX FAR", "KENT FAR", "CARDIFF")
    distant = at_a_distance(EVERYWHERE, atlas(), ON)
    assert distant.counted == ("KENT", "KENT FAR", "CARDIFF")
    assert outside.out_of == far.out_of == both.out_of == distant.out_of == everybody


def test_what_is_known_can_settle_it() -> None:
    """In the area, or within 20 miles, is not outside and far, whatever the other half."""
    inside_unknown_miles = living("inside", "FAR", None)
    near_unknown_area = living("near", "LOST")
    outside_unknown_miles = living("outside", "ESSEX", None)
    measure = out_of_area_over_twenty_miles(
        lives(inside_unknown_miles, near_unknown_area, outside_unknown_miles), atlas(), ON
    )
    assert (measure.counted, measure.not_known) == ((), ("outside",))


def test_the_published_shape_618_229_and_83_of_930() -> None:
    at = ["NEAR"] * 618 + ["ESSEX"] * 229 + ["KENT"] * 83
    children = lives(*(living(f"{number}", name) for number, name in enumerate(at)))
    outside, distant = out_of_area(children, atlas(), ON), at_a_distance(children, atlas(), ON)
    assert (outside.numerator, outside.denominator, distant.numerator) == (312, 930, 83)
    assert [f"{measure.percentage:.1f}" for measure in (outside, distant)] == ["33.5", "8.9"]


class TestNewPlacements:
    def test_every_placement_begun_from_the_first_to_the_last_day(self) -> None:
        days = (date(2017, 3, 31), FIRST, ON, date(2018, 4, 1))
        children = lives(*(life(f"{day:%d%m%y}", Spell(day, "S", home="HOME", at="KENT FAR")) for day in days))
        found = new_placements_at_a_distance(children, atlas(), ON)
        assert found.counted == found.out_of == ("010417/2017-04-01", "310318/2018-03-31")
        assert new_placements_out_of_area_over_twenty_miles(children, atlas(), ON) == found

    def test_one_child_may_have_several_and_need_not_be_looked_after_any_more(self) -> None:
        rows = life(
            "moved",
            Spell(date(2017, 5, 1), "S", home="HOME", at="NEAR"),
            Spell(date(2017, 6, 1), "P", home="HOME", at="ESSEX FAR"),
            end=date(2017, 7, 1),
            rec="E4A",
        )
        found = new_placements_out_of_area_over_twenty_miles(lives(rows), atlas(), ON)
        assert found.counted == ("moved/2017-06-01",)
        assert found.out_of == ("moved/2017-05-01", "moved/2017-06-01")
        assert new_placements_at_a_distance(lives(rows), atlas(), ON).numerator == 0

    @pytest.mark.parametrize(
        ("rne", "placement"), [("L", "U6"), ("T", "U6"), ("U", "U4"), ("P", "A5"), ("P", "A3"), ("P", "T3")]
    )
    def test_the_same_carer_and_temporary_stays_begin_no_placement(self, rne: str, placement: str) -> None:
        rows = life("same", Spell(CAME, "S"), Spell(date(2017, 9, 1), rne, placement))
        assert whereabouts_of_new(lives(rows), atlas(), FIRST, ON) == ()

    def test_it_is_where_the_placement_was_at_its_beginning(self) -> None:
        rows = life(
            "with carers",
            Spell(date(2017, 5, 1), "S", home="HOME", at="NEAR"),
            Spell(date(2017, 9, 1), "T", home="HOME", at="ESSEX FAR"),
        )
        assert [each.distance for each in whereabouts_of_new(lives(rows), atlas(), FIRST, ON)] == [Distance.INSIDE_NEAR]

    def test_care_that_begins_in_hospital_is_new_where_the_child_goes_after(self) -> None:
        rows = life(
            "born",
            Spell(date(2017, 5, 1), "S", "T1", home="HOME", at="NEAR"),
            Spell(date(2017, 5, 9), "P", home="HOME", at="ESSEX FAR"),
        )
        (found,) = whereabouts_of_new(lives(rows), atlas(), FIRST, ON)
        assert (found.id, found.child, found.distance) == ("born/2017-05-01", "born", Distance.OUTSIDE_FAR)
        assert found.kind is PlacementKind.IN_HOUSE_FOSTERING

    def test_a_home_left_on_the_day_of_coming_is_no_placement(self) -> None:
        rows = life("day", Spell(CAME, "S"), Spell(date(2017, 9, 1), "P"), Spell(date(2017, 9, 1), "P", "K2"))
        assert [each.kind for each in whereabouts_of_new(lives(rows), atlas(), FIRST, ON)] == [
            PlacementKind.IN_HOUSE_RESIDENTIAL
        ]

    def test_nothing_but_a_temporary_stay_and_short_breaks_are_left_out(self) -> None:
        hospital = life("hospital", Spell(date(2017, 5, 1), "S", "T1"), end=date(2017, 5, 9), rec="E4A")
        breaks = life("breaks", Spell(date(2017, 5, 1), "S", ls="V4", home="HOME", at="FAR"))
        assert whereabouts_of_new(lives(hospital, breaks), atlas(), FIRST, ON) == ()

"""Indicators against cases small enough to count by hand."""

import datetime as dt
from typing import Any

import pytest

from matcher.services.indicators import INDICATORS, Indicator, Polarity, Reading, Unit, indicators
from matcher.services.indicators.history import History, month_ends, previous_quarter_end, quarter_to, year_to
from matcher.services.indicators.occupancy import Basis, bed_nights, occupancies, own_long_stay_homes
from models.case import Case, PopulationCount
from models.child import SiblingGroup
from models.commissioning import CareLeaver
from models.geography import districts_of
from models.home import Resident
from models.vocabulary import Feature, HomeKind, ResidentKind, Sector, SiblingDecision
from tests.make_case import AS_AT, HERTFORDSHIRE, make_case, make_child, make_home, make_placement, make_referral
from tests.make_episodes import Spell, life, lives

CAME = dt.date(2016, 5, 1)
LONG_AGO = life("long ago", Spell(dt.date(2010, 1, 1), "S"), end=dt.date(2013, 6, 1), rec="E4A")
"""Somebody whose leaving shows that the files reach back to 1 April 2013."""


def case_of(*rows: Any, **fields: Any) -> Case:
    """A case whose files reach back five years."""
    return make_case(episodes=lives(LONG_AGO, *rows), **fields)


def read(case: Case, key: str, on: dt.date | None = None) -> Indicator:
    return {each.key: each for each in indicators(case, on)}[key]


def reading(case: Case, key: str, on: dt.date | None = None) -> Reading:
    found = read(case, key, on).reading
    assert found is not None
    return found


class TestRegistry:
    def test_keys_and_titles_are_unique_and_everything_is_said(self) -> None:
        assert len({each.key for each in INDICATORS}) == len({each.title for each in INDICATORS}) == len(INDICATORS)
        assert all(each.definition and each.source for each in INDICATORS)

    def test_a_case_without_returns_or_sheets_reads_nothing(self) -> None:
        assert {each.key for each in indicators(make_case()) if each.reading is not None} == set()

    def test_days_before_the_files_reach_read_nothing(self) -> None:
        case = case_of(life("a", Spell(CAME, "S")))
        assert {each.key for each in indicators(case, dt.date(2013, 3, 31)) if each.reading} == set()
        whole_year = {"started", "left", "left_by_adoption", "unplanned_endings", "nights_in_other_settings"}
        in_the_first_year = {each.key for each in indicators(case, dt.date(2014, 3, 30)) if each.reading}
        a_day_later = {each.key for each in indicators(case, dt.date(2014, 3, 31)) if each.reading}
        assert in_the_first_year.isdisjoint(whole_year)
        assert whole_year <= a_day_later

    def test_shares_have_intervals_that_hold_them(self) -> None:
        case = case_of(life("a", Spell(CAME, "S")), life("b", Spell(CAME, "S", at="AL1 3JE", home="SG13 8DQ")))
        for each in indicators(case):
            found = each.reading
            if found and each.unit is Unit.PERCENT and found.out_of:
                assert found.interval is not None
                assert found.value is not None
                assert found.interval.low <= found.value <= found.interval.high


class TestDays:
    @pytest.mark.parametrize(
        ("day", "before"),
        [
            (dt.date(2018, 3, 31), dt.date(2017, 12, 31)),
            (dt.date(2018, 4, 1), dt.date(2018, 3, 31)),
            (dt.date(2018, 12, 31), dt.date(2018, 9, 30)),
            (dt.date(2018, 1, 1), dt.date(2017, 12, 31)),
        ],
    )
    def test_the_quarter_end_before_a_day(self, day: dt.date, before: dt.date) -> None:
        assert previous_quarter_end(day) == before

    def test_the_year_and_the_quarter_to_a_day_begin_the_day_after_the_last(self) -> None:
        assert year_to(AS_AT) == dt.date(2017, 4, 1)
        assert quarter_to(AS_AT) == dt.date(2018, 1, 1)
        assert quarter_to(dt.date(2017, 12, 31)) == dt.date(2017, 10, 1)

    def test_month_ends_up_to_a_day(self) -> None:
        assert month_ends(dt.date(2018, 3, 15), 3) == (
            dt.date(2018, 1, 31),
            dt.date(2018, 2, 28),
            dt.date(2018, 3, 15),
        )


class TestChildren:
    case = case_of(
        life("own", Spell(CAME, "S")),
        life("alone", Spell(dt.date(2017, 9, 1), "S")),
        life("was alone", Spell(CAME, "S")),
        life("left", Spell(CAME, "S"), end=dt.date(2018, 2, 1), rec="E12"),
        life("guarded", Spell(CAME, "S"), end=dt.date(2017, 9, 1), rec="E43"),
        unaccompanied={"alone": None, "was alone": dt.date(2018, 1, 1)},
        population=(PopulationCount(district=districts_of(HERTFORDSHIRE)[0], age_from=0, age_to=17, count=2_000),),
    )

    def test_stock_with_and_without_unaccompanied_children(self) -> None:
        assert reading(self.case, "looked_after").counted == ("own", "alone", "was alone")
        assert reading(self.case, "looked_after_without_uasc").counted == ("own", "was alone")
        assert reading(self.case, "unaccompanied").counted == ("alone",)

    def test_the_same_functions_for_another_day(self) -> None:
        day = dt.date(2017, 12, 31)
        assert reading(self.case, "looked_after", day).counted == ("own", "alone", "was alone", "left")
        assert reading(self.case, "unaccompanied", day).counted == ("alone", "was alone")

    def test_rates_per_ten_thousand_of_numbers_only(self) -> None:
        assert read(self.case, "looked_after").per_10_000 == 15.0
        assert read(self.case, "started").per_10_000 == 5.0
        assert read(self.case, "left_by_adoption").per_10_000 is None
        assert read(case_of(life("a", Spell(CAME, "S"))), "looked_after").per_10_000 is None

    def test_leaving_is_a_share_of_all_who_left_in_the_year(self) -> None:
        assert reading(self.case, "left").counted == ("left", "guarded")
        assert reading(self.case, "left_by_adoption").value == 50.0
        assert reading(self.case, "left_by_special_guardianship").counted == ("guarded",)
        assert reading(self.case, "left_by_adoption_or_special_guardianship").value == 100.0
        assert reading(self.case, "left_by_adoption", dt.date(2017, 12, 31)).value == 0.0


class TestPlaces:
    def home(self, home_id: str = "H1", urn: str | None = "SC1", **fields: Any) -> Any:
        given = {"kind": HomeKind.RESIDENTIAL, "places": 2, "urn": urn} | fields
        return make_home(home_id, **given)

    def stay(self, child: str, *spells: Spell, end: dt.date | None = None) -> Any:
        return life(child, *spells, end=end, rec="E4A" if end else None)

    def test_bed_nights_of_the_last_three_months(self) -> None:
        rows = [
            self.stay("whole", Spell(CAME, "S", "K2", urn="SC1")),
            self.stay("from February", Spell(dt.date(2018, 2, 1), "S", "K2", urn="SC1"), end=dt.date(2018, 3, 1)),
            self.stay("elsewhere", Spell(CAME, "S", "K2", urn="SC2")),
        ]
        found = reading(case_of(*rows, homes=[self.home()]), "own_homes_occupancy")
        assert found.value == pytest.approx(100 * (90 + 28) / 180)
        assert found.counted == ("whole", "from February")
        assert found.note == "118 of 180 bed-nights"

    def test_nights_away_on_a_temporary_stay_keep_the_bed_and_short_breaks_do_not_count(self) -> None:
        away = self.stay(
            "away",
            Spell(CAME, "S", "K2", urn="SC1"),
            Spell(dt.date(2018, 3, 1), "P", "T1"),
            Spell(dt.date(2018, 3, 11), "P", "K2", urn="SC1"),
        )
        breaks = self.stay("breaks", Spell(CAME, "S", "K2", ls="V4", urn="SC1"))
        found = reading(case_of(away, breaks, homes=[self.home()]), "own_homes_occupancy")
        assert found.value == 50.0

    def test_places_not_available_and_days_before_opening_and_after_closing_are_not_available(self) -> None:
        first, last = dt.date(2018, 1, 1), dt.date(2018, 1, 31)
        homes = [
            self.home("H1", "SC1", not_available_places=1),
            self.home("H2", "SC2", available_from=dt.date(2018, 1, 31)),
            self.home("H3", "SC3", closes_on=dt.date(2018, 1, 2)),
            self.home("H4", "SC4", closes_on=dt.date(2017, 12, 1)),
        ]
        found = bed_nights(case_of(homes=homes), homes, first, last)
        assert found.available == 31 + 2 + 2 + 0
        assert (found.occupied, found.percent) == (0, 0.0)

    def test_homes_of_which_the_return_cannot_say_are_named(self) -> None:
        homes = [
            self.home("no number", None),
            self.home("one", "SC1"),
            self.home("same", "SC1"),
            self.home("mixed", "SC9"),
        ]
        stranger = Resident(id="X", home_id="mixed", kind=ResidentKind.OTHER_AUTHORITY)
        case = case_of(homes=homes, residents=(stranger,))
        found = bed_nights(case, case.homes, dt.date(2018, 1, 1), AS_AT)
        assert found.homes == ()
        assert found.not_counted == ("no number", "one", "same", "mixed")
        assert found.percent is None

    def test_own_homes_are_the_authoritys_registered_long_stay_childrens_homes(self) -> None:
        homes = [
            self.home("own"),
            self.home("private", "SC2", sector=Sector.PRIVATE),
            self.home("short", "SC3", features=frozenset({Feature.SHORT_BREAKS})),
            self.home("unregistered", "SC4", registered=False),
            self.home("fostering", "SC5", kind=HomeKind.FOSTER),
        ]
        assert [home.id for home in own_long_stay_homes(case_of(homes=homes))] == ["own"]

    def test_occupancy_is_of_bed_nights_where_the_return_tells_of_every_home_else_of_the_day(self) -> None:
        children = [make_child("A"), make_child("B")]
        homes = [
            self.home("own"),
            self.home("private", "SC2", sector=Sector.PRIVATE),
            make_home("fostering", urn="SC3", places=3, not_available_places=1),
            make_home("also fostering", urn="SC3", places=1),
        ]
        placements = (make_placement("A", "private"), make_placement("B", "fostering"))
        rows = [self.stay("A", Spell(CAME, "S", "K2", urn="SC1"), Spell(dt.date(2018, 3, 1), "P", "K2", urn="SC2"))]
        case = case_of(*rows, children=children, homes=homes, placements=placements, referrals=())
        found = {each.label: each for each in occupancies(case)}
        own, private = found["in-house residential home"], found["independent residential home"]
        assert (own.basis, own.used, own.available, own.homes) == (Basis.BED_NIGHTS, 59, 180, 1)
        assert (private.basis, private.used, private.available) == (Basis.SNAPSHOT, 1, 2)
        fostering = found["in-house fostering"]
        assert (fostering.basis, fostering.used, fostering.available, fostering.homes) == (Basis.SNAPSHOT, 1, 3, 2)

    def test_fostering_places_filled_of_those_available_on_the_as_at_date_alone(self) -> None:
        children = [make_child("A"), make_child("B")]
        homes = [
            make_home("H1", places=3, not_available_places=1),
            make_home("H2", kind=HomeKind.CONNECTED, places=1),
            make_home("H3", sector=Sector.PRIVATE, places=3),
        ]
        placements = (make_placement("A", "H1"), make_placement("B", "H2"))
        case = make_case(children, homes, placements=placements)
        assert reading(case, "own_fostering_places_filled").value == pytest.approx(100 * 2 / 3)
        assert read(case, "own_fostering_places_filled", dt.date(2017, 12, 31)).reading is None

    def test_less_than_72_hours_is_fewer_than_three_days(self) -> None:
        children = [make_child(name) for name in ("same day", "two", "three")]
        referrals = [
            make_referral(child.id, received=AS_AT, needed_by=AS_AT + dt.timedelta(days=days))
            for child, days in zip(children, (0, 2, 3), strict=True)
        ]
        case = make_case(children, referrals=tuple(referrals))
        found = reading(case, "short_notice_requests")
        assert found.counted == ("R-same day", "R-two")
        assert found.out_of == ("R-same day", "R-two", "R-three")
        assert read(case, "short_notice_requests", dt.date(2017, 12, 31)).reading is None


class TestSiblings:
    children = tuple(make_child(name) for name in "ABCDEFG")
    homes = (make_home("H1", places=3), make_home("H2", places=3))
    placements = (
        make_placement("A", "H1"),
        make_placement("B", "H1"),
        make_placement("C", "H1"),
        make_placement("D", "H2"),
        make_placement("E", None, postcode="AL1 3JE"),
        make_placement("F", None),
        make_placement("G", "H1"),
    )

    def case(self, *groups: SiblingGroup, out_of_care: str = "") -> Case:
        rows = [life(child.id, Spell(CAME, "S")) for child in self.children if child.id not in out_of_care]
        return case_of(
            *rows,
            children=self.children,
            homes=self.homes,
            placements=self.placements,
            sibling_groups=groups,
            referrals=(),
        )

    def group(self, members: str, **fields: Any) -> SiblingGroup:
        return SiblingGroup(id=members, children=tuple(members), **fields)

    def test_with_every_brother_and_sister_looked_after(self) -> None:
        found = reading(self.case(self.group("AB"), self.group("CD")), "siblings_together")
        assert found.counted == ("A", "B")
        assert found.out_of == ("A", "B", "C", "D")

    def test_one_apart_is_apart_for_all(self) -> None:
        assert reading(self.case(self.group("ABD")), "siblings_together").counted == ()

    def test_a_sibling_not_looked_after_does_not_matter(self) -> None:
        found = reading(self.case(self.group("ABD"), out_of_care="D"), "siblings_together")
        assert found.counted == found.out_of == ("A", "B")
        assert reading(self.case(self.group("AD"), out_of_care="D"), "siblings_together").out_of == ()

    def test_where_nobody_knows_a_place_it_is_not_known_unless_others_are_apart_anyway(self) -> None:
        assert reading(self.case(self.group("AF")), "siblings_together").not_known == ("A", "F")
        found = reading(self.case(self.group("ADF")), "siblings_together")
        assert found.not_known == ("F",)
        assert found.counted == ()

    def test_to_plan_of_groups_assessed_in_the_year(self) -> None:
        together, apart = SiblingDecision.TOGETHER, SiblingDecision.APART
        groups = (
            self.group("AB", decision=together, decided_on=dt.date(2017, 4, 1)),
            self.group("CD", decision=together, decided_on=AS_AT),
            self.group("EG", decision=apart, decided_on=dt.date(2017, 3, 31)),
        )
        found = reading(self.case(*groups), "siblings_to_plan")
        assert (found.counted, found.out_of) == (("AB",), ("AB", "CD"))
        assert read(self.case(*groups), "siblings_to_plan", dt.date(2017, 12, 31)).reading is None


class TestOver16:
    def test_staying_put_counts_young_people_not_other_residents(self) -> None:
        residents = (
            Resident(id="S", home_id="H1", kind=ResidentKind.STAYING_PUT),
            Resident(id="O", home_id="H1", kind=ResidentKind.OTHER_AUTHORITY),
        )
        case = make_case(homes=[make_home("H1")], residents=residents)
        assert reading(case, "staying_put").counted == ("S",)
        assert read(case, "staying_put", dt.date(2017, 12, 31)).reading is None

    def test_births_of_children_who_left_are_used_on_earlier_days(self) -> None:
        rows = life("left", Spell(CAME, "S", "Z1"), end=dt.date(2018, 1, 1), rec="E5")
        case = case_of(rows, births={"left": dt.date(2000, 3, 1)})
        found = reading(case, "regulated_settings_16_17", dt.date(2017, 12, 31))
        assert (found.out_of, found.counted) == (("left",), ())
        nights = reading(case, "nights_in_other_settings")
        assert (nights.value, nights.counted) == (275.0, ("left",))
        assert nights.note == "Children: 1; under 16 on some of these nights: 0"

    def test_care_leavers_by_age_on_the_as_at_date_alone(self) -> None:
        leavers = (
            CareLeaver(id="18", born=dt.date(1999, 6, 1), accommodation="D1"),
            CareLeaver(id="20", born=dt.date(1997, 6, 1), accommodation="U2"),
            CareLeaver(id="21", born=dt.date(1996, 6, 1), accommodation="Z1"),
        )
        case = make_case(care_leavers=leavers)
        assert reading(case, "care_leavers_suitable_17_18").counted == ("18",)
        older = reading(case, "care_leavers_suitable_19_21")
        assert (older.counted, older.out_of) == (("21",), ("20", "21"))
        assert read(case, "care_leavers_suitable_19_21", dt.date(2017, 12, 31)).reading is None


class TestEndingsAndLocation:
    def test_the_rate_is_beside_its_exact_interval(self) -> None:
        rows = life("a", Spell(CAME, "S", reason="CREQB"), Spell(dt.date(2017, 9, 1), "P"))
        found = reading(case_of(rows), "unplanned_ending_rate")
        assert found.value == pytest.approx(100 * 365.25 / 365)
        assert found.interval is not None
        assert found.value is not None
        assert found.interval.low < found.value < found.interval.high
        assert reading(case_of(rows), "unplanned_endings").value == 100.0

    def test_postcodes_are_looked_up(self) -> None:
        rows = [
            life("near", Spell(CAME, "S", home="SG13 8DQ", at="SG13 8DQ")),
            life("far", Spell(CAME, "S", home="SG13 8DQ", at="CT1 2EH")),
            life("alone", Spell(CAME, "S", home="SG13 8DQ", at="CT1 2EH")),
        ]
        case = case_of(*rows, unaccompanied={"alone": None})
        assert reading(case, "out_of_area").counted == ("far", "alone")
        assert reading(case, "at_a_distance").counted == ("far", "alone")
        assert reading(case, "out_of_area_over_20_miles").counted == ("far",)
        assert reading(case, "over_20_miles").not_known == ("alone",)
        unknown = reading(case, "distance_not_known")
        assert unknown.counted == ("alone",)
        assert unknown.value == pytest.approx(100 / 3)


def test_polarity_is_the_fields() -> None:
    good = {each.key: each.polarity for each in INDICATORS}
    assert good["three_or_more_placements"] is good["out_of_area"] is good["unplanned_endings"] is Polarity.LOW
    assert good["long_term_stability"] is good["left_by_adoption"] is good["siblings_together"] is Polarity.HIGH
    assert good["looked_after"] is Polarity.NEITHER


def test_an_unaccompanied_child_of_the_case_is_listed_even_without_the_table() -> None:
    history = History(make_case([make_child("A", uasc=True), make_child("B")]))
    assert history.unaccompanied == {"A": None}

"""Settings at 16 and 17 and nights elsewhere, with an answer worked out by hand for each clause."""

from datetime import date

import pytest

from models.ssda903 import Episode, ever_listed
from models.ssda903.settings_16_plus import Setting, in_regulated_settings, nights_in_other_settings, setting
from tests.make_episodes import Spell, life, lives

ON = date(2018, 3, 31)
CAME = date(2016, 5, 1)
SIXTEEN = date(2002, 3, 31)


def at(place: str, child: str | None = None, came: date = CAME, ls: str = "C2") -> tuple[Episode, ...]:
    return life(child or place, Spell(came, "S", place, ls=ls))


def test_every_placement_code_tells_something_or_nothing() -> None:
    told = {code: setting(code) for code in ever_listed("PLACE")}
    assert {code for code, found in told.items() if found is Setting.UNREGULATED} == {"H5", "P2"}
    assert {code for code, found in told.items() if found is Setting.OTHER} == {
        "P3", "R5", "Z1", "Z11", "Z12", "Z13", "Z14",
    }  # fmt: skip
    with pytest.raises(ValueError, match="not a code"):
        setting("H9")


class TestRegulated:
    def test_semi_independence_is_not_known_and_other_settings_do_not_count(self) -> None:
        places = ("U4", "K2", "K1", "K3", "P1", "S1", "H5", "P2", "Z1", "Z12", "R5")
        measure = in_regulated_settings(lives(*map(at, places)), dict.fromkeys(places, SIXTEEN), ON)
        assert measure.counted == ("U4", "K2", "K1", "K3", "P1", "S1")
        assert measure.out_of == places
        assert measure.not_known == ("H5", "P2")

    def test_sixteen_on_the_day_and_not_yet_eighteen(self) -> None:
        births = {
            "15": date(2002, 4, 1), "16": date(2002, 3, 31), "17": date(2000, 4, 1), "18": date(2000, 3, 31),
        }  # fmt: skip
        measure = in_regulated_settings(lives(*(at("U4", child) for child in births)), births, ON)
        assert measure.out_of == ("16", "17")

    def test_a_child_without_a_usable_date_of_birth_is_named_and_not_counted(self) -> None:
        measure = in_regulated_settings(lives(at("U4", "none"), at("U4", "later")), {"later": date(2018, 4, 1)}, ON)
        assert (measure.out_of, measure.not_known) == ((), ("none", "later"))

    def test_temporary_stays_count_as_the_placement_and_short_breaks_not_at_all(self) -> None:
        away = life("away", Spell(CAME, "S", "Z1"), Spell(date(2018, 3, 30), "P", "T1"))
        breaks = at("U4", "breaks", ls="V3")
        measure = in_regulated_settings(lives(away, breaks), {"away": SIXTEEN, "breaks": SIXTEEN}, ON)
        assert (measure.out_of, measure.counted) == (("away",), ())


class TestNights:
    first, last = date(2023, 10, 1), date(2023, 10, 31)
    seventeen = date(2006, 10, 1)

    def nights(self, *rows: tuple[Episode, ...], born: date | None = None) -> dict[str, int]:
        births = {row[0].child: born or self.seventeen for row in rows}
        return dict(nights_in_other_settings(lives(*rows), births, self.first, self.last).by_child)

    def test_nights_under_z_within_the_days_both_included(self) -> None:
        whole = at("Z1", "whole")
        last_night = at("Z12", "last night", self.last)
        until = life("until", Spell(CAME, "S", "Z1"), end=date(2023, 10, 3), rec="E4A")
        after = at("Z1", "after", date(2023, 11, 1))
        assert self.nights(whole, last_night, until, after) == {"whole": 31, "last night": 1, "until": 2}

    def test_custody_work_foster_care_temporary_stays_and_short_breaks_do_not_count(self) -> None:
        rows = [at(place) for place in ("R5", "P3", "U4", "K2", "K3", "T4")]
        assert self.nights(*rows, at("Z1", "breaks", ls="V4")) == {}

    def test_semi_independence_counts_from_the_day_it_had_to_be_registered(self) -> None:
        assert self.nights(at("H5"), at("P2")) == {"H5": 4, "P2": 4}

    def test_and_before_it_only_under_sixteen(self) -> None:
        found = nights_in_other_settings(lives(at("H5")), {"H5": date(2007, 10, 11)}, self.first, self.last)
        assert found.by_child == {"H5": 10 + 4}
        assert found.under_16 == ("H5",)
        older = nights_in_other_settings(lives(at("H5")), {"H5": self.first.replace(year=2007)}, self.first, self.last)
        assert (older.by_child, older.under_16) == ({"H5": 4}, ())

    def test_and_no_night_under_sixteen_before_it_was_unlawful(self) -> None:
        first, last = date(2021, 9, 1), date(2021, 9, 10)
        found = nights_in_other_settings(lives(at("H5")), {"H5": date(2008, 1, 1)}, first, last)
        assert found.by_child == {"H5": 2}
        assert found.under_16 == ("H5",)

    def test_nights_of_all_children_are_added_up_and_unknown_ages_named(self) -> None:
        found = nights_in_other_settings(
            lives(at("Z1", "a"), at("Z1", "b")), {"a": self.seventeen}, self.first, self.last
        )
        assert found.total == 62
        assert found.age_not_known == ("b",)

    def test_a_birthday_on_29_february(self) -> None:
        first, last = date(2024, 2, 28), date(2024, 3, 1)
        found = nights_in_other_settings(lives(at("Z1")), {"Z1": date(2008, 2, 29)}, first, last)
        assert found.under_16 == ("Z1",)
        on_the_day = nights_in_other_settings(lives(at("Z1")), {"Z1": date(2008, 2, 29)}, date(2024, 2, 29), last)
        assert on_the_day.under_16 == ()

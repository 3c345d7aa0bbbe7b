"""Care leavers' accommodation and staying put, with an answer worked out by hand for each clause."""

from datetime import date

import pytest

from models.commissioning import CareLeaver
from models.ssda903 import Episode, ever_listed
from models.ssda903.care_leavers import in_suitable_accommodation, stayed_put
from tests.make_episodes import Spell, life, lives

ON = date(2018, 3, 31)
CAME = date(2012, 5, 1)
BIRTHDAY = date(2017, 9, 1)
BORN = date(1999, 9, 1)


def leaver(
    name: str, accommodation: str | None = "D1", born: date | None = date(1998, 1, 1), in_touch: str | None = "YES"
) -> CareLeaver:
    return CareLeaver(id=name, accommodation=accommodation, born=born, in_touch=in_touch)


class TestSuitableAccommodation:
    def test_every_code_listed(self) -> None:
        codes = tuple(ever_listed("ACCOM"))
        measure = in_suitable_accommodation([leaver(code, code) for code in codes], ON)
        assert measure.counted == tuple(code for code in codes if code.endswith("1") and code != "R1")
        assert measure.not_known == ("R1", "R2", "0")
        assert measure.out_of == codes

    def test_a_blank_is_no_information_and_stays_among_all(self) -> None:
        measure = in_suitable_accommodation(
            [leaver("blank", None, in_touch="NO"), leaver("refuses", in_touch="REFU")], ON
        )
        assert measure.counted == ("refuses",)
        assert (measure.not_known, measure.percentage) == (("blank",), 50.0)

    def test_those_who_died_or_went_home_are_left_out(self) -> None:
        leavers = [leaver(code, in_touch=code) for code in ever_listed("IN_TOUCH")]
        assert set(ever_listed("IN_TOUCH")) - set(in_suitable_accommodation(leavers, ON).out_of) == {"DIED", "RHOM"}

    def test_ages_reached_by_the_end_of_the_year(self) -> None:
        births = {
            "18": date(1999, 4, 1), "19": date(1999, 3, 31), "21": date(1996, 4, 1), "22": date(1996, 3, 31),
        }  # fmt: skip
        leavers = [leaver(name, born=born) for name, born in births.items()]
        assert in_suitable_accommodation(leavers, ON).out_of == ("19", "21")
        assert in_suitable_accommodation(leavers, ON, range(17, 19)).out_of == ("18",)

    @pytest.mark.parametrize("born", [None, date(2018, 4, 1)])
    def test_without_a_date_of_birth_it_is_not_known(self, born: date | None) -> None:
        measure = in_suitable_accommodation([leaver("who", born=born)], ON)
        assert (measure.out_of, measure.not_known) == ((), ("who",))


class TestStayedPut:
    def left(self, child: str, rec: str = "E17", place: str = "U4", on: date = BIRTHDAY) -> tuple[Episode, ...]:
        return life(child, Spell(CAME, "S", place), end=on, rec=rec)

    def test_of_those_who_left_foster_care_at_18(self) -> None:
        children = lives(
            self.left("stayed"),
            self.left("kin", place="U1"),
            self.left("left", rec="E5"),
            self.left("children's home", place="K2"),
            self.left("adopted", rec="E12", place="A5"),
        )
        measure = stayed_put(children, dict.fromkeys(children, BORN), ON)
        assert measure.counted == ("stayed", "kin")
        assert measure.out_of == ("stayed", "kin", "left")

    def test_a_day_before_the_birthday_is_not_at_18(self) -> None:
        children = lives(self.left("early", on=date(2017, 8, 31)), self.left("late", on=date(2017, 9, 2)))
        assert stayed_put(children, dict.fromkeys(children, BORN), ON).out_of == ("late",)

    def test_of_the_year_both_days_included(self) -> None:
        days = (date(2017, 3, 31), date(2017, 4, 1), ON, date(2018, 4, 1))
        children = lives(*(self.left(f"{day:%d%m%y}", on=day) for day in days))
        births = {child: date(1999, 3, 1) for child in children}
        assert stayed_put(children, births, ON).counted == ("010417", "310318")

    def test_a_temporary_stay_belongs_to_the_placement(self) -> None:
        rows = life("away", Spell(CAME, "S", "U4"), Spell(date(2017, 8, 30), "P", "T1"), end=BIRTHDAY, rec="E17")
        assert stayed_put(lives(rows), {"away": BORN}, ON).counted == ("away",)

    def test_short_breaks_are_left_out_and_unknown_births_named(self) -> None:
        breaks = life("breaks", Spell(CAME, "S", "U4", ls="V4"), end=BIRTHDAY, rec="E17")
        measure = stayed_put(lives(breaks, self.left("unborn"), self.left("no date")), {"unborn": ON}, ON)
        assert (measure.out_of, measure.not_known) == ((), ("unborn", "no date"))

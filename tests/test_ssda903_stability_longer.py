"""Three or more placements in two years, and long-term stability by age: each clause worked out by hand."""

from datetime import date

import pytest

from models.ssda903 import Episode, long_term_stability, three_plus_placements
from models.ssda903.stability import three_plus_placements_in_two_years
from tests.make_episodes import Spell, life, lives

ON = date(2018, 3, 31)
TWO_YEARS_BEFORE = date(2016, 3, 31)


def two_moves(child: str, came: date, first: date = date(2016, 9, 1), rne: str = "P") -> tuple[Episode, ...]:
    return life(child, Spell(came, "S"), Spell(first, rne), Spell(date(2017, 9, 1), rne))


class TestInTwoYears:
    def test_looked_after_for_two_years_to_the_day(self) -> None:
        children = lives(two_moves("just", TWO_YEARS_BEFORE), two_moves("a day short", date(2016, 4, 1)))
        measure = three_plus_placements_in_two_years(children, ON)
        assert measure.counted == measure.out_of == ("just",)
        assert measure.not_known == ()

    def test_the_placement_open_two_years_before_is_one_of_them(self) -> None:
        children = lives(
            two_moves("lived through", date(2012, 1, 1)),
            two_moves("last night before", date(2012, 1, 1), first=date(2016, 4, 1)),
            two_moves("one night within", date(2012, 1, 1), first=date(2016, 4, 2)),
        )
        assert three_plus_placements_in_two_years(children, ON).counted == ("lived through", "one night within")

    def test_a_break_in_care_starts_the_two_years_again(self) -> None:
        before = life("back", Spell(date(2012, 1, 1), "S"), end=date(2016, 6, 1), rec="E4A")
        children = lives(before, two_moves("back", date(2016, 6, 2)))
        assert three_plus_placements_in_two_years(children, ON).out_of == ()

    @pytest.mark.parametrize("rne", ["L", "T", "U"])
    def test_changes_with_the_same_carer_are_no_placements(self, rne: str) -> None:
        children = lives(two_moves("same", date(2012, 1, 1), rne=rne))
        assert three_plus_placements_in_two_years(children, ON).counted == ()
        assert three_plus_placements(children, ON).counted == ()

    def test_short_breaks_lengthen_nothing_and_count_for_nothing(self) -> None:
        rows = life("breaks", Spell(date(2012, 1, 1), "S", ls="V4"), Spell(date(2016, 6, 1), "L", ls="C2"))
        assert three_plus_placements_in_two_years(lives(rows), ON).out_of == ()

    def test_files_that_begin_in_between_leave_it_open(self) -> None:
        rows = life("late", Spell(date(2016, 9, 1), "P"))
        measure = three_plus_placements_in_two_years(lives(rows), ON)
        assert (measure.out_of, measure.not_known) == ((), ("late",))


def test_long_term_stability_by_age_on_the_day() -> None:
    births = {
        "4": date(2013, 4, 1),
        "5 that day": date(2013, 3, 31),
        "9": date(2008, 4, 1),
        "10 that day": date(2008, 3, 31),
        "16 that day": date(2002, 3, 31),
    }
    children = lives(*(life(child, Spell(date(2014, 1, 1), "S")) for child in births))
    by_band = [
        long_term_stability(children, births, ON, ages=ages).counted
        for ages in (range(1, 5), range(5, 10), range(10, 16), range(16))
    ]
    assert by_band == [
        ("4",),
        ("5 that day", "9"),
        ("10 that day",),
        ("4", "5 that day", "9", "10 that day"),
    ]


def test_a_birth_after_the_day_is_not_known() -> None:
    rows = life("early", Spell(date(2014, 1, 1), "S"))
    measure = long_term_stability(lives(rows), {"early": date(2018, 4, 1)}, ON)
    assert (measure.out_of, measure.not_known) == ((), ("early",))

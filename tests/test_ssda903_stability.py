"""The two national measures, with an answer worked out by hand for each clause of their definitions."""

from datetime import date

import pytest

from models.ssda903 import (
    Episode,
    Measure,
    long_term_stability,
    long_term_stable,
    months_before,
    three_plus_placements,
)

ON = date(2018, 3, 31)
YOUNG = date(2010, 1, 1)


def life(child: str, *spells: tuple[date, str, str, str], end: date | None = None) -> list[Episode]:
    """Consecutive episodes from (start, rne, legal status, place), each ending where the next starts."""
    ends = [spell[0] for spell in spells[1:]] + [end]
    return [
        Episode(child=child, decom=start, dec=dec, rne=rne, ls=ls, cin="N1", place=place, provider="PR1")
        for (start, rne, ls, place), dec in zip(spells, ends, strict=True)
    ]


def three_plus(*episodes: list[Episode], on: date = ON) -> Measure:
    return three_plus_placements({rows[0].child: rows for rows in episodes}, on)


def stable(*episodes: list[Episode], births: dict[str, date] | None = None) -> Measure:
    children = {rows[0].child: rows for rows in episodes}
    return long_term_stability(children, births or dict.fromkeys(children, YOUNG), ON)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2018, 3, 31), 30, date(2015, 9, 30)),
        (date(2018, 3, 31), 24, date(2016, 3, 31)),
        (date(2018, 3, 31), 1, date(2018, 2, 28)),
        (date(2016, 3, 31), 1, date(2016, 2, 29)),
        (date(2018, 3, 31), 3, date(2017, 12, 31)),
        (date(2018, 3, 31), 4, date(2017, 11, 30)),
        (date(2018, 1, 15), 1, date(2017, 12, 15)),
        (date(2018, 3, 31), 0, date(2018, 3, 31)),
        (date(2016, 2, 29), 12, date(2015, 2, 28)),
    ],
)
def test_months_before(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


class TestThreePlusPlacements:
    settled = life("settled", (date(2012, 5, 1), "S", "C2", "U4"))
    three = life(
        "three",
        (date(2016, 5, 1), "S", "V2", "U6"),
        (date(2017, 6, 1), "P", "V2", "U6"),
        (date(2017, 9, 1), "P", "V2", "K2"),
    )

    def test_a_share_of_the_children_looked_after_on_the_day(self) -> None:
        measure = three_plus(self.settled, self.three)
        assert measure.counted == ("three",)
        assert measure.out_of == ("settled", "three")
        assert (measure.numerator, measure.denominator, measure.percentage) == (1, 2, 50.0)

    def test_a_child_who_left_before_the_day_is_not_counted_at_all(self) -> None:
        left = life(
            "left",
            (date(2017, 5, 1), "S", "V2", "U6"),
            (date(2017, 6, 1), "P", "V2", "U6"),
            (date(2017, 9, 1), "P", "V2", "K2"),
            end=ON,
        )
        assert three_plus(left).denominator == 0
        assert three_plus(left).percentage is None

    def test_moves_of_the_year_before_do_not_count(self) -> None:
        assert three_plus(self.three, on=date(2019, 3, 31)).numerator == 0
        early = life(
            "early",
            (date(2016, 5, 1), "S", "V2", "U6"),
            (date(2017, 3, 31), "P", "V2", "U6"),
            (date(2017, 4, 1), "P", "V2", "K2"),
        )
        assert three_plus(early).numerator == 0
        assert three_plus(early, on=date(2018, 3, 30)).numerator == 0
        assert three_plus(early, on=date(2017, 4, 1)).numerator == 1

    def test_legal_status_house_moves_holidays_and_adoption_by_the_carer_are_no_placements(self) -> None:
        still = life(
            "still",
            (date(2016, 5, 1), "S", "C1", "U6"),
            (date(2017, 5, 1), "L", "C2", "U6"),
            (date(2017, 6, 1), "T", "C2", "U6"),
            (date(2017, 7, 1), "P", "C2", "T3"),
            (date(2017, 7, 14), "P", "C2", "U6"),
            (date(2017, 9, 1), "U", "E1", "U5"),
            (date(2017, 12, 1), "P", "E1", "A5"),
        )
        assert three_plus(still).numerator == 0

    def test_short_breaks_are_left_out(self) -> None:
        breaks = life(
            "breaks",
            (date(2017, 5, 1), "S", "V4", "U6"),
            (date(2017, 6, 1), "P", "V4", "U6"),
            (date(2017, 9, 1), "P", "V4", "K2"),
        )
        assert three_plus(breaks).denominator == 0

    def test_a_placement_of_an_earlier_period_in_the_year_counts(self) -> None:
        twice = life("twice", (date(2017, 5, 1), "S", "V2", "U6"), (date(2017, 6, 1), "P", "V2", "U6"),
                     end=date(2017, 7, 1))  # fmt: skip
        twice += life("twice", (date(2017, 9, 1), "S", "C1", "U6"))
        assert three_plus(twice).numerator == 1

    def test_files_that_begin_within_the_year_leave_it_open(self) -> None:
        measure = three_plus(
            life("late", (date(2017, 9, 1), "P", "C2", "U6")),
            life("new", (date(2017, 9, 1), "S", "C2", "U6")),
            life("before", (date(2017, 4, 1), "P", "C2", "U6")),
        )
        assert measure.not_known == ("late",)
        assert measure.out_of == ("late", "new", "before")


class TestLongTermStability:
    def test_two_and_a_half_years_in_care_and_two_with_the_carer(self) -> None:
        measure = stable(
            life("just", (date(2015, 9, 30), "S", "C1", "U6"), (date(2016, 3, 31), "P", "C2", "U4")),
            life("carer a day short", (date(2015, 9, 30), "S", "C1", "U6"), (date(2016, 4, 1), "P", "C2", "U4")),
            life("care a day short", (date(2015, 10, 1), "S", "C2", "U4")),
        )
        assert measure.counted == ("just",)
        assert measure.out_of == ("just", "carer a day short")
        assert measure.not_known == ()

    def test_only_under_sixteens(self) -> None:
        births = {"15": date(2002, 4, 1), "16": date(2002, 3, 31)}
        rows = [life(child, (date(2012, 1, 1), "S", "C2", "U4")) for child in births]
        assert stable(*rows, births=births).out_of == ("15",)

    def test_a_break_in_care_starts_the_clock_again(self) -> None:
        rows = life("back", (date(2012, 1, 1), "S", "C2", "U4"), end=date(2016, 1, 1))
        rows += life("back", (date(2016, 1, 2), "S", "C2", "U4"))
        assert stable(rows).denominator == 0

    def test_the_same_carer_through_orders_house_moves_and_holidays(self) -> None:
        rows = life(
            "same",
            (date(2012, 1, 1), "S", "C1", "U6"),
            (date(2016, 9, 1), "L", "C2", "U6"),
            (date(2017, 2, 1), "T", "C2", "U4"),
            (date(2017, 8, 1), "P", "C2", "T3"),
            (date(2017, 8, 15), "P", "C2", "U4"),
        )
        assert stable(rows).counted == ("same",)

    def test_an_adoptive_placement_counts_with_the_one_before(self) -> None:
        placed = life("placed", (date(2015, 1, 1), "S", "E1", "U6"), (date(2018, 2, 1), "P", "E1", "A6"))
        assert stable(placed).counted == ("placed",)

    def test_but_not_with_the_one_before_that(self) -> None:
        rows = life(
            "moved",
            (date(2015, 1, 1), "S", "C2", "U6"),
            (date(2016, 6, 1), "P", "E1", "U6"),
            (date(2018, 2, 1), "P", "E1", "A6"),
        )
        assert stable(rows).counted == ()
        assert stable(rows).out_of == ("moved",)

    def test_no_other_move_counts_with_the_one_before(self) -> None:
        rows = life("fostered", (date(2015, 1, 1), "S", "C2", "U6"), (date(2018, 2, 1), "P", "C2", "U4"))
        assert stable(rows).counted == ()

    def test_adoption_by_the_foster_carer_counts_from_the_fostering(self) -> None:
        rows = life("kept", (date(2015, 1, 1), "S", "C2", "U5"), (date(2018, 2, 1), "P", "E1", "A5"))
        assert stable(rows).counted == ("kept",)

    def test_an_adoptive_placement_does_not_reach_into_an_earlier_period_of_care(self) -> None:
        rows = life("again", (date(2012, 1, 1), "S", "C2", "U6"), end=date(2017, 1, 1))
        rows += life("again", (date(2017, 1, 1), "S", "E1", "A6"))
        assert not long_term_stable(rows, ON)

    def test_short_breaks_do_not_lengthen_care(self) -> None:
        rows = life("breaks", (date(2012, 1, 1), "S", "V4", "U6"), (date(2016, 6, 1), "L", "C2", "U6"))
        measure = stable(rows)
        assert (measure.denominator, measure.not_known) == (0, ())

    def test_files_too_short_to_tell_are_named(self) -> None:
        short = life("short", (date(2017, 4, 2), "L", "C2", "U4"))
        long = life("long", (date(2014, 4, 2), "L", "C2", "U4"))
        measure = stable(short, long)
        assert measure.not_known == ("short",)
        assert measure.counted == ("long",)

    def test_a_child_without_a_date_of_birth_is_named(self) -> None:
        known = life("known", (date(2012, 1, 1), "S", "C2", "U4"))
        unknown = life("unknown", (date(2012, 1, 1), "S", "C2", "U4"))
        measure = stable(known, unknown, births={"known": YOUNG})
        assert measure.out_of == ("known",)
        assert measure.not_known == ("unknown",)

    def test_a_child_who_is_not_looked_after_is_not_stable(self) -> None:
        rows = life("gone", (date(2012, 1, 1), "S", "C2", "U4"), end=date(2017, 1, 1))
        assert not long_term_stable(rows, ON)
        assert stable(rows).denominator == 0

"""The quarterly table and the trends, against small cases and by each rule of comparing."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest

from matcher.services.indicators import INDICATORS, Polarity
from matcher.services.indicators.quarterly import (
    Direction,
    QuarterRow,
    Quartile,
    direction,
    meets,
    quarterly,
    quartile,
    unknown_comparators,
)
from matcher.services.indicators.trends import monthly, quarters, trend
from models.case import Case, PopulationCount
from models.commissioning import Comparator
from models.geography import districts_of
from tests.make_case import AS_AT, HERTFORDSHIRE, make_case
from tests.make_episodes import Spell, life, lives

CAME = dt.date(2016, 5, 1)
HIGH, LOW, NEITHER = Polarity.HIGH, Polarity.LOW, Polarity.NEITHER


def a_case(**fields: Any) -> Case:
    rows = (
        life("settled", Spell(CAME, "S")),
        life("moved", Spell(CAME, "S"), Spell(dt.date(2017, 6, 1), "P"), Spell(dt.date(2018, 1, 10), "P")),
        life("new", Spell(dt.date(2018, 2, 10), "S")),
        life("left", Spell(CAME, "S"), end=dt.date(2018, 2, 20), rec="E4A"),
        life("long ago", Spell(dt.date(2010, 1, 1), "S"), end=dt.date(2017, 1, 15), rec="E4A"),
    )
    return make_case(episodes=lives(*rows), unaccompanied={"new": None}, **fields)


def row(case: Case, key: str) -> QuarterRow:
    return {each.now.key: each for each in quarterly(case)}[key]


class TestQuarterly:
    def test_a_row_for_every_indicator_in_order(self) -> None:
        assert [each.now.key for each in quarterly(a_case())] == [each.key for each in INDICATORS]

    def test_now_and_the_quarter_before_come_from_one_function(self) -> None:
        found = row(a_case(), "three_or_more_placements")
        assert (found.now.on, found.previous.on) == (AS_AT, dt.date(2017, 12, 31))
        assert found.now.reading is not None
        assert found.previous.reading is not None
        assert found.now.reading.counted == ("moved",)
        assert found.previous.reading.counted == ()
        assert found.direction is Direction.WORSE
        assert row(a_case(), "looked_after").direction is Direction.SAME

    def test_what_only_the_as_at_date_can_tell_has_no_previous_value_and_no_direction(self) -> None:
        found = row(a_case(), "staying_put")
        assert (found.now.reading, found.previous.reading, found.direction) == (None, None, None)

    def test_without_comparators_nothing_is_compared(self) -> None:
        found = row(a_case(), "three_or_more_placements")
        assert (found.compared, found.meets_target, found.quartile) == (None, None, None)
        assert (found.target, found.neighbours, found.england) == (None, None, None)

    def test_with_comparators_by_the_indicators_key(self) -> None:
        supplied = Comparator(
            indicator="three_or_more_placements",
            target=9.8,
            neighbours=10.2,
            england=10.0,
            lower_quartile=8.0,
            median=10.0,
            upper_quartile=40.0,
        )
        case = a_case(comparators=(supplied, Comparator(indicator="assessments_in_time", target=90.0)))
        found = row(case, "three_or_more_placements")
        assert found.compared == supplied
        assert (found.target, found.neighbours, found.england) == (9.8, 10.2, 10.0)
        assert (found.meets_target, found.quartile) == (False, Quartile.THIRD)
        assert row(case, "long_term_stability").compared is None
        assert unknown_comparators(case) == ("assessments_in_time",)


@pytest.mark.parametrize(
    ("now", "before", "polarity", "went"),
    [
        (12.0, 12.4, LOW, Direction.BETTER),
        (12.4, 12.0, LOW, Direction.WORSE),
        (67.2, 66.0, HIGH, Direction.BETTER),
        (66.0, 67.2, HIGH, Direction.WORSE),
        (12.04, 11.96, LOW, Direction.SAME),
        (903.0, 919.0, NEITHER, Direction.DOWN),
        (919.0, 903.0, NEITHER, Direction.UP),
        (None, 1.0, LOW, None),
        (1.0, None, LOW, None),
    ],
)
def test_direction(now: float | None, before: float | None, polarity: Polarity, went: Direction | None) -> None:
    assert direction(now, before, polarity) is went


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        (7.9, Quartile.TOP, Quartile.BOTTOM),
        (8.0, Quartile.TOP, Quartile.THIRD),
        (8.04, Quartile.TOP, Quartile.THIRD),
        (8.1, Quartile.SECOND, Quartile.THIRD),
        (10.0, Quartile.SECOND, Quartile.SECOND),
        (12.0, Quartile.THIRD, Quartile.TOP),
        (12.1, Quartile.BOTTOM, Quartile.TOP),
    ],
)
def test_quartile_with_bounds_in_the_better_quarter(value: float, low: Quartile, high: Quartile) -> None:
    assert quartile(value, (8.0, 10.0, 12.0), LOW) is low
    assert quartile(value, (8.0, 10.0, 12.0), HIGH) is high
    assert quartile(value, (8.0, 10.0, 12.0), NEITHER) is None
    assert quartile(value, (8.0, None, 12.0), LOW) is None


def test_a_target_met_is_one_reached_as_shown() -> None:
    assert meets(12.04, 12.0, LOW) is True
    assert meets(12.06, 12.0, LOW) is False
    assert meets(11.96, 12.0, HIGH) is True
    assert meets(11.94, 12.0, HIGH) is False
    assert [meets(None, 1.0, LOW), meets(1.0, None, LOW), meets(1.0, 1.0, NEITHER)] == [None, None, None]


class TestMonths:
    def test_months_that_the_files_hold_with_their_stock_and_flows(self) -> None:
        population = (PopulationCount(district=districts_of(HERTFORDSHIRE)[0], age_from=0, age_to=17, count=3_000),)
        months = monthly(a_case(population=population), 24)
        assert (months[0].first, months[0].on, months[-1].on) == (dt.date(2016, 4, 1), dt.date(2016, 4, 30), AS_AT)
        assert len(months) == 24
        february = months[-2]
        assert february.looked_after == ("settled", "moved", "new")
        assert (february.unaccompanied, february.without_unaccompanied) == (("new",), 2)
        assert (february.started, february.left) == (("new",), ("left",))
        assert february.per_10_000 == 10.0
        assert (months[1].started, months[1].left) == (("settled", "moved", "left"), ())

    def test_earlier_months_are_left_out(self) -> None:
        assert [each.on for each in monthly(a_case(), 36)] == [each.on for each in monthly(a_case(), 24)]
        assert monthly(make_case()) == ()

    def test_stock_moves_by_starts_less_leavings(self) -> None:
        months = monthly(a_case(), 24)
        for before, after in pairwise(months):
            gone = set(after.left)
            assert set(after.looked_after) == (set(before.looked_after) | set(after.started)) - gone


def test_quarter_ends_up_to_a_day() -> None:
    assert quarters(AS_AT, 3) == (dt.date(2017, 9, 30), dt.date(2017, 12, 31), AS_AT)


def test_a_trend_reads_one_indicator_on_each_day() -> None:
    definition = next(each for each in INDICATORS if each.key == "looked_after")
    found = trend(a_case(), definition, quarters(AS_AT, 2))
    counted = [each.reading.counted for each in found if each.reading]
    assert counted == [("settled", "moved", "left"), ("settled", "moved", "new")]

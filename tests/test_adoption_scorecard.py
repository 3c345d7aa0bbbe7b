"""Every clause of every figure of the scorecard on pools made by hand, with answers worked out by hand."""

import datetime as dt
from typing import Any

import pytest

from matcher.services.adoption.activity import activity_tables, child_status, family_status
from matcher.services.adoption.scorecard import FIGURES, monthly, scorecard
from models.adoption import AdoptionPool, Family, FamilyDates, PlanChild, PlanDates
from tests.make_pool import AGENCIES, family, plan_child

ON = dt.date(2018, 3, 31)


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def child(name: str, **dates: str) -> PlanChild:
    known = {"entered_care": "2016-01-01", "decided_on": "2016-06-01"} | dates
    about: dict[str, Any] = {key: known.pop(key) for key in ("agency_id", "ethnicity", "born") if key in known}
    return plan_child(name, dates=PlanDates.model_validate(known), **about)


def parents(name: str, **dates: str) -> Family:
    about: dict[str, Any] = {key: dates.pop(key) for key in ("agency_id",) if key in dates}
    return family(name, dates=FamilyDates.model_validate(dates), **about)


def pool(*children: PlanChild, families: tuple[Family, ...] = ()) -> AdoptionPool:
    return AdoptionPool(agencies=AGENCIES, children=children, families=families)


def value(key: str, of: AdoptionPool, months: int = 12) -> float | None:
    return next(figure.value for figure in scorecard(of, ON, months=months) if figure.key == key)


ADOPTED = {"adopted_on": "2018-01-15"}


def test_a1_is_the_mean_of_children_adopted_in_the_window_whole_days_from_care_to_moving_in() -> None:
    of = pool(
        child("A", placed_on="2016-12-31", **ADOPTED),  # 365 days in a leap year
        child("B", placed_on="2017-01-02", **ADOPTED),  # 367
        child("adopted too long ago", placed_on="2016-02-01", adopted_on="2017-03-31"),
        child("on the first day of the window", placed_on="2017-01-04", adopted_on="2017-04-01"),  # 369
        child("not adopted", placed_on="2016-02-01"),
        child("another agency's", placed_on="2016-02-01", agency_id="partner", **ADOPTED),
    )
    assert value("a1", of) == pytest.approx((365 + 367 + 369) / 3)
    assert value("a1", of, months=36) == pytest.approx((365 + 367 + 369 + 31) / 4)


def test_what_is_missing_or_in_no_possible_order_is_not_known_and_named() -> None:
    undated = PlanDates.model_validate({"decided_on": "2016-06-01", "placed_on": "2016-07-01"} | ADOPTED)
    of = pool(
        child("A", placed_on="2016-12-31", **ADOPTED),
        plan_child("no care", dates=undated),
        child("before care", placed_on="2015-12-31", **ADOPTED),
        child("never placed", **ADOPTED),
    )  # fmt: skip
    figure = scorecard(of, ON)[0]
    assert (figure.value, figure.counted) == (365, ("A",))
    assert figure.not_known == ("no care", "before care", "never placed")
    assert figure.interval is None


def test_a10_stops_the_clock_with_the_carers_who_adopt_and_a1_does_not() -> None:
    of = pool(
        child("carers", placed_on="2017-06-01", with_carer_since="2016-01-11", **ADOPTED),  # 10 days
        child("early", placed_on="2017-06-01", early_permanence_on="2016-01-21", **ADOPTED),  # 20
        child("others", placed_on="2016-01-31", **ADOPTED),  # 30
    )
    assert value("a10", of) == 20
    assert value("a1", of) == pytest.approx((517 + 517 + 30) / 3)


def test_a2_is_0_where_the_match_came_first_and_leaves_out_children_without_an_order() -> None:
    order = {"placed_on": "2017-06-01", "placement_order_on": "2016-09-01"}
    of = pool(
        child("100 days", matched_on="2016-12-10", **order, **ADOPTED),
        child("match first", matched_on="2016-08-01", **order, **ADOPTED),
        child("by consent", placed_on="2017-06-01", consent_on="2016-09-01", matched_on="2016-12-10", **ADOPTED),
        child("no match known", **order, **ADOPTED),
        child("not adopted", matched_on="2017-12-10", **order),
        child("carer", matched_on="2016-09-02", with_carer_since="2016-02-01", **order, **ADOPTED),  # 1
    )
    figures = {figure.key: figure for figure in scorecard(of, ON)}
    assert figures["a2"].value == pytest.approx(101 / 3)
    assert figures["a2"].not_known == ("no match known",)
    assert figures["a20"].value == 50


def test_a3_of_those_adopted_is_by_calendar_months_and_exactly_14_is_not_less() -> None:
    of = pool(
        child("a day less", placed_on="2017-02-28", **ADOPTED),
        child("14 months", placed_on="2017-03-01", **ADOPTED),
        child("waiting"),
    )
    assert value("a3_adopted", of) == 50


def test_a3_of_those_adopted_or_waiting_counts_time_in_care_so_far() -> None:
    of = pool(
        child("quick", placed_on="2017-02-28", **ADOPTED),
        child("slow", placed_on="2017-05-01", **ADOPTED),
        child("waits 27 months"),
        child("waits 2 months", entered_care="2018-01-31", decided_on="2018-03-01"),
        child("placed at 6 months, no order", placed_on="2016-07-01"),
        child("reversed", reversed_on="2018-02-01"),
        child("placement ended", placed_on="2016-07-01", placement_ended_on="2017-07-01"),
    )
    figure = {figure.key: figure for figure in scorecard(of, ON)}["a3_adopted_or_waiting"]
    assert figure.counted == ("quick", "waits 2 months", "placed at 6 months, no order")
    assert len(figure.out_of) == 5


def test_decision_to_placement_within_twelve_months() -> None:
    of = pool(
        child("A", placed_on="2017-05-31", **ADOPTED),
        child("B", placed_on="2017-06-01", **ADOPTED),
        child("C", placed_on="2016-01-31", **ADOPTED),  # before the decision: not known
    )
    assert value("placed_within_a_year", of) == 50


def test_plans_changed_are_of_those_changed_adopted_or_standing() -> None:
    of = pool(
        child("A", reversed_on="2018-02-01"), child("B", reversed_on="2017-02-01"), child("C"), child("D", **ADOPTED)
    )
    assert value("plan_changed", of) == pytest.approx(100 / 3)


def test_children_waiting_by_order_and_in_early_permanence() -> None:
    of = pool(
        child("waits"),
        child("with order", placement_order_on="2017-01-01"),
        child("early", early_permanence_on="2017-01-01"),
        child("placed", placed_on="2017-01-01", placement_order_on="2016-12-01"),
        child("not decided yet", decided_on="2018-04-01"),
    )
    assert [value(key, of) for key in ("waiting", "waiting_with_order", "early_permanence")] == [3, 1, 1]


def test_who_was_adopted() -> None:
    of = pool(
        child("five on the day", born="2013-01-15", ethnicity="WBRI", **ADOPTED),
        child("four", born="2013-01-16", ethnicity="BCRB", with_carer_since="2017-01-01", **ADOPTED),
        child("refused", born="2016-01-16", ethnicity="REFU", **ADOPTED),
        child("none", born="2016-01-16", **ADOPTED),
    )
    keys = ("adopted", "adopted_5_or_over", "adopted_minority_ethnic", "adopted_by_carers")
    assert [value(key, of) for key in keys] == [4, 25, 50, 25]


def test_families_waiting_assessed_and_matched_late() -> None:
    of = pool(
        families=(
            parents("waits", approved_on="2018-03-31"),
            parents("left", approved_on="2018-03-01", left_on="2018-03-31"),
            parents("three months", approved_on="2017-10-01", matched_on="2018-01-01"),  # 92 days
            parents("a day less", approved_on="2017-10-02", matched_on="2018-01-01"),  # 91
            parents("before the window", approved_on="2016-10-02", matched_on="2017-01-01"),
            parents("stage 1", stage_1_start="2018-01-01"),
            parents("theirs", approved_on="2018-03-01", agency_id="partner"),
        )
    )
    keys = ("a11", "being_assessed", "a12", "approved_to_match", "families_approved")
    assert [value(key, of) for key in keys] == [1, 1, 50, 91.5, 4]


def test_nobody_gives_no_figure_rather_than_0() -> None:
    figures = {figure.key: figure.value for figure in scorecard(pool(), ON)}
    assert figures["a1"] is None
    assert figures["a3_adopted"] is None
    assert figures["adopted"] == 0


def test_each_month_looks_back_from_its_own_day() -> None:
    of = pool(child("A", placed_on="2016-12-31", adopted_on="2018-02-10"))
    assert [figure.value for figure in monthly(of, "adopted", ON, months=1, back=3)] == [0, 1, 0]
    assert [figure.on for figure in monthly(of, "adopted", ON, back=2)] == [dt.date(2018, 2, 28), ON]


def test_every_figure_says_what_it_counts_and_where_that_comes_from() -> None:
    assert len({definition.key for definition in FIGURES}) == len(FIGURES)
    assert all(definition.read.__doc__ and definition.source and definition.definition for definition in FIGURES)


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        ({}, "awaiting_order_to_place"),
        ({"placement_order_on": "2018-03-31"}, "awaiting_match"),
        ({"placement_order_on": "2018-04-01"}, "awaiting_order_to_place"),
        ({"consent_on": "2018-03-01"}, "awaiting_match"),
        ({"placement_order_on": "2018-01-01", "matched_on": "2018-02-01"}, "awaiting_placement"),
        ({"matched_on": "2018-02-01"}, "awaiting_placement"),
        ({"matched_on": "2018-02-01", "placed_on": "2018-03-01"}, "awaiting_adoption_order"),
        ({"placed_on": "2018-03-01", "adopted_on": "2018-03-31"}, None),
        ({"placed_on": "2018-01-01", "placement_ended_on": "2018-03-01"}, None),
        ({"reversed_on": "2018-03-31"}, None),
        ({"decided_on": "2018-04-01"}, None),
    ],
)
def test_where_a_child_stands(dates: dict[str, str], status: str | None) -> None:
    assert child_status(child("A", **dates).dates, ON) == status


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        ({"enquired_on": "2018-01-01"}, None),
        ({"stage_1_start": "2018-01-01"}, "stage_1"),
        ({"stage_1_start": "2018-01-01", "stage_1_end": "2018-03-31"}, "awaiting_stage_2"),
        ({"stage_2_start": "2018-01-01"}, "stage_2"),
        ({"stage_2_start": "2018-01-01", "stage_2_end": "2018-02-01"}, "being_decided"),
        ({"stage_2_end": "2018-02-01", "approved_on": "2018-02-02"}, "approved"),
        ({"approved_on": "2018-02-02", "matched_on": "2018-03-02"}, "matched"),
        ({"approved_on": "2018-02-02", "placed_on": "2018-03-02"}, "placed"),
        ({"placed_on": "2018-01-02", "adopted_on": "2018-03-02"}, None),
        ({"stage_1_start": "2018-01-01", "left_on": "2018-03-31"}, None),
    ],
)
def test_where_a_family_stands(dates: dict[str, str], status: str | None) -> None:
    assert family_status(FamilyDates.model_validate(dates), ON) == status


def test_stocks_follow_from_what_happened_and_what_does_not_is_named() -> None:
    of = pool(
        child("A", decided_on="2018-02-10", placement_order_on="2018-03-05"),
        child("B", decided_on="2017-02-10", placement_order_on="2017-03-05", matched_on="2018-02-20"),
        families=(parents("F", stage_1_start="2018-02-01", stage_1_end="2018-02-20", left_on="2018-03-01"),),
    )
    tables = activity_tables(of, ON, months=2)
    assert tables.months == (dt.date(2018, 2, 28), ON)
    assert {row.key: row.counts for row in tables.children_activity}["decided_on"] == (1, 0)
    assert {row.key: row.counts for row in tables.children_status} == {
        "awaiting_order_to_place": (1, 0),
        "awaiting_match": (0, 1),
        "awaiting_placement": (1, 1),
        "awaiting_adoption_order": (0, 0),
    }
    assert dict(tables.children_opening)["awaiting_match"] == 1
    for balance in (*tables.children_balance, *tables.families_balance):
        for opening, came, went, closing in zip(
            balance.opening, balance.came, balance.went, balance.closing, strict=True
        ):
            assert opening + came - went == closing
        assert balance.unexplained == ()
    assert {row.key: row.counts for row in tables.families_status}["awaiting_stage_2"] == (1, 0)

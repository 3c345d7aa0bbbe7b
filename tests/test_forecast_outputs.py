"""What is read off a forecast: fans, costs by hand, needs carried along, and the back-test's counts."""

import datetime as dt
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from matcher.services.forecast import Area, Forecast, back_test, forecast_costs, needs_ahead
from matcher.services.forecast.running import months_after
from matcher.services.stock import Living
from models.case import Case
from models.forecast import BASELINE, EdgeOfCare, Inflation, Scenario
from models.ssda903.flows import stock
from tests.generated_care import AS_AT, generated
from tests.make_case import FRAMEWORK, NEED_KEYS, make_case, make_child, make_home, make_placement

DAYS = (AS_AT, *(months_after(AS_AT, month) for month in range(1, 13)))
HERE = "E07000242"


def made(children: list[list[int]], scenario: Scenario = BASELINE) -> Forecast:
    """Draws of one year: so many children of 10 to 12 with in-house carers at home, the same every month."""
    counts = np.zeros((len(children), len(DAYS), 6, 1, 1, 1), dtype=np.uint8)
    counts[:, :, 3, 0, 0, 0] = np.array(children)
    return Forecast(
        as_at=AS_AT, since=AS_AT, scenario=scenario, days=DAYS, kinds=(Living.IN_HOUSE_FOSTERING,), areas=(Area.IN,),
        districts=(HERE,), stock=counts, came=np.zeros((2, 13, 7), dtype=np.uint16),
        left=np.zeros((2, 13, 7), dtype=np.uint16), moved=np.zeros((2, 13), dtype=np.uint16), flows=(), not_told=(),
        reading=(), synthetic=True,
    )  # fmt: skip


def a_case(level: int = 0) -> Case:
    """Two children of 11 in a fostering household at £700 a week, assessed alike on every need."""
    children = [make_child(name, age=11, levels=dict.fromkeys(NEED_KEYS, level)) for name in ("C1", "C2")]
    placements: list[Any] = [make_placement(name, "H1", fee_pence=70_000) for name in ("C1", "C2")]
    return make_case(children, [make_home("H1", places=3)], placements=placements)


def test_months_keep_to_the_ends_of_months() -> None:
    assert months_after(AS_AT, 11) == dt.date(2019, 2, 28)
    assert months_after(dt.date(2018, 1, 30), 1) == dt.date(2018, 2, 28)
    assert months_after(dt.date(2018, 2, 28), 1) == dt.date(2018, 3, 31)
    assert months_after(dt.date(2018, 1, 15), -13) == dt.date(2016, 12, 15)


def test_the_fan_is_quantiles_over_draws_and_unknown_groups_are_refused() -> None:
    found = made([[number] * 13 for number in range(101)])
    fan = found.fan(ages=("10-12",), areas=(Area.IN,), districts=(HERE,))
    assert (fan.low_95[3], fan.low_80[3], fan.median[3], fan.high_80[3], fan.high_95[3]) == (2.5, 10, 50, 90, 97.5)
    assert found.fan(ages=("5-9",)).high_95[3] == 0 and found.fan(kinds=(Living.SECURE,)).high_95[3] == 0
    with pytest.raises(ValueError, match="expected one of under 1"):
        found.fan(ages=("teenagers",))


def test_ten_children_at_700_pounds_a_week_for_a_year() -> None:
    costs = forecast_costs(a_case(), made([[10] * 13, [10] * 13]))
    (year,) = costs.years
    assert costs.weekly_pence == {Living.IN_HOUSE_FOSTERING: 70_000}
    assert year.median == 10 * 70_000 * 365 // 7 and (year.low_95, year.high_95) == (year.median, year.median)


def test_inflation_raises_and_a_service_costs_from_its_start() -> None:
    service = EdgeOfCare(averted_percent=0, children_a_year=100, package_pence=600_000, starts=dt.date(2018, 9, 30))
    scenario = Scenario(name="Dearer", changes=(Inflation(hundredths=1_000), service))
    (year,) = forecast_costs(a_case(), made([[10] * 13, [10] * 13], scenario)).years
    by_hand = sum(
        10 * 10_000 * (after - before).days * 1.1 ** (((after - AS_AT).days + (before - AS_AT).days) / 2 / 365.25)
        for before, after in pairwise(DAYS)
    )
    assert year.median == pytest.approx(by_hand, abs=1)
    assert year.service_pence == round(100 * 600_000 * 183 / 365)


def test_needs_are_those_of_the_children_assessed_and_each_child_counts_once() -> None:
    counts = needs_ahead(a_case(level=FRAMEWORK.top_level), made([[50] * 13, [50] * 13]))
    by_band = {count.band: count.median for count in counts}
    assert sum(by_band.values()) == 50
    assert by_band[FRAMEWORK.bands[-1].label] == 50


def test_nobody_assessed_means_no_needs_are_told() -> None:
    case = make_case([make_child("C1", age=11)], [make_home("H1")], placements=[make_placement("C1", "H1")])
    assert needs_ahead(case, made([[50] * 13, [50] * 13])) == ()


@cache
def _history() -> Case:
    return generated(np.random.default_rng(11), lambda _: 80.0, 0)[0]


def test_the_back_test_compares_with_what_the_returns_show() -> None:
    found = back_test(_history(), draws=100)
    assert (found.fitted_to, found.quarters[-1]) == (dt.date(2017, 3, 31), AS_AT)
    everybody = [count for count in found.counts if count.group == "Total"]
    assert [count.actual for count in everybody] == [len(stock(_history().episodes, day)) for day in found.quarters]
    assert {count.carried for count in everybody} == {len(stock(_history().episodes, found.fitted_to))}
    for row in found.rows:
        mine = [count for count in found.counts if count.group == row.group]
        assert row.tests == len(mine)
        assert row.within_80 == sum(count.low_80 <= count.actual <= count.high_80 for count in mine)
    # Every way of cutting counts every child.
    for group in ("Age", "Kind", "Area", "District"):
        last = [count.actual for count in found.counts if count.group == group and count.on == AS_AT]
        assert sum(last) == everybody[-1].actual

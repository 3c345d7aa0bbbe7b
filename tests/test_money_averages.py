"""Average weekly cost against last year and the benchmark, by hand."""

from decimal import Decimal
from fractions import Fraction
from math import sqrt
from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.services.money.averages import AverageCost, average_costs, mean_interval
from models.case import Case
from models.commissioning import Price, Whose
from models.vocabulary import HomeKind, Sector
from tests.money_case import a_case

OWN, OTHERS = Whose.OWN, Whose.BENCHMARK


def price(kind: HomeKind, pence: int, whose: Whose = OWN, *, year: int = 2017, **fields: object) -> Price:
    given = {"sector": Sector.PRIVATE, "disability": False, "source": "a return"} | fields
    return Price.model_validate({"year": year, "kind": kind, "weekly_pence": pence, "whose": whose} | given)


def row(case: Case, label: str) -> AverageCost:
    return next(each for each in average_costs(case).rows if each.line.label == label)


def test_change_against_last_year_and_the_benchmark() -> None:
    case = a_case(
        prices=(
            price(HomeKind.RESIDENTIAL, 360_000),
            price(HomeKind.RESIDENTIAL, 400_000, OTHERS, year=2018),
            price(HomeKind.RESIDENTIAL, 390_000, OTHERS, year=2016),
            price(HomeKind.FOSTER, 100_000, sector=Sector.VOLUNTARY, disability=True),
        )
    )
    home = row(case, "Independent residential home")
    assert home.line.mean_pence == 375_000
    assert home.last_year is not None
    assert home.benchmark is not None
    last = home.last_year
    assert (last.year, last.pence, last.change_pence, last.change_percent) == ("2016/17", 360_000, 15_000, 4.2)
    assert (home.benchmark.year, home.benchmark.change_pence, home.benchmark.change_percent) == (
        "2017/18",
        -25_000,
        -6.2,
    )
    assert home.benchmark.source == "a return"
    disability = row(case, "IFA fostering, disability").last_year
    assert disability is not None
    assert disability.change_percent == 30.0  # a voluntary agency's price stands for the independent sector
    assert row(case, "IFA fostering").last_year is None


def test_last_years_price_is_of_the_year_before_and_no_other() -> None:
    case = a_case(prices=(price(HomeKind.RESIDENTIAL, 1, year=2016), price(HomeKind.RESIDENTIAL, 2, year=2018)))
    assert row(case, "Independent residential home").last_year is None
    assert average_costs(case).not_used == (
        "own 2015/16: private residential",
        "own 2017/18: private residential",
    )


def test_a_benchmark_of_an_earlier_year_serves_and_of_a_later_one_does_not() -> None:
    old, new = (price(HomeKind.RESIDENTIAL, 1, OTHERS, year=year) for year in (2015, 2019))
    found = row(a_case(prices=(old, new)), "Independent residential home").benchmark
    assert found is not None
    assert found.year == "2014/15"


def test_where_no_price_is_known_there_is_nothing_to_compare() -> None:
    connected = row(a_case(prices=(price(HomeKind.CONNECTED, 40_000, sector=Sector.IN_HOUSE),)), "Connected person")
    assert (connected.line.mean_pence, connected.last_year, connected.low_pence) == (None, None, None)


def test_the_interval_by_hand() -> None:
    # ten prices, mean 55.5 and sample deviation 30.2765; t of 9 degrees is 2.2622
    prices = [10_00 * n + 50 for n in range(1, 11)]
    assert mean_interval(prices) == (round(5550 - 2.262157 * 3027.6504 / sqrt(10)), 7716)
    assert mean_interval(prices[:9]) is None
    assert mean_interval([500] * 10) == (500, 500)


@given(st.lists(st.integers(0, 10**7), min_size=10, max_size=40))
def test_the_interval_holds_the_mean_and_is_as_wide_as_the_spread_says(prices: list[int]) -> None:
    found = mean_interval(prices)
    assert found is not None
    mean = Fraction(sum(prices), len(prices))
    assert found[0] - 1 <= mean <= found[1] + 1
    width = float(stdev(map(Decimal, prices))) / sqrt(len(prices))
    assert 1.9 * width - 1 <= found[1] - float(mean) <= 2.3 * width + 1


def test_below_ten_prices_there_is_no_interval() -> None:
    assert row(a_case(), "Independent residential home").low_pence is None


@pytest.mark.parametrize("label", ["Placed for adoption", "With parents"])
def test_places_that_nobody_sells_have_no_average(label: str) -> None:
    assert label not in {each.line.label for each in average_costs(a_case()).rows}

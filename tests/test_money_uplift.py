"""Uplifts and shares in exact arithmetic."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.services.money.arithmetic import apportioned, divided, percent_change
from matcher.services.money.costs import cost_now
from matcher.services.money.funding import Split, added, shared_as, split
from matcher.services.money.uplift import WHOLE, coming_years, cost_by_year, uplifted
from models.commissioning import Uplift
from models.placement import Funding
from models.vocabulary import HomeKind
from tests.money_case import a_case

AMOUNTS = st.integers(0, 10**12)
RATES = st.lists(st.integers(-2_000, 5_000), max_size=5)


def test_an_uplift_by_hand() -> None:
    assert uplifted(91_500, [250]) == 93_788  # 93,787.5
    assert uplifted(91_500, [250, 300]) == 96_601  # 91,500 x 1.025 x 1.03 = 96,601.125
    assert uplifted(91_500, []) == 91_500
    assert uplifted(50, [100]) == 51  # 50.5, halves up


@given(AMOUNTS, RATES)
def test_rounding_happens_once_however_many_years(pence: int, rates: list[int]) -> None:
    exact = Fraction(pence)
    for rate in rates:
        exact *= Fraction(WHOLE + rate, WHOLE)
    assert Fraction(-1, 2) < uplifted(pence, rates) - exact <= Fraction(1, 2)


def rise(year: int, hundredths: int, kind: HomeKind | None = None) -> Uplift:
    return Uplift(year=year, kind=kind, hundredths=hundredths)


def test_coming_years_by_hand() -> None:
    case = a_case(uplifts=(rise(2019, 200), rise(2019, 500, HomeKind.RESIDENTIAL), rise(2020, 0, HomeKind.FOSTER)))
    first, second = cost_by_year(case, cost_now(case).lines)
    assert (first.year, second.year) == ("2018/19", "2019/20")
    told = {line.label: (line.hundredths, line.weekly.total_pence) for line in first.lines}
    assert told == {
        "Connected person": (200, 0),
        "In-house fostering": (200, 83_640),
        "IFA fostering": (200, 91_800),
        "IFA fostering, disability": (200, 132_600),
        "Independent residential home": (500, 787_500),
    }
    assert first.weekly.parts == (81_600, 30_600, 20_400, 962_940)
    assert first.weekly_pence == sum(line.weekly.total_pence for line in first.lines) == 1_095_540
    assert first.yearly_pence == 52 * 1_095_540
    assert second.weekly_pence == first.weekly_pence  # a kind without a rise in a year stays


def test_a_year_without_any_uplift_ends_the_table_and_five_years_are_the_most() -> None:
    assert coming_years(a_case(uplifts=[rise(year, 100) for year in (2018, 2019, 2021)])) == (2019,)
    assert coming_years(a_case(uplifts=[rise(year, 100) for year in range(2017, 2030)])) == tuple(range(2019, 2024))
    assert cost_by_year(a_case(), cost_now(a_case()).lines) == ()


@settings(max_examples=25)
@given(st.lists(st.integers(-1_000, 3_000), min_size=1, max_size=5))
def test_in_every_year_who_pays_adds_up_to_the_lines(rates: list[int]) -> None:
    case = a_case(uplifts=[rise(2019 + n, rate) for n, rate in enumerate(rates)])
    lines = cost_now(case).lines
    for number, year in enumerate(cost_by_year(case, lines), 1):
        assert sum(year.weekly.parts) == year.weekly_pence
        assert year.weekly_pence == sum(uplifted(line.weekly_pence, rates[:number]) for line in lines)


@given(AMOUNTS, RATES)
def test_the_order_of_uplifts_does_not_matter(pence: int, rates: list[int]) -> None:
    assert uplifted(pence, rates) == uplifted(pence, sorted(rates))


@given(AMOUNTS, AMOUNTS, RATES)
def test_a_dearer_place_never_becomes_the_cheaper(one: int, other: int, rates: list[int]) -> None:
    low, high = sorted((one, other))
    assert uplifted(low, rates) <= uplifted(high, rates)


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_division_rounds_halves_up(pence: int, by: int) -> None:
    assert Fraction(-1, 2) < divided(pence, by) - Fraction(pence, by) <= Fraction(1, 2)


@given(AMOUNTS, st.lists(st.integers(0, 10**9), min_size=1, max_size=6).filter(any))
def test_parts_add_up_and_are_within_a_penny_of_their_share(total: int, weights: list[int]) -> None:
    parts = apportioned(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


def test_parts_by_hand() -> None:
    assert apportioned(100, (1, 1, 1)) == (34, 33, 33)
    assert apportioned(5, (0, 3, 7)) == (0, 2, 3)  # 1.5 and 3.5: the earlier has the odd penny


@pytest.mark.parametrize(("total", "weights"), [(1, ()), (1, (0, 0)), (-1, (1,)), (1, (2, -1))])
def test_what_cannot_be_shared_out_is_refused(total: int, weights: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="cannot share"):
        apportioned(total, weights)


def test_changes_in_per_cent() -> None:
    assert percent_change(91_500, 90_000) == 1.7  # 1.666...
    assert percent_change(90_000, 91_500) == -1.6  # -1.639...
    assert percent_change(1, 0) is None


def test_who_pays_is_only_taken_from_shares_that_make_the_fee() -> None:
    shares = Funding(social_care_pence=60_000, education_pence=30_000, health_pence=10_000)
    assert split(100_000, shares).parts == (60_000, 30_000, 10_000, 0)
    assert split(100_001, shares).parts == (0, 0, 0, 100_001)
    assert split(100_000, None).parts == (0, 0, 0, 100_000)


def test_a_new_fee_keeps_the_old_proportions() -> None:
    old = Split(social_care_pence=60_000, education_pence=30_000, health_pence=10_000)
    assert shared_as(50_001, old).parts == (30_001, 15_000, 5_000, 0)
    assert shared_as(7, Split()).parts == (0, 0, 0, 7)
    assert added([old, Split(not_known_pence=5)]).parts == (60_000, 30_000, 10_000, 5)
    assert added([]) == Split()

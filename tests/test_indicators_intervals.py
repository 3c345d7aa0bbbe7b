"""Intervals against SciPy's own, and at their ends."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2

from matcher.services.intervals import rate_interval, wilson


@given(st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_scipys(pair: tuple[int, int]) -> None:
    count, out_of = pair
    expected = binomtest(count, out_of).proportion_ci(method="wilson")
    low, high = wilson(count, out_of)
    assert low == pytest.approx(100 * expected.low, abs=1e-9)
    assert high == pytest.approx(100 * expected.high, abs=1e-9)


def test_wilson_of_nobody_is_anything() -> None:
    assert wilson(0, 0) == (0.0, 100.0)


def test_wilson_ends_exactly_at_none_and_all() -> None:
    assert wilson(0, 7)[0] == 0.0
    assert wilson(7, 7)[1] == 100.0


def test_wilson_of_the_demo() -> None:
    assert [round(end, 1) for end in wilson(108, 903)] == [10.0, 14.2]


@pytest.mark.parametrize(("count", "out_of"), [(-1, 3), (4, 3), (1, 0)])
def test_what_is_no_share_is_refused(count: int, out_of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(count, out_of)


@pytest.mark.parametrize("count", [0, 1, 5, 277])
def test_rate_is_the_exact_poisson_interval(count: int) -> None:
    low, high = rate_interval(count, 960.0, per=100)
    assert low == pytest.approx(100 * chi2.ppf(0.025, 2 * count) / 2 / 960 if count else 0.0)
    assert high == pytest.approx(100 * chi2.ppf(0.975, 2 * count + 2) / 2 / 960)


def test_rate_without_exposure_has_no_upper_end() -> None:
    assert rate_interval(3, 0.0) == (0.0, math.inf)
    with pytest.raises(ValueError, match="no rate"):
        rate_interval(-1, 2.0)

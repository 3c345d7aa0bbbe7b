"""Forecasts of histories whose true process is known: intervals hold as often as they say, trends are followed."""

from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest

from matcher.services.forecast import forecast
from models.ssda903.flows import stock
from tests.generated_care import AS_AT, generated, rising, seasonal, steady

HISTORIES, YEARS, DRAWS = 30, 2, 200
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@cache
def _outcomes(rate: Callable[[float], float]) -> tuple[Bools, Floats, Floats]:
    """By history and after 3, 12 and 24 months: whether 80% held the truth; errors of the centre and of today."""
    held, centre, carried = [], [], []
    for number in range(HISTORIES):
        case, whole = generated(np.random.default_rng(number), rate, YEARS)
        found = forecast(case, years=YEARS, draws=DRAWS, seed=number)
        fan = found.fan()
        at = (3, 12, 24)
        true = [len(stock(whole, found.days[month])) for month in at]
        held.append([fan.low_80[month] <= count <= fan.high_80[month] for month, count in zip(at, true, strict=True)])
        centre.append([abs(fan.median[month] - count) for month, count in zip(at, true, strict=True)])
        carried.append([abs(fan.median[0] - count) for count in true])
        assert fan.median[0] == len(stock(case.episodes, AS_AT))
    return np.array(held), np.array(centre), np.array(carried)


@pytest.mark.parametrize("rate", [steady, rising, seasonal])
def test_eighty_per_cent_intervals_hold_the_truth_in_70_to_90_of_100(rate: Callable[[float], float]) -> None:
    held, _, _ = _outcomes(rate)
    assert 0.7 <= held.mean() <= 0.9


def test_the_centre_beats_carrying_todays_number_forward_where_there_is_a_trend() -> None:
    _, centre, carried = _outcomes(rising)
    assert centre[:, 2].mean() < 0.75 * carried[:, 2].mean()

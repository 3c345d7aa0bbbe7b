"""The supply forecast on generated histories, whose true process is known."""

from functools import cache

import numpy as np
import pytest

from matcher.services.supply import supply_forecast
from tests.generated_homes import SHRINKING, STEADY, Truth, generated, places_on

HISTORIES, DRAWS = 40, 200
MONTHS = (6, 12, 18, 24)


@cache
def tried(truth: Truth) -> tuple[tuple[bool, ...], float, float]:
    """Whether each 80% interval held the truth; mean errors two years ahead of the median, and of today's number."""
    held, errors, carried = [], [], []
    for number in range(HISTORIES):
        case, spells = generated(np.random.default_rng([number, 5]), truth)
        fan = supply_forecast(case, years=2, draws=DRAWS, seed=number).fan()
        for month in MONTHS:
            true = places_on(spells, fan.days[month])
            held.append(fan.low_80[month] <= true <= fan.high_80[month])
        errors.append(abs(fan.median[-1] - true))
        carried.append(abs(fan.median[0] - true))
    return tuple(held), float(np.mean(errors)), float(np.mean(carried))


@pytest.mark.parametrize("truth", [STEADY, SHRINKING])
def test_80_percent_intervals_hold_70_to_90_of_100(truth: Truth) -> None:
    held = tried(truth)[0]
    assert 0.7 <= sum(held) / len(held) <= 0.9


def test_where_homes_go_it_beats_carrying_todays_number_on() -> None:
    _, error, carried = tried(SHRINKING)
    assert error < 0.8 * carried

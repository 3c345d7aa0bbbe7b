"""Axes hold every value, begin and end on a tick, and say numbers as the table does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.reports.document import Money, Percent
from matcher.reports.drawing.scale import Scale


def test_ticks_of_a_known_range() -> None:
    scale = Scale.over([12, 88], 0, 100, zero=True)
    assert (scale.least, scale.most, scale.step) == (0, 100, 20)
    assert [words for _, words in scale.ticks(1)] == ["0", "20", "40", "60", "80", "100"]
    assert scale.at(25) == 25


def test_ticks_say_amounts_shares_and_decimals() -> None:
    assert [words for _, words in Scale.over([-1500, 900], 0, 1).ticks(Money(1))][:2] == ["-£1,500", "-£1,000"]
    assert Scale.over([0, 50], 0, 1).ticks(Percent(1.0))[-1][1] == "50%"
    assert [words for _, words in Scale.over([0, 0.4], 0, 1).ticks(0.1)] == ["0.0", "0.1", "0.2", "0.3", "0.4"]


@given(st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 3)), max_size=8), st.booleans())
def test_every_value_lies_on_the_scale(values: list[float], zero: bool) -> None:
    scale = Scale.over(values, 10, 210, zero=zero)
    assert all(10 - 1e-6 <= scale.at(value) <= 210 + 1e-6 for value in values)
    ticks = scale.ticks(1.0)
    assert ticks[0][0] == pytest.approx(10)
    assert ticks[-1][0] == pytest.approx(210)
    assert 2 <= len(ticks) <= 9

"""Rates from the past, by hand: what is counted when, how fine groups lean on coarse ones, where nobody goes."""

import datetime as dt

import numpy as np
import pytest

from matcher.services.forecast.arrivals import damped, fit_arrivals, quarter_counts
from matcher.services.forecast.counting import Entrant
from matcher.services.forecast.estimating import EVENTS, choices, hazards
from matcher.services.forecast.layout import STREAMS

FIRST, LAST = dt.date(2016, 4, 1), dt.date(2018, 3, 31)


def test_quarters_are_whole_and_end_on_the_last_day() -> None:
    days = [dt.date(2016, 4, 1), dt.date(2016, 6, 30), dt.date(2016, 7, 1), LAST, dt.date(2018, 4, 1)]
    counts = quarter_counts([Entrant(0, 2, 0, 0, day, FIRST) for day in days], FIRST, LAST)
    assert counts.shape == (len(STREAMS), 8)
    assert counts[2].tolist() == [2, 1, 0, 0, 0, 0, 0, 1] and counts.sum() == 4
    later = quarter_counts([Entrant(0, 2, 0, 0, days[0], FIRST)], dt.date(2016, 4, 2), LAST)
    assert later.shape[1] == 7 and later.sum() == 0


def test_steady_counts_give_their_mean_and_no_trend() -> None:
    counts = np.zeros((len(STREAMS), 20), dtype=np.int64)
    counts[3], counts[6] = 40, 5
    fitted = fit_arrivals(counts)
    assert fitted.live == (3, 6)
    ahead = fitted.expected(fitted.centre[None], np.array([0.1, 5.0]), np.array([0, 19]))[0]
    assert ahead[:, 3] == pytest.approx(40, rel=0.01) and ahead[:, 6] == pytest.approx(5, rel=0.01)
    assert ahead[:, 0].max() == 0


def test_trends_fade_ahead_and_not_behind() -> None:
    assert damped(np.array([-3.0, 0.0])).tolist() == [-3.0, 0.0]
    ahead = damped(np.array([1.0, 5.0, 100.0]))
    assert ahead[0] < 1 and ahead[1] < 3.1 and ahead[2] == pytest.approx(-1 / np.log(0.8))


def test_a_cell_never_seen_has_the_rate_of_its_kind_and_a_full_one_its_own() -> None:
    # One group, two areas of one kind: 1,000 events in 100,000 days in one of them, nobody in the other.
    one = np.ones(1)
    group, zero = np.array([3]), np.array([0])
    rates = hazards(1_000 * one, group, zero, zero, 100 * one, one, 2, 2)
    assert rates[3, 0, 0] == pytest.approx(0.01) and rates[3, 1, 0] == pytest.approx(0.01)
    assert rates[0, 0, 0] == pytest.approx(0.01)
    # Ten days without an event in the other area: as if four had been seen in 400 days before.
    two = hazards(
        np.array([1_000.0, 1.0]), np.array([3, 3]), np.array([0, 1]), np.array([0, 0]), np.array([100.0, 10.0]),
        np.array([1.0, 0.0]), 2, 2,
    )  # fmt: skip
    assert two[3, 1, 0] == pytest.approx(EVENTS / (10 + EVENTS / two[3, 0, 0]), rel=0.001)


def test_nobody_goes_where_no_child_of_the_group_went() -> None:
    group, left, to = np.array([3, 3, 4]), np.array([0, 0, 0]), np.array([1, 0, 2])
    totals = choices(np.array([30.0, 10.0, 5.0]), group, left, to, 1, 3)
    chances = np.diff(totals, axis=2, prepend=0.0)
    assert chances.sum(axis=2) == pytest.approx(1)
    assert chances[3, 0].tolist() == pytest.approx([0.25, 0.75, 0])
    assert chances[4, 1].tolist() == pytest.approx([0, 0, 1])

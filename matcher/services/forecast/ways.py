"""Compiled: every child's way through care under one draw's rates.

Everything compiled together stands in one file: numba keeps machine code by the file of a function and would not see
a change in another. Times are days from the end of the as-at date, with parts of days ahead of it. Groups 0-6 lie
between the birthdays of :mod:`layout`, 7 is unaccompanied children.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

from matcher.services.forecast.shapes import Coming, Counts, Here, Rates

_F = TypeVar("_F", bound=Callable[..., object])
_Real = npt.NDArray[np.float64]
_Whole = npt.NDArray[np.int64]
_BANDS, _STREAMS, _ALONE, _ADULT = 6, 7, 7, 7
_NEW, _SETTLING, _SETTLED = 91.0, 365.0, 730.0
_TRIES = 20


def _compiled(function: _F) -> _F:
    compile_: Any = numba.njit(cache=True, nogil=True, error_model="numpy")
    return cast("_F", compile_(function))


@_compiled
def run_draw(
    seed: int, of_child: _Real, coming: Coming, here: Here, expected: _Real, rates: Rates, closing: _Real, ends: _Real,
    counts: Counts,
) -> None:  # fmt: skip
    """One possible future: the ways of all who are in care or will come, under given rates.

    Args:
        seed: of this draw's luck.
        of_child: what each life of the past counts for in this draw.
        coming: those who came, to draw arrivals from.
        here: those whose way starts on a known day.
        expected: arrivals expected, months x streams.
        rates: of leaving and moving.
        closing: rows of arrangement, day, share of its places that close.
        ends: days from the as-at date to itself (0) and to each month's end.
        counts: all 0 but ``flows``, and written: ``stock`` holds children at the end of each of ``ends`` afterwards.
    """
    np.random.seed(seed)  # noqa: NPY002
    totals = np.cumsum(coming.weight * of_child[coming.child])
    for i in range(len(here.came)):
        stream, state, district = here.stream[i], here.state[i], here.district[i]
        if state < 0 or district < 0:
            like = _like(totals, coming.first, stream)
            state = state if state >= 0 else coming.state[like]
            district = district if district >= 0 else coming.district[like]
        if here.came[i] > 0:
            state = _placed(state, here.came[i], closing, totals, coming, stream)
            counts.came[np.searchsorted(ends, here.came[i]), stream] += 1
        _live(
            max(here.came[i], 0.0), stream == _STREAMS - 1, here.birthdays[i], state, district, here.came[i],
            here.stay[i], rates, closing, ends, counts,
        )  # fmt: skip
    for month in range(1, len(ends)):
        for stream in range(_STREAMS):
            if coming.first[stream] < coming.first[stream + 1]:
                _arrive(month, stream, totals, coming, expected[month - 1, stream], rates, closing, ends, counts)
    for month in range(1, len(ends)):
        counts.stock[month] += counts.stock[month - 1]


@_compiled
def _arrive(
    month: int, stream: int, totals: _Real, coming: Coming, expected: float, rates: Rates, closing: _Real,
    ends: _Real, counts: Counts,
) -> None:  # fmt: skip
    """Those of one stream who come in one month: each like somebody who came before, on a day by chance."""
    number = np.random.poisson(expected)  # noqa: NPY002
    counts.came[month, stream] += number
    for _ in range(number):
        now = ends[month] - (ends[month] - ends[month - 1]) * np.random.random()  # noqa: NPY002
        like = _like(totals, coming.first, stream)
        state = _placed(coming.state[like], now, closing, totals, coming, stream)
        _live(
            now, stream == _STREAMS - 1, coming.birthdays[like] + now, state, coming.district[like], now, now, rates,
            closing, ends, counts,
        )  # fmt: skip


@_compiled
def _like(totals: _Real, first: _Whole, stream: int) -> int:
    """Somebody who came before in the stream, by weight."""
    low, high = first[stream], first[stream + 1]
    before = totals[low - 1] if low > 0 else 0.0
    at: float = before + np.random.random() * (totals[high - 1] - before)  # noqa: NPY002
    found: int = min(low + int(np.searchsorted(totals[low:high], at, side="right")), high - 1)
    return found


@_compiled
def _placed(state: int, now: float, closing: _Real, totals: _Real, coming: Coming, stream: int) -> int:
    """The arrangement somebody comes into: another child's of the stream where there is no room left in this one."""
    tries = 0
    while tries < _TRIES and np.random.random() < _turned_away(state, now, closing):  # noqa: NPY002
        state = coming.state[_like(totals, coming.first, stream)]
        tries += 1
    return state


@_compiled
def _live(
    now: float, alone: bool, birthdays: _Real, state: int, district: int, care: float, stay: float, rates: Rates,
    closing: _Real, ends: _Real, counts: Counts,
) -> None:  # fmt: skip
    """One child's way from now to the last month end, added to the draw's counts."""
    last, since, age = ends[-1], now, _age(birthdays, now)
    while age < _ADULT:
        group, band, before = _ALONE if alone else age, min(age, _BANDS - 1), state
        going = rates.leave[group, state, _band(care, now)]
        rate = going + rates.move[group, state, _band(stay, now)]
        until = min(birthdays[age], _next_band(care, now), _next_band(stay, now), last + 1.0)
        closes = _next_closing(state, now, until, closing)
        if closes >= 0:
            until = closing[closes, 1]
        when = now + (np.random.exponential(1.0 / rate) if rate > 0 else np.inf)  # noqa: NPY002
        happens = when < until
        now = min(when, until)
        if now > last:
            break
        gone = False
        if happens and np.random.random() * rate < going:  # noqa: NPY002
            gone = True
        elif happens:
            state, stay = _moves(now, rates.to[group, before], closing), now
        else:
            age = _age(birthdays, now)
            gone = age == _ADULT
            if closes >= 0 and not gone and np.random.random() < closing[closes, 2]:  # noqa: NPY002
                state, stay = _elsewhere(before, rates.to[group, before]), now
        month = np.searchsorted(ends, now)
        if gone:
            counts.left[month, _BANDS if age == _ADULT else band] += 1
        elif stay == now:
            counts.moved[month] += 1
            counts.flows[before, state] += 1
        if gone or state != before or min(age, _BANDS - 1) != band:
            _count(counts.stock, band, before, district, since, now, ends)
            since = now
        if gone:
            return
    if age < _ADULT:
        _count(counts.stock, min(age, _BANDS - 1), state, district, since, last + 1.0, ends)


@_compiled
def _age(birthdays: _Real, now: float) -> int:
    """How many of the birthdays have been."""
    age = 0
    while age < _ADULT and birthdays[age] <= now:
        age += 1
    return age


@_compiled
def _next_closing(state: int, now: float, until: float, closing: _Real) -> int:
    """The number of the first closing of this arrangement after now, up to a time; -1 for none."""
    found = -1
    for c in range(len(closing)):
        if closing[c, 0] == state and now < closing[c, 1] <= until:
            found, until = c, closing[c, 1]
    return found


@_compiled
def _moves(now: float, totals: _Real, closing: _Real) -> int:
    """Where somebody who moves goes; elsewhere if there is no room left."""
    found = _pick(totals)
    if np.random.random() < _turned_away(found, now, closing):  # noqa: NPY002
        return _elsewhere(found, totals)
    return found


@_compiled
def _pick(totals: _Real) -> int:
    return min(int(np.searchsorted(totals, np.random.random() * totals[-1], side="right")), len(totals) - 1)  # noqa: NPY002


@_compiled
def _band(since: float, now: float) -> int:
    # Compared as dates, never as a difference: rounding must not put a child back before the day just reached.
    return int(now >= since + _NEW) + int(now >= since + _SETTLING) + int(now >= since + _SETTLED)


@_compiled
def _next_band(since: float, now: float) -> float:
    for limit in (_NEW, _SETTLING, _SETTLED):
        if now < since + limit:
            return since + limit
    return np.inf


@_compiled
def _turned_away(state: int, now: float, closing: _Real) -> float:
    """The chance that an arrangement has no room left for who would move in: closings are arrangement, day, share."""
    room = 1.0
    for c in range(len(closing)):
        if closing[c, 0] == state and closing[c, 1] <= now:
            room *= 1 - closing[c, 2]
    return 1 - room


@_compiled
def _elsewhere(state: int, totals: _Real) -> int:
    """Another arrangement than this one, by the same chances; this one if there is no other."""
    here = totals[state] - (totals[state - 1] if state > 0 else 0.0)
    if totals[-1] - here <= 1e-12:
        return state
    found = state
    while found == state:
        found = _pick(totals)
    return found


@_compiled
def _count(stock: _Whole, band: int, state: int, district: int, since: float, until: float, month_ends: _Real) -> None:
    """Count a stay at every month end from ``since`` until before ``until``, as a rise and a fall."""
    stock[np.searchsorted(month_ends, since), band, state, district] += 1
    stock[np.searchsorted(month_ends, until), band, state, district] -= 1

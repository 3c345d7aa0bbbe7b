"""Compiled: what becomes of every home in one draw, its pauses included.

Everything compiled together stands in one file, as in the demand forecast. Times are days from the as-at date.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

_F = TypeVar("_F", bound=Callable[..., object])
_Real = npt.NDArray[np.float64]
_Whole = npt.NDArray[np.int64]
_YEAR = 365.25


def _compiled(function: _F) -> _F:
    compile_: Any = numba.njit(cache=True, nogil=True, error_model="numpy")
    return cast("_F", compile_(function))


class HomesNow(NamedTuple):
    """Homes as they are: places in the terms, off for good, filled; number of the group; why and how many pause now."""

    terms: _Whole
    lasting: _Whole
    filled: _Whole
    group: _Whole
    reason: _Whole
    paused: _Whole


class Pausing(NamedTuple):
    """One draw's pauses: see :class:`matcher.services.supply.pauses.Pauses`; ``first`` bounds ``part`` by cell."""

    ends: _Real
    flow: _Real
    part: _Real
    first: _Whole


class DrawnDays(NamedTuple):
    """Days of one draw, by home: it opens, closes, takes somebody new from; and rows of places cut, with their days."""

    opens: npt.NDArray[np.float32]
    closes: npt.NDArray[np.float32]
    held_until: _Real
    cut_on: _Real
    cut: _Whole


@_compiled
def run_draw(
    seed: int, days: _Real, homes: HomesNow, pausing: Pausing, drawn: DrawnDays,
    places: npt.NDArray[np.uint8], back: _Whole, gone: _Whole,
) -> None:  # fmt: skip
    """One possible future of every home.

    Args:
        seed: of this draw's luck.
        days: the as-at date (0) and each month's end.
        homes: as they are.
        pausing: how they pause.
        drawn: when they open and close.
        places: written: usable places, days x homes.
        back: by group, places of open homes that came back: added to.
        gone: and those that went.
    """
    np.random.seed(seed)  # noqa: NPY002
    for home in range(len(homes.terms)):
        if drawn.opens[home] <= days[-1]:
            _live(home, days, homes, pausing, drawn, places, back, gone)


@_compiled
def _live(
    home: int, days: _Real, homes: HomesNow, pausing: Pausing, drawn: DrawnDays,
    places: npt.NDArray[np.uint8], back: _Whole, gone: _Whole,
) -> None:  # fmt: skip
    """One home from month to month."""
    opens, closes, group = drawn.opens[home], drawn.closes[home], homes.group[home]
    terms = homes.terms[home]
    limit = terms - homes.lasting[home]
    begins = 0.0
    for why in range(len(pausing.ends)):
        begins += pausing.flow[group, why]
    reason, paused = homes.reason[home], min(homes.paused[home], limit)
    turn = _next(max(opens, 0.0), begins if reason < 0 else pausing.ends[reason])
    for day in range(len(days)):
        while turn <= days[day]:
            there = turn < closes
            if reason >= 0:
                back[group] += paused if there else 0
                reason, paused = -1, 0
            else:
                reason = _why(pausing, group, begins)
                paused = _how_many(pausing, group, reason, limit)
                gone[group] += paused if there else 0
            turn = _next(turn, begins if reason < 0 else pausing.ends[reason])
        if opens <= days[day] < closes:
            left = terms - homes.lasting[home] - paused
            for row in range(len(drawn.cut_on)):
                if days[day] >= drawn.cut_on[row]:
                    left -= drawn.cut[row, home]
            if days[day] < drawn.held_until[home]:
                left = min(left, homes.filled[home])
            places[day, home] = max(left, 0)


@_compiled
def _next(now: float, a_year: float) -> float:
    """When the next turn comes at a rate; never at none."""
    if a_year <= 0:
        return np.inf
    return now + np.random.exponential(_YEAR / a_year)  # noqa: NPY002


@_compiled
def _why(pausing: Pausing, group: int, begins: float) -> int:
    """The reason of a pause that begins, by how fast each reason's do."""
    left = np.random.random() * begins  # noqa: NPY002
    found = -1
    for why in range(len(pausing.ends)):
        flow = pausing.flow[group, why]
        if flow > 0:
            found = why
            if left < flow:
                break
            left -= flow
    return found


@_compiled
def _how_many(pausing: Pausing, group: int, why: int, limit: int) -> int:
    """Places that go: like the part of its places that one of today's pausing homes has off, and at least one."""
    cell = group * pausing.flow.shape[1] + why
    first, last = pausing.first[cell], pausing.first[cell + 1]
    part = pausing.part[first + int(np.random.random() * (last - first))]  # noqa: NPY002
    return min(max(int(part * limit + 0.5), 1), limit)

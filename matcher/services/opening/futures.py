"""What one possible future says of the week at the plan's horizon: how many look, who stays, which homes there are."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.services.forecast.counting import MOVED
from matcher.services.forecast.fitting import Fitted
from matcher.services.forecast.results import Forecast
from matcher.services.opening.looking import Looking
from matcher.services.stock import Living
from matcher.services.supply import Supply

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_WEEKS = 365.25 / 7
_AROUND = 6
_YEAR = 1.0


@dataclass(frozen=True, eq=False)
class Future:
    """One draw of the forecasts, seen in the week of the horizon.

    Attributes:
        number: The sample's number, which its chance is drawn with.
        new: Children new to care expected to look for a home that week, by stream.
        moving: Children in care already expected to.
        stock: Children in care then by kind of placement, of those forecast.
        places: Usable places of each home of `Supply.homes`.
    """

    number: int
    new: Floats
    moving: float
    stock: dict[Living, int]
    places: Ints


def horizon_of(found: Forecast, weeks: int) -> int:
    """The first month end of a forecast that is so many weeks ahead or more.

    Raises:
        ValueError: The forecast ends before.
    """
    day = found.as_at + dt.timedelta(weeks=weeks)
    for month, end in enumerate(found.days):
        if end >= day:
            return month
    raise ValueError(f"the forecast ends on {found.days[-1]:%d/%m/%Y}, before {day:%d/%m/%Y}: forecast more years")


def futures(
    found: Forecast, supply: Supply, fitted: Fitted, families: Looking, month: int, draws: Sequence[int]
) -> tuple[Future, ...]:
    """The futures of some draws at a month's end.

    As many children look for a home at once, for each who comes or moves in a week, as do today: searches are as long.
    Where nobody looks today, one week's comings and moves are taken.
    """
    came, moved = _rates_now(fitted)
    open_new = families.now_new / came if families.now_new and came else 1.0
    open_moving = families.now_moving / moved if families.now_moving and moved else 1.0
    around = slice(max(1, month - _AROUND + 1), min(len(found.days), month + _AROUND + 1))
    months = around.stop - around.start
    weeks = months / 12 * _WEEKS
    return tuple(
        Future(
            number,
            found.came[draw, around].sum(axis=0, dtype=np.int64) / weeks * open_new,
            float(found.moved[draw, around].sum(dtype=np.int64)) / weeks * open_moving,
            _stock(found, draw, month),
            supply.places[draw % len(supply.places), month].astype(np.int64),
        )
        for number, draw in enumerate(draws)
    )


def _rates_now(fitted: Fitted) -> tuple[float, float]:
    """Children who came into care and moves a week, in the last year of history."""
    came = sum((fitted.as_at - each.on).days < 365 for each in fitted.came)
    moved = int(((fitted.past.event == MOVED) & (fitted.past.ago < _YEAR)).sum())
    return came / _WEEKS, moved / _WEEKS


def _stock(found: Forecast, draw: int, month: int) -> dict[Living, int]:
    by_kind = found.stock[draw, month].sum(axis=(0, 2, 3), dtype=np.int64)
    return dict(zip(found.kinds, by_kind.tolist(), strict=True))

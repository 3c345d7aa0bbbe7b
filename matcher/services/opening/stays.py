"""Who will still live where they live now on a day ahead, by the rates that the forecast reads from the past."""

import datetime as dt

import numpy as np
import numpy.typing as npt

from matcher.services.forecast.fitting import Fitted, here_now, rates_of, recent
from matcher.services.forecast.layout import BIRTHDAYS, DURATIONS, STREAMS, UNACCOMPANIED
from matcher.services.forecast.lives import in_care

_STEP = 30.0
_ADULT = len(BIRTHDAYS) - 1


def chances_to_stay(fitted: Fitted, day: dt.date) -> dict[str, float]:
    """The chance that each child in care lives in the same home on a day ahead, by child; 0 after the 18th birthday.

    Rates of leaving and of moving are the mean ones of the forecast, followed month by month: they fall as a stay grows
    longer and change with birthdays.
    """
    rates, here = rates_of(fitted, recent(fitted)), here_now(fitted)
    ahead = float((day - fitted.as_at).days)
    alone = here.stream == len(STREAMS) - 1
    exposure = np.zeros(len(here.came))
    at = 0.0
    while at < ahead:
        step = min(_STEP, ahead - at)
        middle = at + step / 2
        age = (here.birthdays <= middle).sum(axis=1)
        group = np.where(alone, UNACCOMPANIED, np.minimum(age, _ADULT))
        leaving = rates.leave[group, here.state, _band(middle - here.came)]
        moving = rates.move[group, here.state, _band(middle - here.stay)]
        exposure += step * (leaving + moving)
        at += step
    stays = np.where(here.birthdays[:, _ADULT] <= ahead, 0.0, np.exp(-exposure))
    children = in_care(fitted.everybody, fitted.as_at)
    return dict(zip(children, stays.tolist(), strict=True))


def _band(days: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    found: npt.NDArray[np.int64] = np.searchsorted(DURATIONS, days, side="right")
    return found

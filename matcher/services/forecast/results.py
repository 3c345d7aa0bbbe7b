"""What a forecast gives: every draw's counts by month, and medians and intervals of whatever is asked of them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.services.counts import AGE_BANDS
from matcher.services.forecast.layout import LEAVING, STREAMS, Area
from matcher.services.stock import Living
from models.forecast import Scenario
from models.record import Record

Counts = npt.NDArray[np.int64]
_QUANTILES = (2.5, 10.0, 50.0, 90.0, 97.5)


class Fan(Record):
    """One count month by month: median, 80% and 95% intervals over the draws, ends included.

    ``days`` are the days counted at, or for comings and leavings the last days of the months counted; the first of
    a stock is the as-at date, and known.
    """

    days: tuple[dt.date, ...]
    low_95: tuple[float, ...]
    low_80: tuple[float, ...]
    median: tuple[float, ...]
    high_80: tuple[float, ...]
    high_95: tuple[float, ...]


class MeanFlow(Record):
    """Moves from one arrangement to another, an average year's, over all draws and years."""

    from_living: Living
    from_area: Area
    to_living: Living
    to_area: Area
    a_year: float


@dataclass(frozen=True)
class Forecast:
    """A forecast of one case under one scenario, each draw a possible future.

    Attributes:
        as_at: the day history ends.
        since: the day it begins.
        scenario: what was changed.
        days: the as-at date and each month end ahead.
        kinds: the kinds of placement, in the order of ``stock``.
        areas: in the area, out of it, and not known if history has any of it.
        districts: home districts by code; None, the last, is elsewhere or not known, unaccompanied children among it.
        stock: children at the end of each of ``days``: draws x days x age bands x kinds x areas x districts.
        came: children who came into care in the month up to each day (0 at the first), by stream of ``STREAMS``.
        left: children who left in it, by ``LEAVING``.
        moved: changes of arrangement or carer in it.
        flows: those of an average year by arrangement.
        not_told: children looked after who are not forecast for want of usable episodes.
        reading: the scenario and its assumptions, in plain words.
        synthetic: whether the case is made up.
    """

    as_at: dt.date
    since: dt.date
    scenario: Scenario
    days: tuple[dt.date, ...]
    kinds: tuple[Living, ...]
    areas: tuple[Area, ...]
    districts: tuple[str | None, ...]
    stock: npt.NDArray[np.unsignedinteger[Any]]
    came: npt.NDArray[np.uint16]
    left: npt.NDArray[np.uint16]
    moved: npt.NDArray[np.uint16]
    flows: tuple[MeanFlow, ...]
    not_told: tuple[str, ...]
    reading: tuple[str, ...]
    synthetic: bool

    @property
    def draws(self) -> int:
        """How many futures were drawn."""
        return len(self.stock)

    def counts(
        self,
        *,
        ages: Sequence[str] = (),
        kinds: Sequence[Living] = (),
        areas: Sequence[Area] = (),
        districts: Sequence[str | None] = (),
    ) -> Counts:
        """Children of these ages, kinds, areas and home districts, draws x days; naming none of a sort is all of it.

        Raises:
            ValueError: an age band, area or district that the forecast does not know; a kind nobody lived in counts 0.
        """
        known = [kind for kind in kinds if kind in self.kinds]
        if kinds and not known:
            return np.zeros(self.stock.shape[:2], dtype=np.int64)
        picked: npt.NDArray[Any] = self.stock
        asked = ((2, AGE_BANDS, ages), (3, self.kinds, known), (4, self.areas, areas), (5, self.districts, districts))
        for axis, every, some in asked:
            if some:
                picked = picked.take([_position(every, one) for one in some], axis=axis)
        found: Counts = picked.sum(axis=(2, 3, 4, 5), dtype=np.int64)
        return found

    def fan(
        self,
        *,
        ages: Sequence[str] = (),
        kinds: Sequence[Living] = (),
        areas: Sequence[Area] = (),
        districts: Sequence[str | None] = (),
    ) -> Fan:
        """The stock of some children day by day, asked as in :meth:`counts`."""
        return fan_of(self.counts(ages=ages, kinds=kinds, areas=areas, districts=districts), self.days)

    def coming(self, streams: Sequence[str] = STREAMS) -> Fan:
        """Children of some streams who come into care, month by month; ValueError for a stream that is none."""
        return self._flow(self.came, STREAMS, streams)

    def leaving(self, groups: Sequence[str] = LEAVING) -> Fan:
        """Children who leave care by age band, or by turning 18, month by month; ValueError for another group."""
        return self._flow(self.left, LEAVING, groups)

    def a_year(self, flow: npt.NDArray[np.uint16]) -> float:
        """The mean of comings, leavings or moves a year (one of ``came``, ``left``, ``moved``), over all draws."""
        return float(flow.sum(dtype=np.int64)) / self.draws / (len(self.days) - 1) * 12

    def _flow(self, flow: npt.NDArray[np.uint16], every: Sequence[str], some: Sequence[str]) -> Fan:
        picked = flow[:, 1:].take([_position(every, one) for one in some], axis=2)
        return fan_of(picked.sum(axis=2, dtype=np.int64), self.days[1:])


def fan_of(counts: Counts, days: Sequence[dt.date]) -> Fan:
    """Quantiles over draws of counts, draws x days."""
    found = [tuple(float(value) for value in row) for row in np.percentile(counts, _QUANTILES, axis=0)]
    return Fan(days=tuple(days), low_95=found[0], low_80=found[1], median=found[2], high_80=found[3], high_95=found[4])


def _position(every: Sequence[object], one: object) -> int:
    if one not in every:
        raise ValueError(f"The forecast knows no {one!r}: expected one of {', '.join(map(str, every))}.")
    return every.index(one)

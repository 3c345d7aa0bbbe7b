"""A back-test: the forecast made without the last year, beside what came to pass and beside carrying today forward."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from matcher.services.counts import AGE_BANDS
from matcher.services.forecast.fitting import fit
from matcher.services.forecast.layout import Area
from matcher.services.forecast.lives import Life, Stay, in_care, lives
from matcher.services.forecast.results import Fan, Forecast
from matcher.services.forecast.running import forecast
from matcher.services.indicators.history import History
from matcher.services.stock import LIVING_LABELS, Living
from models.areas import district_name
from models.case import Case
from models.record import Record
from models.ssda903.ages import age_at, age_band
from models.ssda903.stability import months_before

QUARTERS = 4
_Holds = Callable[[Life, Stay, dt.date], bool]


class BackTestRow(Record):
    """One group of cells over the quarters held out: ``tests`` = its cells x quarters.

    ``within_80`` and ``within_95`` are how many of the tests the interval held; errors are of the median, and of
    carrying the last known count forward, in children on average.
    """

    group: str
    tests: int
    within_80: int
    within_95: int
    mean_error: float
    mean_error_carried: float

    @property
    def beats_carrying_forward(self) -> bool:
        """Whether the median was nearer on average."""
        return self.mean_error < self.mean_error_carried


class BackTestCount(Record):
    """One cell at the end of one quarter: what was forecast, and what there was."""

    group: str
    cell: str
    on: dt.date
    carried: int
    low_80: float
    median: float
    high_80: float
    low_95: float
    high_95: float
    actual: int


class BackTest(Record):
    """What a forecast made on ``fitted_to`` said of the quarters after it; tests of one history are not independent.

    Children who came to light in later returns are known to none of it, nor are later corrections.
    """

    fitted_to: dt.date
    quarters: tuple[dt.date, ...]
    draws: int
    rows: tuple[BackTestRow, ...]
    counts: tuple[BackTestCount, ...]


class _Cell(NamedTuple):
    group: str
    name: str
    fan: Fan
    holds: _Holds


def back_test(case: Case, *, quarters: int = QUARTERS, draws: int = 1_000, seed: int = 1) -> BackTest:
    """Forecast the last quarters of a case from what was known before them, and count.

    Cells are the total, age bands, kinds, areas and home districts; cells with nobody then or later are left out.

    Raises:
        HistoryTooShortError: the history before those quarters is too short to forecast from.
    """
    history = History(case)
    start = months_before(case.as_at, 3 * quarters)
    found = forecast(
        case, years=-(-quarters // 4), draws=draws, seed=seed, fitted=fit(case, as_at=start, history=history)
    )
    everybody = lives(history, case.as_at)
    by_child = {life.child: life for life in everybody}
    months = [3 * quarter for quarter in range(1, quarters + 1)]
    actual = {month: in_care(everybody, found.days[month]) for month in (0, *months)}
    counts = [_count(cell, month, found.days[month], by_child, actual) for cell in _cells(found) for month in months]
    shown = tuple(count for count in counts if count.actual or count.carried or count.high_95)
    groups = dict.fromkeys(count.group for count in shown)
    return BackTest(
        fitted_to=start,
        quarters=tuple(found.days[month] for month in months),
        draws=draws,
        rows=tuple(_row(group, [count for count in shown if count.group == group]) for group in groups),
        counts=shown,
    )


def _cells(found: Forecast) -> list[_Cell]:
    ages = [_Cell("Age", band, found.fan(ages=(band,)), _of_age(band)) for band in AGE_BANDS]
    kinds = [_Cell("Kind", LIVING_LABELS[kind], found.fan(kinds=(kind,)), _of_kind(kind)) for kind in found.kinds]
    areas = [_Cell("Area", area, found.fan(areas=(area,)), _of_area(area)) for area in found.areas]
    districts = [
        _Cell("District", _named(code), found.fan(districts=(code,)), _of_district(code)) for code in found.districts
    ]
    return [_Cell("Total", "Everybody", found.fan(), lambda *_: True), *ages, *kinds, *areas, *districts]


def _named(code: str | None) -> str:
    return district_name(code) if code else "Elsewhere or not known"


def _of_age(band: str) -> _Holds:
    return lambda life, _, day: age_band(age_at(life.born, day)) == band


def _of_kind(kind: Living) -> _Holds:
    return lambda _, stay, __: stay.living is kind


def _of_area(area: Area) -> _Holds:
    return lambda _, stay, __: stay.area is area


def _of_district(code: str | None) -> _Holds:
    return lambda life, _, __: life.district == code


def _count(
    cell: _Cell, month: int, day: dt.date, by_child: Mapping[str, Life], actual: Mapping[int, Mapping[str, Stay]]
) -> BackTestCount:
    fan = cell.fan
    there = sum(cell.holds(by_child[child], stay, day) for child, stay in actual[month].items())
    return BackTestCount(
        group=cell.group,
        cell=cell.name,
        on=day,
        carried=round(fan.median[0]),
        low_80=fan.low_80[month],
        median=fan.median[month],
        high_80=fan.high_80[month],
        low_95=fan.low_95[month],
        high_95=fan.high_95[month],
        actual=there,
    )


def _row(group: str, counts: Sequence[BackTestCount]) -> BackTestRow:
    return BackTestRow(
        group=group,
        tests=len(counts),
        within_80=sum(count.low_80 <= count.actual <= count.high_80 for count in counts),
        within_95=sum(count.low_95 <= count.actual <= count.high_95 for count in counts),
        mean_error=float(np.mean([abs(count.median - count.actual) for count in counts])),
        mean_error_carried=float(np.mean([abs(count.carried - count.actual) for count in counts])),
    )

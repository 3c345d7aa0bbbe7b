"""What the children forecast would cost at today's mean prices, raised by the scenario's inflation."""

import datetime as dt
from statistics import mean

import numpy as np
import numpy.typing as npt

from matcher.services.forecast.results import Forecast
from matcher.services.stock import Living, living, looked_after, weekly_fee
from models.case import Case
from models.forecast import EdgeOfCare, Inflation, Scenario
from models.record import Record

_DAYS_A_YEAR = 365.25


class YearCost(Record):
    """The cost of a year of care in whole pence: median and intervals over the draws, ends included.

    ``service_pence`` is what the scenario's edge-of-care service costs in it, and is in none of the others.
    """

    to: dt.date
    low_95: int
    low_80: int
    median: int
    high_80: int
    high_95: int
    service_pence: int


class ForecastCosts(Record):
    """Costs by year, the mean weekly price of each kind they come from, and kinds without a price, left out."""

    years: tuple[YearCost, ...]
    weekly_pence: dict[Living, int]
    not_priced: tuple[Living, ...]


def forecast_costs(case: Case, found: Forecast) -> ForecastCosts:
    """Cost each year ahead: children of each kind x the mean full weekly price of its children today.

    Children of a month are those at its two ends, on average. Prices rise by the scenario's inflation day by day from
    the as-at date, and stay as they are without one. A kind of which no price is known costs nothing and is named.
    """
    prices = _prices(case)
    priced = [kind for kind in found.kinds if kind in prices]
    stock = np.stack([found.counts(kinds=(kind,)) for kind in found.kinds], axis=-1)
    weekly = np.array([prices.get(kind, 0) for kind in found.kinds], dtype=np.float64)
    days = np.array([(day - found.as_at).days for day in found.days], dtype=np.float64)
    middles = (days[1:] + days[:-1]) / 2
    months = (stock[:, 1:] + stock[:, :-1]) / 2 @ weekly * np.diff(days) / 7
    months = months * _rise(found.scenario) ** (middles / _DAYS_A_YEAR)
    by_year = months.reshape(found.draws, -1, 12).sum(axis=2)
    ends = found.days[::12]
    return ForecastCosts(
        years=tuple(_year(found, ends[at], ends[at + 1], by_year[:, at]) for at in range(by_year.shape[1])),
        weekly_pence={kind: prices[kind] for kind in priced},
        not_priced=tuple(kind for kind in found.kinds if kind not in prices),
    )


def _prices(case: Case) -> dict[Living, int]:
    fees: dict[Living, list[int]] = {}
    for child in looked_after(case):
        placement = case.placement_of.get(child.id)
        fee = weekly_fee(case, placement) if placement else None
        if fee is not None:
            fees.setdefault(living(placement), []).append(fee)
    return {kind: round(mean(some)) for kind, some in fees.items()}


def _rise(scenario: Scenario) -> float:
    factor = 1.0
    for change in scenario.changes:
        if isinstance(change, Inflation):
            factor *= 1 + change.hundredths / 10_000
    return factor


def _year(found: Forecast, before: dt.date, to: dt.date, pence: npt.NDArray[np.float64]) -> YearCost:
    low_95, low_80, median, high_80, high_95 = (round(each) for each in np.percentile(pence, (2.5, 10, 50, 90, 97.5)))
    services = [change for change in found.scenario.changes if isinstance(change, EdgeOfCare)]
    spent = sum(change.children_a_year * change.package_pence * _part(change, before, to) for change in services)
    return YearCost(
        to=to, low_95=low_95, low_80=low_80, median=median, high_80=high_80, high_95=high_95, service_pence=round(spent)
    )  # fmt: skip


def _part(service: EdgeOfCare, before: dt.date, to: dt.date) -> float:
    """The share of a year in which the service runs."""
    running = (to - max(before, service.starts - dt.timedelta(days=1) if service.starts else before)).days
    return max(running, 0) / (to - before).days

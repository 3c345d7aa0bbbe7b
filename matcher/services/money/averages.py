"""Average weekly cost by kind and sector, against last year and the benchmark."""

import math
from collections.abc import Iterable

from scipy.stats import t as student

from matcher.services.money.arithmetic import percent_change
from matcher.services.money.costs import CostLine, Paid, cost_line, paid_now
from matcher.services.money.service import Service, sector_group
from models.case import Case
from models.commissioning import Price, Whose
from models.record import Record
from models.ssda903.years import collection_year, year_label

LEAST_FOR_INTERVAL = 10


class Against(Record):
    """A price of before, or of others, and the average's change from it; the per cent is None from nothing."""

    year: str
    pence: int
    change_pence: int
    change_percent: float | None
    source: str


class AverageCost(Record):
    """Mean weekly price of one service, in pence, over the placements with a price.

    ``low_pence`` to ``high_pence`` is the 95% interval of the mean by Student's t: how far it may lie from that of
    other children placed in the same way. None below 10 prices. ``last_year`` and ``benchmark`` are None
    where no such price was supplied.
    """

    line: CostLine
    low_pence: int | None
    high_pence: int | None
    last_year: Against | None
    benchmark: Against | None


class AverageCosts(Record):
    """Average weekly cost by kind and sector.

    ``not_used`` names supplied prices that no service in use was compared with.
    """

    definition: str
    source: str
    year: str
    rows: tuple[AverageCost, ...]
    not_used: tuple[str, ...]


def average_costs(case: Case) -> AverageCosts:
    """Mean full weekly price by kind and sector, disability services apart, with last year's and the benchmark.

    Last year's is the authority's own price of the collection year before the as-at date's; the benchmark is that
    of the as-at date's year or, failing that, the latest before it. No price is uplifted to be compared.
    Source: the cost table of Hertfordshire's panel report of June 2018, whose shape this is.
    """
    year = collection_year(case.as_at)
    groups: dict[Service, list[Paid]] = {}
    for one in paid_now(case):
        if one.service.kind is not None:
            groups.setdefault(one.service, []).append(one)
    used: set[Price] = set()
    rows = tuple(
        _row(case, service, groups[service], year, used) for service in sorted(groups, key=lambda each: each.order)
    )
    return AverageCosts(
        definition="Mean full weekly price of the placements on the day; 95% interval by Student's t from "
        f"{LEAST_FOR_INTERVAL} prices. Last year: the authority's own price of the year before. Benchmark: of the "
        "same year, else the latest before it. Prices are compared as they were, without uplift",
        source="Placements, homes and prices sheets",
        year=year_label(year),
        rows=rows,
        not_used=tuple(_words(price) for price in case.prices if price not in used),
    )


def mean_interval(pence: Iterable[int]) -> tuple[int, int] | None:
    """The 95% interval of a mean by Student's t, in whole pence and not below 0; None of fewer than 10."""
    amounts = list(pence)
    n = len(amounts)
    if n < LEAST_FOR_INTERVAL:
        return None
    total = sum(amounts)
    variance = (n * sum(each * each for each in amounts) - total * total) / (n * (n - 1))
    reach = float(student.ppf(0.975, n - 1)) * math.sqrt(variance / n)
    return max(round(total / n - reach), 0), round(total / n + reach)


def _row(case: Case, service: Service, paid: list[Paid], year: int, used: set[Price]) -> AverageCost:
    line = cost_line(service, paid)
    interval = mean_interval(one.fee_pence for one in paid if one.fee_pence is not None)
    last = _latest(case, service, Whose.OWN, year - 1, year - 1)
    benchmark = _latest(case, service, Whose.BENCHMARK, 0, year)
    used.update(price for price in (last, benchmark) if price)
    return AverageCost(
        line=line,
        low_pence=interval[0] if interval else None,
        high_pence=interval[1] if interval else None,
        last_year=_against(line.mean_pence, last),
        benchmark=_against(line.mean_pence, benchmark),
    )


def _latest(case: Case, service: Service, whose: Whose, first: int, last: int) -> Price | None:
    fitting = [p for p in case.prices if p.whose is whose and first <= p.year <= last and prices(p, service)]
    return max(fitting, key=lambda price: price.year, default=None)


def prices(price: Price, service: Service) -> bool:
    """Whether a supplied price is of this service."""
    same = (service.kind, service.sector, service.disability)
    return (price.kind, sector_group(price.kind, price.sector), price.disability) == same


def _against(mean: int | None, price: Price | None) -> Against | None:
    if mean is None or price is None:
        return None
    return Against(
        year=year_label(price.year),
        pence=price.weekly_pence,
        change_pence=mean - price.weekly_pence,
        change_percent=percent_change(mean, price.weekly_pence),
        source=price.source,
    )


def own_price(case: Case, service: Service, year: int) -> Price | None:
    """The authority's own price of a service in a collection year, if supplied."""
    return _latest(case, service, Whose.OWN, year, year)


def _words(price: Price) -> str:
    disability = ", disability" if price.disability else ""
    return f"{price.whose.value} {year_label(price.year)}: {price.sector.value} {price.kind.value}{disability}"

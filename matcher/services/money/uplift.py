"""Prices of coming years: today's children at today's prices, uplifted year upon year."""

from collections.abc import Iterable
from math import prod

from matcher.services.money.arithmetic import divided
from matcher.services.money.costs import CostLine
from matcher.services.money.funding import Split, added, shared_as
from models.case import Case
from models.money import WEEKS_A_YEAR
from models.record import Record
from models.ssda903.years import collection_year, year_label
from models.vocabulary import HomeKind

MOST_YEARS = 5
WHOLE = 10_000
"""Hundredths of a per cent in one."""
DEFINITION = (
    f"The same children at today's prices, uplifted year upon year, for up to {MOST_YEARS} years with an uplift on "
    "record. Each line's weekly cost is multiplied by all its years' uplifts and then rounded once, halves up, to a "
    f"penny; a year is {WEEKS_A_YEAR} such weeks. Who pays keeps today's proportions. No change in the number of "
    "children or in what they need is foreseen here"
)


class YearLine(Record):
    """One service in one coming year, in pence a week; ``hundredths`` of a per cent is that year's uplift alone."""

    label: str
    hundredths: int
    weekly: Split


class YearCost(Record):
    """The cost of one coming year; ``year`` as 2018/19. The lines add up to ``weekly``."""

    year: str
    lines: tuple[YearLine, ...]
    weekly: Split

    @property
    def weekly_pence(self) -> int:
        """Pence a week."""
        return self.weekly.total_pence

    @property
    def yearly_pence(self) -> int:
        """Fifty-two such weeks."""
        return WEEKS_A_YEAR * self.weekly_pence


def coming_years(case: Case) -> tuple[int, ...]:
    """The years after the as-at date's for which an uplift is on record, without a gap, five at most."""
    first = collection_year(case.as_at) + 1
    known = {uplift.year for uplift in case.uplifts}
    years = []
    for year in range(first, first + MOST_YEARS):
        if year not in known:
            break
        years.append(year)
    return tuple(years)


def uplift_of(case: Case, kind: HomeKind | None, year: int) -> int:
    """The uplift of a kind of home in a year, in hundredths of a per cent.

    That of the kind, else that of all kinds, else 0: a price nobody uplifts stays.
    """
    of_year = {uplift.kind: uplift.hundredths for uplift in case.uplifts if uplift.year == year}
    return of_year.get(kind, of_year.get(None, 0))


def uplifted(pence: int, hundredths: Iterable[int]) -> int:
    """An amount after uplifts one upon another, rounded once, halves up."""
    steps = [WHOLE + each for each in hundredths]
    return divided(pence * prod(steps), WHOLE ** len(steps))


def cost_by_year(case: Case, lines: Iterable[CostLine]) -> tuple[YearCost, ...]:
    """What lines of cost come to in each coming year; definition in :data:`DEFINITION`."""
    kept, years = list(lines), coming_years(case)
    return tuple(_year(case, kept, years[: number + 1]) for number in range(len(years)))


def _year(case: Case, lines: list[CostLine], years: tuple[int, ...]) -> YearCost:
    told = []
    for line in lines:
        kind = line.service.kind if line.service else None
        rates = [uplift_of(case, kind, year) for year in years]
        weekly = shared_as(uplifted(line.weekly_pence, rates), line.weekly)
        told.append(YearLine(label=line.label, hundredths=rates[-1], weekly=weekly))
    return YearCost(year=year_label(years[-1]), lines=tuple(told), weekly=added(line.weekly for line in told))

"""What a supply forecast gives: every draw's usable places by home and month end, and what is read off them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.services.forecast.results import Fan, fan_of
from matcher.services.supply.staying import KEPT_IN, YoungPerson
from models.forecast import Scenario
from models.home import Home
from models.record import Record
from models.vocabulary import HomeKind, Sector

Counts = npt.NDArray[np.int64]


class AYear(Record):
    """How many a year, on average over the years ahead: the mean of the draws, and 80% of them, ends included."""

    mean: float
    low_80: float
    high_80: float


class SupplyEvents(Record):
    """What happens a year to homes of one kind and sector (private and voluntary as private).

    ``joined`` and ``left`` are homes; ``places_back`` those that were not available and come back, ``places_gone``
    those that go the same way, of homes that stay open.
    """

    kind: HomeKind
    sector: Sector
    joined: AYear
    left: AYear
    places_back: AYear
    places_gone: AYear


@dataclass(frozen=True)
class Supply:
    """A forecast of the places of one case under one scenario, each draw a possible future.

    Attributes:
        as_at: The day the case is of.
        scenario: What was changed.
        days: The as-at date and each month end ahead.
        homes: Today's homes in the case's order; then those applied for (``pipeline:`` and the application's id); then
            homes nobody has applied for yet (``new:``), each like one of today's.
        today: How many of ``homes`` are today's.
        applied_for: How many after them are applied for.
        places: Usable places at the end of each of ``days``: draws x days x homes. 0 where a home is closed or not
            there yet; places not available are taken off; a home that takes nobody new has those that are filled today.
        kept_after_18: Bedrooms kept by young people past 18 with foster carers: draws x days x sectors of
            ``staying.KEPT_IN``. Those who stay put today are among them; those who come into care later are not.
        staying_put: Those people, and the chance of each.
        events: What happens a year, by group.
        reading: Each assumption with its source, in plain words.
        synthetic: Whether the case is made up.
    """

    as_at: dt.date
    scenario: Scenario
    days: tuple[dt.date, ...]
    homes: tuple[Home, ...]
    today: int
    applied_for: int
    places: npt.NDArray[np.uint8]
    kept_after_18: npt.NDArray[np.uint16]
    staying_put: tuple[YoungPerson, ...]
    events: tuple[SupplyEvents, ...]
    reading: tuple[str, ...]
    synthetic: bool

    @property
    def draws(self) -> int:
        """How many futures were drawn."""
        return len(self.places)

    def counts(
        self,
        *,
        kinds: Sequence[HomeKind] = (),
        sectors: Sequence[Sector] = (),
        districts: Sequence[str] = (),
    ) -> Counts:
        """Usable places of homes of these kinds and sectors in these districts, draws x days; none named is all."""
        picked = [
            at
            for at, home in enumerate(self.homes)
            if (not kinds or home.kind in kinds)
            and (not sectors or home.sector in sectors)
            and (not districts or home.location.district in districts)
        ]
        found: Counts = self.places[:, :, picked].sum(axis=2, dtype=np.int64)
        return found

    def fan(
        self,
        *,
        kinds: Sequence[HomeKind] = (),
        sectors: Sequence[Sector] = (),
        districts: Sequence[str] = (),
    ) -> Fan:
        """Usable places day by day: median, 80% and 95%, asked as in :meth:`counts`."""
        return fan_of(self.counts(kinds=kinds, sectors=sectors, districts=districts), self.days)

    def kept(self, sectors: Sequence[Sector] = KEPT_IN) -> Fan:
        """Bedrooms kept past 18 with carers of some sectors, day by day.

        Raises:
            ValueError: a sector that is not one of ``staying.KEPT_IN``.
        """
        picked = [KEPT_IN.index(sector) for sector in sectors]
        return fan_of(self.kept_after_18[:, :, picked].sum(axis=2, dtype=np.int64), self.days)


def a_year(counts: npt.NDArray[np.int64], years: float) -> AYear:
    """A count of each draw over so many years, as a year's."""
    low, high = np.percentile(counts, (10, 90)) / years
    return AYear(mean=float(counts.mean()) / years, low_80=float(low), high_80=float(high))

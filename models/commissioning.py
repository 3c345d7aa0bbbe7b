"""What a commissioner brings to a statement: comparators, prices, uplifts, block contracts, savings, care leavers."""

import datetime as dt
from enum import StrEnum

from pydantic import Field

from models.record import Record
from models.vocabulary import HomeKind, Sector


class Comparator(Record):
    """What one indicator is compared with, in the indicator's own unit; None is not supplied.

    ``lower_quartile``, ``median`` and ``upper_quartile`` are the values that a quarter, half and three quarters of
    authorities lie below, whichever way is good. ``neighbours_per_10_000`` is the neighbours' rate of an indicator
    that is a number of children, whose numbers say nothing beside those of a larger or smaller authority.
    """

    indicator: str
    target: float | None = None
    neighbours: float | None = None
    neighbours_per_10_000: float | None = None
    england: float | None = None
    lower_quartile: float | None = None
    median: float | None = None
    upper_quartile: float | None = None
    period: str | None = None
    source: str | None = None


class Whose(StrEnum):
    """Whose mean price it is: the authority's own of that year, or one published elsewhere."""

    OWN = "own"
    BENCHMARK = "benchmark"


class Price(Record):
    """The mean weekly price of a kind of home and a sector in a financial year (2018 is 2017/18)."""

    year: int = Field(ge=1990, le=2100)
    kind: HomeKind
    sector: Sector
    disability: bool = False
    weekly_pence: int = Field(ge=0)
    whose: Whose
    source: str


class Uplift(Record):
    """The rise in prices expected in a financial year over the year before, in hundredths of a per cent.

    A rise for one ``kind`` stands instead of the one for all kinds (None).
    """

    year: int = Field(ge=1990, le=2100)
    kind: HomeKind | None = None
    hundredths: int = Field(ge=-10_000, le=100_000)


class BlockContract(Record):
    """Places bought whether they are used or not.

    ``weekly_pence`` is paid for all ``places`` together; ``sold_places`` of them are sold on, for ``sold_weekly_pence``
    a week together. Dates that are None do not apply.
    """

    id: str
    home_ids: tuple[str, ...] = Field(min_length=1)
    places: int = Field(ge=1, le=1_000)
    weekly_pence: int = Field(ge=0)
    starts: dt.date | None = None
    ends: dt.date | None = None
    sold_places: int = Field(default=0, ge=0)
    sold_weekly_pence: int = Field(default=0, ge=0)
    provider_id: str | None = None
    note: str | None = None


class Saving(Record):
    """What a planned scheme saves, or avoids, in one financial year, and what it costs that year.

    ``cashable``: a budget can be cut by it; else a cost is avoided that would have come.
    """

    scheme: str
    year: int = Field(ge=1990, le=2100)
    pence: int = Field(ge=0)
    cashable: bool
    cost_pence: int = Field(default=0, ge=0)


class CareLeaver(Record):
    """A young person of 17 to 21 who has left care, as the OC3 table of the latest return has it, by its codes."""

    id: str
    born: dt.date | None = None
    in_touch: str | None = None
    activity: str | None = None
    accommodation: str | None = None

"""What a forecast is asked: population growth, and named scenarios of what might change."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from models.record import Record
from models.ssda903.derive import PlacementKind

Hundredths = Annotated[int, Field(ge=-10_000, le=100_000)]
"""A change in hundredths of a per cent: 250 is 2.5%."""


class PopulationGrowth(Record):
    """How much faster or slower the number of children of an age grows than in the years of history.

    ``hundredths`` a year of a per cent, on top of the trend in children coming into care that history shows; ``ages``
    are age bands (:func:`models.ssda903.age_band`), none is every age.
    """

    hundredths: Hundredths
    ages: tuple[str, ...] = ()


class EntriesChange(Record):
    """More or fewer children coming into care from a day, unaccompanied ones apart: 80% is a fifth fewer."""

    what: Literal["entries"] = "entries"
    percent: int = Field(ge=0, le=1_000)
    ages: tuple[str, ...] = ()
    starts: dt.date | None = None
    ends: dt.date | None = None


class TransferRota(Record):
    """Unaccompanied children arriving through the national transfer scheme, so many a month on average.

    ``instead`` of those who came as history has it, or on top of them.
    """

    what: Literal["transfer_rota"] = "transfer_rota"
    children_a_month: float = Field(ge=0, le=1_000)
    instead: bool = False
    starts: dt.date | None = None
    ends: dt.date | None = None


class HomeClosing(Record):
    """Places of a kind, in the area or out of it, that close on a day: who lives there moves, fewer can move in."""

    what: Literal["home_closing"] = "home_closing"
    kind: PlacementKind
    places: int = Field(ge=1, le=10_000)
    on: dt.date
    in_area: bool = True


class EdgeOfCare(Record):
    """A service for families on the edge of care: a package for each child, and a share of entries averted by it.

    How many would have come into care without it is not known from its own counts: 20 of 197 supported children
    coming into care says how many still did. ``averted_percent`` of entries at these ages is therefore the
    authority's own assumption, to be tried high and low.
    """

    what: Literal["edge_of_care"] = "edge_of_care"
    averted_percent: int = Field(ge=0, le=100)
    children_a_year: int = Field(ge=0)
    package_pence: int = Field(ge=0)
    ages: tuple[str, ...] = ()
    starts: dt.date | None = None


class Inflation(Record):
    """The rise in prices a year, in hundredths of a per cent: it changes costs and no child's life."""

    what: Literal["inflation"] = "inflation"
    hundredths: Hundredths


class SiblingArrival(Record):
    """Brothers and sisters who come into care together on a day, with the age of each in whole years.

    ``kind`` and ``district`` (the home district's code) are theirs if given, else drawn like those of others.
    """

    what: Literal["sibling_arrival"] = "sibling_arrival"
    on: dt.date
    ages: tuple[Annotated[int, Field(ge=0, le=17)], ...] = Field(min_length=1, max_length=20)
    kind: PlacementKind | None = None
    in_area: bool = True
    district: str | None = None


Change = Annotated[
    EntriesChange | TransferRota | HomeClosing | EdgeOfCare | Inflation | SiblingArrival, Field(discriminator="what")
]


class Scenario(Record):
    """A named, saved set of changes to what history shows; with none it is the baseline."""

    name: str = Field(min_length=1)
    note: str | None = None
    changes: tuple[Change, ...] = ()
    growth: tuple[PopulationGrowth, ...] = ()


BASELINE = Scenario(name="As history has it")
"""Nothing changes but what the trend of the authority's own history says."""

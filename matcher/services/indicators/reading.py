"""What an indicator is, and what it reads on a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matcher.services.indicators.history import History
from matcher.services.intervals import Interval, wilson
from models.record import Record
from models.ssda903.stability import Measure


class Polarity(StrEnum):
    """Which way an indicator should go."""

    HIGH = "High is good"
    LOW = "Low is good"
    NEITHER = "Neither"


class Unit(StrEnum):
    """What the value of an indicator is."""

    PERCENT = "%"
    NUMBER = "number"
    PER_100_YEARS = "per 100 placement years"
    NIGHTS = "nights"


class Counted(StrEnum):
    """What the ids of an indicator are ids of."""

    CHILDREN = "children"
    STAYS = "placements"
    SIBLING_GROUPS = "sibling groups"
    REFERRALS = "requests"
    HOMES = "homes"
    RESIDENTS = "young people staying put"
    CARE_LEAVERS = "care leavers"


class Reading(Record):
    """What an indicator reads on a day.

    Attributes:
        value: the figure in the indicator's unit, not rounded; None where there is nobody to count among.
        counted: ids counted.
        out_of: ids they are counted among; empty for a number.
        not_known: ids for which the files cannot say; they stand where the files as they are put them.
        interval: 95% interval of a share or rate.
        note: what must be known beside the definition, of this reading.
    """

    value: float | None
    counted: tuple[str, ...] = ()
    out_of: tuple[str, ...] = ()
    not_known: tuple[str, ...] = ()
    interval: Interval | None = None
    note: str = ""


@dataclass(frozen=True)
class IndicatorDefinition:
    """An indicator before it is read: the definition is the docstring's gist, the function the only way to its value.

    Attributes:
        key: its name in files and for comparators.
        title: its name on a page.
        definition: what is counted among what, in one or two sentences.
        source: whose definition, or which sheet.
        unit: what the value is.
        polarity: which way it should go.
        counts: what its ids are ids of.
        read: what it reads on a day; None where the files cannot tell for that day.
        per_10_000: whether a rate per 10,000 children of the area is apt.
    """

    key: str
    title: str
    definition: str
    source: str
    unit: Unit
    polarity: Polarity
    counts: Counted
    read: Callable[[History, date], Reading | None]
    per_10_000: bool = False


class Indicator(Record):
    """An indicator and its reading on a day; ``reading`` is None where the files cannot tell for that day.

    ``per_10_000`` is of the one population the case holds, whatever the day.
    """

    key: str
    title: str
    definition: str
    source: str
    unit: Unit
    polarity: Polarity
    counts: Counted
    on: date
    reading: Reading | None
    per_10_000: float | None


def share(measure: Measure, note: str = "") -> Reading:
    """The reading of a measure as a percentage with its interval."""
    return Reading(
        value=measure.percentage,
        counted=measure.counted,
        out_of=measure.out_of,
        not_known=measure.not_known,
        interval=wilson_of(measure.numerator, measure.denominator),
        note=note,
    )


def number(ids: tuple[str, ...], note: str = "") -> Reading:
    """The reading of a plain count."""
    return Reading(value=float(len(ids)), counted=ids, note=note)


def wilson_of(count: int, out_of: int) -> Interval | None:
    """The Wilson interval of a share in per cent; None among nobody."""
    if not out_of:
        return None
    low, high = wilson(count, out_of)
    return Interval(low=low, high=high)

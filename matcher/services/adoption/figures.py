"""What a figure of the adoption scorecard is, and how a share and a mean of days are made."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scipy.stats import t as student

from matcher.services.intervals import Interval, wilson
from models.adoption import AdoptionPool, PlanChild
from models.record import Record
from models.ssda903 import months_before


class FigureUnit(StrEnum):
    """What the value of a figure is."""

    DAYS = "days"
    PERCENT = "%"
    NUMBER = "number"


class Figure(Record):
    """One figure of the scorecard over so many months up to a day.

    Attributes:
        months: The months the figure looks back over; 0 for a count of a day.
        value: Not rounded; None where there is nobody to count among.
        counted: Ids counted: the children (families) whose days are averaged, or who are counted among ``out_of``.
        out_of: Ids they are counted among; for a mean or a number the same as ``counted``.
        not_known: Ids left out because a date is missing, or dates are in no possible order.
        interval: 95% interval, of the value as one draw of what might have been.
        threshold: The national performance threshold, in the figure's unit.
        lower_is_better: Which way it should go; None for neither.
        note: What must be known beside the definition, of this figure.
    """

    key: str
    title: str
    definition: str
    source: str
    unit: FigureUnit
    on: date
    months: int
    value: float | None
    counted: tuple[str, ...]
    out_of: tuple[str, ...]
    not_known: tuple[str, ...] = ()
    interval: Interval | None = None
    threshold: float | None = None
    lower_is_better: bool | None = None
    note: str = ""


@dataclass(frozen=True)
class Window:
    """The time a figure looks back over: after ``start`` up to and with ``on``."""

    on: date
    months: int

    @property
    def start(self) -> date:
        """The day before the first."""
        return months_before(self.on, self.months)

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it; a day that is not known does not."""
        return day is not None and self.start < day <= self.on


@dataclass(frozen=True)
class FigureDefinition:
    """A figure before it is read; ``read`` gives value, counted, out of and not known."""

    key: str
    title: str
    definition: str
    source: str
    unit: FigureUnit
    read: "Callable[[AdoptionPool, Window], Counting]"
    threshold: float | None = None
    lower_is_better: bool | None = None
    note: str = ""
    of_a_day: bool = False


@dataclass(frozen=True)
class Counting:
    """What a figure reads: see :class:`Figure`."""

    value: float | None
    counted: tuple[str, ...]
    out_of: tuple[str, ...]
    not_known: tuple[str, ...] = ()
    interval: Interval | None = None


def own_children(pool: AdoptionPool) -> tuple[PlanChild, ...]:
    """The children of the council's own agency: a scorecard is never of others' children."""
    own = {agency.id for agency in pool.agencies if agency.tier.value == "own"}
    return tuple(child for child in pool.children if child.agency_id in own)


def ids_of(children: Iterable[PlanChild]) -> tuple[str, ...]:
    """Their ids."""
    return tuple(child.id for child in children)


def stands(child: PlanChild, on: date) -> bool:
    """Whether the plan stands on a day: decided on, neither adopted, reversed nor its placement ended."""
    dates = child.dates
    over = (dates.adopted_on, dates.reversed_on, dates.placement_ended_on)
    return dates.decided_on <= on and not any(day is not None and day <= on for day in over)


def mean_days(days: Iterable[tuple[str, int | None]]) -> Counting:
    """The mean of days by id; a negative number or none is not known."""
    every = list(days)
    known = [(name, value) for name, value in every if value is not None and value >= 0]
    names = tuple(name for name, _ in known)
    missing = tuple(name for name, value in every if value is None or value < 0)
    values = [value for _, value in known]
    return Counting(sum(values) / len(values) if values else None, names, names, missing, mean_interval(values))


def share_of(counted: Iterable[str], out_of: Iterable[str], not_known: Iterable[str] = ()) -> Counting:
    """A share in per cent with its interval."""
    some, everybody = tuple(counted), tuple(out_of)
    value = 100 * len(some) / len(everybody) if everybody else None
    low, high = wilson(len(some), len(everybody))
    return Counting(value, some, everybody, tuple(not_known), Interval(low=low, high=high) if everybody else None)


def number_of(ids: Iterable[str]) -> Counting:
    """A count."""
    found = tuple(ids)
    return Counting(float(len(found)), found, found)


def mean_interval(values: Sequence[int]) -> Interval | None:
    """The 95% interval of a mean by Student's t; None for fewer than two, or where all are alike."""
    n = len(values)
    if n < 2:
        return None
    mean = sum(values) / n
    variance = sum((value - mean) ** 2 for value in values) / (n - 1)
    if not variance:
        return None
    reach = float(student.ppf(0.975, n - 1)) * math.sqrt(variance / n)
    return Interval(low=max(0.0, mean - reach), high=mean + reach)

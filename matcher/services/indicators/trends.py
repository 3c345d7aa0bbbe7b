"""Month by month and quarter by quarter: how many children are looked after, come and leave, and any indicator."""

from collections.abc import Iterable
from datetime import date

from matcher.services.indicators.history import History, month_ends, previous_quarter_end
from matcher.services.indicators.reading import Indicator, IndicatorDefinition
from matcher.services.indicators.registry import read
from models.case import Case
from models.record import Record
from models.ssda903.flows import exits, started, stock, unaccompanied_on

_MONTHS = 36


class Month(Record):
    """One month's stock and flows; children by id.

    Attributes:
        first: the first day of the month.
        on: its last day, on which the stock is counted; in the last month the as-at date.
        looked_after: children looked after at the end of that day.
        unaccompanied: those of them who are unaccompanied and seeking asylum.
        started: children who came into care in the month.
        left: children who left care in the month. A child who does either in two months is in both.
        per_10_000: children looked after for every 10,000 of the area, on the one population the case holds.
    """

    first: date
    on: date
    looked_after: tuple[str, ...]
    unaccompanied: tuple[str, ...]
    started: tuple[str, ...]
    left: tuple[str, ...]
    per_10_000: float | None

    @property
    def without_unaccompanied(self) -> int:
        """How many are looked after besides unaccompanied children."""
        return len(self.looked_after) - len(self.unaccompanied)


def monthly(case: Case, months: int = _MONTHS) -> tuple[Month, ...]:
    """Stock with and without unaccompanied children, starts and leavings of each month up to the as-at date.

    Earliest month first; months that the returns do not hold in full are left out. Each figure is that of the
    indicator of the same name (:mod:`models.ssda903.flows`): short breaks (V3, V4) are left out, leaving is counted by
    the day care ceased.
    """
    history = History(case)
    ends = month_ends(case.as_at, months)
    return tuple(_month(history, on) for on in ends if history.holds(on.replace(day=1)))


def quarters(on: date, number: int) -> tuple[date, ...]:
    """A day and the quarter ends before it, so many days in all, earliest first."""
    days = [on]
    while len(days) < number:
        days.append(previous_quarter_end(days[-1]))
    return tuple(reversed(days))


def trend(case: Case, definition: IndicatorDefinition, days: Iterable[date]) -> tuple[Indicator, ...]:
    """An indicator on each of some days, read by its one function; where the files cannot tell it has no reading."""
    history = History(case)
    return tuple(read(definition, history, day) for day in days)


def _month(history: History, on: date) -> Month:
    first = on.replace(day=1)
    here = stock(history.episodes, on)
    return Month(
        first=first,
        on=on,
        looked_after=here,
        unaccompanied=unaccompanied_on(here, history.unaccompanied, on),
        started=started(history.episodes, first, on),
        left=tuple(each.child for each in exits(history.episodes, first, on)),
        per_10_000=history.per_10_000(len(here)),
    )

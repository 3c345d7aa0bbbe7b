"""The quarterly table: every indicator now and a quarter before, against target, neighbours and England."""

from enum import StrEnum

from matcher.services.indicators.history import History, previous_quarter_end
from matcher.services.indicators.reading import Indicator, Polarity
from matcher.services.indicators.registry import INDICATORS, read
from models.case import Case
from models.commissioning import Comparator
from models.record import Record


class Direction(StrEnum):
    """Which way an indicator went since the quarter before, by its polarity; up or down where neither is better."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UP = "up"
    DOWN = "down"


class Quartile(StrEnum):
    """Which quarter of authorities the value lies in, the best being the top."""

    TOP = "top"
    SECOND = "second"
    THIRD = "third"
    BOTTOM = "bottom"


_QUARTILES = (Quartile.TOP, Quartile.SECOND, Quartile.THIRD, Quartile.BOTTOM)


class QuarterRow(Record):
    """One line of the quarterly table.

    Attributes:
        now: the indicator on the as-at date, rate per 10,000 and interval included.
        previous: the same at the end of the quarter before; its reading is None where the files cannot tell.
        compared: the target, the neighbours' average, England's figure and the quartiles, if supplied.
        meets_target: whether the value is the target or better; None without either, or where neither way is better.
        quartile: from the bounds of the quartiles, if supplied; None where neither way is better.
        direction: since the quarter before; None where one of the two cannot be told.
    """

    now: Indicator
    previous: Indicator
    compared: Comparator | None
    meets_target: bool | None
    quartile: Quartile | None
    direction: Direction | None

    @property
    def target(self) -> float | None:
        """The authority's own target, if supplied."""
        return self.compared.target if self.compared else None

    @property
    def neighbours(self) -> float | None:
        """The latest average of the statistical neighbours, if supplied."""
        return self.compared.neighbours if self.compared else None

    @property
    def england(self) -> float | None:
        """England's latest figure, if supplied."""
        return self.compared.england if self.compared else None


def quarterly(case: Case) -> tuple[QuarterRow, ...]:
    """Every indicator on the as-at date and at the last quarter end before it, beside what it is compared with.

    The previous value comes from the same function of the same episodes, as the files know them today: it may differ
    from what was reported then. Values are compared as shown, to one decimal. Comparators are those of the case, by
    the indicator's key; of two for one indicator the last counts.
    """
    given = {each.indicator: each for each in case.comparators}
    history = History(case)
    before = previous_quarter_end(case.as_at)
    return tuple(
        _row(read(each, history, case.as_at), read(each, history, before), given.get(each.key)) for each in INDICATORS
    )


def unknown_comparators(case: Case) -> tuple[str, ...]:
    """The names in the case's comparators that are no indicator here, to be told: they are compared with nothing."""
    known = {definition.key for definition in INDICATORS}
    return tuple(dict.fromkeys(each.indicator for each in case.comparators if each.indicator not in known))


def direction(now: float | None, before: float | None, polarity: Polarity) -> Direction | None:
    """Which way a value went, both as shown to one decimal."""
    if now is None or before is None:
        return None
    change = round(now, 1) - round(before, 1)
    if change == 0:
        return Direction.SAME
    if polarity is Polarity.NEITHER:
        return Direction.UP if change > 0 else Direction.DOWN
    return Direction.BETTER if (change > 0) is (polarity is Polarity.HIGH) else Direction.WORSE


def quartile(value: float | None, bounds: tuple[float | None, ...], polarity: Polarity) -> Quartile | None:
    """The quarter a value lies in, from the lower quartile, median and upper quartile of all authorities.

    A value on a bound lies in the better of the two quarters. None where a bound is not known or neither way is better.
    """
    known = [bound for bound in bounds if bound is not None]
    if value is None or polarity is Polarity.NEITHER or len(known) < len(bounds):
        return None
    shown = round(value, 1)
    if polarity is Polarity.HIGH:
        return _QUARTILES[sum(shown < bound for bound in known)]
    return _QUARTILES[sum(shown > bound for bound in known)]


def meets(value: float | None, target: float | None, polarity: Polarity) -> bool | None:
    """Whether a value, as shown to one decimal, is the target or better."""
    if value is None or target is None or polarity is Polarity.NEITHER:
        return None
    shown = round(value, 1)
    return shown >= target if polarity is Polarity.HIGH else shown <= target


def _row(now: Indicator, previous: Indicator, compared: Comparator | None) -> QuarterRow:
    value = now.reading.value if now.reading else None
    before = previous.reading.value if previous.reading else None
    bounds = (compared.lower_quartile, compared.median, compared.upper_quartile) if compared else (None,)
    return QuarterRow(
        now=now,
        previous=previous,
        compared=compared,
        meets_target=meets(value, compared.target if compared else None, now.polarity),
        quartile=quartile(value, bounds, now.polarity),
        direction=direction(value, before, now.polarity),
    )

"""Axes: numbers on a line, with whole steps of 1, 2 or 5 times a power of ten."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from matcher.reports.document import Cell, Money, Percent

_TICKS = 5


@dataclass(frozen=True)
class Scale:
    """From ``least`` at ``start`` to ``most`` at ``end``; ``step`` between ticks."""

    least: float
    most: float
    start: float
    end: float
    step: float

    @classmethod
    def over(cls, values: Iterable[float], start: float, end: float, *, zero: bool = False) -> "Scale":
        """A scale that holds all values and begins and ends on a tick; ``zero`` also holds nought."""
        held = [*values, *([0.0] if zero else [])] or [0.0]
        low, high = min(held), max(held)
        if low == high:
            low, high = (min(low, 0.0), max(high, 0.0)) if low else (0.0, 1.0)
        rough = (high - low) / _TICKS
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(n * power for n in (1, 2, 5, 10) if n * power >= rough * 0.999)
        return cls(math.floor(low / step) * step, math.ceil(high / step - 1e-9) * step, start, end, step)

    def at(self, value: float) -> float:
        """Where a number stands."""
        return self.start + (value - self.least) / (self.most - self.least) * (self.end - self.start)

    def ticks(self, like: Cell) -> tuple[tuple[float, str], ...]:
        """Where each tick stands, and its words, written like a cell."""
        count = round((self.most - self.least) / self.step)
        values = [self.least + n * self.step for n in range(count + 1)]
        return tuple((self.at(value), self._words(value, like)) for value in values)

    def _words(self, value: float, like: Cell) -> str:
        decimals = max(-math.floor(math.log10(self.step) + 1e-9), 0)
        words = f"{abs(value):,.{decimals}f}"
        sign = "-" if value < 0 and words.strip("0.") else ""
        before, after = ("£" if isinstance(like, Money) else ""), ("%" if isinstance(like, Percent) else "")
        return f"{sign}{before}{words}{after}"

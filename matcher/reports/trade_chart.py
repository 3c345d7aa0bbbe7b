"""The picture of money against welfare as geometry: where axes, ticks and plans go. The template draws it as SVG."""

import math
from dataclasses import dataclass

from matcher.reports.words import money
from matcher.services.trade_results import TradeOff

WIDTH, HEIGHT = 760, 340
_LEFT, _RIGHT, _TOP, _FOOT = 90, 20, 14, 52
_TICKS = 5
_MARGIN = 0.06


@dataclass(frozen=True)
class Tick:
    """A line of the grid and its words."""

    at: float
    words: str


@dataclass(frozen=True)
class TradeChart:
    """Plans as points, fees to the right and welfare cost upwards; sizes in SVG user units."""

    width: int
    height: int
    left: float
    right: float
    top: float
    foot: float
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    points: tuple[tuple[float, float, bool], ...]
    plan: tuple[float, float]
    description: str


def trade_chart(trade: TradeOff) -> TradeChart | None:
    """Lay out the picture; None with fewer than two plans to compare."""
    if len(trade.points) < 2:
        return None
    fees = [point.fees_pence for point in trade.points]
    welfare = [point.welfare_pence for point in trade.points]
    x = _Scale.over([*fees, trade.plan_fees_pence], _LEFT, WIDTH - _RIGHT)
    y = _Scale.over([*welfare, trade.plan_welfare_pence], HEIGHT - _FOOT, _TOP)
    return TradeChart(
        width=WIDTH,
        height=HEIGHT,
        left=_LEFT,
        right=WIDTH - _RIGHT,
        top=_TOP,
        foot=HEIGHT - _FOOT,
        across=x.ticks(),
        up=y.ticks(),
        points=tuple((x.at(p.fees_pence), y.at(p.welfare_pence), p.efficient) for p in trade.points),
        plan=(x.at(trade.plan_fees_pence), y.at(trade.plan_welfare_pence)),
        description="; ".join(
            f"fees {money(p.fees_pence)}, welfare cost {money(p.welfare_pence)}" for p in trade.points
        ),
    )


@dataclass(frozen=True)
class _Scale:
    """Pence on a line, with whole steps of 1, 2 or 5 times a power of ten."""

    least: float
    most: float
    start: float
    end: float

    @classmethod
    def over(cls, values: list[int], start: float, end: float) -> "_Scale":
        room = max(max(values) - min(values), 100) * _MARGIN
        return cls(min(values) - room, max(values) + room, start, end)

    def at(self, pence: float) -> float:
        return round(self.start + (pence - self.least) / (self.most - self.least) * (self.end - self.start), 1)

    def ticks(self) -> tuple[Tick, ...]:
        rough = (self.most - self.least) / _TICKS
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(n * power for n in (1, 2, 5, 10) if n * power >= rough)
        first, last = math.ceil(self.least / step), math.floor(self.most / step)
        return tuple(Tick(self.at(n * step), money(n * step)) for n in range(first, last + 1))

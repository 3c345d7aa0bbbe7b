"""How often intervals hold the truth on histories whose process is known, and how near the centre is."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from matcher.services.forecast import forecast
from matcher.services.spreading import spread
from models.ssda903.flows import stock
from tests.generated_care import generated, rising, seasonal, steady

MONTHS = (3, 12, 24)
RATES: dict[str, Callable[[float], float]] = {"steady": steady, "rising": rising, "seasonal": seasonal}
_YEARS, _DRAWS = 2, 200


class _Found(NamedTuple):
    held_80: list[bool]
    held_95: list[bool]
    centre: list[float]
    carried: list[float]


def coverage(histories: int) -> dict[str, Any]:
    """By rate of coming into care, and months ahead: the shares held, and mean errors of the median and of today."""
    tasks = [(name, number) for name in RATES for number in range(histories)]
    found = spread(_one, tasks, shared=None, on="processes")
    by_rate = {name: [row for (rate, _), row in zip(tasks, found, strict=True) if rate == name] for name in RATES}
    return {
        "histories": histories,
        "draws": _DRAWS,
        "months": list(MONTHS),
        "rates": {
            name: {field: np.mean([getattr(row, field) for row in rows], axis=0).tolist() for field in _Found._fields}
            for name, rows in by_rate.items()
        },
    }


def _one(_: None, task: tuple[str, int], __: np.random.SeedSequence) -> _Found:
    name, number = task
    case, whole = generated(np.random.default_rng(number), RATES[name], _YEARS)
    found = forecast(case, years=_YEARS, draws=_DRAWS, seed=number)
    fan, days = found.fan(), [found.days[month] for month in MONTHS]
    true = [len(stock(whole, day)) for day in days]
    each = list(zip(MONTHS, true, strict=True))
    return _Found(
        [fan.low_80[month] <= count <= fan.high_80[month] for month, count in each],
        [fan.low_95[month] <= count <= fan.high_95[month] for month, count in each],
        [abs(fan.median[month] - count) for month, count in each],
        [abs(fan.median[0] - count) for count in true],
    )

"""A robust line of fee on needs score, with the range that fees usually keep to around it."""

from collections.abc import Sequence
from math import isnan

import numpy as np
from numpy.typing import NDArray
from scipy.stats import theilslopes

from models.record import Record

LEAST_CHILDREN = 10
MOST_CHILDREN = 3_000
"""Slopes are of all pairs: beyond this many children the line is drawn through every k-th in order of score."""
OUTLYING = 2.5
_MAD_TO_DEVIATION, _MEAN_TO_DEVIATION = 1.4826, 1.2533


class NeedLine(Record):
    """Expected weekly fee at a needs score: ``base_pence`` + score x ``pence_per_point``.

    Half the fees lie above it and half below. ``slope_low`` and ``slope_high`` hold the slope with 95% confidence
    (Sen 1968), None where too many scores and fees are alike to tell; ``spread_pence`` is the robust standard
    deviation of fees from the line.
    """

    children: int
    base_pence: float
    pence_per_point: float
    slope_low: float | None
    slope_high: float | None
    spread_pence: float

    def usual(self, score_tenths: int) -> tuple[int, int, int]:
        """Lowest usual fee, expected fee and highest usual fee at a score, in pence."""
        expected = self.base_pence + self.pence_per_point * score_tenths / 10
        reach = OUTLYING * self.spread_pence
        return max(round(expected - reach), 0), round(expected), round(expected + reach)


def fit(points: Sequence[tuple[int, int]]) -> NeedLine | None:
    """The Theil-Sen line through (score in tenths, fee in pence); None for too few children or a single score."""
    scores = np.array([score for score, _ in points], dtype=np.float64) / 10
    fees = np.array([fee for _, fee in points], dtype=np.float64)
    if len(points) < LEAST_CHILDREN or np.ptp(scores) == 0:
        return None
    some = np.lexsort((fees, scores))[:: -(-len(points) // MOST_CHILDREN)]
    with np.errstate(invalid="ignore"):  # scipy gives no interval where too many values are tied
        slope, base, *ends = (float(each) for each in theilslopes(fees[some], scores[some], alpha=0.95, method="joint"))
    low, high = (None if isnan(end) else end for end in ends)
    return NeedLine(
        children=len(points),
        base_pence=base,
        pence_per_point=slope,
        slope_low=low,
        slope_high=high,
        spread_pence=_deviation(np.abs(fees - (base + slope * scores))),
    )


def _deviation(apart: NDArray[np.float64]) -> float:
    """Robust standard deviation from distances to the line."""
    median = float(np.median(apart))
    return _MAD_TO_DEVIATION * median if median > 0 else _MEAN_TO_DEVIATION * float(np.mean(apart))

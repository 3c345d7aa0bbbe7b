"""Numbers for the test of the stability score: the intercept, the c-statistic, the slope, and their intervals."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import expit, logit

from models.record import Record
from models.stability_points import POINTS_PER_LOG_ODDS

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
DRAWS = 1_000
_NEWTON_STEPS = 30
_STEEPEST = 20.0


class Estimate(Record):
    """A figure with its 95% interval."""

    value: float
    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value lies within the interval."""
        return self.low <= value <= self.high


@dataclass(frozen=True, eq=False)
class Sample:
    """Placements looked back at.

    Attributes:
        points: (placements,) tested points.
        ended: (placements,) whether each ended unplanned.
        child: (placements,) a number for the child, 0 upwards: one child may be looked at on several days.
    """

    points: Ints
    ended: Bools
    child: Ints

    @property
    def rate(self) -> float:
        """The share that ended unplanned."""
        return float(self.ended.mean())

    @cached_property
    def distinct(self) -> Ints:
        """The different numbers of points there are, rising."""
        return np.unique(self.points)

    def counts(self, ended: bool) -> Floats:
        """(children, distinct points): how many placements of each child, of those that ended or of the others."""
        table = np.zeros((int(self.child.max()) + 1, len(self.distinct)))
        chosen = self.ended == ended
        np.add.at(table, (self.child[chosen], np.searchsorted(self.distinct, self.points[chosen])), 1.0)
        return table


def log_odds(points: Ints) -> Floats:
    """Points as log-odds."""
    return points.astype(np.float64) / POINTS_PER_LOG_ODDS


def fit_intercept(points: Ints, rate: float) -> float:
    """The one number fitted: with it the mean probability is the rate.

    Raises:
        ValueError: the rate is 0 or 1, which no intercept gives.
    """
    if not 0 < rate < 1:
        raise ValueError(f"no intercept gives a mean probability of {rate}")
    odds = log_odds(points)
    centre = float(logit(rate))
    low, high = centre - float(odds.max()) - 1, centre - float(odds.min()) + 1
    return float(brentq(lambda a: float(expit(a + odds).mean()) - rate, low, high, xtol=1e-12))


def discrimination(sample: Sample, seed: int) -> Estimate:
    """The c-statistic: how often, of one placement that ended and one that did not, the first has more points.

    Equal points count half. The interval is of a bootstrap over children, because one child's placements are alike:
    percentiles of :data:`DRAWS` draws.
    """
    ended, others = sample.counts(True), sample.counts(False)
    value = float(_auc(ended.sum(0), others.sum(0)))
    drawn = _drawn(len(ended), seed)
    return _estimate(value, _auc(drawn @ ended, drawn @ others))


def slope(sample: Sample, seed: int) -> Estimate:
    """The calibration slope, reported only: 1 where a point is worth here what was published, 0 where nothing.

    Of the logistic regression of endings on the log-odds of the points; interval as :func:`discrimination`.
    """
    ended, others = sample.counts(True), sample.counts(False)
    odds = log_odds(sample.distinct)
    drawn = _drawn(len(ended), seed)
    value = float(_slopes(odds, ended.sum(0, keepdims=True), others.sum(0, keepdims=True))[0])
    return _estimate(value, _slopes(odds, drawn @ ended, drawn @ others))


def _drawn(children: int, seed: int) -> Floats:
    """(draws, children): how often each child is in each draw of as many children with replacement."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(children, np.full(children, 1 / children), size=DRAWS).astype(np.float64)


def _estimate(value: float, draws: Floats) -> Estimate:
    low, high = np.nanpercentile(draws, [2.5, 97.5]).tolist()
    return Estimate(value=round(value, 4), low=round(low, 4), high=round(high, 4))


def _auc(ended: Floats, others: Floats) -> Floats:
    """From counts by rising points; the last axis is the points. Not a number where one of the two is empty."""
    below = np.cumsum(others, axis=-1) - others / 2
    pairs = ended.sum(-1) * others.sum(-1)
    won = np.asarray((ended * below).sum(-1))
    share: Floats = np.divide(won, pairs, out=np.full(won.shape, np.nan), where=pairs > 0)
    return share


def _slopes(odds: Floats, ended: Floats, others: Floats) -> Floats:
    """(draws,) slopes of logistic regressions, by Newton's method on counts (draws, distinct points)."""
    total = ended + others
    a = logit(np.clip(ended.sum(1) / total.sum(1), 1e-6, 1 - 1e-6))
    b = np.zeros(len(ended))
    for _ in range(_NEWTON_STEPS):
        p = expit(a[:, None] + b[:, None] * odds)
        miss, weight = ended - total * p, total * p * (1 - p)
        s0, s1, s2 = weight.sum(1), (weight * odds).sum(1), (weight * odds**2).sum(1)
        g0, g1 = miss.sum(1), (miss * odds).sum(1)
        room = np.maximum(s0 * s2 - s1**2, 1e-12)
        a += np.clip((s2 * g0 - s1 * g1) / room, -2, 2)
        b = np.clip(b + np.clip((s0 * g1 - s1 * g0) / room, -2, 2), -_STEEPEST, _STEEPEST)
    return b

"""How many children come into care: level, trend and season of each stream, their uncertainty, and draws of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_factor, cho_solve

from matcher.services.forecast.counting import Entrant, Floats, Ints
from matcher.services.forecast.layout import STREAMS
from models.ssda903.stability import months_before

SEASONS = 4
TREND_SD, OWN_TREND_SD, SEASON_SD = 0.05, 0.03, 0.15
"""What is thought likely before any count is seen, as standard deviations of logarithms: the common trend a year, a
stream's own departure from it, and a quarter's departure from the year. They keep few children from making a trend."""
DAMPING = 0.8
"""What is left of a trend after each year ahead: trends of a few years seldom go on for five."""
_STEPS = 50
_ALONE = len(STREAMS) - 1


@dataclass(frozen=True)
class Arrivals:
    """What history says of children coming into care, by quarters counted back from the as-at date.

    Attributes:
        counts: children by stream and quarter, earliest first.
        live: numbers of the streams that anybody came in.
        centre: the most likely coefficients: a level per live stream, the common trend, trends of its own per live
            stream, and seasons.
        spread: a square root of their covariance.
        shared: variance of what all streams share in a quarter beyond chance, as a share of its mean, squared.
        yearly: the same of a whole year.
        own: the same of one stream in a quarter.
    """

    counts: Ints
    live: tuple[int, ...]
    centre: Floats
    spread: Floats
    shared: float
    yearly: float
    own: Floats

    def expected(self, coefficients: Floats, years: Floats, quarters: Ints) -> Floats:
        """Children a quarter by stream (draws x times x streams), for times in years and quarters from now."""
        found = np.zeros((len(coefficients), len(years), len(STREAMS)))
        trend = damped(years)
        for at, stream in enumerate(self.live):
            row = _row(at, len(self.live), stream == _ALONE, trend, quarters)
            found[:, :, stream] = np.exp(np.clip(coefficients @ row.T, -20, 12))
        return found


def damped(years: Floats) -> Floats:
    """Years of trend that a time stands for: as many as have been, fewer than there will be."""
    ahead = np.maximum(years, 0)
    return np.where(years > 0, (1 - DAMPING**ahead) / -np.log(DAMPING), years)


def quarter_counts(found: Sequence[Entrant], first: dt.date, last: dt.date) -> Ints:
    """Children by stream and quarter (three months) up to the last day, earliest first, of whole quarters only."""
    ends = [last]
    while (before := months_before(last, 3 * len(ends))) >= first - dt.timedelta(days=1):
        ends.append(before)
    edges = [day.toordinal() for day in reversed(ends)]
    counts = np.zeros((len(STREAMS), len(edges) - 1), dtype=np.int64)
    for each in found:
        quarter = int(np.searchsorted(edges, each.on.toordinal())) - 1
        if 0 <= quarter < counts.shape[1]:
            counts[each.stream, quarter] += 1
    return counts


def fit_arrivals(counts: Ints) -> Arrivals:
    """Fit a Poisson regression with a log link to counts by stream and quarter, by its most likely coefficients.

    Covariance by Laplace's approximation, widened by whatever quarters or years vary beyond chance.
    """
    live = tuple(int(stream) for stream in np.flatnonzero(counts.sum(axis=1)))
    quarters = np.arange(-counts.shape[1], 0)
    trend = (quarters + 0.5) / SEASONS
    seen = counts[list(live)]
    rows = [_row(at, len(live), stream == _ALONE, trend, quarters) for at, stream in enumerate(live)]
    design, observed = np.concatenate(rows), seen.ravel().astype(float)
    precision = _precision(len(live), live)
    start = np.zeros(design.shape[1])
    start[: len(live)] = np.log(seen.mean(axis=1))
    centre = _most_likely(design, observed, precision, start)
    means = np.exp(design @ centre).reshape(seen.shape)
    shared, yearly, own, widest = _beyond_chance(seen, means)
    weights = design * np.exp(design @ centre)[:, None]
    # The precision is of beliefs and stays; only what was counted is worth less where counts vary beyond chance.
    information = design.T @ weights / widest + precision
    spread = np.linalg.cholesky(np.linalg.inv(information))
    every = np.zeros(len(STREAMS))
    every[list(live)] = own
    return Arrivals(counts, live, centre, spread, shared, yearly, every)


def draw_rates(fitted: Arrivals, months: int, draws: int, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Children expected to come into care in each month ahead: draws x months x streams, luck of the month aside.

    Each draw takes its own coefficients, and its own good and bad quarters and years.
    """
    chance = rng.standard_normal((draws, len(fitted.centre)))
    coefficients = fitted.centre + chance @ fitted.spread.T
    ahead = np.arange(months)
    rates = fitted.expected(coefficients, (ahead + 0.5) / 12, ahead // 3) / 3
    quarters, years = -(-months // 3), -(-months // 12)
    rates *= _shocks(rng, fitted.shared, (draws, quarters))[:, ahead // 3, None]
    rates *= _shocks(rng, fitted.yearly, (draws, years))[:, ahead // 12, None]
    for stream in fitted.live:
        rates[:, :, stream] *= _shocks(rng, float(fitted.own[stream]), (draws, quarters))[:, ahead // 3]
    return rates


def _shocks(rng: np.random.Generator, variance: float, shape: tuple[int, int]) -> Floats:
    """Factors of mean 1 and this variance."""
    return rng.gamma(1 / variance, variance, shape) if variance > 1e-9 else np.ones(shape)


def _row(at: int, streams: int, alone: bool, trend: Floats, quarters: Ints) -> Floats:
    """The design of one live stream at some times: level, common trend, own trend, seasons."""
    rows = np.zeros((len(trend), 2 * streams + 1 + SEASONS))
    rows[:, at] = 1
    if not alone:
        rows[:, streams] = trend
        rows[np.arange(len(trend)), 2 * streams + 1 + quarters % SEASONS] = 1
    rows[:, streams + 1 + at] = trend
    return rows


def _precision(streams: int, live: Sequence[int]) -> Floats:
    own = [TREND_SD if stream == _ALONE else OWN_TREND_SD for stream in live]
    # A level is known to within a factor of e**5 beforehand: hardly at all.
    deviations = [*[5.0] * streams, TREND_SD, *own, *[SEASON_SD] * SEASONS]
    return np.diag(1 / np.square(deviations))


def _most_likely(design: Floats, observed: Floats, precision: Floats, start: Floats) -> Floats:
    """Newton's method on the penalised likelihood, levels shrunk towards where they start; halved where it worsens."""

    def badness(at: Floats) -> float:
        line = design @ at
        return float((np.exp(line) - observed * line).sum() + (at - start) @ precision @ (at - start) / 2)

    best = start
    for _ in range(_STEPS):
        means = np.exp(design @ best)
        slope = design.T @ (means - observed) + precision @ (best - start)
        curve = design.T @ (design * means[:, None]) + precision
        step = cho_solve(cho_factor(curve), slope)
        while badness(best - step) > badness(best) and np.abs(step).max() > 1e-10:
            step = step / 2
        best = best - step
        if np.abs(step).max() < 1e-10:
            break
    return best


def _beyond_chance(seen: Ints, means: Floats) -> tuple[float, float, Floats, float]:
    """Variance beyond chance: shared by a quarter and by a year, of each stream's own, and the widest ratio of all.

    Ratios of Pearson's chi-squared to its degrees of freedom, drawn towards 1 as if three more had been seen at 1.
    """
    streams, quarters = seen.shape
    apart = _ratio(seen, means, seen.size - 2 * streams - SEASONS)
    together = _ratio(seen.sum(axis=0), means.sum(axis=0), quarters - 2 - SEASONS + 1)
    whole = quarters // SEASONS
    by_year = [part[:, -whole * SEASONS :].reshape(streams, whole, SEASONS).sum(axis=(0, 2)) for part in (seen, means)]
    years = _ratio(by_year[0], by_year[1], whole - 2)
    shared = max(0.0, together - apart) / float(means.sum(axis=0).mean())
    yearly = max(0.0, years - max(together, 1.0)) / float(by_year[1].mean()) if whole else 0.0
    own = max(0.0, apart - 1) / np.maximum(means.mean(axis=1), 1.0)
    return shared, yearly, own, max(1.0, apart, together, years)


def _ratio(seen: npt.NDArray[np.int64], means: Floats, freedom: int) -> float:
    chi = float((np.square(seen - means) / means).sum()) if seen.size else 0.0
    return (chi + 3) / (max(freedom, 0) + 3) if freedom > 0 else 1.0

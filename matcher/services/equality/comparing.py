"""Whether a group differs from everyone else by more than chance: intervals, plain tests, and Holm's correction.

The children of an authority are taken as one draw of what might have been. Everything here is deterministic.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean

import numpy as np
import numpy.typing as npt

from matcher.services.intervals import wilson

FEWEST = 10
"""With fewer children on either side no test is made: it could hardly find anything, and would say too much of them."""
SURE = 0.05
"""A difference is told where the corrected probability of one so large by chance is below this."""
SHUFFLES = 9_999
_SEED = 20180331

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Value:
    """A share in per cent, or a mean, with its 95% interval; None where it cannot be given."""

    value: float | None
    low: float | None
    high: float | None


def share(values: Sequence[bool]) -> Value:
    """The share of children for whom it holds, in per cent, with Wilson's interval."""
    if not values:
        return Value(None, None, None)
    low, high = wilson(sum(values), len(values))
    return Value(100 * sum(values) / len(values), low, high)


def average(values: Sequence[float]) -> Value:
    """The mean, with Student's interval, not below 0; of a single child no interval."""
    if len(values) < 2:
        return Value(values[0] if values else None, None, None)
    from scipy.stats import t

    middle = fmean(values)
    spread = float(np.std(values, ddof=1)) / len(values) ** 0.5
    half = float(t.ppf(0.975, len(values) - 1)) * spread
    return Value(middle, max(0.0, middle - half), middle + half)


def chance_of_shares(group: Sequence[bool], rest: Sequence[bool]) -> float:
    """Fisher's exact test, two-sided: how likely shares as far apart are if the group made no difference."""
    from scipy.stats import fisher_exact

    table = [[sum(group), len(group) - sum(group)], [sum(rest), len(rest) - sum(rest)]]
    return float(fisher_exact(table).pvalue)


def chance_of_means(group: Sequence[float], rest: Sequence[float]) -> float:
    """A permutation test of the difference of means, two-sided: 9,999 ways of dealing the children out at random.

    The children's own values are shuffled, so nothing is asked of how they spread; the seed is fixed.
    """
    size, total = len(group), sum(group) + sum(rest)
    sums = _dealt(tuple(sorted((*group, *rest))))[:, size - 1]
    expected = total * size / (size + len(rest))
    seen = abs(sum(group) - expected)
    # A hair's breadth for rounding, so that a draw as far out as the one seen counts.
    as_far = int(np.count_nonzero(np.abs(sums - expected) >= seen - 1e-9 * max(1.0, abs(total))))
    return (as_far + 1) / (SHUFFLES + 1)


@lru_cache(maxsize=4)
def _dealt(values: tuple[float, ...]) -> Numbers:
    """Sums of the first 1, 2, ... of the values in every shuffle, ``(shuffles, values)``: for groups of any size."""
    shuffled = np.tile(np.array(values, dtype=np.float64), (SHUFFLES, 1))
    np.random.default_rng(_SEED).permuted(shuffled, axis=1, out=shuffled)
    sums: Numbers = np.cumsum(shuffled, axis=1, out=shuffled)
    return sums


def holm(chances: Sequence[float]) -> list[float]:
    """The same probabilities corrected for how many were looked at (Holm, 1979), in the order given.

    The chance that any difference told of a set is none stays below the threshold, whatever depends on what.
    """
    corrected, highest = [0.0] * len(chances), 0.0
    for rank, at in enumerate(sorted(range(len(chances)), key=chances.__getitem__)):
        highest = max(highest, min(1.0, chances[at] * (len(chances) - rank)))
        corrected[at] = highest
    return corrected

"""Means over fresh weeks, with intervals: what options do beside not taking them."""

from collections.abc import Sequence

import numpy as np
from scipy.stats import t as student

from matcher.services.intervals import Interval
from matcher.services.opening.results import Effect, Mean
from matcher.services.opening.told import WeekTold

WEEKS_A_YEAR = 52
HALF_A_MILE = 5
_CONFIDENCE = 0.975


def mean_of(values: Sequence[float]) -> Mean:
    """A mean of two values or more, and its 95% interval by Student's t."""
    array = np.asarray(values, dtype=np.float64)
    middle = float(array.mean())
    half = float(student.ppf(_CONFIDENCE, array.size - 1) * array.std(ddof=1) / np.sqrt(array.size))
    return Mean(mean=middle, interval=Interval(low=middle - half, high=middle + half))


def effect(without: Sequence[WeekTold], with_: Sequence[WeekTold], yearly_pence: int, own_pence: int) -> Effect:
    """What options do: the same weeks planned without and with them.

    Args:
        without: Each week without.
        with_: The same weeks, in the same order, with.
        yearly_pence: What the options cost a year, before income from places sold unused.
        own_pence: What they add to the objective a year: the same less that income if every place were sold, as the
            policy weighs money.
    """
    pairs = list(zip(without, with_, strict=True))
    moved = [_moved(before, after) for before, after in pairs]
    saved = [_saved(before, after) * WEEKS_A_YEAR for before, after in pairs]
    gain = [(before.objective - after.objective) * WEEKS_A_YEAR - own_pence for before, after in pairs]
    return Effect(
        unplaced_avoided=mean_of([before.unplaced - after.unplaced for before, after in pairs]),
        closer=mean_of([closer for closer, _ in moved]),
        farther=mean_of([farther for _, farther in moved]),
        reunited=mean_of([after.together - before.together for before, after in pairs]),
        fees_saved_pence_a_year=mean_of(saved),
        net_pence_a_year=mean_of([value - yearly_pence for value in saved]),
        gain_pence_a_year=mean_of(gain),
    )


def _moved(before: WeekTold, after: WeekTold) -> tuple[int, int]:
    """Children half a mile or more nearer their family, and farther, of those with a home and a distance both ways."""
    known = [(was, now) for was, now in zip(before.miles, after.miles, strict=True) if was >= 0 and now >= 0]
    closer = sum(was - now >= HALF_A_MILE for was, now in known)
    return closer, sum(now - was >= HALF_A_MILE for was, now in known)


def _saved(before: WeekTold, after: WeekTold) -> int:
    """Full fees saved a week by children who have a home both ways."""
    pairs = zip(before.fees, after.fees, strict=True)
    return sum(was - now for was, now in pairs if was is not None and now is not None)

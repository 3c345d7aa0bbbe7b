"""How sure a share or a rate is: 95% intervals, for counts of children seen as one draw of what might have been."""

import math

from scipy.special import gammaincinv

from models.record import Record

_Z = 1.959963984540054
_TAIL = 0.025


class Interval(Record):
    """The lower and the upper end of a 95% interval, in the unit of the value it stands beside."""

    low: float
    high: float


def wilson(count: int, out_of: int) -> tuple[float, float]:
    """The 95% interval of a share, in per cent; all of 0 to 100 where there is nobody.

    Source: Wilson's score interval (1927) without correction for continuity, as public health statistics in England
    use it for proportions.

    Raises:
        ValueError: a count below 0 or above what it is out of.
    """
    if not 0 <= count <= out_of:
        raise ValueError(f"{count} of {out_of} is no share: expected a count from 0 to {out_of}")
    if not out_of:
        return 0.0, 100.0
    share, spread = count / out_of, _Z * _Z / out_of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * math.sqrt((share * (1 - share) + spread / 4) / out_of) / (1 + spread)
    low = 0.0 if count == 0 else 100 * (middle - half)
    return low, 100.0 if count == out_of else 100 * (middle + half)


def rate_interval(count: int, exposure: float, per: float = 1.0) -> tuple[float, float]:
    """The exact 95% Poisson interval of ``count / exposure``, times ``per``; without exposure it has no upper end.

    Args:
        count: events counted.
        exposure: time or people in which they happened, say placement years.
        per: 100 for a rate per hundred.

    Raises:
        ValueError: a negative count or exposure.
    """
    if count < 0 or exposure < 0:
        raise ValueError(f"{count} events in {exposure} is no rate: expected neither below 0")
    if not exposure:
        return 0.0, math.inf
    low = float(gammaincinv(count, _TAIL)) if count else 0.0
    return per * low / exposure, per * float(gammaincinv(count + 1, 1 - _TAIL)) / exposure

"""Tenths of a mile between two points, in a form that a compiler does several of at once."""

import math

from matcher.scoring.compiled.compiling import kernel
from models.geography import METRES_IN_10_000_MILES
from models.policy import DISTANCE_LIMIT_TENTHS

_METRES_A_TENTH = METRES_IN_10_000_MILES / 100_000
_HALF = _METRES_A_TENTH / 2
_TENTHS_A_METRE = 1 / _METRES_A_TENTH
_HIGHEST = float(DISTANCE_LIMIT_TENTHS)


@kernel
def tenths_of_square(square: float) -> float:
    """``models.geography.tenths_of_mile``, up to the limit, still to be cut to a whole number.

    Exact for whole squares: every step rises with the distance, so it is enough that the whole numbers on either side
    of each rounding come out right, and a test tries them all.
    """
    return min((math.sqrt(square) + _HALF) * _TENTHS_A_METRE, _HIGHEST)


@kernel
def tenths_to(east: float, north: float) -> float:
    """The same for whole metres east and north."""
    return tenths_of_square(east * east + north * north)

"""How many emergency places cover 95% of nights, if each child stays in one for a few nights."""

from collections.abc import Sequence

import numpy as np
from scipy.stats import poisson

from matcher.services.opening.futures import Future
from matcher.services.opening.menu_options import Option
from matcher.services.opening.results import EmergencyNights
from matcher.services.opening.told import WeekTold
from models.menu import EmergencyBed

COVERED = 0.95
USUAL_NIGHTS = 7
"""Nights in an emergency place where the menu does not say: an assumption, to be set by the authority's own."""


def emergency_nights(
    drawn: Sequence[Future], weeks: Sequence[WeekTold], options: Sequence[Option]
) -> EmergencyNights | None:
    """The fewest places that are enough on 95% of nights; None where nobody needs a home the same day.

    Children come on their own, so that the number in emergency places on a night is a Poisson draw whose mean is how
    many come a night times how long each stays. How many come differs from one future to the next; the share of
    them who need a home the same day is that of all weeks together.

    Args:
        drawn: The futures of the weeks.
        weeks: The weeks, as planned in whatever way.
        options: The menu, which says how long a child stays in its emergency places.
    """
    share = sum(week.urgent for week in weeks) / max(1, sum(week.children for week in weeks))
    if not share:
        return None
    stays = [option.item.stay_nights for option in options if isinstance(option.item, EmergencyBed)]
    nights = max(stays, default=USUAL_NIGHTS)
    same_day = share * np.array([float(future.new.sum()) + future.moving for future in drawn])
    places, covered = 0, 0.0
    while covered < COVERED:
        places += 1
        covered = float(poisson.cdf(places, same_day / 7 * nights).mean())
    return EmergencyNights(
        places=places, same_day_a_week=float(same_day.mean()), nights=nights, covered_percent=100 * covered
    )

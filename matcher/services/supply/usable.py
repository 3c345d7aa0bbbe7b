"""What of each home can be used on a day, but for pauses: its terms, places off for good, and who it takes in."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.services.supply.coming import LASTING
from matcher.services.supply.published import LONGEST_PAUSE, SHORTEST_PAUSE
from models.case import Case
from models.home import Home


class Usable(NamedTuple):
    """Places of homes.

    Attributes:
        terms: Approved or registered.
        lasting: Not available for a reason with no end in sight.
        filled: Filled today.
        until: Days until somebody may, draws x homes: 0 where anybody may, infinite where no day is known.
    """

    terms: npt.NDArray[np.int64]
    lasting: npt.NDArray[np.int64]
    filled: npt.NDArray[np.int64]
    until: npt.NDArray[np.float64]


def usable_of(case: Case, homes: Sequence[Home], draws: int, rng: np.random.Generator) -> Usable:
    """Lay out the places of homes, and draw how long suspensions last: as long as pauses do."""
    filled = Counter(placement.home_id for placement in case.placements if placement.home_id)
    filled.update(resident.home_id for resident in case.residents if resident.takes_place)
    terms = np.array([home.terms.places for home in homes], dtype=np.int64)
    lasting = [home.not_available_places if home.not_available_reason in LASTING else 0 for home in homes]
    until = np.zeros((draws, len(homes)))
    mean = rng.uniform(SHORTEST_PAUSE, LONGEST_PAUSE, draws)
    for at, home in enumerate(homes):
        if not home.registered:
            until[:, at] = np.inf
        elif home.suspended:
            until[:, at] = mean * rng.exponential(size=draws)
        if home.available_from is not None:
            until[:, at] = np.maximum(until[:, at], (home.available_from - case.as_at).days)
    return Usable(
        terms,
        np.minimum(np.array(lasting, dtype=np.int64), terms),
        np.array([filled[home.id] for home in homes], dtype=np.int64),
        until,
    )

"""Places neither filled nor vacant: who they come back from, and how others go the same way."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.services.supply.groups import HOUSEHOLDS, Group, group_of_home, is_one_home
from matcher.services.supply.published import LONGEST_PAUSE, SHORTEST_PAUSE
from matcher.services.supply.turnover import YEAR, Rates
from models.case import Case
from models.home import Home
from models.vocabulary import NotAvailable

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
PASSING = (
    NotAvailable.CARER_BREAK,
    NotAvailable.UNDER_REVIEW,
    NotAvailable.STAFFING,
    NotAvailable.BUILDING,
    NotAvailable.NEEDS_OF_CHILD,
)
"""Reasons that end by themselves; a place kept by somebody staying put comes back with that person."""
_NEEDS = PASSING.index(NotAvailable.NEEDS_OF_CHILD)


class Pauses(NamedTuple):
    """How pauses begin and end.

    Attributes:
        ends: Ends a year of each reason of ``PASSING``: draws x reasons.
        flow: Pauses a year that begin for each reason in a home that does not pause: draws x groups x reasons.
        part: The part of its places that each of today's pausing homes has off, by group and then reason.
        first: Where each group's and reason's begin in ``part``, and where the last ends.
        reason: The reason of each home that pauses now, -1 of others.
        places: Places of each home not available for it.
    """

    ends: Floats
    flow: Floats
    part: Floats
    first: Ints
    reason: Ints
    places: Ints


def draw_pauses(
    case: Case, homes: Sequence[Home], rates: Mapping[Group, Rates], stays_end: Floats, rng: np.random.Generator
) -> Pauses:
    """Lay out pauses of some homes, and draw how long they last.

    A place not available for the needs of a child placed comes back when a child leaves such a home; the others after a
    mean time anywhere from a month to a year. As many homes pause as come back or close, if each group stays as it is.

    Args:
        case: The authority today.
        homes: Its homes, and others to come.
        rates: Of closing, by group: all of theirs.
        stays_end: Ends a year of a child's stay, by draw (:func:`stay_ends`).
        rng: Of what is not known.
    """
    pauses = YEAR / rng.uniform(SHORTEST_PAUSE, LONGEST_PAUSE, len(stays_end))
    ends = np.repeat(pauses[:, None], len(PASSING), axis=1)
    ends[:, _NEEDS] = stays_end
    reason = [_reason(home) for home in homes]
    places = [home.not_available_places if why >= 0 else 0 for home, why in zip(homes, reason, strict=True)]
    share, part, first = _like(case, tuple(rates))
    closing = np.stack([each.closing for each in rates.values()], axis=1) if rates else np.zeros((len(ends), 0))
    flow = share[None] * (ends[:, None, :] + closing[:, :, None])
    return Pauses(ends, flow, part, first, np.array(reason, dtype=np.int64), np.array(places, dtype=np.int64))


def _like(case: Case, groups: Sequence[Group]) -> tuple[Floats, Floats, Ints]:
    """Today's homes that pause, to one that does not, by group and reason; and ``part`` and ``first`` of pauses."""
    share = np.zeros((len(groups), len(PASSING)))
    part: list[float] = []
    first = [0]
    for at, group in enumerate(groups):
        today = [home for home in case.homes if group_of_home(home) == group and is_one_home(home)]
        steady = sum(_open_part(home) for home in today if _reason(home) < 0)
        for why in range(len(PASSING)):
            pausing = [home for home in today if _reason(home) == why]
            part += [home.not_available_places / max(home.terms.places, 1) for home in pausing]
            first.append(len(part))
            share[at, why] = len(pausing) / max(steady, 1.0)
    return share, np.array(part, dtype=np.float64), np.array(first, dtype=np.int64)


def stay_ends(case: Case, draws: int, rng: np.random.Generator) -> Floats:
    """Draws of the ends a year of stays with listed foster carers: exponential, from how long today's have lasted.

    Where nobody lives with any, nothing is known: then about one a year, anything from 0.05 to 4.
    """
    lasted = [
        (case.as_at - placement.started).days
        for placement in case.placements
        if placement.home_id and case.home[placement.home_id].kind in HOUSEHOLDS
    ]
    years = max(sum(lasted), 0) / YEAR
    drawn: Floats = rng.gamma(1 + len(lasted), 1 / (1 + years), draws)
    return drawn


def _open_part(home: Home) -> float:
    """The part of its places that a home which does not pause can lose by pausing."""
    places = home.terms.places
    return max(places - home.not_available_places, 0) / places if places else 0.0


def _reason(home: Home) -> int:
    reason = home.not_available_reason
    return PASSING.index(reason) if home.not_available_places and reason in PASSING else -1

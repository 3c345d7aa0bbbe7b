"""How many stay with their foster carers past 18, for how long, and how many of them keep a place filled."""

import datetime as dt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.services.supply.published import (
    AGENCIES_STAYED,
    AUTHORITIES_DIFFER,
    OWN_SERVICE_STAYED,
    STAYING_PUT_ENDS,
    STILL_THERE,
    Stayed,
)
from matcher.services.supply.turnover import YEAR
from models.case import Case
from models.home import Home
from models.ssda903.care_leavers import stayed_put
from models.ssda903.placements import placement_on
from models.ssda903.stability import months_before
from models.vocabulary import NotAvailable, ResidentKind

Floats = npt.NDArray[np.float64]
ADULT = 18
_AGENCY = ("PR4", "PR5")
_LOOKED_BACK = 3
_SLOWEST = 0.01


class OwnStayed(NamedTuple):
    """Of those who turned 18 with one sort of carer in the authority's own returns, how many stayed."""

    stayed: int
    turned_18: int


def own_stayed(case: Case) -> tuple[OwnStayed, OwnStayed]:
    """Who left foster care at 18 in the last three years of the returns, and stayed: own carers', then agencies'.

    :func:`models.ssda903.care_leavers.stayed_put` is the definition: REC E17.
    """
    counts = np.zeros((2, 2), dtype=np.int64)
    for back in range(_LOOKED_BACK):
        found = stayed_put(case.episodes, case.births, months_before(case.as_at, 12 * back))
        stayed = set(found.counted)
        for child in found.out_of:
            rows = case.episodes[child]
            left = max(row.dec for row in rows if row.dec is not None and row.dec <= found.on)
            last = placement_on(rows, left - dt.timedelta(days=1))
            agency = int(last is not None and last.usual.provider in _AGENCY)
            counts[agency] += (child in stayed, 1)
    return tuple(OwnStayed(int(row[0]), int(row[1])) for row in counts)  # type: ignore[return-value]


def keeps_place(home: Home) -> bool:
    """Whether somebody who stays put keeps a place of the home filled."""
    return home.not_available_reason is NotAvailable.STAYING_PUT and home.not_available_places > 0


def draw_shares(own: tuple[OwnStayed, OwnStayed], draws: int, rng: np.random.Generator) -> Floats:
    """Shares who stay at 18 with own carers and with agencies': draws x 2."""
    published: tuple[Stayed, Stayed] = (OWN_SERVICE_STAYED, AGENCIES_STAYED)
    found = np.empty((draws, 2))
    for at, (belief, seen) in enumerate(zip(published, own, strict=True)):
        share = belief.stayed / belief.turned_18
        on = AUTHORITIES_DIFFER * share + seen.stayed
        found[:, at] = rng.beta(on, AUTHORITIES_DIFFER * (1 - share) + seen.turned_18 - seen.stayed, draws)
    return found


def draw_leaving(draws: int, rng: np.random.Generator) -> Floats:
    """Rates a year of going, at 18, 19 and 20: draws x 3. The last is that of 19, for want of any publication."""
    shares = [rng.beta(still, of - still, draws) for still, of in STILL_THERE]
    first, second = np.log(shares[0] / shares[1]), np.log(shares[1] / shares[2])
    found: Floats = np.maximum(np.stack([first, second, second], axis=1), 0.0)
    return found


def draw_place(case: Case, draws: int, rng: np.random.Generator) -> Floats:
    """Shares of those staying put who keep one of the home's places filled: from today's, any share alike before."""
    staying = [resident for resident in case.residents if resident.kind is ResidentKind.STAYING_PUT]
    filled = sum(keeps_place(case.home[resident.home_id]) for resident in staying)
    drawn: Floats = rng.beta(1 + filled, 1 + len(staying) - filled, draws)
    return drawn


def gone_after(age: float | None, leaving: Floats, rng: np.random.Generator) -> Floats:
    """Days until somebody of an age goes, by draw: by the rates of each year of age, at 21 at the latest.

    An age not known is drawn as England's are; of somebody past 21 nothing is known but the rate at 20.
    """
    draws = len(leaving)
    ages = _drawn_ages(draws, rng) if age is None else np.full(draws, age)
    luck, gone, there = rng.exponential(size=draws), np.zeros(draws), np.ones(draws, dtype=np.bool_)
    for year in range(leaving.shape[1]):
        rate = np.maximum(leaving[:, year], _SLOWEST)
        width = np.clip(ADULT + year + 1 - np.maximum(ages, ADULT + year), 0.0, None)
        gone += np.where(there, np.minimum(luck / rate, width), 0.0)
        luck = luck - rate * width
        there &= luck > 0
    late = rng.exponential(size=draws) / np.maximum(leaving[:, -1], _SLOWEST)
    days: Floats = np.where(ages >= STAYING_PUT_ENDS, late, gone) * YEAR
    return days


def _drawn_ages(draws: int, rng: np.random.Generator) -> Floats:
    still = np.array([count for count, _ in STILL_THERE], dtype=np.float64)
    ages: Floats = ADULT + rng.choice(len(still), draws, p=still / still.sum()) + rng.random(draws)
    return ages

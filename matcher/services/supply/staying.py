"""Young people who stay with their foster carers past 18: who might, for how long, and whose place they keep filled."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.services.forecast.lives import birthday
from matcher.services.supply.groups import HOUSEHOLDS
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
from models.record import Record
from models.ssda903.care_leavers import stayed_put
from models.ssda903.placements import placement_on
from models.ssda903.stability import months_before
from models.vocabulary import NotAvailable, ResidentKind, Sector

Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
ADULT = 18
KEPT_IN = (Sector.IN_HOUSE, Sector.PRIVATE)
"""Carers who keep somebody past 18: the authority's own (and other authorities'), and agencies'."""
_AGENCY = ("PR4", "PR5")
_LOOKED_BACK = 3
_SLOWEST = 0.01


class YoungPerson(Record):
    """Somebody who stays put today, or a child of the authority who turns 18 with foster carers in the years ahead.

    Where a home keeps a place for staying put and lists nobody, ``id`` is the home's with ``:staying put``.

    ``turns_18`` is None for those who stay put today. ``chance`` is that of a bedroom kept on the 18th birthday: that
    the child still lives there, the home is still open, and the child stays.
    """

    id: str
    home_id: str
    turns_18: dt.date | None
    chance: float


class OwnStayed(NamedTuple):
    """Of those who turned 18 with one sort of carer in the authority's own returns, how many stayed."""

    stayed: int
    turned_18: int


class Keeping(NamedTuple):
    """Bedrooms, and some places, that may be kept filled: draws x people.

    Attributes:
        people: Who.
        home: The number of each one's home.
        agency: Whether the carers are an agency's.
        starts: Days from the as-at date to the 18th birthday; 0 of those who stay put today.
        ends: Days to when they go; before the start if they do not stay.
        place: Whether it is one of the home's places that they keep filled, and not only a bedroom.
        places: How many: of those who stay put today, all that the homes sheet says.
    """

    people: tuple[YoungPerson, ...]
    home: tuple[int, ...]
    agency: Flags
    starts: Floats
    ends: Floats
    place: Flags
    places: tuple[int, ...]


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


def draw_keeping(
    case: Case, homes: Sequence[Home], horizon: int, stays_end: Floats, closes: Days, rng: np.random.Generator
) -> Keeping:
    """Draw who keeps a bedroom past 18, and until when.

    Args:
        case: The authority today.
        homes: Its homes in their order, others to come after them.
        horizon: Days ahead.
        stays_end: Ends a year of a child's stay, by draw.
        closes: Days until each home closes: draws x homes.
        rng: Of what is not known, and of luck.
    """
    draws = len(stays_end)
    number = {home.id: at for at, home in enumerate(homes)}
    shares = _draw_shares(own_stayed(case), draws, rng)
    leaving = _draw_leaving(draws, rng)
    with_place = _draw_place(case, draws, rng)
    rows = [*_now(case, leaving, rng), *_turning(case, horizon, shares, stays_end, leaving, with_place, rng)]
    agency = [homes[number[row.home_id]].sector in (Sector.PRIVATE, Sector.VOLUNTARY) for row in rows]
    people = []
    for row in rows:
        open_then = closes[:, number[row.home_id]] > row.starts
        chance = float((open_then & (row.ends > row.starts)).mean())
        people.append(YoungPerson(id=row.id, home_id=row.home_id, turns_18=row.turns_18, chance=chance))
    empty = np.empty((draws, 0))
    return Keeping(
        tuple(people),
        tuple(number[row.home_id] for row in rows),
        np.array(agency, dtype=np.bool_),
        np.array([row.starts for row in rows], dtype=np.float64),
        np.stack([row.ends for row in rows], axis=1) if rows else empty,
        np.stack([row.place for row in rows], axis=1) if rows else empty.astype(np.bool_),
        tuple(row.places for row in rows),
    )


class _Row(NamedTuple):
    id: str
    home_id: str
    turns_18: dt.date | None
    starts: float
    ends: Floats
    place: Flags
    places: int


def _now(case: Case, leaving: Floats, rng: np.random.Generator) -> list[_Row]:
    """Those who stay put today; the last of a home to go gives back the places it keeps for staying put."""
    draws = len(leaving)
    found = []
    told = {resident.home_id for resident in case.residents if resident.kind is ResidentKind.STAYING_PUT}
    kept = {home.id: home.not_available_places for home in case.homes if _keeps_place(home)}
    for resident in case.residents:
        if resident.kind is ResidentKind.STAYING_PUT:
            age = (case.as_at - resident.born).days / YEAR if resident.born else None
            ends = _gone_after(age, leaving, rng)
            if resident.until:
                ends = np.full(draws, (resident.until - case.as_at).days + 1.0)
            found.append(_Row(resident.id, resident.home_id, None, 0.0, ends, np.ones(draws, bool), 0))
    for home in kept.keys() - told:
        ends = _gone_after(None, leaving, rng)
        found.append(_Row(f"{home}:staying put", home, None, 0.0, ends, np.ones(draws, bool), 0))
    found.sort(key=lambda row: row.home_id)
    return [_with_places(row, found, kept) for row in found]


def _with_places(row: _Row, every: Sequence[_Row], kept: dict[str, int]) -> _Row:
    """A row with the home's places if nobody else of the home goes after."""
    others = [other.ends for other in every if other.home_id == row.home_id and other is not row]
    last = np.all([row.ends >= ends for ends in others], axis=0) if others else np.ones(len(row.ends), dtype=np.bool_)
    return row._replace(place=last, places=kept.get(row.home_id, 0))


def _turning(
    case: Case,
    horizon: int,
    shares: Floats,
    stays_end: Floats,
    leaving: Floats,
    with_place: Floats,
    rng: np.random.Generator,
) -> list[_Row]:
    """Children with foster carers who turn 18 in time, unless notice of an earlier end was given."""
    draws, found = len(stays_end), []
    for placement in case.placements:
        home = case.home[placement.home_id] if placement.home_id else None
        if home is None or home.kind not in HOUSEHOLDS:
            continue
        on = birthday(case.child[placement.child_id].born, ADULT)
        starts = (on - case.as_at).days
        if not 0 < starts <= horizon or (placement.ends_on and placement.ends_on < on):
            continue
        agency = int(home.sector in (Sector.PRIVATE, Sector.VOLUNTARY))
        stays = rng.random(draws) < np.exp(-stays_end * starts / YEAR) * shares[:, agency]
        ends = np.where(stays, starts + _gone_after(float(ADULT), leaving, rng), -1.0)
        place = rng.random(draws) < with_place
        found.append(_Row(placement.child_id, home.id, on, float(starts), ends, place, 1))
    return found


def _keeps_place(home: Home) -> bool:
    return home.not_available_reason is NotAvailable.STAYING_PUT and home.not_available_places > 0


def _draw_shares(own: tuple[OwnStayed, OwnStayed], draws: int, rng: np.random.Generator) -> Floats:
    """Shares who stay at 18 with own carers and with agencies': draws x 2."""
    published: tuple[Stayed, Stayed] = (OWN_SERVICE_STAYED, AGENCIES_STAYED)
    found = np.empty((draws, 2))
    for at, (belief, seen) in enumerate(zip(published, own, strict=True)):
        share = belief.stayed / belief.turned_18
        on = AUTHORITIES_DIFFER * share + seen.stayed
        found[:, at] = rng.beta(on, AUTHORITIES_DIFFER * (1 - share) + seen.turned_18 - seen.stayed, draws)
    return found


def _draw_leaving(draws: int, rng: np.random.Generator) -> Floats:
    """Rates a year of going, at 18, 19 and 20: draws x 3. The last is that of 19, for want of any publication."""
    shares = [rng.beta(still, of - still, draws) for still, of in STILL_THERE]
    first, second = np.log(shares[0] / shares[1]), np.log(shares[1] / shares[2])
    found: Floats = np.maximum(np.stack([first, second, second], axis=1), 0.0)
    return found


def _draw_place(case: Case, draws: int, rng: np.random.Generator) -> Floats:
    """Shares of those staying put who keep one of the home's places filled: from today's, any share alike before."""
    staying = [resident for resident in case.residents if resident.kind is ResidentKind.STAYING_PUT]
    filled = sum(_keeps_place(case.home[resident.home_id]) for resident in staying)
    drawn: Floats = rng.beta(1 + filled, 1 + len(staying) - filled, draws)
    return drawn


def _gone_after(age: float | None, leaving: Floats, rng: np.random.Generator) -> Floats:
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

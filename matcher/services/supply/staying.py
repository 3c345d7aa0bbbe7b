"""Young people who stay with their foster carers past 18: who might, for how long, and whose place they keep filled."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.services.forecast.lives import birthday
from matcher.services.supply.groups import HOUSEHOLDS
from matcher.services.supply.staying_rates import (
    ADULT,
    draw_leaving,
    draw_place,
    draw_shares,
    gone_after,
    keeps_place,
    own_stayed,
)
from matcher.services.supply.turnover import YEAR
from models.case import Case
from models.home import Home
from models.record import Record
from models.vocabulary import ResidentKind, Sector

Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
KEPT_IN = (Sector.IN_HOUSE, Sector.PRIVATE)
"""Carers who keep somebody past 18: the authority's own (and other authorities'), and agencies'."""


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
    shares = draw_shares(own_stayed(case), draws, rng)
    leaving = draw_leaving(draws, rng)
    with_place = draw_place(case, draws, rng)
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
    kept = {home.id: home.not_available_places for home in case.homes if keeps_place(home)}
    for resident in case.residents:
        if resident.kind is ResidentKind.STAYING_PUT:
            age = (case.as_at - resident.born).days / YEAR if resident.born else None
            ends = gone_after(age, leaving, rng)
            if resident.until:
                ends = np.full(draws, (resident.until - case.as_at).days + 1.0)
            found.append(_Row(resident.id, resident.home_id, None, 0.0, ends, np.ones(draws, bool), 0))
    for home in kept.keys() - told:
        ends = gone_after(None, leaving, rng)
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
        ends = np.where(stays, starts + gone_after(float(ADULT), leaving, rng), -1.0)
        place = rng.random(draws) < with_place
        found.append(_Row(placement.child_id, home.id, on, float(starts), ends, place, 1))
    return found

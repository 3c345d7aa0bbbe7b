"""Homes that a scenario closes: places of a kind that go on a day, whichever homes they are in."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.services.forecast.effects import ScenarioError
from models.case import Case
from models.forecast import HomeClosing, Scenario
from models.home import Home
from models.ssda903.derive import PlacementKind
from models.vocabulary import HomeKind, Sector

Days = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
_INDEPENDENT = (Sector.PRIVATE, Sector.VOLUNTARY)
_EVERY = tuple(Sector)
_HOMES_OF: dict[PlacementKind, tuple[HomeKind, tuple[Sector, ...]]] = {
    PlacementKind.KINSHIP: (HomeKind.CONNECTED, _EVERY),
    PlacementKind.IN_HOUSE_FOSTERING: (HomeKind.FOSTER, (Sector.IN_HOUSE,)),
    PlacementKind.IFA_FOSTERING: (HomeKind.FOSTER, _INDEPENDENT),
    PlacementKind.OTHER_AUTHORITY_FOSTERING: (HomeKind.FOSTER, (Sector.OTHER_AUTHORITY,)),
    PlacementKind.IN_HOUSE_RESIDENTIAL: (HomeKind.RESIDENTIAL, (Sector.IN_HOUSE,)),
    PlacementKind.INDEPENDENT_RESIDENTIAL: (HomeKind.RESIDENTIAL, _INDEPENDENT),
    PlacementKind.OTHER_AUTHORITY_RESIDENTIAL: (HomeKind.RESIDENTIAL, (Sector.OTHER_AUTHORITY,)),
    PlacementKind.SECURE: (HomeKind.SECURE, _EVERY),
    PlacementKind.RESIDENTIAL_SCHOOL: (HomeKind.SCHOOL, _EVERY),
    PlacementKind.SUPPORTED: (HomeKind.SUPPORTED, _EVERY),
    PlacementKind.PARENT_AND_CHILD: (HomeKind.PARENT_AND_CHILD, _EVERY),
}


class Closing(NamedTuple):
    """Places that go: days from the as-at date, how many, and the numbers of the homes they may be in."""

    day: int
    places: int
    homes: Ints


def closings_of(scenario: Scenario, case: Case, homes: Sequence[Home]) -> tuple[Closing, ...]:
    """The closings of a scenario.

    Raises:
        ScenarioError: a closing on or before the as-at date, or of a kind and area without a listed home.
    """
    found = []
    for change in scenario.changes:
        if not isinstance(change, HomeClosing):
            continue
        kind, sectors = _HOMES_OF.get(change.kind, (None, ()))
        alike = [
            at
            for at, home in enumerate(homes)
            if home.kind is kind and home.sector in sectors and (home.location.utla == case.authority) is change.in_area
        ]
        if not alike or change.on <= case.as_at:
            raise ScenarioError(
                f"{scenario.name}: places of {change.kind} closing on {change.on:%d/%m/%Y}: expected a day after "
                f"{case.as_at:%d/%m/%Y}, and a kind of which the case lists a home there."
            )
        found.append(Closing((change.on - case.as_at).days, change.places, np.array(alike, dtype=np.int64)))
    return tuple(sorted(found, key=lambda closing: closing.day))


def close(closing: Closing, opens: Days, closes: Days, places: Ints, rng: np.random.Generator) -> Ints:
    """Close homes by lot in each draw until so many places are gone; a home that closes whole is given its day.

    Args:
        closing: What closes.
        opens: Days on which homes open: draws x homes.
        closes: Days on which they close, changed in place.
        places: Places they have: draws x homes.
        rng: Of the lot.

    Returns:
        Places gone of homes that close in part, draws x homes: those of the last home drawn, if it has more than are
        still to go.
    """
    some = closing.homes
    there = (opens[:, some] <= closing.day) & (closes[:, some] > closing.day)
    order = np.argsort(rng.random(there.shape), axis=1)
    row = np.arange(len(order))[:, None]
    here = (places[:, some] * there)[row, order]
    before = here.cumsum(axis=1) - here
    gone = np.clip(closing.places - before, 0, here)
    whole = np.zeros_like(there)
    whole[row, order] = (gone == here) & (here > 0)
    part = np.zeros_like(places)
    part[row, some[order]] = np.where(gone < here, gone, 0)
    closes[:, some] = np.where(whole, closing.day, closes[:, some])
    return part

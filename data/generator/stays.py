"""Placements as the return codes them: of those living somewhere now, and of times gone by."""

import datetime as dt
import random
from collections.abc import Collection
from typing import NamedTuple

from .draw import pick
from .figures import Living
from .homes import Home
from .people import Child, Stay

FOSTERING_URN = "SC990001"
ADOPTION_URN = "SC990002"


class Address(NamedTuple):
    """Where a former placement was."""

    postcode: str
    urn: str
    provider: str


_SECTOR_CODES = {"in_house": "PR1", "other_authority": "PR2", "private": "PR4", "voluntary": "PR5"}


def provider_code(home: Home) -> str:
    """The PLACE_PROVIDER code of a home."""
    if home.living is Living.PARENTS:
        return "PR0"
    return "PR1" if home.living is Living.ADOPTION else _SECTOR_CODES[home.sector]


def present_code(rng: random.Random, child: Child, settled: bool) -> str:
    """The PLACE code of where a child lives now; long-term fostering (U1, U4) where the child is settled."""
    fixed = {
        Living.IN_HOUSE_HOME: "K2",
        Living.PRIVATE_HOME: "K2",
        Living.SEMI: "H5",
        Living.SECURE: "K1",
        Living.PARENT_CHILD: "R3",
        Living.SCHOOL: "S1",
        Living.ADOPTION: "A6",
        Living.PARENTS: "P1",
        Living.TEMPORARY_KIN: "U3",
    }
    living = child.living or Living.IN_HOUSE
    if living in fixed:
        return fixed[living]
    long_term = settled and rng.random() < 0.72
    if living is Living.APPROVED_KIN:
        return "U1" if long_term else "U3"
    if child.age < 2 and living is Living.IN_HOUSE and rng.random() < 0.15:
        return "U5"
    return "U4" if long_term else "U6"


class Past:
    """Draws placements of times gone by: homes of the right kind, as they stood."""

    def __init__(self, rng: random.Random, homes: list[Home]) -> None:
        self._rng = rng
        self._homes: dict[Living, list[Address]] = {}
        for home in homes:
            if home.living not in (Living.SECURE, Living.PARENT_CHILD, Living.SCHOOL):
                address = Address(home.postcode, home.urn, provider_code(home))
                self._homes.setdefault(home.living, []).append(address)

    def chain(self, starts: list[dt.date], child: Child, last: str = "") -> list[Stay]:
        """Former placements from these days on, each at another address, none at the postcode ``last``."""
        found: list[Stay] = []
        for day in starts:
            avoid = {last, found[-1].postcode} if found else {last}
            found.append(self.at(self._kind(day, child), day, avoid))
        return found

    def _kind(self, start: dt.date, child: Child) -> Living:
        age = (start - child.born).days / 365.25
        weights = {Living.IN_HOUSE: 60.0, Living.IFA: 24.0, Living.TEMPORARY_KIN: 0.0 if child.uasc else 7.0}
        if age > 9:
            weights |= {Living.PRIVATE_HOME: 4.0 if age < 12 else 9.0, Living.IN_HOUSE_HOME: 3.0}
        if age > 16.05:
            weights |= {Living.SEMI: 60.0 if child.uasc else 40.0}
        return pick(self._rng, weights)

    def at(self, living: Living, start: dt.date, avoid: Collection[str] = ()) -> Stay:
        """A former placement of a given kind."""
        address = self._rng.choice(self._homes[living])
        while address.postcode in avoid:
            address = self._rng.choice(self._homes[living])
        codes = {
            Living.TEMPORARY_KIN: "U3",
            Living.PRIVATE_HOME: "K2",
            Living.IN_HOUSE_HOME: "K2",
            Living.SEMI: "H5",
            Living.ADOPTION: "A6",
            Living.PARENTS: "P1",
        }
        return Stay(start, codes.get(living, "U6"), address.provider, address.postcode, address.urn)

"""What a home is to the generator, and dealing children out to homes."""

import datetime as dt
import random
from dataclasses import dataclass, field

from .draw import deck, insist, shuffled
from .families import Unit
from .figures import Living
from .people import Child, birthday
from .places import Postcodes


@dataclass
class Resident:
    """Somebody in a home who is not one of the authority's own children."""

    kind: str
    born: dt.date
    sex: str
    until: dt.date | None = None
    id: str = ""


@dataclass(eq=False)
class Home:
    """One home; ``listed`` is False for an address that is on no list of homes."""

    living: Living
    kind: str
    sector: str
    places: int
    filled: int = 0
    listed: bool = True
    named: bool = True
    zone: int = 0
    district: str = ""
    postcode: str = ""
    provider: str = ""
    urn: str = ""
    children: list[Child] = field(default_factory=list)
    residents: list[Resident] = field(default_factory=list)
    not_available: int = 0
    reason: str = ""
    bedrooms: int = 0
    details: dict[str, str] = field(default_factory=dict)
    skills: dict[str, str] = field(default_factory=dict)
    fee: int = 0
    id: str = ""

    @property
    def others_children(self) -> int:
        """Other authorities' children living here."""
        return sum(resident.kind == "other_authority_child" for resident in self.residents)

    @property
    def open_places(self) -> int:
        """Places neither filled nor marked not available."""
        return self.places - len(self.children) - self.others_children - self.not_available


def households(living: Living, kind: str, sector: str, sizes: dict[tuple[int, int], int]) -> list[Home]:
    """Homes of one kind from a table of (places, filled) and how many."""
    return [Home(living, kind, sector, places, filled) for places, filled in deck(sizes)]


def move_in(rng: random.Random, homes: list[Home], units: list[Unit]) -> None:
    """Deal units out to homes so that each ends with as many children as its ``filled`` says.

    Brothers and sisters who live together fill a home of their own; brothers and sisters who live apart are never
    dealt into the same home.
    """
    room = {id(home): home.filled for home in homes}
    together = sorted((u for u in shuffled(rng, units) if len(u.children) > 1), key=lambda u: -len(u.children))
    free = shuffled(rng, homes)
    for unit in together:
        home = next(h for h in free if room[id(h)] == len(unit.children))
        room[id(home)] = 0
        home.children = list(unit.children)
    alone = [unit.children[0] for unit in shuffled(rng, units) if len(unit.children) == 1]
    for home in free:
        for _ in range(room[id(home)]):
            family = {child.family for child in home.children if child.family}
            ages = [child.age for child in home.children]
            # Carers with a place beside a child are usually asked for one of a like age.
            home.children.append(alone.pop(_best(alone, family, ages)))
    insist(not alone, "the tables in figures.py add up")


def _best(alone: list[Child], family: set[int], ages: list[int]) -> int:
    """Position of the next child to place: not a sibling of those there, and within nine years of them."""
    fits = [i for i, child in enumerate(alone) if child.family not in family]
    near = [i for i in fits if all(abs(alone[i].age - age) <= 9 for age in ages)]
    return (near or fits)[-1]


def set_zones(rng: random.Random, homes: list[Home], wanted: tuple[int, int, int]) -> None:
    """Say which homes lie in the county, adjoining it and further, to give exactly these counts of children."""
    left = list(wanted)
    # Homes with several children first: single ones then make up any number exactly.
    for home in sorted((h for h in shuffled(rng, homes) if h.children), key=lambda h: -len(h.children)):
        zones = [zone for zone in (0, 1, 2) if left[zone] >= len(home.children)]
        home.zone = rng.choices(zones, [left[zone] for zone in zones])[0]
        left[home.zone] -= len(home.children)
    insist(not any(left), "enough homes hold one child")


def set_postcodes(postcodes: Postcodes, homes: list[Home]) -> None:
    """A district and a postcode for each home, by its zone."""
    for home in homes:
        home.district = home.district or postcodes.district(home.zone)
        home.postcode = postcodes.take(home.district)


def birthday_for(rng: random.Random, home: Home, low: int, high: int) -> dt.date:
    """Date of birth of another authority's child who lives in a home: like in age to those already there."""
    ages = [child.age for child in home.children]
    if ages:
        low, high = max(low, min(ages) - 3), min(high, max(ages) + 3)
    return birthday(rng.randint(low, max(low, high)), rng.randint(0, 360))

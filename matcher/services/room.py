"""How much room each home has in a run, and how much a child or a unit of siblings would use of it.

Three resources, in this order: *places* (the number approved or registered), *bedrooms* (of fostering
households; elsewhere a place is a bedroom) and *single places* (places not kept for a sibling group).
``docs/scoring.md``, Capacity, is the definition.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.case import Case
from models.child import Child
from models.home import Home
from models.policy import Policy
from models.vocabulary import HomeKind, NotAvailable, Sex, Solo

Row = tuple[int, int, int]
RESOURCES = ("places", "bedrooms", "single places")
HELD: Row = (0, 0, 0)
"""What a child uses of a home that already holds a place for them: it was taken off the room beforehand."""
_BLOCKED: Row = (1000, 0, 0)
_HOUSEHOLDS = (HomeKind.FOSTER, HomeKind.CONNECTED)


@dataclass(frozen=True)
class Room:
    """What one home has open, places held for somebody taken off.

    ``empty``: nobody who stays takes a place. ``exempt_free``: see :func:`row_alone`. ``holds_are_sound``: there
    was room for what is held; where there was not, only what is agreed counts as held. ``holds_alone_are_sound``:
    the same where who comes has no brothers or sisters with them.
    """

    home: Home
    places: int
    bedrooms: int
    single_places: int
    empty: bool
    exempt_free: bool
    holds_are_sound: bool
    holds_alone_are_sound: bool

    @property
    def household(self) -> bool:
        """Whether the usual fostering limit and bedrooms count here."""
        return self.home.kind in _HOUSEHOLDS


def rooms(case: Case, searching: frozenset[str]) -> tuple[Room, ...]:
    """The room of every home, in the case's order, once the searching children have left and everyone else stays."""
    held: dict[str, list[Child]] = {}
    for offer in case.offers_in_force:
        held.setdefault(offer.home_id, []).append(case.child[offer.child_id])
    return tuple(_room(case, home, searching, held.get(home.id, [])) for home in case.homes)


def _room(case: Case, home: Home, searching: frozenset[str], held: Collection[Child]) -> Room:
    staying = [case.child[p.child_id] for p in case.placed_in.get(home.id, ()) if p.child_id not in searching]
    residents = case.residents_of.get(home.id, ())
    taken = len(staying) + sum(resident.takes_place for resident in residents)
    siblings_only = home.not_available_reason is NotAvailable.SIBLINGS_ONLY
    household = home.kind in _HOUSEHOLDS
    exempt_here = sum(child.id in home.terms.exempt_children for child in staying)
    under_limit = case.policy.usual_fostering_limit + exempt_here if household else home.terms.places
    open_now = home.terms.places - home.not_available_places
    single = min(open_now, under_limit) - taken - len(held)
    places = min(home.terms.places if siblings_only else open_now, under_limit) - taken - len(held)
    used = sum(needs_bedroom(child, case.as_at, case.policy) for child in (*staying, *held))
    used += sum(resident.takes_bedroom for resident in residents)
    bedrooms = home.bedrooms - used if household else places
    named = len(home.terms.exempt_children)
    spare = open_now - max(under_limit, taken + len(held))
    return Room(
        home,
        places=max(places, 0),
        bedrooms=max(bedrooms, 0),
        single_places=max(single, 0),
        empty=taken == 0,
        exempt_free=household and spare >= named - exempt_here and named > 0,
        holds_are_sound=min(places, bedrooms) >= 0,
        holds_alone_are_sound=min(places, bedrooms, single) >= 0,
    )


def needs_bedroom(child: Child, day: dt.date, policy: Policy) -> bool:
    """Whether the child is old enough to need a bedroom."""
    return child.age_on(day) >= policy.share_bedroom_under


def row_alone(room: Room, child: Child, policy: Policy, day: dt.date) -> Row:
    """What one child uses of a home: a place and, if old enough, a bedroom.

    A child who must be the only one uses the whole home. A child named in an exemption from the usual limit
    uses no place under that limit where the places available have room for every child so named.
    """
    bedroom = int(needs_bedroom(child, day, policy)) if room.household else 1
    if child.circumstances.solo is Solo.REQUIRED:
        return (max(room.places, 1), max(room.bedrooms, bedroom), 1)
    if room.exempt_free and child.id in room.home.terms.exempt_children:
        return (0, bedroom, 0)
    return (1, bedroom, 1)


def row_together(
    room: Room, children: Iterable[Child], policy: Policy, day: dt.date, *, held: Collection[Child] = ()
) -> Row:
    """What two or more siblings use of a home together.

    Alone in a household they may pass the usual limit, up to its sibling places (or the number approved), and
    then use every place it has. They need no single place, and share double bedrooms where they may. A place is
    ``held`` for some of them already, with a bedroom if they need one.
    """
    members = tuple(children)
    places = len(members) - len(held)
    if room.household and room.empty and places > room.places:
        if len(members) > _sibling_limit(room.home):
            return _BLOCKED
        places = room.places
    if any(child.circumstances.solo is Solo.REQUIRED for child in members):
        places = max(places, room.places)
    kept = sum(needs_bedroom(child, day, policy) for child in held)
    bedrooms = max(bedrooms_for(room.home, members, policy, day) - kept, 0)
    return (places, bedrooms if room.household else places, 0)


def _sibling_limit(home: Home) -> int:
    siblings_only = home.not_available_reason is NotAvailable.SIBLINGS_ONLY
    number = max(home.terms.places, home.terms.sibling_places or 0)
    return number - (0 if siblings_only else home.not_available_places)


def bedrooms_for(home: Home, members: Iterable[Child], policy: Policy, day: dt.date) -> int:
    """Bedrooms that siblings need when the home's double rooms take two of one sex, or two young ones of both."""
    sleepers = [child for child in members if needs_bedroom(child, day, policy)]
    left = []
    pairs = 0
    for sex in Sex:
        same = sorted((child for child in sleepers if child.sex is sex), key=lambda child: child.born)
        pairs += len(same) // 2
        left += same[-1:] if len(same) % 2 else []
    pairs += sum(child.age_on(day) < policy.mixed_sex_share_under for child in left) // 2
    return len(sleepers) - min(pairs, home.double_bedrooms)


def capacity(found: Iterable[Room]) -> npt.NDArray[np.int64]:
    """Open places, bedrooms and single places of every home, ``(homes, 3)``."""
    return np.array([(r.places, r.bedrooms, r.single_places) for r in found], dtype=np.int64).reshape(-1, 3)

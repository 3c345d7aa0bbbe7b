"""Fostering households: the council's own, connected persons', and the agencies'."""

import random
from collections.abc import Callable

from . import figures as fig
from .draw import deck, insist, shuffled
from .families import Unit
from .figures import Living
from .homes import Home, Resident, birthday_for, households, move_in, set_zones
from .people import random_birthday

_IN_HOUSE = ("foster", "in_house")


def in_house(rng: random.Random, units: list[Unit]) -> list[Home]:
    """The 461 approved households with their 773 places: 480 filled, 76 vacant, 217 not available."""
    foster = households(Living.IN_HOUSE, *_IN_HOUSE, fig.HOUSEHOLDS)
    kin = households(Living.APPROVED_KIN, "connected_person", "in_house", fig.KIN_HOUSEHOLDS)
    for homes, living in ((foster, Living.IN_HOUSE), (kin, Living.APPROVED_KIN)):
        move_in(rng, homes, [unit for unit in units if unit.living is living])
        set_zones(rng, homes, fig.LOCALITY[living])
    for home in (h for h in foster if not h.children):
        home.zone = 0 if rng.random() < 0.97 else 1
    _mark_not_available(rng, foster)
    _add_staying_put(rng, foster)
    _add_own_children(rng, foster)
    return foster + kin


def _mark_not_available(rng: random.Random, homes: list[Home]) -> None:
    """Give each coded reason exactly its places; what is left over is vacant."""
    fits: dict[str, Callable[[Home], bool]] = {
        "only_for_sibling_group": lambda h: not h.children and h.places > 1,
        "staying_put": lambda h: h.open_places == 1,
        "needs_of_child_placed": lambda h: bool(h.children) and h.places < 4,
        "bedroom_in_use": lambda h: bool(h.children) and h.open_places == 1 and h.places < 4,
        "carer_break_or_resigning": lambda h: not h.children,
        "carer_under_review": lambda h: not h.children,
        "other": lambda h: h.places < 4,
    }
    for reason, total in fig.IN_HOUSE_NOT_AVAILABLE.items():
        left = total
        for home in shuffled(rng, homes):
            # Groups take two places or more, so never leave them one.
            stranded = reason == "only_for_sibling_group" and left - home.open_places == 1
            if 0 < home.open_places <= left and not home.reason and not stranded and fits[reason](home):
                left -= home.open_places
                home.reason, home.not_available = reason, home.open_places
        insist(not left, "the tables in figures.py leave enough single places")
    insist(sum(home.open_places for home in homes) == fig.IN_HOUSE_VACANT)


def _add_staying_put(rng: random.Random, homes: list[Home]) -> None:
    """88 young people over 18 in a bedroom each: 22 block a place, the rest live in a room beyond the places."""
    blocked = [home for home in homes if home.reason == "staying_put"]
    roomy = shuffled(rng, [home for home in homes if not home.reason and (home.children or home.open_places)])
    spare = roomy[: fig.STAYING_PUT - len(blocked)]
    for home in homes:
        home.bedrooms = home.places
    for home in blocked + spare:
        born = random_birthday(rng, fig.AS_AT, 18.05, 20.9)
        home.residents.append(Resident("staying_put", born, rng.choice("MF")))
    for home in spare:
        home.bedrooms += 1


def _add_own_children(rng: random.Random, homes: list[Home]) -> None:
    """Carers' own children in some of the households."""
    for home in homes:
        if rng.random() < 0.16:
            born = random_birthday(rng, fig.AS_AT, 4, 19)
            home.residents.append(Resident("carers_own_child", born, rng.choice("MF")))


def temporary_kin(rng: random.Random, units: list[Unit]) -> list[Home]:
    """Connected persons under temporary approval: addresses, not approved households."""
    table = {(size, size): count for size, count in fig.TEMPORARY_KIN_HOUSEHOLDS.items()}
    homes = households(Living.TEMPORARY_KIN, "connected_person", "in_house", table)
    return _unlisted(rng, homes, [u for u in units if u.living is Living.TEMPORARY_KIN])


def adopters_and_parents(rng: random.Random, units: list[Unit]) -> list[Home]:
    """The addresses of children placed for adoption and of those with their parents."""
    found = []
    for living in (Living.ADOPTION, Living.PARENTS):
        some = [unit for unit in units if unit.living is living]
        homes = [Home(living, "", "", len(unit.children), len(unit.children)) for unit in some]
        found += _unlisted(rng, homes, some)
    return found


def _unlisted(rng: random.Random, homes: list[Home], units: list[Unit]) -> list[Home]:
    for home in homes:
        home.listed = False
    move_in(rng, homes, units)
    set_zones(rng, homes, fig.LOCALITY[homes[0].living])
    return homes


def agencies(rng: random.Random, units: list[Unit]) -> list[Home]:
    """Independent fostering agencies' households: 53, 23 and 23 per cent filled, vacant and not available."""
    ours = households(
        Living.IFA, "foster", "private", {(size, size): count for size, count in fig.IFA_HOUSEHOLDS.items()}
    )
    move_in(rng, ours, [unit for unit in units if unit.living is Living.IFA])
    set_zones(rng, ours, fig.LOCALITY[Living.IFA])
    theirs = [Home(Living.IFA, "foster", "private", size, size) for size in deck(fig.IFA_OTHERS_HOUSEHOLDS)]
    in_county = shuffled(rng, [h for h in ours if h.zone == 0 and h.places == 1])
    beside = in_county[: fig.OTHERS_CHILDREN[Living.IFA] - sum(h.places for h in theirs)]
    for home in beside:
        home.places += 1
        _add_others(rng, home, 1)
    for home in theirs:
        _add_others(rng, home, home.places)
    empty = [Home(Living.IFA, "foster", "private", size) for size in deck(fig.IFA_EMPTY_HOUSEHOLDS)]
    for home in empty:
        home.zone = rng.choices((0, 1, 2), (40, 45, 15))[0]
    homes = ours + theirs + empty
    _add_places(rng, homes)
    for home in homes:
        home.bedrooms = home.places
    _add_own_children(rng, homes)
    return homes


def _add_others(rng: random.Random, home: Home, count: int) -> None:
    for _ in range(count):
        born = birthday_for(rng, home, 2, 17)
        home.residents.append(Resident("other_authority_child", born, rng.choice("MF")))


def _add_places(rng: random.Random, homes: list[Home]) -> None:
    """Open places up to the total, then mark which of them are vacant and why the others are not available."""
    short = fig.IFA_PLACES - sum(home.places for home in homes)
    for home in [h for h in shuffled(rng, homes) if 0 < h.filled + h.others_children < 3][:short]:
        home.places += 1
    insist(sum(home.places for home in homes) == fig.IFA_PLACES)
    vacant = fig.IFA_VACANT
    reasons = {
        "needs_of_child_placed": 30.0,
        "only_for_sibling_group": 12.0,
        "carer_break_or_resigning": 24.0,
        "carer_under_review": 12.0,
        "bedroom_in_use": 10.0,
        "other": 12.0,
    }
    for home in shuffled(rng, [h for h in homes if h.open_places]):
        if 0 < home.open_places <= vacant:
            vacant -= home.open_places
            continue
        occupied = bool(home.children or home.residents)
        fits = {r: w for r, w in reasons.items() if _reason_fits(r, home, occupied)}
        home.reason = rng.choices(list(fits), list(fits.values()))[0]
        home.not_available = home.open_places
    insist(not vacant, "single places make up the rest")


def _reason_fits(reason: str, home: Home, occupied: bool) -> bool:
    if reason in ("needs_of_child_placed", "bedroom_in_use"):
        return occupied
    if reason == "only_for_sibling_group":
        return not occupied and home.places > 1
    return reason == "other" or not occupied

"""How full homes are: bed-nights where the return tells who slept where, else places filled on the as-at date."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from matcher.services.figures_supply import Places, occupancy
from matcher.services.indicators.history import History, quarter_to
from matcher.services.stock import in_house
from models.case import Case
from models.home import Home
from models.record import Record
from models.ssda903.derive import is_temporary
from models.ssda903.endings import nights
from models.ssda903.episode import Episode
from models.ssda903.placements import placements
from models.vocabulary import Feature, HomeKind, Sector


class BedNights(Record):
    """Nights that beds were used, out of those they could have been, from the first to the last day.

    Attributes:
        first: the first night.
        last: the last one, included.
        homes: the homes counted.
        children: the children who slept there or for whom the bed was kept.
        not_counted: homes of which the files cannot say: their Ofsted number is missing or another home's too, or
            residents of whom the return knows nothing take places there.
        occupied: nights used.
        available: nights of places registered and not given as not available.
    """

    first: date
    last: date
    homes: tuple[str, ...]
    children: tuple[str, ...]
    not_counted: tuple[str, ...]
    occupied: int
    available: int

    @property
    def percent(self) -> float | None:
        """Occupied nights of a hundred available ones; over 100 where a home held more than its places."""
        return 100 * self.occupied / self.available if self.available else None


def bed_nights(case: Case, homes: Iterable[Home], first: date, last: date) -> BedNights:
    """Occupied bed-nights out of available ones in some homes.

    Occupied: nights of children whose episodes bear the home's URN, nights away on a temporary stay (T0-T4) included,
    since the bed is kept; short breaks (V3, V4) are left out. Available: the places registered on the as-at date
    less those not available then, for every night the home was open (``available_from``, ``closes_on``): the sheets
    hold no earlier numbers. Source: none is published; occupied over available bed-nights is commissioners' usage.
    """
    chosen = tuple(homes)
    shared = Counter(home.urn for home in case.homes)
    counted = [home for home in chosen if home.urn and shared[home.urn] == 1 and not _has_strangers(case, home)]
    used = _nights_by_urn(case.episodes, {home.urn for home in counted}, first, last)
    return BedNights(
        first=first,
        last=last,
        homes=tuple(home.id for home in counted),
        children=tuple(dict.fromkeys(child for child, _ in used)),
        not_counted=tuple(home.id for home in chosen if home not in counted),
        occupied=sum(used.values()),
        available=sum(_available(home, first, last) for home in counted),
    )


def own_long_stay_homes(case: Case) -> tuple[Home, ...]:
    """The registered children's homes that the authority runs, those for short stays left out."""
    return tuple(
        home
        for home in case.homes
        if in_house(home)
        and home.kind is HomeKind.RESIDENTIAL
        and home.registered
        and Feature.SHORT_BREAKS not in home.features
    )


class Basis(StrEnum):
    """What an occupancy was measured on."""

    BED_NIGHTS = "bed-nights of the last three months"
    SNAPSHOT = "places on the as-at date"


class Occupancy(Record):
    """How full the homes of one kind and sector are.

    Attributes:
        label: the kind and sector in words.
        basis: bed-nights, where the return tells of every home of the group, else the places of the day.
        homes: how many homes.
        used: bed-nights, or places filled.
        available: bed-nights, or places less those not available.
        percent: the one of the other; None where nothing is available.
    """

    label: str
    basis: Basis
    homes: int
    used: int
    available: int
    percent: float | None


def occupancies(case: Case) -> tuple[Occupancy, ...]:
    """Occupancy of every kind of home and sector, on the as-at date or in the three months to it.

    Bed-nights only of the authority's own homes, all of whose residents are its business, and only where
    :func:`bed_nights` can count every one of them; other homes hold children of whom the return says nothing, so they
    have the snapshot: places filled of those available (:func:`matcher.services.figures_supply.occupancy`).
    """
    history, first = History(case), quarter_to(case.as_at)
    return tuple(_occupancy(history, places, first) for places in occupancy(case))


def _occupancy(history: History, places: Places, first: date) -> Occupancy:
    case = history.case
    homes = [home for home in case.homes if in_house(home) and home.kind is places.kind]
    if places.sector is Sector.IN_HOUSE and history.holds(first):
        found = bed_nights(case, homes, first, case.as_at)
        if not found.not_counted:
            return Occupancy(
                label=places.label,
                basis=Basis.BED_NIGHTS,
                homes=len(homes),
                used=found.occupied,
                available=found.available,
                percent=found.percent,
            )
    available = places.places - places.not_available
    return Occupancy(
        label=places.label,
        basis=Basis.SNAPSHOT,
        homes=places.homes,
        used=places.filled,
        available=available,
        percent=100 * places.filled / available if available > 0 else None,
    )


def _has_strangers(case: Case, home: Home) -> bool:
    return any(resident.takes_place for resident in case.residents_of.get(home.id, ()))


def _available(home: Home, first: date, last: date) -> int:
    """Nights of the home's available places; the day it closes is the first it is not open."""
    start = max(first, home.available_from or first)
    end = min(last, home.closes_on - timedelta(days=1) if home.closes_on else last)
    return max((end - start).days + 1, 0) * max(home.terms.places - home.not_available_places, 0)


def _nights_by_urn(
    children: Mapping[str, Sequence[Episode]], urns: set[str | None], first: date, last: date
) -> dict[tuple[str, str], int]:
    """Nights by child and URN; of children who have an episode with one of the URNs."""
    found: Counter[tuple[str, str]] = Counter()
    for child, episodes in children.items():
        if not any(episode.urn in urns for episode in episodes):
            continue
        for stay in placements(episodes):
            lived_at: str | None = None
            for episode in stay.episodes:
                lived_at = lived_at if is_temporary(episode.place) else episode.urn
                if lived_at in urns and (spent := nights(episode, first, last)):
                    found[child, str(lived_at)] += spent
    return dict(found)

"""Indicators of the homes: how full the authority's own homes are, and how many requests come at short notice."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from matcher.services.figures_supply import places_of
from matcher.services.indicators.history import History, quarter_to
from matcher.services.indicators.reading import (
    Counted,
    IndicatorDefinition,
    Polarity,
    Reading,
    Unit,
    share,
)
from matcher.services.stock import in_house
from models.case import Case
from models.home import Home
from models.record import Record
from models.ssda903.derive import is_temporary
from models.ssda903.endings import nights
from models.ssda903.episode import Episode
from models.ssda903.placements import placements
from models.ssda903.stability import Measure
from models.vocabulary import Feature, HomeKind

_SHORT_NOTICE_DAYS = 3


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


def own_homes_bed_nights(history: History, on: date) -> Reading | None:
    """Bed-nights used in the authority's own children's homes in the three months to a day; :func:`bed_nights`."""
    first = quarter_to(on)
    homes = own_long_stay_homes(history.case)
    if not homes or not history.holds(first):
        return None
    found = bed_nights(history.case, homes, first, on)
    note = f"{found.occupied} of {found.available} bed-nights"
    return Reading(value=found.percent, counted=found.children, not_known=found.not_counted, note=note)


def fostering_places_filled(history: History, on: date) -> Reading | None:
    """Of the places of the authority's own fostering households less those not available, the filled; as-at date only.

    A snapshot: fostering agencies and the authority's carers share Ofsted numbers, so no nights by household can be
    told from the return.
    """
    case = history.case
    kinds = (HomeKind.FOSTER, HomeKind.CONNECTED)
    homes = [home for home in case.homes if in_house(home) and home.registered and home.kind in kinds]
    if on != case.as_at or not homes:
        return None
    places = places_of(case, homes, "")
    open_places = places.places - places.not_available
    return Reading(
        value=100 * places.filled / open_places if open_places > 0 else None,
        counted=tuple(home.id for home in homes),
        note=f"{places.filled} of {open_places} places, on the day",
    )


def short_notice(history: History, on: date) -> Reading | None:
    """Of the requests open on the as-at date, those made with less than 72 hours' notice.

    From the day a request was received to the day a home is needed; the sheets hold days, not hours, so less than 72
    hours is fewer than three days. Requests already met are in no file: this is not the share of a year's new
    placements. As-at date only.
    """
    case = history.case
    if on != case.as_at or not case.referrals:
        return None
    soon = [r.id for r in case.referrals if (r.needed_by - r.received).days < _SHORT_NOTICE_DAYS]
    everything = tuple(referral.id for referral in case.referrals)
    return share(Measure(on=on, counted=tuple(soon), out_of=everything, not_known=()))


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


INDICATORS = (
    IndicatorDefinition(
        "own_homes_occupancy",
        "Bed-nights used in the authority's own children's homes",
        "Occupied bed-nights of those available in the three months to the day: nights of children whose episodes bear "
        "the home's Ofsted number, of the registered places less those not available on the as-at date. Homes for "
        "short stays, homes without a number of their own and homes with other authorities' children are left out",
        "SSDA903 return and homes sheet; commissioners' usage, none is published",
        Unit.PERCENT,
        Polarity.HIGH,
        Counted.CHILDREN,
        own_homes_bed_nights,
    ),
    IndicatorDefinition(
        "own_fostering_places_filled",
        "The authority's own fostering places filled",
        "Of places of fostering households the authority approves, less those not available, the filled; on the as-at "
        "date alone, since the return tells no nights by household",
        "Homes, placements and residents sheets, in the terms of Ofsted's fostering data set",
        Unit.PERCENT,
        Polarity.HIGH,
        Counted.HOMES,
        fostering_places_filled,
    ),
    IndicatorDefinition(
        "short_notice_requests",
        "Requests with less than 72 hours' notice",
        "Of requests for a home open on the as-at date, those received less than three days before the day it is "
        "needed. Requests already met are in no file, so this is not a share of the year's new placements",
        "Referrals sheet",
        Unit.PERCENT,
        Polarity.LOW,
        Counted.REFERRALS,
        short_notice,
    ),
)

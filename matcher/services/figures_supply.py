"""What the homes are and what they cost: places filled, vacant and not available, occupancy, weekly prices."""

from collections import Counter
from collections.abc import Iterable

from matcher.services.counts import mean, percent
from matcher.services.stock import LIVING_LABELS, Living, for_disability, in_house, living, weekly_fee
from models.case import Case
from models.child import Child
from models.home import Home
from models.placement import Placement
from models.record import Record
from models.vocabulary import CARE_KINDS, Feature, HomeKind, NotAvailable, ResidentKind, Sector, kind_label

SECTOR_GROUP = {Sector.VOLUNTARY: Sector.PRIVATE}
NOT_AVAILABLE_LABELS = {
    NotAvailable.CARER_BREAK: "Carers on a break or resigning",
    NotAvailable.NEEDS_OF_CHILD: "Needs of the child placed",
    NotAvailable.SIBLINGS_ONLY: "Kept for a sibling group",
    NotAvailable.STAYING_PUT: "A young person staying put",
    NotAvailable.UNDER_REVIEW: "Carers under review",
    NotAvailable.BEDROOM: "Bedroom in use",
    NotAvailable.STAFFING: "Staffing",
    NotAvailable.BUILDING: "Building work",
    NotAvailable.OTHER: "Another reason",
}


class Places(Record):
    """Approved or registered places of some homes.

    ``places`` = ``filled`` + ``vacant`` + ``not_available`` - ``over``, where ``over`` counts children above a
    home's number (an exemption, a sibling group, or a fault in the data). ``occupancy_percent`` is filled over
    the places that are available.
    """

    label: str
    kind: HomeKind | None
    sector: Sector | None
    homes: int
    places: int
    filled: int
    vacant: int
    not_available: int
    over: int
    filled_percent: float | None
    vacant_percent: float | None
    not_available_percent: float | None
    occupancy_percent: float | None


class Household(Record):
    """How many fostering households are approved for a number of children."""

    approved_for: int
    households: int


class Reason(Record):
    """How many places are not available for one reason."""

    label: str
    places: int


class FosteringSupply(Record):
    """The authority's own fostering households: approved numbers, places, and why some are not available."""

    definition: str
    source: str
    by_approved_number: tuple[Household, ...]
    total: Places
    not_available_by_reason: tuple[Reason, ...]


class ResidentialSupply(Record):
    """The authority's own children's homes, those for short stays apart: their beds cannot be lived in for long."""

    definition: str
    source: str
    long_stay: Places
    short_stay: Places


class Others(Record):
    """Residents who are not the authority's own children, by the homes they live in."""

    staying_put: int
    other_authorities: int
    other_authorities_in_area: int


class Cost(Record):
    """Weekly price of one living arrangement: the mean over placements whose price is known, in pence."""

    label: str
    children: int
    priced: int
    mean_pence: int | None
    total_pence: int
    lowest_pence: int | None
    highest_pence: int | None


def filled_places(case: Case, home: Home) -> int:
    """Places in use: the authority's own children who live there and every resident who takes a place."""
    residents = case.residents_of.get(home.id, ())
    return len(case.placed_in.get(home.id, ())) + sum(resident.takes_place for resident in residents)


def places_of(
    case: Case, homes: Iterable[Home], label: str, kind: HomeKind | None = None, sector: Sector | None = None
) -> Places:
    """Add up the places of homes; definition in :class:`Places`, after Ofsted's fostering data set."""
    number = places = filled = vacant = not_available = over = 0
    for home in homes:
        used = filled_places(case, home)
        number += 1
        places += home.terms.places
        filled += used
        not_available += home.not_available_places
        spare = home.terms.places - used - home.not_available_places
        vacant += max(spare, 0)
        over += max(-spare, 0)
    return Places(
        label=label,
        kind=kind,
        sector=sector,
        homes=number,
        places=places,
        filled=filled,
        vacant=vacant,
        not_available=not_available,
        over=over,
        filled_percent=percent(filled, places),
        vacant_percent=percent(vacant, places),
        not_available_percent=percent(not_available, places),
        occupancy_percent=percent(filled, places - not_available),
    )


def occupancy(case: Case) -> tuple[Places, ...]:
    """Places by kind of home and sector, private and voluntary agencies counted together as independent."""
    groups: dict[tuple[HomeKind, Sector], list[Home]] = {}
    for home in case.homes:
        groups.setdefault((home.kind, SECTOR_GROUP.get(home.sector, home.sector)), []).append(home)
    order = {key: i for i, key in enumerate((k, s) for k in CARE_KINDS for s in Sector)}
    return tuple(
        places_of(case, groups[kind, sector], kind_label(kind, sector), kind, sector)
        for kind, sector in sorted(groups, key=order.__getitem__)
    )


def fostering_supply(case: Case) -> FosteringSupply:
    """The authority's own approved fostering households, connected persons approved as households included.

    Children with connected persons under temporary approval (regulation 24, Care Planning Regulations 2010) live
    outside these households and are not counted here.
    """
    homes = [h for h in case.homes if in_house(h) and h.registered and h.kind in (HomeKind.FOSTER, HomeKind.CONNECTED)]
    sizes = Counter(home.terms.places for home in homes)
    reasons: Counter[NotAvailable] = Counter()
    for home in homes:
        reasons[home.not_available_reason or NotAvailable.OTHER] += home.not_available_places
    return FosteringSupply(
        definition="Fostering households the authority approves, by the number in their terms of approval. Filled: a "
        "child looked after lives there; not available: neither filled nor vacant, for the coded reason",
        source="Homes, placements and residents sheets, in the terms of Ofsted's fostering data set",
        by_approved_number=tuple(Household(approved_for=size, households=sizes[size]) for size in sorted(sizes)),
        total=places_of(case, homes, "In-house fostering households", None, Sector.IN_HOUSE),
        not_available_by_reason=tuple(
            Reason(label=label, places=reasons[reason])
            for reason, label in NOT_AVAILABLE_LABELS.items()
            if reasons[reason]
        ),
    )


def residential_supply(case: Case) -> ResidentialSupply:
    """Beds of the authority's own children's homes; short stay are homes that offer short breaks."""
    homes = [home for home in case.homes if in_house(home) and home.kind is HomeKind.RESIDENTIAL]
    short = [home for home in homes if Feature.SHORT_BREAKS in home.features]
    long = [home for home in homes if home not in short]
    kind, sector = HomeKind.RESIDENTIAL, Sector.IN_HOUSE
    return ResidentialSupply(
        definition="Beds of the children's homes the authority runs; short stay: homes that offer short breaks, such "
        "as some weeks for families together",
        source="Homes, placements and residents sheets",
        long_stay=places_of(case, long, "In-house residential homes", kind, sector),
        short_stay=places_of(case, short, "In-house residential homes for short stays", kind, sector),
    )


def others(case: Case) -> Others:
    """Young people staying put, and other authorities' children in the listed homes and in those of the area."""
    visiting = [r for r in case.residents if r.kind is ResidentKind.OTHER_AUTHORITY]
    return Others(
        staying_put=sum(resident.kind is ResidentKind.STAYING_PUT for resident in case.residents),
        other_authorities=len(visiting),
        other_authorities_in_area=sum(case.home[r.home_id].location.utla == case.authority for r in visiting),
    )


def costs(case: Case, children: tuple[Child, ...]) -> tuple[Cost, ...]:
    """Mean full weekly price by living arrangement; disability services of agencies and schools apart.

    The price of a placement is its own fee in the placements sheet, else the fee of its home.
    """
    groups: dict[tuple[Living, bool], list[int | None]] = {}
    for child in children:
        placement = case.placement_of.get(child.id)
        group = living(placement)
        apart = apart_for_disability(case, placement)
        fee = weekly_fee(case, placement) if placement else None
        groups.setdefault((group, apart), []).append(fee)
    keys = [(group, apart) for group in Living for apart in (False, True)]
    return tuple(_cost(*key, groups[key]) for key in keys if key in groups)


def apart_for_disability(case: Case, placement: Placement | None) -> bool:
    """Whether a placement is in a disability service that is priced apart: of an agency or a residential school."""
    return living(placement) in (Living.IFA, Living.SCHOOL) and for_disability(case, placement)


def _cost(group: Living, disability: bool, fees: list[int | None]) -> Cost:
    known = [fee for fee in fees if fee is not None]
    return Cost(
        label=LIVING_LABELS[group] + (", disability" if disability else ""),
        children=len(fees),
        priced=len(known),
        mean_pence=mean(sum(known), len(known)),
        total_pence=sum(known),
        lowest_pence=min(known, default=None),
        highest_pence=max(known, default=None),
    )

"""Indicators of the homes: how full the authority's own homes are, and how many requests come at short notice."""

from datetime import date

from matcher.services.figures_supply import places_of
from matcher.services.indicators.history import History, quarter_to
from matcher.services.indicators.occupancy import bed_nights, own_long_stay_homes
from matcher.services.indicators.reading import (
    Counted,
    IndicatorDefinition,
    Polarity,
    Reading,
    Unit,
    share,
)
from matcher.services.stock import in_house
from models.ssda903.stability import Measure
from models.vocabulary import HomeKind

_SHORT_NOTICE_DAYS = 3


def own_homes_bed_nights(history: History, on: date) -> Reading | None:
    """Bed-nights used in the authority's own children's homes in the three months to a day.

    See :func:`matcher.services.indicators.occupancy.bed_nights`.
    """
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
        "Requests open on the day with less than 72 hours' notice",
        "Of requests for a home open on the as-at date, those received less than three days before the day it is "
        "needed. Requests already met are in no file, so this is not a share of the year's new placements",
        "Referrals sheet",
        Unit.PERCENT,
        Polarity.LOW,
        Counted.REFERRALS,
        short_notice,
    ),
)

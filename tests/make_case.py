"""Small builders of records for tests: each fills in whatever a test does not say."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from models.case import Case
from models.child import Child, Circumstances
from models.geography import Location
from models.home import Home, Terms
from models.needs import NeedsProfile, default_framework
from models.placement import Placement
from models.referral import Referral
from models.ssda903.derive import PlacementKind
from models.vocabulary import (
    Grade,
    HomeKind,
    ReferralReason,
    Sector,
    Sex,
    Urgency,
)

AS_AT = dt.date(2018, 3, 31)
HERTFORDSHIRE, ESSEX, KENT = "E10000015", "E10000012", "E10000016"
HERTFORD = (532_500, 212_500)
FRAMEWORK = default_framework()
NEED_KEYS = tuple(need.key for need in FRAMEWORK.needs)


def at(east_miles: float = 0.0, north_miles: float = 0.0, utla: str = HERTFORDSHIRE) -> Location:
    """A place so many miles east and north of Hertford."""
    x, y = HERTFORD[0] + round(east_miles * 1609.3), HERTFORD[1] + round(north_miles * 1609.3)
    return Location(postcode="SG14 1AA", easting=x, northing=y, district="E07000242", utla=utla)


def born_aged(years: int, on: dt.date = AS_AT) -> dt.date:
    """The birth day of a child who turned this age half a year before a day."""
    half_a_year_before = on - dt.timedelta(days=182)
    return half_a_year_before.replace(year=half_a_year_before.year - years)


def make_child(child_id: str = "C1", *, age: int = 10, **fields: Any) -> Child:
    """A child; fields of ``Circumstances`` and of ``Child`` may both be given, and ``levels`` for the profile."""
    said = {name: fields.pop(name) for name in tuple(fields) if name in Circumstances.model_fields}
    levels = fields.pop("levels", None)
    if levels is not None:
        fields["profile"] = NeedsProfile(child_id=child_id, levels=levels)
    fields = {"sex": Sex.MALE, "born": born_aged(age), "circumstances": Circumstances(**said)} | fields
    return Child(id=child_id, **fields)


def make_home(home_id: str = "H1", **fields: Any) -> Home:
    """An in-house fostering household at Hertford with two free places; fields of ``Terms`` may be given too."""
    terms = {"places": 2} | {name: fields.pop(name) for name in tuple(fields) if name in Terms.model_fields}
    given = {
        "provider_id": "P1",
        "kind": HomeKind.FOSTER,
        "sector": Sector.IN_HOUSE,
        "location": at(),
        "terms": Terms(**terms),
        "bedrooms": 2,
        "fee_pence": 41_400,
        "marginal_fee_pence": 41_400,
        "grade": Grade.GOOD,
    } | fields
    return Home(id=home_id, **given)


def make_referral(child_id: str = "C1", **fields: Any) -> Referral:
    """A planned referral for a child, needed on the case's date."""
    given = {
        "id": f"R-{child_id}",
        "received": AS_AT,
        "needed_by": AS_AT,
        "urgency": Urgency.PLANNED,
        "reason": ReferralReason.NEW_TO_CARE,
    } | fields
    return Referral(child_id=child_id, **given)


def make_placement(child_id: str, home_id: str | None, **fields: Any) -> Placement:
    """Where a child lives now."""
    given = {"kind": PlacementKind.IN_HOUSE_FOSTERING, "started": dt.date(2017, 1, 1)} | fields
    return Placement(child_id=child_id, home_id=home_id, **given)


def make_case(children: Iterable[Child] = (), homes: Iterable[Home] = (), **fields: Any) -> Case:
    """A case of Hertfordshire on 31 March 2018, with a referral for each child unless ``referrals`` are given."""
    children = tuple(children)
    given = {
        "name": "Test authority (synthetic)",
        "authority": HERTFORDSHIRE,
        "as_at": AS_AT,
        "synthetic": True,
        "framework": FRAMEWORK,
        "referrals": tuple(make_referral(child.id) for child in children),
    } | fields
    return Case(children=children, homes=tuple(homes), **given)

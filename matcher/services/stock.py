"""The children looked after on a case's as-at date, and where each of them lives: what every figure counts."""

from enum import StrEnum

from models.case import Case
from models.child import Child
from models.geography import Locality, UnknownAreaError, locality
from models.home import Home
from models.placement import Placement
from models.ssda903.derive import PlacementKind
from models.ssda903.episode import in_care_on
from models.vocabulary import Feature, Sector


class Living(StrEnum):
    """Where a child lives, in the groups a commissioner plans and pays by."""

    IN_HOUSE_FOSTERING = "in_house_and_connected_fostering"
    IN_HOUSE_RESIDENTIAL = "in_house_residential"
    IFA = "ifa_fostering"
    RESIDENTIAL = "independent_residential"
    SUPPORTED = "supported_accommodation"
    SECURE = "secure"
    PARENT_AND_CHILD = "parent_and_child"
    SCHOOL = "residential_school"
    ADOPTION = "placed_for_adoption"
    PARENTS = "with_parents"
    OTHER_FOSTERING = "other_fostering"
    OTHER = "other"
    NOT_KNOWN = "not_known"


LIVING_LABELS = {
    Living.IN_HOUSE_FOSTERING: "In-house and connected-person fostering",
    Living.IN_HOUSE_RESIDENTIAL: "In-house residential homes",
    Living.IFA: "IFA fostering",
    Living.RESIDENTIAL: "Independent residential homes",
    Living.SUPPORTED: "Semi-independent or supported accommodation",
    Living.SECURE: "Secure children's homes",
    Living.PARENT_AND_CHILD: "Parent-and-child assessment",
    Living.SCHOOL: "Residential schools",
    Living.ADOPTION: "Placed for adoption",
    Living.PARENTS: "With parents",
    Living.OTHER_FOSTERING: "Fostering by another public body, or provider not stated",
    Living.OTHER: "Other settings",
    Living.NOT_KNOWN: "Not recorded",
}
SELDOM = frozenset({Living.OTHER_FOSTERING, Living.OTHER, Living.NOT_KNOWN})
"""Groups shown only where somebody is in them."""

_LIVING = {
    PlacementKind.KINSHIP: Living.IN_HOUSE_FOSTERING,
    PlacementKind.IN_HOUSE_FOSTERING: Living.IN_HOUSE_FOSTERING,
    PlacementKind.IN_HOUSE_RESIDENTIAL: Living.IN_HOUSE_RESIDENTIAL,
    PlacementKind.IFA_FOSTERING: Living.IFA,
    PlacementKind.INDEPENDENT_RESIDENTIAL: Living.RESIDENTIAL,
    PlacementKind.SUPPORTED: Living.SUPPORTED,
    PlacementKind.SECURE: Living.SECURE,
    PlacementKind.PARENT_AND_CHILD: Living.PARENT_AND_CHILD,
    PlacementKind.RESIDENTIAL_SCHOOL: Living.SCHOOL,
    PlacementKind.ADOPTION: Living.ADOPTION,
    PlacementKind.PARENTS: Living.PARENTS,
    PlacementKind.OTHER_AUTHORITY_FOSTERING: Living.OTHER_FOSTERING,
    PlacementKind.FOSTERING_PROVIDER_UNKNOWN: Living.OTHER_FOSTERING,
}


def looked_after(case: Case) -> tuple[Child, ...]:
    """Children looked after at the end of the as-at date, short breaks (V3, V4) left out.

    Those with an SSDA903 episode open that day; a child of whom the case holds no episodes counts if a
    placement is recorded. Children whom only a referral introduces are not looked after yet.
    Source: Department for Education, *Children looked after in England*, methodology.
    """
    return tuple(child for child in case.children if _in_care(case, child.id))


def _in_care(case: Case, child: str) -> bool:
    episodes = case.episodes.get(child)
    return in_care_on(episodes, case.as_at) if episodes else child in case.placement_of


def living(placement: Placement | None) -> Living:
    """The group a placement belongs to, by its SSDA903 codes (PLACE and PLACE_PROVIDER)."""
    return Living.NOT_KNOWN if placement is None else living_of_kind(placement.kind)


def living_of_kind(kind: PlacementKind) -> Living:
    """The group a kind of placement belongs to."""
    return _LIVING.get(kind, Living.OTHER)


def home_of(case: Case, placement: Placement | None) -> Home | None:
    """The listed home a placement is in, if it is in one."""
    return case.home[placement.home_id] if placement and placement.home_id else None


def for_disability(case: Case, placement: Placement | None) -> bool:
    """Whether a placement is in a home that offers a disability service."""
    home = home_of(case, placement)
    return home is not None and Feature.DISABILITY in home.features


def placement_authority(case: Case, placement: Placement | None) -> str | None:
    """The upper-tier authority a child lives in: the placement's own, else its home's; None if neither is known."""
    if placement is None:
        return None
    home = home_of(case, placement)
    return placement.utla or (home.location.utla if home else None)


def placement_locality(case: Case, placement: Placement | None) -> Locality | None:
    """Where a placement is, seen from the authority; None where its authority is not known."""
    utla = placement_authority(case, placement)
    if utla is None:
        return None
    try:
        return locality(case.authority, utla)
    except UnknownAreaError:
        return None


def weekly_fee(case: Case, placement: Placement) -> int | None:
    """What a placement costs in full, pence a week: its own fee, else the fee of its home; None if not known."""
    if placement.fee_pence is not None:
        return placement.fee_pence
    home = home_of(case, placement)
    return home.fee_pence if home else None


def in_house(home: Home) -> bool:
    """Whether the authority runs or approves the home itself."""
    return home.sector is Sector.IN_HOUSE

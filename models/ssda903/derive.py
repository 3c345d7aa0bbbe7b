"""What SSDA903 codes mean for matching: kind of placement, sector, same carer, disruption, legal group."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from models.ssda903.codes import check_code
from models.vocabulary import HomeKind, Sector


class PlacementKind(StrEnum):
    """Where a child lives, as a commissioner counts it: the setting, split by who provides it where that matters."""

    KINSHIP = "kinship"
    IN_HOUSE_FOSTERING = "in_house_fostering"
    IFA_FOSTERING = "ifa_fostering"
    OTHER_AUTHORITY_FOSTERING = "other_authority_fostering"
    FOSTERING_PROVIDER_UNKNOWN = "fostering_provider_unknown"
    IN_HOUSE_RESIDENTIAL = "in_house_residential"
    INDEPENDENT_RESIDENTIAL = "independent_residential"
    OTHER_AUTHORITY_RESIDENTIAL = "other_authority_residential"
    RESIDENTIAL_PROVIDER_UNKNOWN = "residential_provider_unknown"
    SECURE = "secure"
    RESIDENTIAL_SCHOOL = "residential_school"
    SUPPORTED = "supported_accommodation"
    PARENT_AND_CHILD = "parent_and_child"
    ADOPTION = "placed_for_adoption"
    PARENTS = "with_parents"
    CARE_HOME = "residential_care_home"
    NHS = "nhs_or_nursing"
    YOI = "young_offender_institution"
    TEMPORARY = "temporary"
    OTHER = "other"


class LegalGroup(StrEnum):
    """Legal statuses grouped by what they ask of a placement."""

    CARE_ORDER = "care_order"
    PLACEMENT_ORDER = "placement_order"
    VOLUNTARY = "voluntary"
    SHORT_BREAKS = "short_breaks"
    PROTECTION = "emergency_protection"
    YOUTH_JUSTICE = "youth_justice"


class EthnicGroup(StrEnum):
    """The five groups of the department's tables of 2018, for equality tables only; Chinese counts under other."""

    WHITE = "white"
    MIXED = "mixed"
    ASIAN = "asian"
    BLACK = "black"
    OTHER = "other"
    NOT_KNOWN = "not_known"


SAME_CARER_REASONS = frozenset({"L", "T", "U"})
SHORT_BREAK_STATUSES = frozenset({"V3", "V4"})
ADOPTION_PLACES = frozenset({"A3", "A4", "A5", "A6"})
ADOPTION_BY_CARER_PLACES = frozenset({"A3", "A5"})
TEMPORARY_PLACES = frozenset({"T0", "T1", "T2", "T3", "T4"})
FOSTER_PLACES = frozenset({"U4", "U5", "U6"})

_KIND_BY_PLACE: Mapping[str, PlacementKind] = {
    **dict.fromkeys(("U1", "U2", "U3"), PlacementKind.KINSHIP),
    **dict.fromkeys(ADOPTION_PLACES, PlacementKind.ADOPTION),
    **dict.fromkeys(TEMPORARY_PLACES, PlacementKind.TEMPORARY),
    **dict.fromkeys(("H5", "P2", "K3"), PlacementKind.SUPPORTED),
    **dict.fromkeys(("P3", "Z1", "Z11", "Z12", "Z13", "Z14"), PlacementKind.OTHER),
    "K1": PlacementKind.SECURE,
    "P1": PlacementKind.PARENTS,
    "R1": PlacementKind.CARE_HOME,
    "R2": PlacementKind.NHS,
    "R3": PlacementKind.PARENT_AND_CHILD,
    "R5": PlacementKind.YOI,
    "S1": PlacementKind.RESIDENTIAL_SCHOOL,
}
_SECTOR_BY_PROVIDER: Mapping[str | None, Sector] = {
    "PR1": Sector.IN_HOUSE,
    "PR2": Sector.OTHER_AUTHORITY,
    "PR3": Sector.OTHER_AUTHORITY,
    "PR4": Sector.PRIVATE,
    "PR5": Sector.VOLUNTARY,
}
_FOSTERING_BY_SECTOR: Mapping[Sector | None, PlacementKind] = {
    Sector.IN_HOUSE: PlacementKind.IN_HOUSE_FOSTERING,
    Sector.OTHER_AUTHORITY: PlacementKind.OTHER_AUTHORITY_FOSTERING,
    Sector.PRIVATE: PlacementKind.IFA_FOSTERING,
    Sector.VOLUNTARY: PlacementKind.IFA_FOSTERING,
    None: PlacementKind.FOSTERING_PROVIDER_UNKNOWN,
}
_RESIDENTIAL_BY_SECTOR: Mapping[Sector | None, PlacementKind] = {
    Sector.IN_HOUSE: PlacementKind.IN_HOUSE_RESIDENTIAL,
    Sector.OTHER_AUTHORITY: PlacementKind.OTHER_AUTHORITY_RESIDENTIAL,
    Sector.PRIVATE: PlacementKind.INDEPENDENT_RESIDENTIAL,
    Sector.VOLUNTARY: PlacementKind.INDEPENDENT_RESIDENTIAL,
    None: PlacementKind.RESIDENTIAL_PROVIDER_UNKNOWN,
}
_HOME_KIND: Mapping[PlacementKind, HomeKind] = {
    PlacementKind.KINSHIP: HomeKind.CONNECTED,
    **dict.fromkeys(_FOSTERING_BY_SECTOR.values(), HomeKind.FOSTER),
    **dict.fromkeys(_RESIDENTIAL_BY_SECTOR.values(), HomeKind.RESIDENTIAL),
    PlacementKind.SECURE: HomeKind.SECURE,
    PlacementKind.RESIDENTIAL_SCHOOL: HomeKind.SCHOOL,
    PlacementKind.SUPPORTED: HomeKind.SUPPORTED,
    PlacementKind.PARENT_AND_CHILD: HomeKind.PARENT_AND_CHILD,
}
_LEGAL_GROUPS: Mapping[str, LegalGroup] = {
    **dict.fromkeys(("C1", "C2"), LegalGroup.CARE_ORDER),
    **dict.fromkeys(("D1", "E1"), LegalGroup.PLACEMENT_ORDER),
    "V2": LegalGroup.VOLUNTARY,
    **dict.fromkeys(SHORT_BREAK_STATUSES, LegalGroup.SHORT_BREAKS),
    **dict.fromkeys(("L1", "L2", "L3"), LegalGroup.PROTECTION),
    **dict.fromkeys(("J1", "J2", "J3"), LegalGroup.YOUTH_JUSTICE),
}
_ETHNIC_GROUPS: Mapping[str, EthnicGroup] = {
    **dict.fromkeys(("WBRI", "WIRI", "WOTH", "WIRT", "WROM"), EthnicGroup.WHITE),
    **dict.fromkeys(("MWBC", "MWBA", "MWAS", "MOTH"), EthnicGroup.MIXED),
    **dict.fromkeys(("AIND", "APKN", "ABAN", "AOTH"), EthnicGroup.ASIAN),
    **dict.fromkeys(("BCRB", "BAFR", "BOTH"), EthnicGroup.BLACK),
    **dict.fromkeys(("CHNE", "OOTH"), EthnicGroup.OTHER),
    **dict.fromkeys(("REFU", "NOBT"), EthnicGroup.NOT_KNOWN),
}
_DISRUPTIONS = frozenset({"CREQB", "CREQO", "CHILD", "STAND", "ALLEG", "APPRR"})
_NOT_DISRUPTIONS = frozenset({"CARPL", "PLACE", "CLOSE", "CUSTOD"})
_URN_FROM_YEAR = 2016


def sector(provider: str | None) -> Sector | None:
    """Who runs the placement; None for parents (PR0) or when not stated. PR3 counts as another authority."""
    if provider is not None:
        check_code("PLACE_PROVIDER", provider)
    return _SECTOR_BY_PROVIDER.get(provider)


def placement_kind(place: str, provider: str | None) -> PlacementKind:
    """The kind of placement that PLACE and PLACE_PROVIDER describe together.

    Foster carers (U4-U6) and children's homes (K2) divide by provider: PR1 in-house, PR2 and PR3 another
    public body, PR4 and PR5 independent. Without a usable provider the kind says so; it is not guessed.
    Relatives and friends (U1-U3) are kinship whoever approved them. The year makes no difference: a code
    has kept one meaning in every year that listed it, and an open episode keeps its code.

    Raises:
        ValueError: a code that no year's list holds.
    """
    check_code("PLACE", place)
    if place in FOSTER_PLACES:
        return _FOSTERING_BY_SECTOR[sector(provider)]
    if place == "K2":
        return _RESIDENTIAL_BY_SECTOR[sector(provider)]
    return _KIND_BY_PLACE[place]


def home_kind(kind: PlacementKind) -> HomeKind | None:
    """The kind of home that can give such a placement; None where no home of ours can (parents, adoption, custody)."""
    return _HOME_KIND.get(kind)


def is_temporary(place: str) -> bool:
    """Whether PLACE is a temporary stay (T0-T4), from which the child returns to the same placement."""
    return place in TEMPORARY_PLACES


def is_same_carer(rne: str) -> bool:
    """Whether the reason for the new episode (RNE) says the carer did not change: L, T or U."""
    return rne in SAME_CARER_REASONS


def is_short_break(legal_status: str) -> bool:
    """Whether the child is in an agreed series of short breaks (V3, V4), whom the national statistics leave out."""
    return legal_status in SHORT_BREAK_STATUSES


def legal_group(legal_status: str) -> LegalGroup:
    """The group a legal status belongs to; ValueError for a code that no year's list holds."""
    check_code("LS", legal_status)
    return _LEGAL_GROUPS[legal_status]


def is_on_remand(legal_status: str) -> bool:
    """Whether the child is remanded to the authority's care or to youth detention (J1)."""
    return legal_status == "J1"


def is_disruption(reason: str | None, *, count_authority_request: bool = False) -> bool | None:
    """Whether a placement broke down, from REASON_PLACE_CHANGE of the episode that ended.

    Asked for by the carer or the child, or ended over an allegation, standards of care or approval: yes. The
    care plan, a change of status only, closure or custody: no. LAREQ may be either, so the caller
    chooses. None when the reason is blank or says only "other".

    Raises:
        ValueError: a code that no year's list holds.
    """
    if reason is None:
        return None
    check_code("REASON_PLACE_CHANGE", reason)
    if reason == "LAREQ":
        return count_authority_request
    if reason in _DISRUPTIONS:
        return True
    return False if reason in _NOT_DISRUPTIONS else None


def is_uasc(ceased: date | None, on: date) -> bool:
    """Whether a child listed in the UASC table still has that status on a day: until DUC, the day it ceased."""
    return ceased is None or on < ceased


def ethnic_group(code: str) -> EthnicGroup:
    """The published group of an ETHNIC code; ValueError for a code that no year's list holds."""
    check_code("ETHNIC", code)
    return _ETHNIC_GROUPS[code]


def is_urn_required(place: str, year_ending: int, *, in_england: bool = True) -> bool:
    """Whether the return asks for the Ofsted URN of a placement (the department's validation rules 218 and 222).

    Asked for from 2015/16 of foster and adoptive placements, K1-K3, S1 and R3 in England; never of parents,
    independent or semi-independent living, residential employment, R1, R2, R5, temporary or other placements.
    """
    inspected = place[:1] in ("U", "A", "K") or place in ("S1", "R3")
    return in_england and inspected and year_ending >= _URN_FROM_YEAR


def is_provider_required(place: str) -> bool:
    """Whether PLACE_PROVIDER must be given: for every placement but temporary (T) and other (Z) ones."""
    return place[:1] not in ("T", "Z")

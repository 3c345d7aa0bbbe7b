"""The field's words as closed lists: each is what a file may hold, what code compares and what a page shows."""

from enum import StrEnum


class HomeKind(StrEnum):
    """What kind of home it is, in the order of section 22C(6), Children Act 1989; families who adopt come last."""

    CONNECTED = "connected_person"
    FOSTER = "foster"
    RESIDENTIAL = "residential"
    SUPPORTED = "supported_accommodation"
    PARENT_AND_CHILD = "parent_and_child"
    SCHOOL = "residential_school"
    SECURE = "secure"
    ADOPTIVE = "adoptive_family"
    EARLY_PERMANENCE = "early_permanence_family"


ADOPTIVE_KINDS = (HomeKind.ADOPTIVE, HomeKind.EARLY_PERMANENCE)
"""Families who adopt; the second are approved to foster too, and may be given a child before a placement order."""
CARE_KINDS = tuple(kind for kind in HomeKind if kind not in ADOPTIVE_KINDS)
"""Kinds of home for children looked after: those a council's files and reports of sufficiency know."""
SPECIALIST_KINDS = (HomeKind.PARENT_AND_CHILD, HomeKind.SCHOOL, HomeKind.SECURE)
"""Kinds for one purpose, open only to a child whose referral asks for them."""


class Sector(StrEnum):
    """Who runs the home."""

    IN_HOUSE = "in_house"
    PRIVATE = "private"
    VOLUNTARY = "voluntary"
    OTHER_AUTHORITY = "other_authority"


class Sex(StrEnum):
    """Sex as the SSDA903 return records it (1/2 until 2023/24, then M/F/U)."""

    MALE = "M"
    FEMALE = "F"
    UNKNOWN = "U"


class Urgency(StrEnum):
    """How soon a place is needed."""

    SAME_DAY = "same_day"
    WITHIN_72_HOURS = "within_72_hours"
    WITHIN_4_WEEKS = "within_4_weeks"
    PLANNED = "planned"


class ReferralReason(StrEnum):
    """Why a place is being looked for."""

    NEW_TO_CARE = "new_to_care"
    PLACEMENT_ENDING = "placement_ending"
    STEP_DOWN = "step_down"
    MOVE_CLOSER = "move_closer"
    UNITE_SIBLINGS = "unite_siblings"
    UASC_ARRIVAL = "uasc_arrival"
    REMAND = "remand"
    CLEAN_SHEET = "clean_sheet"
    ADOPTION = "adoption"


class AuthorityToPlace(StrEnum):
    """Whether a child may be placed for adoption (Adoption and Children Act 2002 s18-21)."""

    FULL = "placement_order_or_consent"
    EARLY_PERMANENCE = "early_permanence_only"
    NONE = "none"


class Solo(StrEnum):
    """Whether the child should be the only child in the home."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    NOT_NEEDED = "not_needed"


class Alongside(StrEnum):
    """Beside which other children this child can live."""

    ANY = "any"
    ONLY_OLDER = "only_older"
    ONLY_YOUNGER = "only_younger"


class PetsWish(StrEnum):
    """Whether the child can live with animals."""

    MUST = "must"
    CAN = "can"
    NO = "no"


class Pet(StrEnum):
    """Animals in a household; also what a child may be allergic to."""

    CAT = "cat"
    DOG = "dog"
    OTHER = "other"


class Access(StrEnum):
    """An adaptation of the building that a child may need and a home may have."""

    STEP_FREE = "step_free"
    GROUND_FLOOR_BEDROOM = "ground_floor_bedroom"
    WET_ROOM = "wet_room"
    HOIST = "hoist"
    SENSORY = "sensory_adapted"


class Feature(StrEnum):
    """A service a referral may require and a home may offer."""

    THERAPEUTIC = "therapeutic"
    WAKING_NIGHT = "waking_night"
    ONSITE_EDUCATION = "onsite_education"
    PARENT_AND_CHILD = "parent_and_child"
    DOLS = "deprivation_of_liberty"
    REMAND = "remand"
    EMERGENCY = "emergency"
    LONG_TERM = "long_term"
    SHORT_BREAKS = "short_breaks"
    EARLY_PERMANENCE = "early_permanence"
    DISABILITY = "disability"


class Risk(StrEnum):
    """A live risk: to other children (does), or from them (is exposed to)."""

    VIOLENCE = "violence"
    SEXUAL_HARM = "sexual_harm"
    EXPLOITATION = "exploitation"
    FIRE = "fire"
    SELF_HARM_CONTAGION = "self_harm_contagion"
    BULLYING = "bullying"


class Training(StrEnum):
    """The level carers or staff are trained to; the prior for skills nobody has recorded."""

    CORE = "core"
    ENHANCED = "enhanced"
    SPECIALIST = "specialist"
    UNKNOWN = "unknown"


class Contract(StrEnum):
    """How the place is paid for: only a block bed costs the same filled or empty."""

    OWN = "own"
    BLOCK = "block"
    FRAMEWORK = "framework"
    SPOT = "spot"


class Grade(StrEnum):
    """Ofsted's overall judgement, or that there is none."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    INADEQUATE = "inadequate"
    NOT_INSPECTED = "not_inspected"


class NotAvailable(StrEnum):
    """Why an approved place is neither filled nor vacant (Ofsted's fostering data set, own words)."""

    CARER_BREAK = "carer_break_or_resigning"
    NEEDS_OF_CHILD = "needs_of_child_placed"
    SIBLINGS_ONLY = "only_for_sibling_group"
    STAYING_PUT = "staying_put"
    UNDER_REVIEW = "carer_under_review"
    BEDROOM = "bedroom_in_use"
    STAFFING = "staffing"
    BUILDING = "building_work"
    OTHER = "other"


class RefusalReason(StrEnum):
    """Why a home or its agency said no."""

    NEEDS = "cannot_meet_needs"
    MATCHING = "matching_with_residents"
    AVAILABILITY = "no_longer_available"
    DISTANCE = "distance"
    PRICE = "price"
    NO_ANSWER = "no_answer"
    CHILD_DECLINED = "child_or_family_declined"
    OTHER = "other"
    LINK_ENDED = "adoption_link_ended"
    TOO_NEAR = "from_too_near_a_place"


HOME_REFUSALS = tuple(
    reason for reason in RefusalReason if reason not in (RefusalReason.LINK_ENDED, RefusalReason.TOO_NEAR)
)
"""Reasons a home for children looked after gives; the others are of adoptive families."""


class ResidentKind(StrEnum):
    """Who else lives in the home, and so takes a place, a bedroom or both."""

    OTHER_AUTHORITY = "other_authority_child"
    STAYING_PUT = "staying_put"
    CARERS_OWN_CHILD = "carers_own_child"
    OWN_CHILD_SET_ASIDE = "own_child_set_aside"


class SiblingDecision(StrEnum):
    """The assessed, dated decision on brothers and sisters."""

    TOGETHER = "together"
    APART = "apart"
    NOT_ASSESSED = "not_assessed"


class LocationPurpose(StrEnum):
    """Why an address matters to a child."""

    SCHOOL = "school"
    FAMILY_TIME = "family_time"
    AVOID = "avoid"


SECTOR_LABELS = {
    Sector.IN_HOUSE: "in-house",
    Sector.PRIVATE: "independent",
    Sector.VOLUNTARY: "independent",
    Sector.OTHER_AUTHORITY: "other authority",
}
KIND_LABELS = {
    HomeKind.CONNECTED: "connected person",
    HomeKind.FOSTER: "fostering",
    HomeKind.RESIDENTIAL: "residential home",
    HomeKind.SUPPORTED: "supported accommodation",
    HomeKind.PARENT_AND_CHILD: "parent and child",
    HomeKind.SCHOOL: "residential school",
    HomeKind.SECURE: "secure children's home",
    HomeKind.ADOPTIVE: "adoptive family",
    HomeKind.EARLY_PERMANENCE: "family for early permanence",
}


def kind_label(kind: HomeKind, sector: Sector) -> str:
    """The words a page shows for a kind of home, e.g. ``IFA fostering`` or ``in-house residential home``."""
    if kind is HomeKind.FOSTER and sector in (Sector.PRIVATE, Sector.VOLUNTARY):
        return "IFA fostering"
    if kind in (HomeKind.CONNECTED, HomeKind.SECURE, *ADOPTIVE_KINDS):
        return KIND_LABELS[kind]
    return f"{SECTOR_LABELS[sector]} {KIND_LABELS[kind]}"

"""Adoption: children with a plan, adoptive families, what each has said, and the links between them."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator

from models.child import PlaceToAvoid, SiblingGroup, Visit
from models.geography import Location
from models.needs import Key, Level, NeedsProfile
from models.record import Record
from models.vocabulary import Access, Pet, PetsWish, Sex


class AgencyTier(StrEnum):
    """Whose families they are, in the order in which a search usually widens; each has its own inter-agency fee."""

    OWN = "own"
    PARTNER = "partner"
    AUTHORITY = "other_authority"
    VOLUNTARY = "voluntary"


class LeftReason(StrEnum):
    """Why a prospective adopter left (Annex A, list 11)."""

    WITHDREW = "withdrew"
    ON_HOLD = "on_hold"
    REFUSED = "refused"


class LinkStage(StrEnum):
    """How far a possible match has come."""

    CONSIDERED = "considered"
    VISITED = "visited"
    LINKED = "linked"
    PANEL_BOOKED = "panel_booked"


class EndedBy(StrEnum):
    """Who ended a link."""

    FAMILY = "family"
    AGENCY = "agency"
    PANEL = "panel"


class Agency(Record):
    """An adoption agency: the council's own, a partner in its regional agency, another authority, or a charity."""

    id: str
    name: str
    tier: AgencyTier


class PlanDates(Record):
    """The steps of one plan for adoption; None is *has not happened*, or is not known.

    Attributes:
        entered_care: Start of the child's latest period of care.
        decided_on: The agency decision that the child should be placed for adoption (best-interest decision;
            Adoption Agencies Regulations 2005 reg 19).
        placement_order_on: The placement order (Adoption and Children Act 2002 s21).
        consent_on: Parental consent to placement (s19).
        early_permanence_on: When the child moved to foster carers approved to adopt (Care Planning Regulations 2010
            reg 25A), also called fostering for adoption or concurrent planning.
        with_carer_since: When the child moved to the foster carer who now adopts.
        matched_on: The agency decision on the match (Adoption Agencies Regulations 2005 reg 33).
        placed_on: When the child moved in with the adoptive family, or was placed with the carer who adopts.
        placement_ended_on: When the placement ended before an order.
        adopted_on: The adoption order (s46).
        reversed_on: The decision that the child should not be placed for adoption after all.
        reversal_reason: SSDA903 REASON_PLACED_CEASED: RD1 needs changed, RD2 no placement order, RD3 no adopters
            found, RD4 other.
    """

    entered_care: dt.date | None = None
    decided_on: dt.date
    placement_order_on: dt.date | None = None
    consent_on: dt.date | None = None
    early_permanence_on: dt.date | None = None
    with_carer_since: dt.date | None = None
    matched_on: dt.date | None = None
    placed_on: dt.date | None = None
    placement_ended_on: dt.date | None = None
    adopted_on: dt.date | None = None
    reversed_on: dt.date | None = None
    reversal_reason: str | None = None

    @property
    def may_be_placed_from(self) -> dt.date | None:
        """The first day with authority to place for adoption: a placement order or consent."""
        known = [day for day in (self.placement_order_on, self.consent_on) if day]
        return min(known, default=None)

    def waiting_on(self, day: dt.date) -> bool:
        """Whether on a day the plan stands and the child is neither matched nor placed (nor adopted)."""
        over = (self.matched_on, self.placed_on, self.adopted_on, self.reversed_on, self.placement_ended_on)
        return self.decided_on <= day and not any(each and each <= day for each in over)


class PlanChild(Record):
    """A child with a plan for adoption, whoever looks after them.

    Attributes:
        agency_id: Whose child it is.
        ethnicity: SSDA903 code, for equality tables only.
        heritage: In the family finder's words; a support factor that fades as the child waits, never a filter.
        profile: Levels of the council's needs framework; None where nobody assessed them.
        background: Levels of health and family history and of contact, by the key of
            :func:`models.adopter_questions.adopter_questions`; a key that is not there is not known.
        home: Where the birth family lives.
        contact: Places to which the child will go to see somebody, and how often.
        avoid: No family within so many miles, for the child's safety.
        early_permanence: Whether carers who may become adopters are sought before a placement order.
        carer_family_id: The foster carer who may adopt, as a family of the pool.
        family_id: The family matched with.
    """

    id: str
    agency_id: str
    sex: Sex
    born: dt.date
    dates: PlanDates
    ethnicity: str | None = None
    disabled: bool | None = None
    heritage: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    religion: str | None = None
    profile: NeedsProfile | None = None
    background: Mapping[Key, Level] = Field(default_factory=dict)
    home: Location | None = None
    contact: tuple[Visit, ...] = ()
    avoid: tuple[PlaceToAvoid, ...] = ()
    access: frozenset[Access] = frozenset()
    allergies: frozenset[Pet] = frozenset()
    pets: PetsWish | None = None
    smoke_free: bool = False
    only_child: bool = False
    youngest: bool = False
    early_permanence: bool = False
    carer_family_id: str | None = None
    family_id: str | None = None

    def age_on(self, day: dt.date) -> int:
        """Age in whole years, 0 before birth."""
        return max(0, day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day)))


class FamilyDates(Record):
    """The steps of one family's journey (Annex A, list 11); None is *has not happened*, or is not known."""

    enquired_on: dt.date | None = None
    stage_1_start: dt.date | None = None
    stage_1_end: dt.date | None = None
    stage_2_start: dt.date | None = None
    stage_2_end: dt.date | None = None
    applied_on: dt.date | None = None
    approved_on: dt.date | None = None
    matched_on: dt.date | None = None
    placed_on: dt.date | None = None
    placement_ended_on: dt.date | None = None
    adopted_on: dt.date | None = None
    left_on: dt.date | None = None
    left_reason: LeftReason | None = None

    def waiting_on(self, day: dt.date) -> bool:
        """Whether on a day the family is approved, neither matched nor placed, and has not left."""
        over = (self.matched_on, self.placed_on, self.adopted_on, self.left_on)
        return bool(self.approved_on and self.approved_on <= day) and not any(each and each <= day for each in over)


class Answer(Record):
    """What a family said of one question: *yes* up to one level, *would discuss* up to another, no beyond.

    Yes to level 0 and discuss to level 0 is a plain no. A question with no answer is not known, which is not no.
    """

    yes: Level
    discuss: Level

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.discuss < self.yes:
            raise ValueError(f"would discuss up to {self.discuss}, below yes up to {self.yes}")
        return self


class HouseholdMember(Record):
    """A child or young person who lives with the family already."""

    born: dt.date
    sex: Sex = Sex.UNKNOWN


class Criteria(Record):
    """What a family is approved for and hopes for.

    ``age_from`` to ``age_to``, ``sexes`` and ``number`` are the terms of approval, or the widest the family will hear
    of: beyond them is *no*. ``hoped_age_from`` to ``hoped_age_to`` and ``hoped_number`` are what they said
    they hope for: between the two is a stretch. None is not known.
    """

    age_from: int = Field(default=0, ge=0, le=18)
    age_to: int = Field(default=18, ge=0, le=18)
    hoped_age_from: int | None = Field(default=None, ge=0, le=18)
    hoped_age_to: int | None = Field(default=None, ge=0, le=18)
    sexes: frozenset[Sex] = frozenset({Sex.MALE, Sex.FEMALE, Sex.UNKNOWN})
    number: int = Field(default=1, ge=1, le=9)
    hoped_number: int | None = Field(default=None, ge=1, le=9)
    answers: Mapping[Key, Answer] = Field(default_factory=dict)


class Family(Record):
    """One adoptive household.

    Attributes:
        location: None where it is not known: then the family is counted, and not screened.
        dual_approval: Approved as foster carers too, for early permanence (Care Planning Regulations 2010 reg 25A).
        ethnicity: Of each adopter, SSDA903 codes, for equality tables only.
        heritage: The adopters' own and what they can support, in the family finder's words.
        languages: Spoken at home.
        faiths: The adopters' own and those they can support.
        household: Children who live there already.
        avoid: The family will not take a child from within so many miles of these places.
        fee_received_pence: What another agency paid for them, once.
    """

    id: str
    agency_id: str
    location: Location | None
    dates: FamilyDates
    criteria: Criteria = Criteria()
    dual_approval: bool = False
    ethnicity: tuple[str, ...] = ()
    disabled: bool | None = None
    heritage: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    faiths: frozenset[str] = frozenset()
    household: tuple[HouseholdMember, ...] = ()
    pets: frozenset[Pet] | None = None
    smoking: bool | None = None
    access: frozenset[Access] = frozenset()
    avoid: tuple[PlaceToAvoid, ...] = ()
    fee_received_pence: int | None = Field(default=None, ge=0)


class Link(Record):
    """A family and a child who are, or were, being considered for each other."""

    family_id: str
    child_id: str
    started_on: dt.date
    stage: LinkStage = LinkStage.CONSIDERED
    ended_on: dt.date | None = None
    ended_by: EndedBy | None = None
    reason: str | None = None

    def live_on(self, day: dt.date) -> bool:
        """Whether it is under way on a day."""
        return self.started_on <= day and not (self.ended_on and self.ended_on <= day)


class AdoptionPool(Record):
    """Children with a plan, families and agencies of one authority, or of several who share a pool.

    A pool cannot be made if an id is given twice, or if a record names a child, family or agency it does not have.
    """

    agencies: tuple[Agency, ...] = ()
    children: tuple[PlanChild, ...] = ()
    families: tuple[Family, ...] = ()
    sibling_groups: tuple[SiblingGroup, ...] = ()
    links: tuple[Link, ...] = ()

    @model_validator(mode="after")
    def _cross_check(self) -> Self:
        ids = {
            "agency": [agency.id for agency in self.agencies],
            "child": [child.id for child in self.children],
            "family": [family.id for family in self.families],
        }
        for what, some in ids.items():
            if len(set(some)) != len(some):
                raise ValueError(f"two records of the adoption pool share a {what} id")
        named = [("agency", child.agency_id) for child in self.children]
        named += [("agency", family.agency_id) for family in self.families]
        named += [("child", child) for group in self.sibling_groups for child in group.children]
        named += [("child", link.child_id) for link in self.links]
        named += [("family", link.family_id) for link in self.links]
        named += [("family", f) for child in self.children for f in (child.family_id, child.carer_family_id) if f]
        known = {what: set(some) for what, some in ids.items()}
        if strays := sorted({f"{what} {name}" for what, name in named if name not in known[what]}):
            raise ValueError("not in the adoption pool: " + "; ".join(strays[:20]))
        return self

    @cached_property
    def agency(self) -> dict[str, Agency]:
        """Agencies by id."""
        return {agency.id: agency for agency in self.agencies}

    @cached_property
    def child(self) -> dict[str, PlanChild]:
        """Children by id."""
        return {child.id: child for child in self.children}

    @cached_property
    def family(self) -> dict[str, Family]:
        """Families by id."""
        return {family.id: family for family in self.families}

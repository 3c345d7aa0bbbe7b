"""Everything known of one authority on one day, cross-checked."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Protocol, Self, TypeVar

from pydantic import Field, model_validator

from models.adoption import AdoptionPool
from models.adoption_policy import AdoptionPolicy
from models.child import Child, SiblingGroup
from models.commissioning import BlockContract, CareLeaver, Comparator, Price, Saving, Uplift
from models.finding import SetAside
from models.forecast import Scenario
from models.home import Home, Provider, Resident
from models.menu import MenuItem
from models.needs import NeedsFramework
from models.placement import Placement
from models.policy import Policy
from models.record import Record
from models.referral import Offer, Referral, Refusal
from models.ssda903.episode import Episode
from models.supply import Approval, HomeSpell


class PopulationCount(Record):
    """How many children of an age range live in a district (rates per 10,000 are worked out from it)."""

    district: str
    age_from: int = Field(ge=0, le=25)
    age_to: int = Field(ge=0, le=25)
    count: int = Field(ge=0)


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_Identified)


def _by_id(records: Iterable[_T]) -> dict[str, _T]:
    return {record.id: record for record in records}


class Case(Record):
    """One authority (an upper-tier code, such as E10000015) on its as-at date.

    ``children`` are those looked after on that day and those whom an open referral introduces; ``episodes`` is
    the whole SSDA903 history, by child, oldest first. ``births`` and ``unaccompanied`` (children the UASC tables list,
    each with the day that status ceased or None) are of everybody in that history, those who have left too.
    ``adoption`` holds children with a plan for adoption and the families; its ids are checked by itself.
    ``scenarios`` are what a forecast may be asked, by name; ``menu`` is what could be opened or changed.
    ``approvals`` are homes applied for, going on and ended; ``home_history`` may name homes that are no more.
    ``sources`` are the files read and their SHA-256.

    A ``Case`` cannot be made if a record names a child or home that is not in it, if an id is given twice, or if a
    child has two placements or two sibling groups. Two kinds of id may name nobody: a home's
    provider, whose name is for display only, and children or homes that only wishes and terms of approval speak of.
    """

    name: str
    authority: str
    as_at: dt.date
    synthetic: bool
    framework: NeedsFramework
    policy: Policy = Policy()
    children: tuple[Child, ...]
    homes: tuple[Home, ...]
    providers: tuple[Provider, ...] = ()
    residents: tuple[Resident, ...] = ()
    placements: tuple[Placement, ...] = ()
    sibling_groups: tuple[SiblingGroup, ...] = ()
    referrals: tuple[Referral, ...] = ()
    offers: tuple[Offer, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    population: tuple[PopulationCount, ...] = ()
    comparators: tuple[Comparator, ...] = ()
    prices: tuple[Price, ...] = ()
    uplifts: tuple[Uplift, ...] = ()
    contracts: tuple[BlockContract, ...] = ()
    savings: tuple[Saving, ...] = ()
    care_leavers: tuple[CareLeaver, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    approvals: tuple[Approval, ...] = ()
    home_history: tuple[HomeSpell, ...] = ()
    adoption: AdoptionPool = AdoptionPool()
    adoption_policy: AdoptionPolicy = AdoptionPolicy()
    episodes: Mapping[str, tuple[Episode, ...]] = Field(default_factory=dict)
    births: Mapping[str, dt.date] = Field(default_factory=dict)
    unaccompanied: Mapping[str, dt.date | None] = Field(default_factory=dict)
    set_aside: tuple[SetAside, ...] = ()
    sources: Mapping[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _cross_check(self) -> Self:
        grouped = [child for group in self.sibling_groups for child in group.children]
        for what, ids in (
            ("child id", [child.id for child in self.children]),
            ("home id", [home.id for home in self.homes]),
            ("provider id", [provider.id for provider in self.providers]),
            ("referral id", [referral.id for referral in self.referrals]),
            ("resident id", [resident.id for resident in self.residents]),
            ("contract id", [contract.id for contract in self.contracts]),
            ("application id", [approval.id for approval in self.approvals]),
            ("sibling group id", [group.id for group in self.sibling_groups]),
            ("child with a placement", [placement.child_id for placement in self.placements]),
            ("child in a sibling group", grouped),
        ):
            if twice := [name for name, count in Counter(ids).items() if count > 1]:
                raise ValueError(f"two records share a {what}: {', '.join(twice[:20])}")
        self._check_children()
        self._check_homes()
        return self

    def _check_children(self) -> None:
        named = [(f"referral {r.id}", r.child_id) for r in self.referrals]
        named += [(f"sibling group {g.id}", c) for g in self.sibling_groups for c in g.children]
        named += [(f"placement of {p.child_id}", p.child_id) for p in self.placements]
        named += [(f"the profile of {c.id}", c.profile.child_id) for c in self.children if c.profile]
        named += [("an offer", o.child_id) for o in self.offers] + [("a refusal", r.child_id) for r in self.refusals]
        strays = [f"{who} names child {child}" for who, child in named if child not in self.child]
        if strays:
            raise ValueError("not a child of this case: " + "; ".join(strays[:20]))

    def _check_homes(self) -> None:
        named = [(f"placement of {p.child_id}", p.home_id) for p in self.placements if p.home_id]
        named += [(f"resident {r.id}", r.home_id) for r in self.residents]
        named += [("an offer", o.home_id) for o in self.offers] + [("a refusal", r.home_id) for r in self.refusals]
        named += [(f"contract {contract.id}", home) for contract in self.contracts for home in contract.home_ids]
        strays = [f"{who} names home {home}" for who, home in named if home not in self.home]
        if strays:
            raise ValueError("not a home of this case: " + "; ".join(strays[:20]))

    @cached_property
    def child(self) -> dict[str, Child]:
        """Children by id."""
        return _by_id(self.children)

    @cached_property
    def home(self) -> dict[str, Home]:
        """Homes by id."""
        return _by_id(self.homes)

    @cached_property
    def placement_of(self) -> dict[str, Placement]:
        """Each child's present placement, by child id."""
        return {placement.child_id: placement for placement in self.placements}

    @cached_property
    def offers_in_force(self) -> tuple[Offer, ...]:
        """Offers that hold a place on the as-at date; one for a child who lives there already holds nothing."""
        lives = {(placement.child_id, placement.home_id) for placement in self.placements}
        dated = (offer for offer in self.offers if offer.offered_on <= self.as_at <= offer.held_until)
        return tuple(offer for offer in dated if (offer.child_id, offer.home_id) not in lives)

    @cached_property
    def refusal_of(self) -> dict[tuple[str, str], Refusal]:
        """The first refusal on record between a child and a home, by both ids."""
        return {(refusal.child_id, refusal.home_id): refusal for refusal in reversed(self.refusals)}

    @cached_property
    def siblings_of(self) -> dict[str, SiblingGroup]:
        """Each child's sibling group, by child id."""
        return {child: group for group in self.sibling_groups for child in group.children}

    @cached_property
    def residents_of(self) -> dict[str, tuple[Resident, ...]]:
        """Residents who are not the authority's own placed children, by home id."""
        found: dict[str, list[Resident]] = {}
        for resident in self.residents:
            found.setdefault(resident.home_id, []).append(resident)
        return {home: tuple(residents) for home, residents in found.items()}

    @cached_property
    def placed_in(self) -> dict[str, tuple[Placement, ...]]:
        """The authority's own children living in each home, by home id."""
        found: dict[str, list[Placement]] = {}
        for placement in self.placements:
            if placement.home_id:
                found.setdefault(placement.home_id, []).append(placement)
        return {home: tuple(placements) for home, placements in found.items()}

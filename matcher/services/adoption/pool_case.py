"""A pool as a case that homes' own scoring reads: children with a plan are the searches, families the homes.

So the kernel, the rules, the explanation and the solver are those of homes; nothing is scored twice.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from matcher.scoring import Encoded, encode
from matcher.services.adoption.child_as_search import as_child, as_referral
from matcher.services.adoption.family_as_home import SECTOR_OF_TIER, as_home, residents, too_near
from matcher.services.adoption.questions import adoption_framework
from models.adoption import AdoptionPool, Family, Link, LinkStage, PlanChild
from models.adoption_policy import AdoptionPolicy
from models.case import Case
from models.child import SiblingGroup
from models.home import Provider
from models.placement import Placement
from models.referral import Offer, Refusal
from models.ssda903.derive import PlacementKind
from models.vocabulary import RefusalReason, SiblingDecision

HOLDS = (LinkStage.LINKED, LinkStage.PANEL_BOOKED)
"""Stages at which a family is kept for the child; earlier ones leave it open to others."""


@dataclass(frozen=True)
class PoolCase:
    """Who waits in a pool on a day, and the families open to them, as a case of searches and homes.

    Attributes:
        case: The case that was read.
        policy: The prices between a child and a family.
        scored: Children who wait as its children and referrals, families as its homes, in the order of ``families``.
        units: The children to be placed together, in the order of ``scored.referrals``; most are of one.
        families: Approved and waiting, or a carer who may adopt one of the children.
    """

    case: Case
    policy: AdoptionPolicy
    scored: Case
    units: tuple[tuple[str, ...], ...]
    families: tuple[Family, ...]

    @cached_property
    def encoded(self) -> Encoded:
        """The arrays the kernels read."""
        return encode(self.scored, self.scored.referrals)

    @property
    def pool(self) -> AdoptionPool:
        """The pool of the case."""
        return self.case.adoption

    @cached_property
    def first_row(self) -> tuple[int, ...]:
        """The first row of each unit, and one past the last row."""
        starts = [0]
        for unit in self.units:
            starts.append(starts[-1] + len(unit))
        return tuple(starts)

    def unit_of(self, child_id: str) -> int | None:
        """The number of the unit a child is in, None where the child does not wait."""
        return next((number for number, unit in enumerate(self.units) if child_id in unit), None)


def pool_case(case: Case, policy: AdoptionPolicy | None = None) -> PoolCase:
    """Lay the pool of a case out on its as-at date.

    Args:
        case: The case; its ``adoption`` is the pool.
        policy: Prices; the defaults where left out.
    """
    policy = case.adoption_policy if policy is None else policy
    pool, day = case.adoption, case.as_at
    framework = adoption_framework(case.framework, policy)
    waiting = {child.id: child for child in pool.children if child.dates.waiting_on(day)}
    units = _units(pool, waiting)
    carers = {child.carer_family_id for child in waiting.values()}
    families = tuple(family for family in pool.families if _open(family, carers, day))
    order = [waiting[child] for unit in units for child in unit]
    together = {child: len(unit) for unit in units for child in unit}
    here = {family.id for family in families}
    links = [link for link in pool.links if link.child_id in together and link.family_id in here]
    scored = Case(
        name=case.name,
        authority=case.authority,
        as_at=day,
        synthetic=case.synthetic,
        framework=framework,
        policy=policy,
        children=tuple(as_child(child, together[child.id], day) for child in order),
        homes=tuple(as_home(family, pool.agency[family.agency_id], framework, policy, day) for family in families),
        providers=tuple(
            Provider(id=agency.id, name=agency.name, sector=SECTOR_OF_TIER[agency.tier]) for agency in pool.agencies
        ),
        residents=tuple(resident for family in families for resident in residents(family)),
        placements=tuple(_with_carer(child, day) for child in order if child.carer_family_id in here),
        sibling_groups=tuple(_group(number, unit) for number, unit in enumerate(units) if len(unit) > 1),
        referrals=tuple(as_referral(child, day) for child in order),
        offers=tuple(_offer(link, day) for link in links if link.stage in HOLDS and link.live_on(day)),
        refusals=(*map(_ended, _over(links, day)), *too_near(order, families, day)),
    )
    return PoolCase(case, policy, scored, units, families)


def _units(pool: AdoptionPool, waiting: Mapping[str, PlanChild]) -> tuple[tuple[str, ...], ...]:
    """Who is placed together: the units decided on, everybody else alone; of those who wait, in the pool's order."""
    unit_of = {child: unit for group in pool.sibling_groups for unit in group.planned_units for child in unit}
    found = dict.fromkeys(tuple(c for c in unit_of.get(child, (child,)) if c in waiting) for child in waiting)
    return tuple(found)


def _open(family: Family, carers: Collection[str | None], day: dt.date) -> bool:
    if family.location is None:
        return False
    left = family.dates.left_on is not None and family.dates.left_on <= day
    return not left and (family.dates.waiting_on(day) or family.id in carers)


def _group(number: int, unit: tuple[str, ...]) -> SiblingGroup:
    return SiblingGroup(id=f"unit-{number}", children=unit, decision=SiblingDecision.TOGETHER)


def _with_carer(child: PlanChild, day: dt.date) -> Placement:
    """The child lives with the carer who may adopt: leaving them is priced as a move."""
    return Placement(
        child_id=child.id,
        home_id=child.carer_family_id,
        kind=PlacementKind.IN_HOUSE_FOSTERING,
        started=child.dates.with_carer_since or day,
    )


def _offer(link: Link, day: dt.date) -> Offer:
    agreed = link.stage is LinkStage.PANEL_BOOKED
    return Offer(
        home_id=link.family_id, child_id=link.child_id, offered_on=link.started_on, held_until=day, agreed=agreed
    )


def _over(links: Sequence[Link], day: dt.date) -> list[Link]:
    """Links that have ended by a day, without those of a family and a child who are linked again."""
    live = {(link.family_id, link.child_id) for link in links if link.live_on(day)}
    ended = [link for link in links if link.ended_on is not None and link.ended_on <= day]
    return [link for link in ended if (link.family_id, link.child_id) not in live]


def _ended(link: Link) -> Refusal:
    ended = link.ended_on or link.started_on
    return Refusal(home_id=link.family_id, child_id=link.child_id, refused_on=ended, reason=RefusalReason.LINK_ENDED)

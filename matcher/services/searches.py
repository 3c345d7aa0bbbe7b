"""Who needs a home in a run: open referrals and endings (operational), or everyone who can move (clean sheet)."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from models.case import Case
from models.child import Child
from models.placement import Placement
from models.referral import Referral
from models.ssda903.derive import PlacementKind, home_kind, is_on_remand
from models.vocabulary import HomeKind, ReferralReason, Urgency

SUPPORTED_FROM_AGE = 16
_NEVER_MOVED = {
    PlacementKind.ADOPTION: "placed for adoption",
    PlacementKind.PARENTS: "living with parents",
    PlacementKind.KINSHIP: "living with a connected person",
    PlacementKind.SECURE: "in a secure home",
    PlacementKind.YOI: "in custody",
    PlacementKind.NHS: "in hospital",
}


@dataclass(frozen=True)
class Searches:
    """The referrals of a run, and how many children stay where they are, by reason."""

    referrals: tuple[Referral, ...]
    staying: tuple[tuple[str, int], ...]

    @cached_property
    def children(self) -> frozenset[str]:
        """Ids of the children searching."""
        return frozenset(referral.child_id for referral in self.referrals)


def as_searched(case: Case, referral: Referral) -> Child:
    """The child as the referral describes them: its circumstances, where it gives any, are newer than the child's."""
    child = case.child[referral.child_id]
    if referral.circumstances is None:
        return child
    return child.model_copy(update={"circumstances": referral.circumstances})


def operational(case: Case) -> Searches:
    """Open referrals, and placements that are ending without one; everyone else stays and uses capacity."""
    referred = {referral.child_id for referral in case.referrals}
    endings = [p for p in case.placements if p.ends_on is not None and p.child_id not in referred]
    referrals = (*case.referrals, *(_ending(case, placement, placement.ends_on) for placement in endings))
    searching = referred | {placement.child_id for placement in endings}
    staying = sum(placement.child_id not in searching for placement in case.placements)
    return Searches(referrals, (("not looking for a home now", staying),) if staying else ())


def clean_sheet(case: Case) -> Searches:
    """Every child who can be moved, each as a search for any lawful kind of home; see :func:`why_not_moved`."""
    referred = {referral.child_id: referral for referral in case.referrals}
    placed = case.placement_of
    referrals: list[Referral] = []
    staying: Counter[str] = Counter()
    for child in case.children:
        placement = placed.get(child.id)
        reason = why_not_moved(case, placement) if placement else None
        if child.id in referred:
            referrals.append(referred[child.id])
        elif reason or placement is None:
            staying[reason or "not living in any recorded placement"] += 1
        else:
            referrals.append(_clean(case, placement))
    return Searches(tuple(referrals), tuple(sorted(staying.items())))


def why_not_moved(case: Case, placement: Placement) -> str | None:
    """Why a child is never moved in a plan unless a referral says so; None for a child who can be."""
    child = case.child[placement.child_id]
    if placement.kind in _NEVER_MOVED:
        return _NEVER_MOVED[placement.kind]
    if child.legal_status and is_on_remand(child.legal_status):
        return "on remand"
    if placement.long_term:
        return "long-term matched"
    if placement.home_id is None:
        return "living in a home that is not on the homes sheet"
    return None


def _ending(case: Case, placement: Placement, ends_on: dt.date | None) -> Referral:
    day = max(ends_on or case.as_at, case.as_at)
    return Referral(
        id=f"ending-{placement.child_id}",
        child_id=placement.child_id,
        received=case.as_at,
        needed_by=day,
        urgency=_urgency((day - case.as_at).days),
        reason=ReferralReason.PLACEMENT_ENDING,
        suitable_kinds=_lawful_kinds(case, placement),
    )


def _clean(case: Case, placement: Placement) -> Referral:
    return Referral(
        id=f"clean-{placement.child_id}",
        child_id=placement.child_id,
        received=case.as_at,
        needed_by=case.as_at,
        urgency=Urgency.PLANNED,
        reason=ReferralReason.CLEAN_SHEET,
        suitable_kinds=_lawful_kinds(case, placement),
    )


def _lawful_kinds(case: Case, placement: Placement) -> tuple[HomeKind, ...]:
    """What a child without a referral may be offered: families and homes, 16+ supported, and the special kind now."""
    kinds = [HomeKind.CONNECTED, HomeKind.FOSTER, HomeKind.RESIDENTIAL]
    if case.child[placement.child_id].age_on(case.as_at) >= SUPPORTED_FROM_AGE:
        kinds.append(HomeKind.SUPPORTED)
    now = home_kind(placement.kind)
    if now is HomeKind.PARENT_AND_CHILD:
        return (now,)
    return tuple(kinds) if now is None or now in kinds else (*kinds, now)


def _urgency(days: int) -> Urgency:
    if days <= 0:
        return Urgency.SAME_DAY
    if days <= 3:
        return Urgency.WITHIN_72_HOURS
    return Urgency.WITHIN_4_WEEKS if days <= 28 else Urgency.PLANNED

"""Every child looked at against every home of the less intensive kind, scored by the kernel in one or two batches."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.scoring import Encoded, encode, score_pairs
from matcher.scoring.arrays import Bools, Int64
from matcher.services.step_down_settings import KINDS, Way
from matcher.services.stock import home_of, looked_after, placement_locality
from models.case import Case
from models.child import Child, Circumstances
from models.geography import Locality, miles_tenths
from models.home import Home
from models.placement import Placement
from models.referral import Referral
from models.rules import RULES, RuleId
from models.ssda903.derive import PlacementKind, home_kind
from models.vocabulary import HomeKind, ReferralReason, Urgency

_ROOM_RULES = frozenset(
    {
        RuleId.FULL,
        RuleId.USUAL_LIMIT,
        RuleId.BEDROOM,
        RuleId.AVAILABLE_FROM,
        RuleId.NOT_AVAILABLE,
        RuleId.HELD,
    }
)
ROOM_BITS = sum(rule.bit for rule in RULES if rule.id in _ROOM_RULES)
"""Rules that only say that no place is open today; a home that fails nothing else would suit."""
_SUPPORTED_FROM_AGE = 16
_RESIDENTIAL = frozenset(
    {
        PlacementKind.IN_HOUSE_RESIDENTIAL,
        PlacementKind.INDEPENDENT_RESIDENTIAL,
        PlacementKind.OTHER_AUTHORITY_RESIDENTIAL,
        PlacementKind.RESIDENTIAL_PROVIDER_UNKNOWN,
    }
)


@dataclass(frozen=True, eq=False)
class Asked:
    """One child looked at for one way.

    Attributes:
        child: The child.
        placement: Where the child lives now.
        referral: The search that was scored; its circumstances are the newest known.
        open_referral: The open referral the child has, if any.
        homes: Homes that pass every rule, save that there may be no place today, best match first.
        open_now: (homes,) whether a place is open today.
        cost: (homes,) pence-equivalent a week.
        key_stage_4: Whether the child is in year 10 or 11.
    """

    child: Child
    placement: Placement
    referral: Referral
    open_referral: Referral | None
    homes: tuple[Home, ...]
    open_now: Bools
    cost: Int64
    key_stage_4: bool

    @property
    def circumstances(self) -> Circumstances:
        """What is newest known of the child."""
        return self.referral.circumstances or self.child.circumstances

    @property
    def moves_anyway(self) -> bool:
        """Whether a home is being looked for already."""
        return self.placement.ends_on is not None or self.open_referral is not None


def population(case: Case, way: Way) -> list[tuple[Child, Placement]]:
    """The children looked after who live where a way starts, by the return and by the homes sheet."""
    found = []
    for child in looked_after(case):
        placement = case.placement_of.get(child.id)
        if placement is not None and _starts(case, child, placement, way):
            found.append((child, placement))
    return found


def _starts(case: Case, child: Child, placement: Placement, way: Way) -> bool:
    home = home_of(case, placement)
    if way is Way.NEARER:
        moved = home_kind(placement.kind) in (HomeKind.FOSTER, HomeKind.RESIDENTIAL, HomeKind.SUPPORTED)
        outside = placement_locality(case, placement) in (Locality.ADJOINING, Locality.AT_A_DISTANCE)
        return moved and outside and (home is None or home.location.utla != case.authority)
    residential = placement.kind in _RESIDENTIAL and (home is None or home.kind is HomeKind.RESIDENTIAL)
    old_enough = way is Way.FAMILY or child.age_on(case.as_at) >= _SUPPORTED_FROM_AGE
    return residential and old_enough


def score_way(case: Case, way: Way) -> list[Asked]:
    """Score everybody of a way against every named home of its kinds (for ``NEARER``: in the area).

    Brothers and sisters of one unit are scored in different batches, so that each is judged as coming alone; nobody
    of a batch lives in one of its homes, so everybody who lives there is met.
    """
    homes = tuple(home for home in case.homes if home.named and home.kind in KINDS[way] and _there(case, home, way))
    batches: defaultdict[int, list[tuple[Child, Placement]]] = defaultdict(list)
    met: defaultdict[str, int] = defaultdict(int)
    for child, placement in population(case, way):
        group = case.siblings_of.get(child.id)
        batches[met[group.id] if group else 0].append((child, placement))
        if group:
            met[group.id] += 1
    return [asked for number in sorted(batches) for asked in _score(case, way, batches[number], homes)]


def _there(case: Case, home: Home, way: Way) -> bool:
    return way is not Way.NEARER or home.location.utla == case.authority


def _score(case: Case, way: Way, some: Sequence[tuple[Child, Placement]], homes: tuple[Home, ...]) -> list[Asked]:
    by_age = sorted(case.referrals, key=lambda referral: (referral.received, referral.id))
    open_referrals = {referral.child_id: referral for referral in by_age}
    referrals = [_referral(case, way, placement, open_referrals.get(child.id)) for child, placement in some]
    encoded = encode(case, referrals, homes)
    cost, bits = score_pairs(encoded)
    found = []
    for row, (child, placement) in enumerate(some):
        suits = np.flatnonzero((bits[row] & ~ROOM_BITS) == 0)
        kept = [c for c in suits.tolist() if way is not Way.NEARER or _nearer(case, child, placement, homes[c])]
        order = np.array(sorted(kept, key=lambda c: (int(cost[row, c]), homes[c].id)), dtype=np.int64)
        found.append(
            Asked(
                child=child,
                placement=placement,
                referral=referrals[row],
                open_referral=open_referrals.get(child.id),
                homes=tuple(homes[column] for column in order.tolist()),
                open_now=bits[row, order] == 0,
                cost=cost[row, order],
                key_stage_4=_in_key_stage_4(encoded, row),
            )
        )
    return found


def _in_key_stage_4(encoded: Encoded, row: int) -> bool:
    return bool(encoded.arrays.rows["key_stage_4"][row])


def _referral(case: Case, way: Way, placement: Placement, known: Referral | None) -> Referral:
    kinds = KINDS[way]
    now = home_kind(placement.kind)
    if way is Way.NEARER:
        kinds = (now,) if now else ()
    return Referral(
        id=f"step-down-{placement.child_id}",
        child_id=placement.child_id,
        received=case.as_at,
        needed_by=case.as_at,
        urgency=Urgency.PLANNED,
        reason=ReferralReason.MOVE_CLOSER if way is Way.NEARER else ReferralReason.STEP_DOWN,
        suitable_kinds=kinds,
        unsuitable_kinds=known.unsuitable_kinds if known else (),
        circumstances=known.circumstances if known else None,
    )


def _nearer(case: Case, child: Child, placement: Placement, home: Home) -> bool:
    """Whether a home is nearer the child's own; where either distance is not known it is not held against it."""
    now = home_of(case, placement)
    if child.home is None or now is None:
        return True
    return miles_tenths(child.home, home.location) < miles_tenths(child.home, now.location)

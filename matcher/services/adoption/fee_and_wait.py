"""What an inter-agency fee costs beside what waiting costs, and after how many weeks it has paid for itself."""

from matcher.services.adoption.family_as_home import fee_pence
from models.adoption import AdoptionPool, AgencyTier
from models.adoption_policy import AdoptionPolicy
from models.case import Case
from models.record import Record


class FeeBesideWait(Record):
    """One tier's fee for the children to be placed together, and what they cost a week where they live now.

    Attributes:
        fee_pence: The fee, once.
        weekly_pence: What their placements cost a week now; None where one is not known.
        weeks: Weeks of waiting that cost as much as the fee, rounded up; None where that is not known or costs nothing.
    """

    children: tuple[str, ...]
    tier: AgencyTier
    fee_pence: int
    weekly_pence: int | None
    weeks: int | None


def fees_beside_wait(case: Case, children: tuple[str, ...]) -> tuple[FeeBesideWait, ...]:
    """For children to be placed together, the fee of each tier that the pool has, and what waiting costs.

    Only the price of care is set against the fee: what delay costs the child is not in pounds.
    """
    weekly = _weekly(case, children)
    found = []
    for tier, fee in _fees(case.adoption, len(children), case.adoption_policy):
        weeks = -(-fee // weekly) if weekly else None
        found.append(FeeBesideWait(children=children, tier=tier, fee_pence=fee, weekly_pence=weekly, weeks=weeks))
    return tuple(found)


def _weekly(case: Case, children: tuple[str, ...]) -> int | None:
    """What the children's placements cost a week, in full."""
    total = 0
    for child in children:
        placement = case.placement_of.get(child)
        home = case.home.get(placement.home_id) if placement and placement.home_id else None
        pence = placement.fee_pence if placement else None
        if pence is None:
            pence = home.fee_pence if home else None
        if pence is None:
            return None
        total += pence
    return total


def _fees(pool: AdoptionPool, children: int, policy: AdoptionPolicy) -> list[tuple[AgencyTier, int]]:
    one_of_each = {agency.tier: agency for agency in pool.agencies}
    return [(tier, fee_pence(one_of_each[tier], children, policy)) for tier in AgencyTier if tier in one_of_each]

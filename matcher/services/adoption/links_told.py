"""A linking told unit by unit: the family proposed, its place in the children's own list, and who is left without."""

import numpy as np

from matcher.services.adoption.linking import Linking
from models.adoption import AgencyTier
from models.record import Record


class ProposedLink(Record):
    """One family proposed for a child, or for brothers and sisters together.

    Attributes:
        children: Who would be placed together.
        waits_days: Days since the agency decision, the longest of them.
        place: The family's place in their own list of ``eligible`` families; None where the records keep the link
            against a rule.
        first: The family that comes first in their own list; None where none is eligible.
        kept: Whether the link is kept because its panel is booked.
    """

    children: tuple[str, ...]
    waits_days: int
    family_id: str
    agency: str
    tier: AgencyTier
    cost_pence: int
    stretch_pence: int
    place: int | None
    eligible: int
    first: str | None
    kept: bool


class NotLinked(Record):
    """Children without a proposed link, and for whom the families eligible for them are proposed."""

    children: tuple[str, ...]
    waits_days: int
    eligible: int
    proposed_for: tuple[tuple[str, ...], ...]


class PoolLinks(Record):
    """Proposed links for a whole pool.

    ``optimal`` means that no lawful set of links gives more children a family, and none that gives as many costs less:
    ``objective_pence`` equals ``bound_pence``, both with the charge for children without a link. ``uniqueness`` is of
    that objective.
    """

    children_waiting: int
    children_linked: int
    families: int
    status: str
    uniqueness: str
    objective_pence: int
    bound_pence: int
    seconds: float
    cost_pence: int
    links: tuple[ProposedLink, ...]
    without: tuple[NotLinked, ...]


def told(linking: Linking) -> PoolLinks:
    """The links as records, in the order of the pool."""
    result, place_of = linking.result, linking.result.place_of
    return PoolLinks(
        children_waiting=int(linking.sizes.sum()),
        children_linked=linking.children_linked,
        families=len(linking.screened.pool.families),
        status=result.status,
        uniqueness=result.uniqueness,
        objective_pence=result.objective,
        bound_pence=result.bound,
        seconds=result.seconds,
        cost_pence=linking.cost_pence,
        links=tuple(_link(linking, unit) for unit in np.flatnonzero(place_of >= 0).tolist()),
        without=tuple(_not_linked(linking, unit) for unit in np.flatnonzero(place_of < 0).tolist()),
    )


def _waits(linking: Linking, unit: int) -> int:
    pool = linking.screened.pool
    return max((pool.case.as_at - pool.pool.child[child].dates.decided_on).days for child in pool.units[unit])


def _link(linking: Linking, unit: int) -> ProposedLink:
    screened, column = linking.screened, int(linking.result.place_of[unit])
    pool, family = screened.pool, screened.pool.families[column]
    agency = pool.pool.agency[family.agency_id]
    order = screened.ranked(screened.cost[unit], np.flatnonzero(screened.eligible[unit])).tolist()
    return ProposedLink(
        children=pool.units[unit],
        waits_days=_waits(linking, unit),
        family_id=family.id,
        agency=agency.name,
        tier=agency.tier,
        cost_pence=int(screened.cost[unit, column]),
        stretch_pence=int(screened.stretch[unit, column]),
        place=order.index(column) + 1 if column in order else None,
        eligible=len(order),
        first=pool.families[order[0]].id if order else None,
        kept=unit in linking.kept,
    )


def _not_linked(linking: Linking, unit: int) -> NotLinked:
    screened = linking.screened
    open_to = np.flatnonzero(screened.eligible[unit])
    takers = np.flatnonzero(np.isin(linking.result.place_of, open_to)).tolist()
    return NotLinked(
        children=screened.pool.units[unit],
        waits_days=_waits(linking, unit),
        eligible=int(open_to.size),
        proposed_for=tuple(screened.pool.units[taker] for taker in takers),
    )

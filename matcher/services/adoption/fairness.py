"""Whether groups of children wait and are linked alike, and whether heritage, language or faith cost a child a link."""

from collections.abc import Iterator

import numpy as np

from matcher.services.adoption.linking import Linking, link_pool
from matcher.services.adoption.pool_case import PoolCase, pool_case
from matcher.services.adoption.screening import screen
from matcher.services.adoption.simulation_pool import without_identity
from matcher.services.equality import EqualitySection, Measure, section
from models.adoption_policy import AdoptionPolicy
from models.case import Case
from models.record import Record


class HeldBack(Record):
    """Children left out of the links with the factors, and linked without them.

    Attributes:
        children: Who would be placed together.
        waits_days: Days since the agency decision, the longest of them.
        faded: Whether the factors count nothing for themselves any more: then it is those of others that cost the link.
        family_without: The family proposed for them where the factors count nothing.
    """

    children: tuple[str, ...]
    waits_days: int
    faded: bool
    family_without: str


class IdentityAudit(Record):
    """The pool linked twice: as the policy says, and with heritage, language and faith worth nothing.

    Attributes:
        children_waiting: Everybody who waits.
        still_counting: Children for whom the factors have not faded yet.
        linked_with: Children linked as the policy says.
        linked_without: The same with nothing for the factors.
        other_family: Children linked both times, with another family.
        held_back: Who has no link on the day because of the factors: who would wait for them. Linking decides who is
            linked without the factors, so that a name here is a fault of Placewell.
        fades_over_days: Days over which the factors fade; 0 is never.
        words: What it comes to, in a sentence or two.
    """

    children_waiting: int
    still_counting: int
    linked_with: int
    linked_without: int
    other_family: int
    held_back: tuple[HeldBack, ...]
    fades_over_days: int
    words: str


def fairness_table(linking: Linking) -> EqualitySection:
    """Days waited, families eligible and links proposed, by sex, age, ethnic group and disability, with 95% intervals.

    Rows name children: a public copy must pass the disclosure module first.
    """
    pool, eligible = linking.screened.pool, linking.screened.eligible.sum(axis=1)
    unit_of = {child: at for at, unit in enumerate(pool.units) for child in unit}
    days = {child: float(_waited(pool, child)) for child in unit_of}
    return section(
        pool.scored,
        "adoption_waiting",
        "Waiting for a family",
        (
            Measure(
                "days_waited",
                "Days since the decision to place for adoption",
                "children with a plan who are neither matched nor placed, to the case's day",
                days,
                "have waited {} for a family",
                "longer",
                "less long",
                "days",
            ),
            Measure(
                "families_eligible",
                "Families eligible",
                "the same children; a group placed together has one list",
                {child: float(eligible[at]) for child, at in unit_of.items()},
                "have lists of eligible families that are {}",
                "longer",
                "shorter",
                "families",
            ),
            Measure(
                "proposed_link",
                "A link is proposed",
                "the same children; by the linking of the whole pool",
                {child: bool(linking.result.place_of[at] >= 0) for child, at in unit_of.items()},
                "are proposed a link {}",
            ),
        ),
    )


def audit_identity(case: Case, policy: AdoptionPolicy | None = None) -> IdentityAudit:
    """Link the pool with and without heritage, language and faith, and name every child left out because of them."""
    policy = policy or case.adoption_policy
    given = link_pool(screen(pool_case(case, policy)))
    bare = link_pool(screen(pool_case(case, without_identity(policy))))
    held = tuple(held_back(given, bare))
    pool, over = given.screened.pool, policy.identity_fades_over_days
    both = (given.result.place_of >= 0) & (bare.result.place_of >= 0)
    moved = both & (given.result.place_of != bare.result.place_of)
    counting = sum(not _faded(pool, child, over) for unit in pool.units for child in unit)
    return IdentityAudit(
        children_waiting=int(given.sizes.sum()),
        still_counting=counting,
        linked_with=given.children_linked,
        linked_without=bare.children_linked,
        other_family=int(given.sizes[moved].sum()),
        held_back=held,
        fades_over_days=over,
        words=_words(held, given.children_linked - bare.children_linked, over),
    )


def held_back(given: Linking, bare: Linking) -> Iterator[HeldBack]:
    """Whoever ``bare``, the links of the same pool without the factors, has and ``given`` has not."""
    pool, over = given.screened.pool, given.screened.pool.policy.identity_fades_over_days
    for unit in np.flatnonzero((given.result.place_of < 0) & (bare.result.place_of >= 0)).tolist():
        children = pool.units[unit]
        yield HeldBack(
            children=children,
            waits_days=max(_waited(pool, child) for child in children),
            faded=all(_faded(pool, child, over) for child in children),
            family_without=pool.families[int(bare.result.place_of[unit])].id,
        )


def _waited(pool: PoolCase, child: str) -> int:
    return (pool.case.as_at - pool.pool.child[child].dates.decided_on).days


def _faded(pool: PoolCase, child: str, over: int) -> bool:
    return 0 < over <= _waited(pool, child)


def _words(held: tuple[HeldBack, ...], more: int, over: int) -> str:
    links = "As many children are linked" if not more else f"{abs(more)} {'more' if more > 0 else 'fewer'} are linked"
    first = f"{links} with heritage, language and faith as without them."
    if not held:
        return f"{first} No child is left without a link because of them."
    own = sum(not each.faded for each in held)
    return (
        f"{first} {len(held)} children or groups are left without a link on this day because of them: {own} while "
        f"their own still count (they fade to nothing over {over} days), {len(held) - own} because of those of others."
    )

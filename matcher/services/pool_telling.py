"""A pool as it is told: every authority's figures, every child's homes, the proof and what a reader must know."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.services.joined import Joined
from matcher.services.pool_results import Pool, PooledAuthority, PooledChild, PoolProof
from matcher.services.problem import Ints, Stated
from matcher.services.renamed import own_id, position_of
from solvers import Pooling

_MOST_NAMED = 10


@dataclass(frozen=True)
class Pooled:
    """A pool that is solved, and what is needed to tell it; ``alone`` and ``together`` are columns by row, -1 none."""

    joined: Joined
    stated: Stated
    found: Pooling
    alone: Ints
    together: Ints
    price: int | None


def tell_pool(pooled: Pooled) -> Pool:
    """Put a solved pool into words and figures."""
    whole, result = pooled.joined.whole, pooled.found.together
    names = _names(pooled.joined)
    return Pool(
        as_at=whole.as_at.isoformat(),
        synthetic=whole.synthetic,
        policy=f"{whole.policy.name} {whole.policy.version}",
        price_pence=pooled.price,
        no_home_pence=_no_home(pooled.stated),
        fee_per_mille=whole.policy.fee_per_mille,
        total_gain_pence=pooled.found.total_gain,
        authorities=tuple(_authority(pooled, position, name) for position, name in enumerate(names)),
        children=tuple(_child(pooled, names, row) for row in range(pooled.stated.searching)),
        certificate=PoolProof(
            status=result.status,
            objective_pence=result.objective,
            bound_pence=result.bound,
            gap_percent=result.gap * 100 if np.isfinite(result.gap) else None,
            seconds=round(sum(each.result.seconds for each in pooled.found.alone) + result.seconds, 3),
            seed=result.seed,
            checked=True,
        ),
        notes=_notes(pooled.joined, names),
    )


def _names(joined: Joined) -> tuple[str, ...]:
    """What each authority is called; two of one name are told apart by their positions."""
    names = [case.name for case in joined.cases]
    return tuple(
        name if names.count(name) == 1 else f"{name} [{position}]" for position, name in enumerate(names, start=1)
    )


def _authority(pooled: Pooled, position: int, name: str) -> PooledAuthority:
    found, price = pooled.found, pooled.price or 0
    rows = [row for row in range(pooled.stated.searching) if position_of(pooled.stated.children[row].id) == position]
    alone, together = pooled.alone[rows], pooled.together[rows]
    borrowed, lent = int(found.borrowed[position]), int(found.lent[position])
    return PooledAuthority(
        name=name,
        children=len(rows),
        placed_alone=int(np.count_nonzero(alone >= 0)),
        placed_together=int(np.count_nonzero(together >= 0)),
        borrowed=borrowed,
        lent=lent,
        fees_alone_pence=_fees(pooled.joined, alone),
        fees_together_pence=_fees(pooled.joined, together),
        paid_pence=borrowed * price,
        received_pence=lent * price,
        cost_alone_pence=int(found.cost_alone[position]),
        cost_together_pence=int(found.cost_together[position]),
        gain_pence=int(found.gain[position]),
        least_gain_pence=int(found.least_gain[position]),
        proposed_pence=int(found.payment[position]),
        worse_off=position in found.worse_off,
        alone_proved=found.alone[position].result.status == "optimal",
    )


def _fees(joined: Joined, places: Ints) -> int:
    """What filling these places adds, pence a week."""
    return sum(joined.whole.homes[column].marginal_fee_pence for column in places.tolist() if column >= 0)


def _child(pooled: Pooled, names: Sequence[str], row: int) -> PooledChild:
    joined, referral = pooled.joined, pooled.joined.all_searches.referrals[row]
    alone, together = int(pooled.alone[row]), int(pooled.together[row])
    position = position_of(referral.child_id)
    return PooledChild(
        authority=names[position],
        referral_id=own_id(referral.id),
        child_id=own_id(referral.child_id),
        home_alone=own_id(joined.whole.homes[alone].id) if alone >= 0 else None,
        home_together=own_id(joined.whole.homes[together].id) if together >= 0 else None,
        sheet=names[joined.listed_by[together]] if together >= 0 else None,
        borrowed=together >= 0 and joined.owner_of_home[together] not in (None, position),
        cost_alone_pence=_cost(pooled.stated, row, alone),
        cost_together_pence=_cost(pooled.stated, row, together),
    )


def _cost(stated: Stated, row: int, column: int) -> int:
    return int(stated.cost[row, column] if column >= 0 else stated.problem.unplaced[row])


def _no_home(stated: Stated) -> int:
    """The charge for a child without a home, save those whose place is agreed or who stay."""
    charges = stated.problem.unplaced[: stated.searching].tolist()
    return int(min(charges, default=0))


def _notes(joined: Joined, names: Sequence[str]) -> tuple[str, ...]:
    homes = [f"{own_id(joined.whole.homes[c].id)} of {names[joined.listed_by[c]]}" for c in joined.closed]
    if not homes:
        return ()
    more = f" and {len(homes) - _MOST_NAMED} more" if len(homes) > _MOST_NAMED else ""
    return (
        "Homes that another authority lists too, by registration number and place, so that nobody can tell whose their "
        f"open places are; no plan here moves a child into one: {', '.join(homes[:_MOST_NAMED])}{more}.",
    )

"""Several authorities' children and homes in one plan, beside what each could do alone: who gains what."""

from collections.abc import Callable, Sequence

import numpy as np

from matcher.scoring import encode, score_pairs
from matcher.services.check_plan import PlanCheckError, check_plan
from matcher.services.households import household_faults
from matcher.services.joined import Joined, join
from matcher.services.pool_results import Pool
from matcher.services.pool_telling import Pooled, tell_pool
from matcher.services.problem import Ints, Stated, state
from matcher.services.renamed import position_of
from matcher.services.searches import as_searched
from models.case import Case
from models.rules import RuleId
from solvers import pool_owners

_NOBODY, _FORBIDDEN = -1, -1


def pool(
    cases: Sequence[Case],
    *,
    price_pence: int | None = 0,
    time_limit: float | None = None,
    seed: int = 0,
    cancel: Callable[[], bool] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Pool:
    """Allocate the children of several authorities who need a home, each alone and all together.

    Args:
        cases: The authorities, two or more, of one day and one policy.
        price_pence: What a borrower pays the lender a week for each child, beside what filling the place adds; None
            forbids borrowing, so that only independent homes are shared.
        time_limit: Seconds for all searches together; then the best plans so far are given with honest gaps.
        seed: The solver's seed.
        cancel: Asked from time to time whether to stop with the best plans so far.
        progress: Told, in words, what is going on.

    Raises:
        PoolError: if the authorities cannot be pooled.
        PlanCheckError: if a plan breaks a rule, which would be a fault of ours.
    """
    tell = progress or (lambda _words: None)
    joined = join(cases)
    views = [joined.seen_by(position) for position in range(len(cases))]
    tell(f"scoring {len(joined.all_searches.referrals):,} children against {len(joined.whole.homes):,} homes")
    weighed = None if price_pence is None else price_pence * joined.whole.policy.fee_per_mille // 1000
    stated = _state(joined, views, weighed or 0)
    tell("finding the best plans, alone and together, and proving them")
    found = pool_owners(
        stated.problem,
        [position_of(child.id) for child in stated.children],
        [_NOBODY if owner is None else owner for owner in joined.owner_of_home],
        _prices(len(cases), _FORBIDDEN if weighed is None else weighed),
        shares=_shares(joined, stated),
        find_clashes=stated.clashes,
        time_limit=time_limit,
        cancel=cancel,
        seed=seed,
    )
    alone = np.full(len(stated.children), _NOBODY, dtype=np.int64)
    for each in found.alone:
        alone[each.children] = each.result.place_of
    pooled = Pooled(joined, stated, found, alone, found.together.place_of, price_pence)
    tell("checking the plans against the cases")
    for position, view in enumerate(views):
        check_plan(view, joined.searches[position], _homes(pooled, position, alone))
        check_plan(view, joined.searches[position], _homes(pooled, position, pooled.together))
    _check_households(pooled)
    return tell_pool(pooled)


def _state(joined: Joined, views: Sequence[Case], dearer: int) -> Stated:
    """The problem of all, each child's pairs judged and priced as its own authority judges and prices them."""
    scored = [
        score_pairs(encode(view, searches.referrals)) for view, searches in zip(views, joined.searches, strict=True)
    ]
    cost, bits = (np.vstack(arrays) for arrays in zip(*scored, strict=True))
    bits[:, list(joined.closed)] |= 1 << RuleId.NOT_AVAILABLE
    return state(joined.whole, joined.all_searches, cost, bits, dearer=dearer)


def _prices(owners: int, price: int) -> Ints:
    prices = np.full((owners, owners), price, dtype=np.int64)
    np.fill_diagonal(prices, 0)
    return prices


def _shares(joined: Joined, stated: Stated) -> Ints:
    """Alone, an authority has the whole room of the independent homes on its own sheet, and of no others."""
    capacity = stated.problem.capacity
    shares = np.zeros((len(joined.cases), *capacity.shape), dtype=np.int64)
    for column, (owner, lister) in enumerate(zip(joined.owner_of_home, joined.listed_by, strict=True)):
        if owner is None:
            shares[lister, column] = capacity[column]
    return shares


def _homes(pooled: Pooled, position: int, places: Ints) -> dict[str, str | None]:
    """The home given to each child of one authority, by marked ids."""
    homes = pooled.joined.whole.homes
    return {
        child.id: homes[column].id if column >= 0 else None
        for child, column in zip(pooled.stated.children, places.tolist(), strict=True)
        if position_of(child.id) == position
    }


def _check_households(pooled: Pooled) -> None:
    """Check every home that the plan together gives to somebody, with all who move in from anywhere."""
    whole, searches = pooled.joined.whole, pooled.joined.all_searches
    faults: list[str] = []
    for column in sorted(set(pooled.together[: pooled.stated.searching].tolist()) - {_NOBODY}):
        rows = np.flatnonzero(pooled.together[: pooled.stated.searching] == column).tolist()
        moved_in = [as_searched(whole, searches.referrals[row]) for row in rows]
        faults += household_faults(whole, whole.homes[column], moved_in, searches)
    if faults:
        raise PlanCheckError("the plan together breaks its own rules: " + "; ".join(faults))

"""Several owners of homes in one problem: each alone, all together, and who gains what.

Alone, an owner's children have its own homes and its share of the homes that are nobody's. Together, every child may
have every home it has a pair with, save where borrowing is forbidden, and a borrower pays the lender a price for each
placement.

The price is part of what the plan together minimises, although it only moves from one owner to another: it is what
keeping the place is worth to the lender, so a place is lent only where that saves at least its price. Otherwise
children would be moved for a saving of nothing, and a price could never keep a place at home; as prices rise, plans
tend to those with borrowing forbidden. In the accounts it stays a transfer: what is paid is received, and the total
gained is what the children's own costs fall by. All plans alone, side by side, are a plan together without borrowing.
So the best plan together gains at least what is paid in all, which is 0 or more; one owner may still lose by it, and
`Pooling.payment` proposes who then pays whom.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from solvers.check import check_assignment
from solvers.clashes import FindClashes, solve_without_clashes
from solvers.clock import Clock
from solvers.owners import NOBODY, Alone, Owners
from solvers.problem import AssignmentProblem, Ints
from solvers.result import AssignmentResult, Status
from solvers.solve import solve_assignment


@dataclass(frozen=True, eq=False)
class Pooling:
    """Plans of each owner alone and of all together; every row of figures is ``(owners,)``, exact for these plans.

    Where several plans together are as good, owners gain more in one and less in another; this is one of them.

    Attributes:
        alone: Each owner's children, problem and plan alone.
        problem: The problem of all together: prices in the costs, forbidden pairs left out.
        together: The plan of it; prices are in its objective and bound.
        cost_together: What each owner's children cost in it, with charges for none and apart, without prices.
        placed_together: How many of each owner's children have a home in it.
        placements: ``(owners, owners)``: children of the first who live in homes of the second, who may be the same.
        paid: Prices that each owner pays.
        received: Prices that each is paid.
    """

    alone: tuple[Alone, ...]
    problem: AssignmentProblem
    together: AssignmentResult
    cost_together: Ints
    placed_together: Ints
    placements: Ints
    paid: Ints
    received: Ints

    @property
    def cost_alone(self) -> Ints:
        """What each owner's plan alone costs."""
        return np.array([each.result.objective for each in self.alone], dtype=np.int64)

    @property
    def placed_alone(self) -> Ints:
        """How many of each owner's children have a home in its plan alone."""
        return np.array([each.result.placed for each in self.alone], dtype=np.int64)

    @property
    def borrowed(self) -> Ints:
        """Children each owner has in others' homes; homes that are nobody's are not borrowed."""
        borrowed: Ints = self.placements.sum(axis=1) - self.placements.diagonal()
        return borrowed

    @property
    def lent(self) -> Ints:
        """Others' children in each owner's homes."""
        lent: Ints = self.placements.sum(axis=0) - self.placements.diagonal()
        return lent

    @property
    def gain(self) -> Ints:
        """What each owner saves by the plan together beside its plan alone, prices paid and received; below 0 a loss.

        Where a plan alone is not proved best, the owner's best would make this smaller, down to `least_gain`.
        """
        return self.cost_alone - self.cost_together - self.paid + self.received

    @property
    def least_gain(self) -> Ints:
        """What each owner saves at least, however good its best plan alone is: equal to `gain` where that is proved."""
        return self.gain - np.array([each.result.gap_cost for each in self.alone], dtype=np.int64)

    @property
    def total_gain(self) -> int:
        """What all save: 0 or more, unless children of two owners clash in homes that are nobody's."""
        return int(self.gain.sum())

    @property
    def worse_off(self) -> Ints:
        """The owners who lose by the plan together, in order."""
        return np.flatnonzero(self.gain < 0).astype(np.int64)

    @property
    def payment(self) -> Ints:
        """What each owner gets (below 0: gives) beside the prices, so that all gain alike; together they are 0.

        A proposal, the simplest that leaves nobody worse off where the total gain is 0 or more: every owner ends with
        an equal share of it, the first ones a unit more where it does not divide. It does not ask who brought
        the places, nor what some of the owners could gain without the others.
        """
        share, rest = divmod(self.total_gain, len(self.alone))
        return share + (np.arange(len(self.alone)) < rest) - self.gain


def pool_owners(
    problem: AssignmentProblem,
    owner_of_child: npt.ArrayLike,
    owner_of_home: npt.ArrayLike,
    borrowing: npt.ArrayLike,
    *,
    shares: npt.ArrayLike | None = None,
    find_clashes: FindClashes | None = None,
    gap: float = 0.0,
    time_limit: float | None = None,
    cancel: Callable[[], bool] | None = None,
    seed: int = 0,
) -> Pooling:
    """Solve each owner alone and all together, and account for who gains what.

    Args:
        problem: All children and all homes, no prices in the costs. Its groups each have one owner.
        owner_of_child: ``(children,)``, each ``0 .. owners - 1``.
        owner_of_home: ``(homes,)``, -1 for a home that is nobody's: open to all at no price.
        borrowing: ``(owners, owners)``: what the row's owner pays the column's for each child placed, in the unit of
            the costs; -1 where forbidden, 0 on the diagonal.
        shares: ``(owners, homes)`` or ``(owners, homes, resources)``: what each owner alone has of homes that are
            nobody's, together no more than there is, so that the plans alone fit side by side; 0 at other homes.
            None gives nobody any, so that all such homes count as brought by the pool.
        find_clashes: As in `solvers.clashes.solve_without_clashes`, of all children; asked of every plan.
        gap: Stop each search once this gap is proved.
        time_limit: Seconds for all searches together, shared by how many children each has.
        cancel: As in `solvers.solve.solve_assignment`.
        seed: As in `solvers.solve.solve_assignment`.

    Returns:
        Plans that have passed `solvers.check.check_assignment`. A plan together that time leaves dearer than
        the plans alone is replaced by these.

    Raises:
        ValueError: Naming the child, home, group, price or share that is wrong, and what was expected.
    """
    owners = Owners.of(problem, owner_of_child, owner_of_home, borrowing, shares)
    clock = Clock(time_limit, cancel)

    def solve(part: AssignmentProblem, find: FindClashes | None, share: float) -> AssignmentResult:
        seconds = None if math.isinf(clock.left) else clock.left * share
        if find is None:
            result = solve_assignment(part, gap=gap, time_limit=seconds, cancel=cancel, seed=seed)
        else:
            result = solve_without_clashes(part, find, gap=gap, time_limit=seconds, cancel=cancel, seed=seed)
        check_assignment(part, result)
        return result

    alone: list[Alone] = []
    waiting = 2 * problem.children
    for owner in range(owners.count):
        children, part = owners.alone(owner)
        result = solve(part, _of_some(find_clashes, children, problem.children), children.size / max(waiting, 1))
        alone.append(Alone(children, part, result))
        waiting -= children.size
    joined = owners.together()
    together = solve(joined, find_clashes, 1.0)
    beside = _side_by_side(joined, alone, together)
    if beside.objective < together.objective and not (find_clashes and find_clashes(beside.place_of)):
        check_assignment(joined, beside)
        together = beside
    return _accounts(owners, tuple(alone), joined, together)


def _of_some(find_clashes: FindClashes | None, children: Ints, all_children: int) -> FindClashes | None:
    """The same question about a plan of some of the children."""
    if find_clashes is None:
        return None
    ask, position = find_clashes, {child: at for at, child in enumerate(children.tolist())}

    def find(place_of: Ints) -> list[tuple[tuple[int, ...], int]]:
        places = np.full(all_children, -1, dtype=np.int64)
        places[children] = place_of
        return [(tuple(position[child] for child in together), home) for together, home in ask(places)]

    return find


def _side_by_side(joined: AssignmentProblem, alone: list[Alone], together: AssignmentResult) -> AssignmentResult:
    """The plans alone as one plan together, with the bound that was proved of all."""
    places = np.full(joined.children, -1, dtype=np.int64)
    costs = np.zeros(joined.children, dtype=np.int64)
    for each in alone:
        places[each.children], costs[each.children] = each.result.place_of, each.result.pair_cost
    objective = sum(each.result.objective for each in alone)
    status: Status = "optimal" if objective == together.bound else together.status
    return replace(
        together,
        place_of=places,
        pair_cost=costs,
        objective=objective,
        unplaced_charge=sum(each.result.unplaced_charge for each in alone),
        apart_charge=sum(each.result.apart_charge for each in alone),
        status=status,
        uniqueness="not determined",
        tie=None,
    )


def _accounts(
    owners: Owners, alone: tuple[Alone, ...], joined: AssignmentProblem, together: AssignmentResult
) -> Pooling:
    places = together.place_of
    placed = places >= 0
    lender = np.append(owners.of_home, NOBODY)[places]
    placements = np.zeros((owners.count, owners.count), dtype=np.int64)
    np.add.at(placements, (owners.of_child[lender != NOBODY], lender[lender != NOBODY]), 1)
    money = placements * np.maximum(owners.borrowing, 0)
    charged = np.zeros(owners.count, dtype=np.int64)
    np.add.at(charged, owners.of_child, np.where(placed, together.pair_cost, joined.unplaced))
    for group, charge in zip(joined.groups, joined.apart.tolist(), strict=True):
        at = places[list(group)]
        parts = np.unique(at[at >= 0]).size + int((at < 0).sum())
        charged[owners.of_child[group[0]]] += charge * (parts - 1)
    return Pooling(
        alone=alone,
        problem=joined,
        together=together,
        cost_together=charged - money.sum(axis=1),
        placed_together=np.bincount(owners.of_child[placed], minlength=owners.count).astype(np.int64),
        placements=placements,
        paid=money.sum(axis=1),
        received=money.sum(axis=0),
    )

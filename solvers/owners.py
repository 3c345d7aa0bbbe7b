"""Whose children and whose homes: a problem cut into each owner's own, or joined with prices for borrowing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solvers.problem import LARGEST_TOTAL, AssignmentProblem, Ints, Use
from solvers.result import AssignmentResult
from solvers.validate import whole_array

NOBODY = -1


@dataclass(frozen=True, eq=False)
class Alone:
    """One owner by itself.

    Attributes:
        children: Its children, as numbered in the problem of all, ascending.
        problem: These children, renumbered from 0, and all homes: others' with no pairs, nobody's with its share.
        result: The plan of it.
    """

    children: Ints
    problem: AssignmentProblem
    result: AssignmentResult


@dataclass(frozen=True, eq=False)
class Owners:
    """A problem and who owns what in it; make one with `of`, which checks everything.

    Attributes:
        problem: The problem of all, without prices.
        of_child: ``(children,)``.
        of_home: ``(homes,)``, `NOBODY` for a home open to all.
        borrowing: Prices, ``(owners, owners)``, -1 where forbidden.
        shares: What each owner alone has of nobody's homes, ``(owners, homes, resources)``, None for nothing.
    """

    problem: AssignmentProblem
    of_child: Ints
    of_home: Ints
    borrowing: Ints
    shares: Ints | None

    @classmethod
    def of(
        cls,
        problem: AssignmentProblem,
        owner_of_child: npt.ArrayLike,
        owner_of_home: npt.ArrayLike,
        borrowing: npt.ArrayLike,
        shares: npt.ArrayLike | None,
    ) -> Owners:
        """Check who owns what; see `solvers.pooling.pool_owners`.

        Raises:
            ValueError: Naming the child, home, group, price or share that is wrong, and what was expected.
        """
        rule = "0 or more, or -1 where borrowing is forbidden"
        prices = whole_array(borrowing, "borrowing", 2, least=-1, most=LARGEST_TOTAL, rule=rule)
        count = len(prices)
        if not count or prices.shape != (count, count):
            raise ValueError(f"borrowing has shape {prices.shape}: expected a row and a column for each owner")
        if prices.diagonal().any():
            owner = int(np.flatnonzero(prices.diagonal())[0])
            raise ValueError(f"borrowing[{owner}, {owner}] is {prices[owner, owner]}: expected 0, for an owner's own")
        of_child = _owner_array(owner_of_child, "owner_of_child", problem.children, count, 0)
        of_home = _owner_array(owner_of_home, "owner_of_home", problem.homes, count, NOBODY)
        for number, group in enumerate(problem.groups):
            if len(set(of_child[list(group)].tolist())) > 1:
                held = ", ".join(f"child {child} of owner {of_child[child]}" for child in group)
                raise ValueError(f"groups[{number}] has children of several owners ({held}): expected one owner")
        return cls(
            problem, of_child, of_home, prices, None if shares is None else _shares(problem, of_home, shares, count)
        )

    @property
    def count(self) -> int:
        """How many owners there are."""
        return len(self.borrowing)

    def alone(self, owner: int) -> tuple[Ints, AssignmentProblem]:
        """An owner's children, and their problem by themselves."""
        whole, children = self.problem, np.flatnonzero(self.of_child == owner).astype(np.int64)
        lender = self.of_home[whole.home]
        keep = (self.of_child[whole.child] == owner) & ((lender == owner) | (lender == NOBODY))
        numbers = [n for n, group in enumerate(whole.groups) if self.of_child[group[0]] == owner]
        capacity = np.where((self.of_home == owner)[:, None], whole.capacity, 0)
        if self.shares is not None:
            capacity += self.shares[owner]
        return children, AssignmentProblem.from_arcs(
            np.searchsorted(children, whole.child[keep]),
            whole.home[keep],
            whole.cost[keep],
            capacity,
            children=children.size,
            groups=[np.searchsorted(children, whole.groups[n]).tolist() for n in numbers],
            unplaced=whole.unplaced[children],
            apart=whole.apart[numbers],
            use=_use_of_some(whole.use, children, numbers),
            units=None if whole.units is None else whole.units[keep],
        )

    def together(self) -> AssignmentProblem:
        """The problem of all, prices added to the cost of each pair that borrows, and forbidden ones left out."""
        whole = self.problem
        lender = self.of_home[whole.home]
        price = np.where(lender == NOBODY, 0, self.borrowing[self.of_child[whole.child], lender])
        keep = price >= 0
        return AssignmentProblem.from_arcs(
            whole.child[keep],
            whole.home[keep],
            whole.cost[keep] + price[keep],
            whole.capacity,
            children=whole.children,
            groups=whole.groups,
            unplaced=whole.unplaced,
            apart=whole.apart,
            use=whole.use,
            units=None if whole.units is None else whole.units[keep],
        )


def _use_of_some(use: Use | None, children: Ints, numbers: list[int]) -> Use | None:
    """What members of a group use, asked by their numbers in the problem of some of the children."""
    if use is None:
        return None
    ask, names = use, children.tolist()
    return lambda group, members, home: ask(numbers[group], tuple(names[member] for member in members), home)


def _owner_array(values: npt.ArrayLike, name: str, length: int, owners: int, least: int) -> Ints:
    rule = f"an owner, 0 to {owners - 1}" + (", or -1 for nobody's" if least < 0 else "")
    array = whole_array(values, name, 1, least=least, most=owners - 1, rule=rule)
    if array.size != length:
        raise ValueError(f"{name} has {array.size} entries: expected {length}, one for each")
    return array


def _shares(problem: AssignmentProblem, of_home: Ints, shares: npt.ArrayLike, owners: int) -> Ints:
    """Shares by resource, never more than there is, and of nobody's homes only."""
    room = problem.capacity
    given = whole_array(shares, "shares", (2, 3))
    if given.shape not in ((owners, problem.homes), (owners, *room.shape)):
        wanted = f"{(owners, problem.homes)} or {(owners, *room.shape)}"
        raise ValueError(f"shares has shape {given.shape}: expected {wanted}")
    whole = np.broadcast_to(given[:, :, None], (owners, *room.shape)) if given.ndim == 2 else given
    # Each is compared before they are added, so that no sum can pass 64 bits.
    beyond = (whole > room).any(axis=(0, 2))
    over = np.flatnonzero(beyond | (np.minimum(whole, room).sum(axis=0) > room).any(axis=1))
    if over.size:
        home = int(over[0])
        raise ValueError(f"shares of home {home} are more than the {room[home].tolist()} it has open")
    owned = np.argwhere((whole != 0).any(axis=2) & (of_home != NOBODY))
    if owned.size:
        owner, home = owned[0].tolist()
        raise ValueError(f"shares[{owner}, {home}] is not 0: home {home} is owner {of_home[home]}'s own, not nobody's")
    return whole

"""One change to an assignment problem: a carer declines, a place comes or goes, a child is locked, leaves or arrives.

Children and homes keep their numbers: a child who is withdrawn has no pair, costs nothing and belongs to no group;
a home that closes has no places; a child who arrives comes last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from solvers.problem import LARGEST_TOTAL, AssignmentProblem, Ints, Use
from solvers.validate import whole_array

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Forbidden:
    """A child may no longer live at a home: its carer declines."""

    child: int
    home: int


@dataclass(frozen=True)
class Places:
    """A home has so many places ``more`` of each resource, or of each its own number; fewer where below 0."""

    home: int
    more: int | tuple[int, ...]


@dataclass(frozen=True)
class Closed:
    """A home has no places any more."""

    home: int


@dataclass(frozen=True)
class Locked:
    """A child must live at a home."""

    child: int
    home: int


@dataclass(frozen=True)
class Withdrawn:
    """A child needs no home any more."""

    child: int


@dataclass(frozen=True)
class Arrived:
    """A child alone comes, who may live at ``homes`` at ``costs`` and uses one of each resource."""

    homes: tuple[int, ...]
    costs: tuple[int, ...]
    unplaced: int


Change = Forbidden | Places | Closed | Locked | Withdrawn | Arrived


def changed(problem: AssignmentProblem, change: Change, locks: Mapping[int, int]) -> AssignmentProblem:
    """Make the problem that a change leads to.

    A lock keeps one pair of its child and charges more for no home than everybody else can cost, so that the best
    plan keeps every lock wherever a lawful plan does.

    Args:
        problem: The problem.
        change: The change.
        locks: Home of each child locked before.

    Raises:
        ValueError: If the change names what is not there or cannot be made, saying which and why.
    """
    if isinstance(change, Places | Closed):
        return replace(problem, capacity=capacity_after(problem, change))
    if isinstance(change, Arrived):
        return _locks_dearest(_with_child(problem, change), locks)
    _expect_child(problem, change.child)
    if isinstance(change, Withdrawn):
        return _without_child(problem, change.child)
    _expect_home(problem, change.home)
    pair = (problem.child == change.child) & (problem.home == change.home)
    if not pair.any():
        raise ValueError(f"child {change.child} may not live at home {change.home} as it is: the pair is not allowed")
    if isinstance(change, Locked):
        unplaced = problem.unplaced.copy()
        unplaced[change.child] = _dearer_than_all(problem, {*locks, change.child})
        return kept(replace(problem, unplaced=unplaced), pair | (problem.child != change.child))
    if change.child in locks:
        raise ValueError(f"child {change.child} is locked to home {change.home}: it cannot be forbidden as well")
    return kept(problem, ~pair)


def capacity_after(problem: AssignmentProblem, change: Places | Closed) -> Ints:
    """Capacity ``(homes, resources)`` after a home's places change.

    Raises:
        ValueError: If there is no such home, or it has not so many places.
    """
    home = change.home
    _expect_home(problem, home)
    has = problem.capacity[home]
    if isinstance(change, Closed):
        if not has.any():
            raise ValueError(f"home {home} has no places: there is nothing to close")
        more = -has
    else:
        more = np.asarray(change.more)
        if more.dtype.kind not in "iu" or more.shape not in ((), has.shape):
            raise ValueError(f"more is {change.more}: expected a whole number, or one for each of {has.size} resources")
    capacity = problem.capacity.copy()
    capacity[home] += more
    if (capacity[home] < 0).any():
        raise ValueError(f"home {home} has {has.tolist()} places: it cannot have {change} of them")
    return capacity


def kept(problem: AssignmentProblem, keep: Mask) -> AssignmentProblem:
    """The same problem with some of its pairs, ``keep`` ``(pairs,)``."""
    units = None if problem.units is None else problem.units[keep]
    return replace(problem, child=problem.child[keep], home=problem.home[keep], cost=problem.cost[keep], units=units)


def _locks_dearest(problem: AssignmentProblem, locks: Mapping[int, int]) -> AssignmentProblem:
    """The same problem, in which a lock is dearer to break than all children there are now."""
    if not locks:
        return problem
    unplaced = problem.unplaced.copy()
    unplaced[list(locks)] = _dearer_than_all(problem, set(locks))
    return replace(problem, unplaced=unplaced)


def _dearer_than_all(problem: AssignmentProblem, locked: set[int]) -> int:
    """More than any plan costs that keeps every lock and leaves all others without a home."""
    sizes = (int(charge) * len(group) for charge, group in zip(problem.apart, problem.groups, strict=True))
    others = sum(charge for child, charge in enumerate(problem.unplaced.tolist()) if child not in locked)
    dearest: int = others + sum(sizes) + int(problem.cost.max(initial=0)) * len(locked) + 1
    if dearest > LARGEST_TOTAL // (problem.children + problem.homes + 3):
        raise ValueError(f"charges come to {dearest} in all, too large to lock a child in 64 bits; use a larger unit")
    return dearest


def _without_child(problem: AssignmentProblem, child: int) -> AssignmentProblem:
    rest = [tuple(i for i in group if i != child) for group in problem.groups]
    stays = [number for number, group in enumerate(rest) if len(group) > 1]
    unplaced = problem.unplaced.copy()
    unplaced[child] = 0
    smaller = replace(
        problem, unplaced=unplaced, groups=tuple(rest[number] for number in stays), apart=problem.apart[stays],
        use=None if problem.use is None else _renumbered(problem.use, stays),
    )  # fmt: skip
    return kept(smaller, problem.child != child)


def _renumbered(use: Use, stays: list[int]) -> Use:
    def known(group: int, members: tuple[int, ...], home: int) -> npt.ArrayLike:
        row: npt.ArrayLike = use(stays[group], members, home)
        return row

    return known


def _with_child(problem: AssignmentProblem, change: Arrived) -> AssignmentProblem:
    homes, costs = (np.asarray(values, dtype=np.int64) for values in (change.homes, change.costs))
    whole_array(change.unplaced, "unplaced", 0)
    if homes.shape != costs.shape or np.unique(homes).size != homes.size or (costs < 0).any():
        raise ValueError(f"{change}: expected different homes, and one cost of 0 or more for each")
    for home in homes.tolist():
        _expect_home(problem, home)
    dearest, limit = max(*change.costs, change.unplaced, 0), LARGEST_TOTAL // (problem.children + problem.homes + 4)
    if dearest > limit:
        raise ValueError(f"the child who arrives costs {dearest}: nothing may exceed {limit}, or totals would overflow")
    order, who = np.argsort(homes), problem.children
    ones = None if problem.units is None else np.ones((homes.size, problem.capacity.shape[1]), dtype=np.int64)
    return replace(
        problem, children=who + 1, child=np.append(problem.child, np.full(homes.size, who)),
        home=np.append(problem.home, homes[order]), cost=np.append(problem.cost, costs[order]),
        unplaced=np.append(problem.unplaced, change.unplaced),
        units=None if problem.units is None or ones is None else np.vstack([problem.units, ones]),
    )  # fmt: skip


def _expect_child(problem: AssignmentProblem, child: int) -> None:
    if not 0 <= child < problem.children:
        raise ValueError(f"child is {child}: expected 0 to {problem.children - 1}")


def _expect_home(problem: AssignmentProblem, home: int) -> None:
    if not 0 <= home < problem.homes:
        raise ValueError(f"home is {home}: expected 0 to {problem.homes - 1}")

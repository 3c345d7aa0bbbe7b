"""Blocking pairs: a child and a home that would both rather have each other than what the plan gives them.

Pair by pair, as the field speaks of stable matchings: what the move would do to anybody else is not counted, nor is
being apart from brothers and sisters. A plan of least total cost may well have blocking pairs; they are the cases in
which somebody will ask why.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solvers.plan import room_left
from solvers.problem import AssignmentProblem, Ints
from solvers.resources import Resources
from solvers.result import AssignmentResult
from solvers.validate import whole_array


@dataclass(frozen=True, eq=False)
class BlockingPairs:
    """The blocking pairs of a plan, in order of child, then home; each array ``(blocking pairs,)``.

    Attributes:
        child: The child.
        home: The home, not the child's own.
        child_gain: How much less the pair costs the child than where they are, > 0; a child without a home is
            counted at their unplaced charge.
        instead_of: The child there whom the home would rather exchange for this one: of those whose leaving makes
            room, the one dearest to it. -1 where it has room for both.
        home_gain: How much less this child costs the home than that one, > 0; 0 where it has room for both.
    """

    child: Ints
    home: Ints
    child_gain: Ints
    instead_of: Ints
    home_gain: Ints


def blocking_pairs(
    problem: AssignmentProblem,
    result: AssignmentResult,
    child_cost: npt.ArrayLike | None = None,
    home_cost: npt.ArrayLike | None = None,
) -> BlockingPairs:
    """Find every blocking pair among the pairs listed.

    Args:
        problem: The problem.
        result: A lawful plan of it, whose pairs are all listed.
        child_cost: How much each listed pair costs the child, ``(pairs,)`` >= 0; the problem's cost unless given.
        home_cost: How much it costs the home; the problem's cost unless given.

    Raises:
        ValueError: If the costs are not whole or wrong in number, or the plan uses a pair that is not listed.
    """
    liked = _costs(problem, child_cost, "child_cost")
    wanted = _costs(problem, home_cost, "home_cost")
    used = _used(problem, result.place_of)
    pays = problem.unplaced.copy()
    pays[used >= 0] = liked[used[used >= 0]]
    gain = pays[problem.child] - liked
    pairs = np.flatnonzero((gain > 0) & (problem.home != result.place_of[problem.child]))
    room = _Room(problem, result.place_of, used)
    fits = room.fits(pairs)
    instead_of = np.full(pairs.size, -1, dtype=np.int64)
    home_gain = np.zeros(pairs.size, dtype=np.int64)
    instead_of[~fits], home_gain[~fits] = _exchanges(room, pairs[~fits], wanted)
    blocks = fits | (instead_of >= 0)
    kept = pairs[blocks]
    return BlockingPairs(problem.child[kept], problem.home[kept], gain[kept], instead_of[blocks], home_gain[blocks])


def _costs(problem: AssignmentProblem, cost: npt.ArrayLike | None, name: str) -> Ints:
    if cost is None:
        return problem.cost
    array = whole_array(cost, name, 1)
    if array.shape != problem.child.shape:
        raise ValueError(f"{name} has {array.size} entries: expected one for each of {problem.child.size} listed pairs")
    return array


def _used(problem: AssignmentProblem, place_of: Ints) -> Ints:
    """The pair each child has, -1 for none."""
    if place_of.shape != (problem.children,):
        raise ValueError(f"the plan has {place_of.size} children: expected {problem.children}")
    used = np.full(problem.children, -1, dtype=np.int64)
    placed = np.flatnonzero(place_of >= 0)
    if not placed.size:
        return used
    found = np.minimum(problem.find(placed, place_of[placed]), max(problem.child.size - 1, 0))
    listed = np.zeros(placed.size, dtype=bool)
    if problem.child.size:
        listed = (problem.child[found] == placed) & (problem.home[found] == place_of[placed])
    if not listed.all():
        child = int(placed[~listed][0])
        raise ValueError(f"child {child} is in home {place_of[child]}, a pair not listed: list every pair of the plan")
    used[placed] = found
    return used


class _Room:
    """What children use at homes, with brothers and sisters counted together, and what a plan leaves."""

    def __init__(self, problem: AssignmentProblem, place_of: Ints, used: Ints) -> None:
        self.problem, self.place_of, self.used = problem, place_of, used
        self.resources = Resources(problem)
        self.left = room_left(problem, self.resources, place_of)
        self.group_of = np.full(problem.children, -1, dtype=np.int64)
        for number, group in enumerate(problem.groups):
            self.group_of[list(group)] = number

    def fits(self, pairs: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """Whether each pair's child could come with everybody there staying."""
        return np.asarray((self.left[self.problem.home[pairs]] >= self.joining(pairs)).all(axis=1))

    def joining(self, pairs: npt.NDArray[np.intp]) -> Ints:
        """What more is used when each pair's child comes, ``(pairs, resources)``."""
        rows = self.resources.alone_real(pairs).copy()
        if self.problem.use is not None:
            for at in np.flatnonzero(self.group_of[self.problem.child[pairs]] >= 0).tolist():
                child, home = int(self.problem.child[pairs[at]]), int(self.problem.home[pairs[at]])
                siblings = self._siblings(child, home)
                if siblings:
                    rows[at] = self._use((*siblings, child), home) - self._use(siblings, home)
        return rows

    def exchanging(self, pairs: npt.NDArray[np.intp], leaving: Ints) -> Ints:
        """What more is used when each pair's child comes and the child ``leaving`` goes, ``(pairs, resources)``."""
        rows: Ints = self.joining(pairs) - self._freed()[leaving]
        if self.problem.use is not None:
            mine = self.group_of[self.problem.child[pairs]]
            for at in np.flatnonzero((mine >= 0) & (mine == self.group_of[leaving])).tolist():
                child, home = int(self.problem.child[pairs[at]]), int(self.problem.home[pairs[at]])
                before = self._siblings(child, home)
                after = (*(i for i in before if i != leaving[at]), child)
                rows[at] = self._use(after, home) - self._use(before, home)
        return rows

    def _freed(self) -> Ints:
        """What each child's leaving would free, ``(children, resources)``; 0 for those without a home."""
        rows = np.zeros((self.problem.children, self.left.shape[1]), dtype=np.int64)
        placed = np.flatnonzero(self.used >= 0)
        rows[placed] = self.resources.alone_real(self.used[placed])
        if self.problem.use is not None:
            for child in placed[self.group_of[placed] >= 0].tolist():
                home = int(self.place_of[child])
                siblings = self._siblings(child, home)
                if siblings:
                    rows[child] = self._use((*siblings, child), home) - self._use(siblings, home)
        return rows

    def _siblings(self, child: int, home: int) -> tuple[int, ...]:
        group = self.problem.groups[int(self.group_of[child])]
        return tuple(i for i in group if i != child and self.place_of[i] == home)

    def _use(self, members: tuple[int, ...], home: int) -> Ints:
        return self.resources.real_use(int(self.group_of[members[0]]), tuple(sorted(members)), home)


def _exchanges(room: _Room, pairs: npt.NDArray[np.intp], wanted: Ints) -> tuple[Ints, Ints]:
    """For each pair, whom its home would rather give up for its child (-1 for nobody) and by how much."""
    problem = room.problem
    there = np.flatnonzero(room.used >= 0)
    there = there[np.argsort(room.place_of[there], kind="stable")]
    start = np.searchsorted(room.place_of[there], np.arange(problem.homes + 1))
    home = problem.home[pairs]
    count = start[home + 1] - start[home]
    which = np.repeat(np.arange(pairs.size), count)
    nth = np.arange(which.size) - np.repeat(np.cumsum(count) - count, count)
    leaving = there[start[home[which]] + nth]
    gain = wanted[room.used[leaving]] - wanted[pairs[which]]
    better = gain > 0
    which, leaving, gain = which[better], leaving[better], gain[better]
    able = (room.left[home[which]] >= room.exchanging(pairs[which], leaving)).all(axis=1)
    which, leaving, gain = which[able], leaving[able], gain[able]
    order = np.lexsort((-leaving, gain))
    instead = np.full(pairs.size, -1, dtype=np.int64)
    most = np.zeros(pairs.size, dtype=np.int64)
    instead[which[order]], most[which[order]] = leaving[order], gain[order]
    return instead, most

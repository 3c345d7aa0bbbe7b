"""Capacities of homes, with the rounding cuts as further resources.

Where places are whole, ``sum use[k] x[k] <= capacity`` implies ``sum floor(use[k] / d) x[k] <=
floor(capacity / d)`` for any whole ``d`` (Chvatal and Gomory): with three places and ``d = 2``, two pairs of
siblings cannot both come, though the linear relaxation would let three halves of a pair in. Each such row is
simply one more resource, of which a child alone uses none (unless ``units`` says more than one), so its price
enters every bound and every regret exactly as a home's price does. Only divisors that cut something are kept:
``d`` of 2 and 3 where some capacity is not divisible by it.

What parts use beyond ``d``, ``max(0, use - d)``, is one more kind of extended resource: it binds with the cuts of
`solvers.cuts` only.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from solvers.problem import AssignmentProblem, Ints
from solvers.validate import LARGEST_USE, whole_array

_DIVISORS = (1, 2, 3)
_BEYOND = (1, 2)


class Resources:
    """Extended resources of a problem: each real one divided by 1, and where it cuts, by 2 and 3.

    Without `use`, members use one of each resource per child, so only the scarcest resource of a home counts
    and the others are dropped.

    Attributes:
        real: Capacity of the resources that count, ``(homes, real)``.
        capacity: Capacity of the extended resources, ``(homes, extended)``.
        alone: What a child alone uses of each extended resource, ``(extended,)``, 0 or 1.
        own: Position of each real resource among the extended ones, ``(real,)``.
        binding: Which extended rows say something the others do not, ``(homes, extended)``.
        beyond: Positions of what is used beyond 1 or 2, for cuts.
    """

    def __init__(self, problem: AssignmentProblem) -> None:
        self.problem = problem
        self._asked: dict[tuple[int, tuple[int, ...], int], Ints] = {}
        alike = problem.use is None and problem.units is None
        most = problem.children * (1 if alike else LARGEST_USE)
        real = np.minimum(problem.capacity, most)
        self.real: Ints = real.min(axis=1, keepdims=True, initial=most) if alike else real
        most_used = max(map(len, problem.groups), default=1) if alike else LARGEST_USE
        pairs = [
            (r, d)
            for r in range(self.real.shape[1])
            for d in _DIVISORS
            if d == 1 or (d <= most_used and self._cuts(self.real[:, r], d))
        ]
        beyond = [
            (r, d)
            for r in range(self.real.shape[1] if problem.groups else 0)
            for d in _BEYOND
            if d < most_used and (self.real[:, r] > d).any()
        ]
        self._resource = np.array([r for r, _ in pairs + beyond], dtype=np.intp)
        self._divisor = np.array([d for _, d in pairs] + [1] * len(beyond), dtype=np.int64)
        self._less = np.array([0] * len(pairs) + [d for _, d in beyond], dtype=np.int64)
        self.capacity: Ints = self.extend(self.real)
        plain = self._less == 0
        self.alone: Ints = ((self._divisor == 1) & plain).astype(np.int64)
        self.own = np.flatnonzero((self._divisor == 1) & plain)
        self.beyond = np.flatnonzero(~plain)
        scarce = self.real[:, self._resource]
        cuts = (scarce % self._divisor > 0) & (scarce > self._divisor)
        self.binding = ((self._divisor == 1) | cuts) & plain

    @staticmethod
    def _cuts(capacity: Ints, divisor: int) -> bool:
        return bool(((capacity % divisor > 0) & (capacity > divisor)).any())

    def extend(self, real_use: Ints) -> Ints:
        """Extended use ``(..., extended)`` of real use ``(..., real)``."""
        rows: Ints = np.maximum(real_use[..., self._resource] - self._less, 0) // self._divisor
        return rows

    def real_of(self, column: int) -> int:
        """Position among the extended resources of the real one that this one is made of."""
        return int(self.own[self._resource[column]])

    def fits(self, use: Ints, homes: npt.NDArray[np.int64] | int) -> npt.NDArray[np.bool_]:
        """Whether extended use ``(..., homes, extended)`` is within the capacity of each home."""
        within: npt.NDArray[np.bool_] = np.asarray((use <= self.capacity[homes]).all(axis=-1))
        return within

    def alone_real(self, which: npt.NDArray[np.intp]) -> Ints:
        """What the child of each of these arcs uses when alone, ``(which, real)``."""
        if self.problem.units is None:
            return np.ones((which.size, self.real.shape[1]), dtype=np.int64)
        rows: Ints = self.problem.units[which]
        return rows

    def alone_use(self, arcs: int) -> Ints:
        """The same for every arc, of the extended resources: ``(pairs, extended)``, to be read only."""
        if self.problem.units is None:
            return np.broadcast_to(self.alone, (arcs, self.alone.size))
        return self.extend(self.problem.units)

    def real_use(self, group: int, members: tuple[int, ...], home: int) -> Ints:
        """What these members of a group use together at a home, ``(real,)``.

        Raises:
            ValueError: Naming group, members and home when `use` answers with anything but a valid row.
        """
        if len(members) == 1 and self.problem.units is not None:
            row: Ints = self.alone_real(self.problem.find(np.array(members), np.array([home])))[0]
            return row
        if self.problem.use is None or len(members) == 1:
            return np.full(self.real.shape[1], len(members), dtype=np.int64)
        key = (group, members, home)
        if key not in self._asked:
            self._asked[key] = self._ask(*key)
        return self._asked[key]

    def _ask(self, group: int, members: tuple[int, ...], home: int) -> Ints:
        what = f"use(group={group}, members={members}, home={home})"
        row = np.atleast_1d(whole_array(self.problem.use(group, members, home), what, (0, 1)))  # type: ignore[misc]
        if row.shape[0] != self.real.shape[1]:
            raise ValueError(f"{what} has {row.shape[0]} entries: expected one for each of {self.real.shape[1]}")
        if (row > LARGEST_USE).any():
            raise ValueError(f"{what} is {row.tolist()}: nothing may exceed {LARGEST_USE}")
        return row

    def priced_as(self, other: Resources, prices: Ints) -> Ints:
        """The extended prices of some homes, ``(homes, extended)``, for resources extended otherwise; 0 where new."""
        mine = {kind: at for at, kind in enumerate(self._kinds())}
        nothing = np.zeros(len(prices), dtype=np.int64)
        return np.stack([prices[:, mine[kind]] if kind in mine else nothing for kind in other._kinds()], axis=1)

    def _kinds(self) -> list[tuple[int, int, int]]:
        return list(zip(self._resource.tolist(), self._divisor.tolist(), self._less.tolist(), strict=True))

    def highest_price(self) -> int:
        """Prices up to this cannot overflow 64 bits, whatever a part uses."""
        highest: int = (1 << 60) // (LARGEST_USE * max(1, self.capacity.shape[1]))
        return highest

    def start_use(self, size: int, entries: int) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """Use of every part of groups of one size at ``entries`` homes, and which of it is known already.

        Returns:
            ``(entries, 2 ** size, extended)`` (0 where not known yet) and a mask ``(entries, 2 ** size)``; both
            are read-only views where everything is known from the start.
        """
        members = np.array([mask.bit_count() for mask in range(1 << size)], dtype=np.int64)
        known = np.ones(1 << size, dtype=bool) if self.problem.use is None else members < 2
        each = self.extend(np.repeat(np.where(known, members, 0)[:, None], self.real.shape[1], axis=1))
        use, seen = np.broadcast_to(each, (entries, *each.shape)), np.broadcast_to(known, (entries, known.size))
        return (use, seen) if self.problem.use is None else (use.copy(), seen.copy())

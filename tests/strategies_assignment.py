"""Small random assignment problems, and an enumerator slow enough to be obviously right."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from solvers import AssignmentProblem

Ints = npt.NDArray[np.int64]


@dataclass
class Case:
    """Plain data of one problem; ``cost`` is a full matrix with -1 for forbidden."""

    cost: Ints
    capacity: Ints
    groups: list[list[int]]
    unplaced: Any
    apart: Any
    use: Callable[[int, tuple[int, ...], int], Any] | None = None
    hidden: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))

    def dense(self) -> AssignmentProblem:
        return AssignmentProblem.from_dense(
            self.cost, self.capacity, groups=self.groups, unplaced=self.unplaced, apart=self.apart
        )

    def arcs(self, keep: npt.NDArray[np.bool_] | None = None) -> AssignmentProblem:
        """The same problem from arcs in a shuffled order; only the pairs of ``keep`` if it is given."""
        allowed = self.cost >= 0 if keep is None else (self.cost >= 0) & keep
        child, home = np.nonzero(allowed)
        order = np.random.default_rng(7).permutation(child.size)
        child, home = child[order], home[order]
        return AssignmentProblem.from_arcs(
            child, home, self.cost[child, home], self.capacity,
            children=len(self.cost), groups=self.groups, unplaced=self.unplaced, apart=self.apart, use=self.use,
        )  # fmt: skip

    def price(
        self, child_prices: Ints, home_prices: Ints, threshold: int, *, most: int | None = None
    ) -> tuple[Ints, Ints, Ints]:
        """A callback over the full matrix, as the contract words it; never more pairs than asked for."""
        assert child_prices.dtype == home_prices.dtype == np.int64
        assert child_prices.shape == (len(self.cost),)
        assert home_prices.shape == (self.cost.shape[1],)
        assert (home_prices >= 0).all()
        under = self.cost - child_prices[:, None] + home_prices[None, :] < threshold
        under &= self.cost >= 0
        if most is not None:
            charged = np.where(under, self.cost + home_prices, np.iinfo(np.int64).max)
            rank = np.argsort(np.argsort(charged, axis=1, kind="stable"), axis=1, kind="stable")
            under &= rank < most
        child, home = np.nonzero(under)
        return child, home, self.cost[child, home]


def score(case: Case, places: Sequence[int]) -> int | None:
    """Objective of a plan, None if it is not lawful. Written from the contract, sharing nothing."""
    capacity = case.capacity.reshape(len(case.capacity), -1) if case.capacity.size else case.capacity
    total = 0
    for i, home in enumerate(places):
        if home < 0:
            total += int(np.broadcast_to(case.unplaced, len(places))[i])
        elif case.cost[i, home] < 0:
            return None
        else:
            total += int(case.cost[i, home])
    grouped = {i for group in case.groups for i in group}
    for home in {home for home in places if home >= 0}:
        used = np.zeros(capacity.shape[1], dtype=np.int64)
        used += sum(1 for i, at in enumerate(places) if at == home and i not in grouped)
        for number, group in enumerate(case.groups):
            here = tuple(i for i in sorted(group) if places[i] == home)
            if len(here) > 1 and case.use is not None:
                used += np.asarray(case.use(number, here, home))
            else:
                used += len(here)
        if (used > capacity[home]).any():
            return None
    for number, group in enumerate(case.groups):
        homes = {places[i] for i in group if places[i] >= 0}
        nowhere = sum(1 for i in group if places[i] < 0)
        total += int(np.broadcast_to(case.apart, len(case.groups))[number]) * (len(homes) + nowhere - 1)
    return total


def brute_force(case: Case) -> int:
    """Least objective over every plan there is."""
    options = [[-1, *np.flatnonzero(row >= 0).tolist()] for row in case.cost]
    scores = (score(case, places) for places in itertools.product(*options))
    return min(total for total in scores if total is not None)


def random_case(seed: int, *, most: int = 6, use: bool = False, resources: int | None = None) -> Case:
    """A small case; about a third have ties everywhere, and scarcity, groups and charges vary."""
    draw = np.random.default_rng(seed)
    children, homes = int(draw.integers(1, most + 1)), int(draw.integers(1, most + 1))
    top = int(draw.choice([1, 3, 40, 100_000]))
    cost = draw.integers(0, top + 1, (children, homes))
    cost[draw.random(cost.shape) < draw.choice([0.1, 0.4, 0.7])] = -1
    shape = (homes,) if resources is None else (homes, resources)
    capacity = draw.integers(0, int(draw.integers(2, 5)), shape)
    groups, left = [], draw.permutation(children).tolist()
    while len(left) >= 2 and draw.random() < 0.8:
        size = int(draw.integers(2, len(left) + 1))
        groups.append(left[:size])
        left = left[size:]
    each = bool(draw.random() < 0.5)
    unplaced = draw.integers(0, 3 * top, children) if each else int(draw.integers(0, 3 * top))
    apart = draw.integers(0, top + 1, len(groups)) if each else int(draw.integers(0, top + 1))
    return Case(cost, capacity, groups, unplaced, apart, _random_use(seed, capacity) if use else None)


def _random_use(seed: int, capacity: Ints) -> Callable[[int, tuple[int, ...], int], Any]:
    """Rows from nothing to more than one each, so shared rooms and awkward mixes both occur."""
    resources = 1 if capacity.ndim == 1 else capacity.shape[1]

    def use(group: int, members: tuple[int, ...], home: int) -> list[int]:
        assert len(members) >= 2
        assert list(members) == sorted(members)
        draw = np.random.default_rng([seed, group, home, *members])
        return [int(x) for x in draw.integers(0, len(members) + 2, resources)]

    return use

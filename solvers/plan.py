"""A plan being worked on: where each child is, and what it costs, computed over arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solvers.arcs import Arcs
from solvers.problem import AssignmentProblem, Ints
from solvers.resources import Resources
from solvers.result import Uniqueness


@dataclass(frozen=True, eq=False)
class Plan:
    """A lawful plan with its objective and the two kinds of charge in it."""

    place_of: Ints
    pair_cost: Ints
    objective: int
    unplaced_charge: int
    apart_charge: int

    @classmethod
    def of(cls, problem: AssignmentProblem, arcs: Arcs, place_of: Ints) -> Plan:
        """Cost a plan; every pair it uses must be among ``arcs``."""
        placed = np.flatnonzero(place_of >= 0)
        pair_cost = np.zeros(problem.children, dtype=np.int64)
        pair_cost[placed] = arcs.cost[arcs.find(placed, place_of[placed])]
        unplaced = int(problem.unplaced[place_of < 0].sum())
        apart = 0
        for charge, group in zip(problem.apart.tolist(), problem.groups, strict=True):
            places = place_of[list(group)].tolist()
            apart += charge * (len({home for home in places if home >= 0}) + places.count(-1) - 1)
        return cls(place_of, pair_cost, int(pair_cost.sum()) + unplaced + apart, unplaced, apart)


@dataclass(frozen=True, eq=False)
class Answer:
    """A plan, what it cannot be beaten below, whether that holds for pairs not listed too, and whether it has a tie."""

    plan: Plan
    bound: int
    all_pairs: bool
    uniqueness: Uniqueness = "not determined"
    tie: Ints | None = None

    @property
    def optimal(self) -> bool:
        """Whether no plan can cost less."""
        return self.all_pairs and self.plan.objective == self.bound


def room_left(problem: AssignmentProblem, resources: Resources, place_of: Ints) -> Ints:
    """Real capacity left at every home, ``(homes, real)``; negative where a plan breaks it."""
    left = resources.real.copy()
    in_group = np.zeros(problem.children, dtype=bool)
    for number, group in enumerate(problem.groups):
        in_group[list(group)] = True
        for home in {int(place_of[i]) for i in group} - {-1}:
            members = tuple(i for i in group if place_of[i] == home)
            left[home] -= resources.real_use(number, members, home)
    others = np.flatnonzero(~in_group & (place_of >= 0))
    if problem.units is None:
        np.subtract.at(left, place_of[others], 1)
    else:
        np.subtract.at(left, place_of[others], resources.alone_real(problem.find(others, place_of[others])))
    return left


def parts_that_met(problem: AssignmentProblem, place_of: Ints, left: Ints) -> set[tuple[int, int]]:
    """Groups with two or more members at a home where there is not the room ``left`` (see `room_left`)."""
    return {
        (number, home)
        for home in np.flatnonzero((left < 0).any(axis=1)).tolist()
        for number, group in enumerate(problem.groups)
        if sum(place_of[i] == home for i in group) > 1
    }

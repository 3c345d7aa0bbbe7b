"""Frozen assignment instances: drawn from a seed, the same on every machine."""

from dataclasses import dataclass

import numpy as np

from solvers import AssignmentProblem


@dataclass(frozen=True)
class Instance:
    """A named problem and what it is made of."""

    name: str
    problem: AssignmentProblem

    @property
    def places(self) -> int:
        """Places in all homes together."""
        return int(self.problem.capacity.sum())


def county(places_a_child: float, *, children: int = 903, groups: int = 140, seed: int = 1) -> Instance:
    """Children with brothers and sisters against homes of one to three places (1.75 on average).

    A pair costs its distance on a square of 40 miles, the child's own level of need met or not by the home, and the
    home's price; two pairs in three are ruled out, as terms of approval rule them out.
    """
    rng = np.random.default_rng(seed)
    homes = round(children * places_a_child / 1.75)
    child_at, home_at = rng.uniform(0, 40, (children, 1, 2)), rng.uniform(0, 40, (1, homes, 2))
    miles = np.sqrt(((child_at - home_at) ** 2).sum(axis=2))
    need, skill = rng.integers(0, 5, (children, 1)), rng.integers(0, 5, (1, homes))
    cost = (miles * 1_000).astype(np.int64) + np.maximum(need - skill, 0) * 8_500 + rng.integers(0, 3_000, (1, homes))
    cost[rng.random((children, homes)) < 2 / 3] = -1
    sizes = rng.choice([2, 3, 4], groups, p=[0.7, 0.2, 0.1])
    ends = np.cumsum(sizes)
    order = rng.permutation(children)
    members = [order[end - size : end].tolist() for end, size in zip(ends, sizes, strict=True)]
    problem = AssignmentProblem.from_dense(
        cost, rng.choice([1, 2, 3], homes, p=[0.4, 0.45, 0.15]), groups=members, unplaced=500_000, apart=100_000
    )
    return Instance(f"county, {places_a_child} places a child", problem)

"""What a plan truly costs, whoever made it: read from the instance, not from any solver, by a second set of rules.

Every pair of the plan is judged and priced by the scoring benchmark's own statement of docs/scoring.md
(`benchmarks.scoring.pair`), which shares nothing with the kernel that made the problem.
"""

from typing import NamedTuple

import numpy as np

from benchmarks.assignment.instances import UNPLACED, Instance
from benchmarks.scoring.broadcast import costs_of_pairs
from benchmarks.scoring.flat import flatten
from benchmarks.scoring.instances import demo_case
from matcher.scoring.arrays import Int64


class Cost(NamedTuple):
    """Pence a week: the whole objective, the part charged for children without a home and groups apart; children."""

    objective: int
    charges: int
    unplaced: int


class BrokenPlanError(ValueError):
    """A plan that the instance does not allow."""


def cost_of(instance: Instance, place_of: Int64) -> Cost:
    """What a plan costs.

    Args:
        instance: Where it is for.
        place_of: Home of each child, -1 for none, ``(children,)``.

    Raises:
        BrokenPlanError: Saying which child may not live where, or which home is too full.
    """
    placed = np.flatnonzero(place_of >= 0)
    passes, pence = costs_of_pairs(flatten(instance.encoded), placed, place_of[placed])
    if not passes.all():
        child = int(placed[passes.argmin()])
        raise BrokenPlanError(f"child {child} may not live in home {place_of[child]}")
    used = np.bincount(place_of[placed], minlength=instance.homes)
    if (used > instance.capacity).any():
        home = int((used - instance.capacity).argmax())
        raise BrokenPlanError(f"home {home} has {instance.capacity[home]} places, the plan uses {used[home]}")
    unplaced = instance.children - placed.size
    apart = demo_case().policy.siblings_apart * sum(_parts(place_of[list(group)]) - 1 for group in instance.groups)
    charges = UNPLACED * unplaced + apart
    return Cost(int(pence.sum()) + charges, charges, unplaced)


def _parts(homes: Int64) -> int:
    """In how many parts a group lives: its homes, and each child without one."""
    return len(set(homes[homes >= 0].tolist())) + int(np.count_nonzero(homes < 0))

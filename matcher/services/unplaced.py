"""Why a child has no home in a plan: how many homes each rule removes, and who holds the suitable ones."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from matcher.services.results import RuleCount
from models.rules import RULES

if TYPE_CHECKING:
    from matcher.services.problem import Run  # which imports the solvers, and ``match`` has no need of them

Ints = npt.NDArray[np.int64]


def count_rules(bits: Ints) -> tuple[RuleCount, ...]:
    """For homes with these failed bits, how many each rule removes alone and in all, most first.

    Args:
        bits: Failed rules of each home, ``(homes,)``.
    """
    counts = []
    for rule in RULES:
        in_all = int(np.count_nonzero(bits & rule.bit))
        if in_all:
            alone = int(np.count_nonzero(bits == rule.bit))
            counts.append(RuleCount(rule=rule.id, title=rule.title, alone=alone, in_all=in_all))
    return tuple(sorted(counts, key=lambda count: (-count.alone, -count.in_all, count.rule)))


def who_holds(run: "Run", suitable: Ints, place_of: Ints) -> tuple[str, ...]:
    """Ids of the children whom the plan gives the homes that would also have suited."""
    wanted = set(suitable.tolist())
    return tuple(run.children[row].id for row, home in enumerate(place_of[: run.searching].tolist()) if home in wanted)

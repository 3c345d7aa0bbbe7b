"""How many homes each rule removes."""

import numpy as np
import numpy.typing as npt

from matcher.services.why_results import RuleCount
from models.rules import RULES

Ints = npt.NDArray[np.int64]


def count_rules(bits: Ints) -> tuple[RuleCount, ...]:
    """For homes with these failed bits, how many each rule removes alone, in all and after those before it.

    Args:
        bits: Failed rules of each home, ``(homes,)``.

    Returns:
        A count for each rule that removes any, the rule that removes most alone first.
    """
    counts, before = [], 0
    for rule in RULES:
        before |= rule.bit
        in_all = int(np.count_nonzero(bits & rule.bit))
        if in_all:
            alone, left = int(np.count_nonzero(bits == rule.bit)), int(np.count_nonzero(bits & before == 0))
            counts.append(RuleCount(rule=rule.id, title=rule.title, alone=alone, in_all=in_all, left=left))
    return tuple(sorted(counts, key=lambda count: (-count.alone, -count.in_all, count.rule)))

"""Every kernel called once, so that its machine code is kept before anybody waits for it."""

from collections.abc import Callable

import numpy as np

from matcher.scoring.encoding import Encoded
from matcher.scoring.kernels import best_children, best_homes, pairs_under, score_pairs


def warm_up(encoded: Encoded, *, progress: Callable[[str], None] | None = None) -> None:
    """Call every kernel, for the width of money that the run takes; prices out of all proportion take the other.

    Args:
        encoded: An encoded case with at least one row and one column.
        progress: Called with a few words before each step.

    Raises:
        ValueError: the run has no pair, so that nothing would be compiled.
    """
    tell = progress or (lambda _: None)
    n, m = encoded.shape
    if not n * m:
        raise ValueError(f"kernels are compiled by scoring a pair, and {n} children and {m} homes make none")
    tell("compiling what scores every pair")
    score_pairs(encoded)
    tell("compiling what finds the best homes of each child")
    best_homes(encoded, 1)
    tell("compiling what finds the best children for each home")
    best_children(encoded, 1)
    tell("compiling what finds pairs under a price")
    pairs_under(encoded, np.zeros(n, np.int64), np.zeros(m, np.int64), 0)

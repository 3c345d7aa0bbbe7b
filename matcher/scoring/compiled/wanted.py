"""Which pairs a search wants, lane by lane and for a block as a whole."""

import numpy as np

from matcher.scoring.arrays import Int32
from matcher.scoring.compiled.blocks import BLOCK, Pence
from matcher.scoring.compiled.compiling import kernel
from matcher.scoring.compiled.living import ALL_CLOSED


@kernel
def is_wanted(bits: int, relaxable: int) -> bool:
    """Whether a pair counts: it fails no rule; or, where ``relaxable`` is not 0, exactly one, and that one of those."""
    return ((bits & ~relaxable) == 0) & ((bits & (bits - 1)) == 0) & ((bits != 0) == (relaxable != 0))


@kernel
def could_be_wanted(bits: int, relaxable: int) -> bool:
    """Whether a home of a block could count, given the rules that all its homes fail."""
    if relaxable == 0:
        return bits == 0
    some = bits & ~ALL_CLOSED
    return ((some & ~relaxable) == 0) & ((some & (some - 1)) == 0)


@kernel
def some_wanted(bits: Int32, relaxable: int) -> bool:
    """Whether any lane of a block is wanted."""
    found, nothing = False, np.int32(0)
    if relaxable == 0:
        for j in range(BLOCK):
            found |= bits[j] == nothing
    else:
        for j in range(BLOCK):
            found |= is_wanted(bits[j], relaxable)
    return found


@kernel
def some_within(pence: Pence, limit: int) -> bool:
    """Whether any lane of a block costs no more than a limit of the same type."""
    found = False
    for j in range(BLOCK):
        found |= pence[j] <= limit
    return found


@kernel
def list_wanted(answers: np.record, relaxable: int) -> int:
    """List in ``answers.lanes`` the lanes that are wanted and within ``answers.limit``; how many they are."""
    count, lanes, pence, bits, limit = 0, answers.lanes, answers.pence, answers.bits, answers.limit
    for j in range(BLOCK):
        lanes[count] = j
        count += int((pence[j] <= limit) & is_wanted(bits[j], relaxable))
    return count

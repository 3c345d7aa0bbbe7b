"""What every contender returns: each child's cheapest allowed homes."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

import numpy as np

from matcher.scoring import Encoded
from matcher.scoring.arrays import Int32, Int64

_HOME_BITS = 20


class Best(NamedTuple):
    """The answer, as ``matcher.scoring.best_homes`` gives it.

    Attributes:
        columns: int32 (n, k), cheapest first, lower column first among equals, -1 where fewer are allowed.
        costs: int64 (n, k), pence-equivalent a week, the largest int64 where there is no home.
        skipped: Share of its blocks of homes, over all children, that it never looked at; None where it does not say.
    """

    columns: Int32
    costs: Int64
    skipped: float | None = None


Ready: TypeAlias = Callable[[Encoded, int], Callable[[], Best]]
"""A contender: lays out an instance for k homes a child in its own way, off the clock; what it returns is timed."""


def nothing_found(children: int, k: int) -> Best:
    """The answer in which no child has a home."""
    return Best(np.full((children, k), -1, np.int32), np.full((children, k), np.iinfo(np.int64).max, np.int64))


def key_factor(homes: int) -> int:
    """What a cost is multiplied by before the home's column is added, for a number that sorts by both.

    Raises:
        ValueError: there are more homes than fit below the cost.
    """
    if homes > 1 << _HOME_BITS:
        raise ValueError(f"at most {1 << _HOME_BITS:,} homes can be told apart in a key, not {homes:,}")
    return 1 << _HOME_BITS


def from_keys(keys: Iterable[tuple[int, list[int]]], children: int, k: int) -> Best:
    """The answer from each child's lowest keys, rising."""
    found = nothing_found(children, k)
    for child, own in keys:
        values = np.array(own, np.int64)
        found.columns[child, : len(own)] = values % (1 << _HOME_BITS)
        found.costs[child, : len(own)] = values >> _HOME_BITS
    return found

"""The `price` callback: how a problem too large to list is asked for the pairs that matter."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from solvers.validate import arc_array

Ints = npt.NDArray[np.int64]

#: No pair that costs this much is ever under a threshold; keeps the comparison within 64 bits.
_BEYOND = np.int64(1 << 61)


class Price(Protocol):
    """Lists every allowed pair that is cheap at given prices.

    Called with int64 arrays: ``child_prices (children,)`` of any sign, ``home_prices (homes,)`` >= 0 (what
    one child alone is charged at that home, already summed over its resources), and an int ``threshold``.
    Returns int64 arrays ``(child, home, cost)`` of *all* allowed pairs, listed in the problem or not, with

        cost - child_price + home_price < threshold

    in any order, none twice. With ``most``, an int, it is enough to return so many for each child, those of the least
    cost plus home price; more do no harm. It may be called for a block of children at a time: a child outside the block
    has ``child_price <= -threshold`` and so, costs and home prices being >= 0, no pair; skip it.
    """

    def __call__(
        self, child_prices: Ints, home_prices: Ints, threshold: int, *, most: int | None = None
    ) -> tuple[Any, Any, Any]:
        """Return the pairs."""
        ...


def ask(
    price: Price, child_prices: Ints, home_prices: Ints, threshold: int, *, most: int | None = None
) -> tuple[Ints, Ints, Ints]:
    """Call the callback and check its answer; pairs that are not under the threshold are dropped.

    Raises:
        ValueError: Naming the arc of the answer that is out of range, negative or a duplicate.
    """
    answer = price(child_prices.copy(), home_prices.copy(), threshold, most=most)
    try:
        child, home, cost, _ = arc_array(*answer, children=len(child_prices), homes=len(home_prices))
    except (TypeError, ValueError) as error:
        raise ValueError(f"the price callback gave a wrong answer: {error}") from error
    wanted = np.minimum(cost, _BEYOND) - child_prices[child] + home_prices[home] < threshold
    return child[wanted], home[wanted], cost[wanted]

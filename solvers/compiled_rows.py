"""The loops of `solvers.rows`, compiled: pairs of each child put together, in order, and by home."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from solvers.compiling import FAR, compiled

Ints = npt.NDArray[np.int64]


@compiled
def put_in_order(
    home: Ints, cost: Ints, price: Ints, at: int, into_home: Ints, into_cost: Ints, into_was: Ints
) -> None:  # fmt: skip
    """Write one child's pairs from ``at`` on by rising cost and price; what comes to the same stays as it was."""
    was = cost + price[home]
    order = np.argsort(was, kind="mergesort")
    for k in range(order.size):
        into_home[at + k], into_cost[at + k], into_was[at + k] = home[order[k]], cost[order[k]], was[order[k]]


@compiled
def rank(
    start: Ints, stop: Ints, home: Ints, cost: Ints, price: Ints, into_home: Ints, into_cost: Ints, into_was: Ints
) -> None:  # fmt: skip
    """Write the pairs of every child one after another, each child's in order."""
    at = 0
    for i in range(start.size):
        put_in_order(home[start[i] : stop[i]], cost[start[i] : stop[i]], price, at, into_home, into_cost, into_was)
        at += stop[i] - start[i]


@compiled
def merge(
    which: Ints, start: Ints, stop: Ints, home: Ints, cost: Ints, was: Ints, first: Ints, new_home: Ints,
    new_cost: Ints, price: Ints, at: int,
) -> tuple[int, tuple[int, int, int, int]]:  # fmt: skip
    """Write the old and new pairs of some children from ``at`` on, each child's in order, and move their rows there.

    Args:
        which: The children.
        start: Where the pairs of each child begin, changed.
        stop: Where they end, changed.
        home: Homes of all pairs, with room for those written.
        cost: Their costs.
        was: Their costs with prices when put in order.
        first: Where the new pairs of each of these children begin, ``(which + 1,)``.
        new_home: Their homes.
        new_cost: Their costs.
        price: Price of each home.
        at: Where to write.

    Returns:
        Where what was written ends; and child, home, known and new cost of the first pair given at another cost than
        is known, child -1 if there is none.
    """
    for n in range(which.size):
        i = which[n]
        old, new = stop[i] - start[i], first[n + 1] - first[n]
        homes, costs = np.empty(old + new, dtype=np.int64), np.empty(old + new, dtype=np.int64)
        homes[:old], costs[:old] = home[start[i] : stop[i]], cost[start[i] : stop[i]]
        homes[old:], costs[old:] = new_home[first[n] : first[n + 1]], new_cost[first[n] : first[n + 1]]
        order = np.argsort(homes, kind="mergesort")
        homes, costs, many = homes[order], costs[order], 0
        for k in range(homes.size):
            if many > 0 and homes[k] == homes[many - 1]:
                if costs[k] != costs[many - 1]:
                    return at, (i, homes[k], costs[many - 1], costs[k])
                continue
            homes[many], costs[many] = homes[k], costs[k]
            many += 1
        put_in_order(homes[:many], costs[:many], price, at, home, cost, was)
        start[i], stop[i] = at, at + many
        at += many
    return at, (-1, -1, 0, 0)


@compiled
def nth(first: Ints, values: Ints, most: int) -> Ints:
    """The ``most``-th least value of each run of values, `FAR` of those that are shorter, ``(runs,)``."""
    found = np.full(first.size - 1, FAR)
    for n in range(found.size):
        if first[n + 1] - first[n] >= most:
            found[n] = np.partition(values[first[n] : first[n + 1]], most - 1)[most - 1]
    return found


@compiled
def cheapest(children: Ints, start: Ints, stop: Ints, home: Ints, cost: Ints, price: Ints) -> Ints:
    """Least cost and price over the pairs of each of these children, `FAR` for none."""
    found = np.full(children.size, FAR)
    for n in range(children.size):
        for k in range(start[children[n]], stop[children[n]]):
            found[n] = min(found[n], cost[k] + price[home[k]])
    return found


@compiled
def cheap_as(start: Ints, stop: Ints, home: Ints, cost: Ints, price: Ints, pays: Ints) -> Ints:
    """Child and index of every pair whose cost and price come to what the child pays, ``(pairs, 2)``."""
    many = 0
    for i in range(start.size):
        for k in range(start[i], stop[i]):
            many += cost[k] + price[home[k]] == pays[i]
    found, at = np.empty((many, 2), dtype=np.int64), 0
    for i in range(start.size):
        for k in range(start[i], stop[i]):
            if cost[k] + price[home[k]] == pays[i]:
                found[at, 0], found[at, 1] = i, k
                at += 1
    return found


@compiled
def pairs_at(place_of: Ints, start: Ints, stop: Ints, home: Ints) -> Ints:
    """Index of each child's pair with the home given, -1 for none, ``(children,)``."""
    found = np.full(place_of.size, -1)
    for i in range(place_of.size):
        for k in range(start[i], stop[i]):
            if home[k] == place_of[i]:
                found[i] = k
    return found


@compiled
def pairs_by_home(start: Ints, stop: Ints, home: Ints, child: Ints, first: Ints, order: Ints) -> None:
    """Fill in ``child``, ``order`` and ``first``, all 0 before, of `solvers.compiled_moves.Pairs`."""
    for i in range(start.size):
        for k in range(start[i], stop[i]):
            child[k] = i
            first[home[k] + 1] += 1
    for h in range(first.size - 1):
        first[h + 1] += first[h]
    at = first[:-1].copy()
    for i in range(start.size):
        for k in range(start[i], stop[i]):
            order[at[home[k]]] = k
            at[home[k]] += 1

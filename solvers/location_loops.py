"""The loops of `solvers.location_core`, compiled: bounds by prices on demands, and chosen sites made better by swaps.

A price on each demand turns choosing sites into picking the few that earn most: what a demand pays beyond what a site
costs it, summed over demands. What all pay, less what those few earn, is a bound in whole numbers whatever the prices
(Cornuejols, Fisher and Nemhauser 1977, Management Science 23(8)). Prices rise along subgradients with momentum; the
average of what was picked on the way says where to branch.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solvers.compiling import compiled

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

#: Part of the newest pick in the average, and how much of the last way the next one keeps.
_NEW, _MOMENTUM = 0.05, 0.8
#: Steps without gain before steps become shorter, how much shorter, and the least worth taking.
_PATIENCE, _SHORTER, _SMALL = 12, 0.6, 1e-3
#: How far beyond what is missing at first steps aim, as a part of it: what is aimed at is only reached in the end.
_BEYOND = 0.3
#: Part of what is missing that counts as gain.
_LITTLE = 1e-4


class Pairs(NamedTuple):
    """Which site costs which demand how much; absent pairs are never better than being served from outside.

    Attributes:
        start: Where the pairs of each demand begin, ``(demands + 1,)``.
        site: Their sites, cheapest first within a demand, ``(pairs,)``.
        cost: Their costs.
        first: Where the pairs of each site begin, ``(sites + 1,)``.
        demand: Their demands, by site.
        price: Their costs, by site.
        table: All costs, ``(sites, demands)``, absent ones higher than any price; no rows where few pairs count.
    """

    start: Ints
    site: Ints
    cost: Ints
    first: Ints
    demand: Ints
    price: Ints
    table: Ints


class Node(NamedTuple):
    """A part of all choices of sites.

    Attributes:
        free: Which sites may still be chosen or not, ``(sites,)``.
        outside: What each demand costs if none of the free sites serves it, ``(demands,)``.
        pays: The price of each demand, at most ``outside``; the best prices known.
    """

    free: Bools
    outside: Ints
    pays: Ints


class Earned(NamedTuple):
    """What the best prices say: what each site earns, ``(sites,)``, and how often it was picked, 0 to 1."""

    earns: Ints
    picked: Floats


@compiled
def earnings(pairs: Pairs, free: Bools, pays: Ints, earns: Ints) -> None:
    """Fill ``earns`` with what each free site would earn at these prices; from the table, several demands at a time."""
    earns[:] = 0
    for j in range(pairs.table.shape[0]):
        if free[j]:
            costs, total = pairs.table[j], 0
            for i in range(pays.size):
                total += max(0, pays[i] - costs[i])
            earns[j] = total
    if pairs.table.shape[0] > 0:
        return
    for i in range(pays.size):
        for k in range(pairs.start[i], pairs.start[i + 1]):
            if pairs.cost[k] >= pays[i]:
                break
            earns[pairs.site[k]] += pays[i] - pairs.cost[k]


@compiled
def pick(free: Bools, earns: Ints, charge: int, room: int, picked: Bools) -> int:
    """Pick up to ``room`` free sites that earn most beyond their charge; gives what they earn beyond it."""
    picked[:] = False
    worth = np.flatnonzero(free & (earns > charge))
    if worth.size > room:
        threshold = -np.partition(-earns[worth], room - 1)[room - 1] if room else np.int64(1 << 62)
    else:
        threshold = np.int64(charge)
    total, count = 0, 0
    for j in worth:
        if earns[j] > threshold:
            picked[j] = True
            total += earns[j] - charge
            count += 1
    for j in worth:
        if count == room:
            break
        if earns[j] == threshold:
            picked[j] = True
            total += earns[j] - charge
            count += 1
    return total


@compiled
def _missing(pairs: Pairs, node: Node, pays: Ints, picked: Bools, slope: Floats) -> None:
    """Fill ``slope`` with 1 less how many picked sites want each demand; 0 where its price can go no further."""
    slope[:] = 1.0
    for j in np.flatnonzero(picked):
        for k in range(pairs.first[j], pairs.first[j + 1]):
            i = pairs.demand[k]
            if pairs.price[k] < pays[i]:
                slope[i] -= 1.0
    for i in range(pays.size):
        if slope[i] == 1.0 and pays[i] >= node.outside[i]:
            slope[i] = 0.0


@compiled
def rise(
    pairs: Pairs, node: Node, base: int, charge: int, room: int, target: int, rounds: int, length: float, seen: Earned
) -> tuple[int, float]:
    """Raise the prices of a node, in place, until its bound is ``target`` or ``rounds`` are over.

    Args:
        pairs: The pairs.
        node: Its prices are where to begin, and become the best found.
        base: What is paid already.
        charge: What each chosen site costs.
        room: How many sites may still be chosen.
        target: A bound that is enough.
        rounds: How many prices to try at most.
        length: How far to step at first, as a part of the step that would reach the target on a straight slope.
        seen: Filled with what the best prices say.

    Returns:
        The bound, and how long the steps have become.
    """
    demands, sites = node.pays.size, node.free.size
    earns, picked = np.empty(sites, np.int64), np.empty(sites, np.bool_)
    slope, pays, way = np.empty(demands), node.pays.copy(), np.zeros(demands)
    best, poor, beyond = -(1 << 62), 0, 0.0
    for turn in range(rounds + 1):
        earnings(pairs, node.free, pays, earns)
        bound = base + pays.sum() - pick(node.free, earns, charge, room, picked)
        new = _NEW if turn else 1.0
        for j in range(sites):
            seen.picked[j] = (new if picked[j] else 0.0) + (1 - new) * seen.picked[j]
        if bound > best:
            if bound - best > _LITTLE * (target - best):
                poor = 0
            best = bound
            node.pays[:] = pays
            seen.earns[:] = earns
        else:
            poor += 1
        if best >= target or length < _SMALL:
            break
        if poor == _PATIENCE:
            length, poor = length * _SHORTER, 0
            pays[:] = node.pays
            way[:] = 0
        _missing(pairs, node, pays, picked, slope)
        way[:] = slope + _MOMENTUM * way
        norm = (way * way).sum()
        if norm < 1e-9:
            break
        if turn == 0:
            beyond = _BEYOND * (target - bound)
        step = length * (target - bound + beyond) / norm
        for i in range(demands):
            pays[i] = min(node.outside[i], max(0, pays[i] + np.int64(np.rint(step * way[i]))))
    return best, length


@compiled
def served(pairs: Pairs, outside: Ints, chosen: Bools, near: Ints, nearest: Ints, next_near: Ints) -> int:
    """Fill in what each demand costs at the best of the chosen sites, which that is (-1: outside), and at the next.

    Gives what all cost.
    """
    total = 0
    for i in range(outside.size):
        nearest[i], near[i], next_near[i] = -1, outside[i], outside[i]
        for k in range(pairs.start[i], pairs.start[i + 1]):
            if chosen[pairs.site[k]] and pairs.cost[k] < outside[i]:
                if nearest[i] < 0:
                    nearest[i], near[i] = pairs.site[k], pairs.cost[k]
                else:
                    next_near[i] = pairs.cost[k]
                    break
        total += near[i]
    return total


@compiled
def swapped(pairs: Pairs, outside: Ints, charge: int, room: int, chosen: Bools, turns: int) -> tuple[int, bool]:
    """Add, drop and swap one site at a time while that costs less, in place.

    Every turn makes the best of all such changes, found in one look at the pairs that are cheaper than a demand's next
    best site (Resende and Werneck 2007, European Journal of Operational Research 179(1)).

    Returns:
        What the choice costs, and whether no change is left, rather than so many ``turns`` over.
    """
    demands, sites = outside.size, chosen.size
    near, nearest, next_near = np.empty(demands, np.int64), np.empty(demands, np.int64), np.empty(demands, np.int64)
    slot = np.zeros(sites, np.int64)
    for turn in range(turns + 1):
        mine = np.flatnonzero(chosen)
        total = served(pairs, outside, chosen, near, nearest, next_near) + charge * mine.size
        if turn == turns:
            break
        slot[mine] = np.arange(mine.size)
        gain, less, loss = _gains(pairs, near, nearest, next_near, slot, sites, mine.size)
        best, comes, goes = _best_change(gain - charge, less, loss - charge, chosen, mine, mine.size < room)
        if best <= 0:
            return total, True
        if comes >= 0:
            chosen[comes] = True
        if goes >= 0:
            chosen[goes] = False
    return total, False


@compiled
def _gains(
    pairs: Pairs, near: Ints, nearest: Ints, next_near: Ints, slot: Ints, sites: int, count: int
) -> tuple[Ints, Ints, Ints]:
    """What each site would save, how much less each chosen one would be missed beside it, how much it is missed."""
    gain, less, loss = np.zeros(sites, np.int64), np.zeros((sites, count), np.int64), np.zeros(count, np.int64)
    for i in range(near.size):
        at = slot[nearest[i]] if nearest[i] >= 0 else -1
        if at >= 0:
            loss[at] += next_near[i] - near[i]
        for k in range(pairs.start[i], pairs.start[i + 1]):
            cost = pairs.cost[k]
            if cost >= next_near[i]:
                break
            if cost < near[i]:
                gain[pairs.site[k]] += near[i] - cost
            if at >= 0:
                less[pairs.site[k], at] += next_near[i] - max(cost, near[i])
    return gain, less, loss


@compiled
def _best_change(gain: Ints, less: Ints, loss: Ints, chosen: Bools, mine: Ints, more: bool) -> tuple[int, int, int]:
    """What the best change saves, and the site that comes and the one that goes, -1 for none."""
    best, comes, goes = 0, -1, -1
    for at in range(mine.size):
        if -loss[at] > best:
            best, comes, goes = -int(loss[at]), -1, int(mine[at])
    for j in range(chosen.size):
        if chosen[j]:
            continue
        if more and gain[j] > best:
            best, comes, goes = int(gain[j]), j, -1
        for at in range(mine.size):
            swap = int(gain[j] - loss[at] + less[j, at])
            if swap > best:
                best, comes, goes = swap, j, int(mine[at])
    return best, comes, goes

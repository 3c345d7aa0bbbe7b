"""The loops of `solvers.mending`, compiled: a child goes where they cost least, and whoever must move on does.

Spots are the homes and, last, *nowhere*, with room for everybody and no price. A plan and prices are in order when
every child is at a spot where cost and price come to least for them and only full homes have a price. `_insert` and
`_fill` put one child or one place in order, along a cheapest path found by Dijkstra's method: with prices charged, no
move costs less than nothing. Paths end as soon as anything is free, so that only what is near is looked at.

What calls each other stands in one file, because numba keeps machine code by the file it was compiled from and looks
at no other.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solvers.compiling import FAR, compiled

Ints = npt.NDArray[np.int64]


class Pairs(NamedTuple):
    """Pairs of each child, and of each home.

    Attributes:
        start: Where the pairs of each child begin, ``(children,)``.
        stop: Where they end.
        home: Their homes, ``(pairs,)``.
        cost: Their costs.
        was: What cost and price came to before prices rose or, at most by ``fallen``, fell; rising within a child.
        child: Their children.
        first: Where the pairs of each home begin in ``order``, ``(homes + 1,)``; both empty where nobody leaves a home.
        order: Pairs by home.
    """

    start: Ints
    stop: Ints
    home: Ints
    cost: Ints
    was: Ints
    child: Ints
    first: Ints
    order: Ints


class Standing(NamedTuple):
    """A plan with its prices, changed in place.

    Attributes:
        spot: Where each child is, ``(children,)``.
        now: What each child costs there, the price left out.
        outside: What each child costs nowhere.
        room: Free places of each home, ``(homes,)``.
        price: Price of each spot, ``(homes + 1,)``, 0 or more.
        waits: Whether each child is still to be put in order, and held where they are until then, ``(children,)``.
        fallen: How far any price may have fallen since ``Pairs.was`` was true, ``(1,)``.
        head: One child at each spot, -1 for none, ``(homes + 1,)``.
        after: The next child at the same spot, ``(children,)``.
        before: The one before.
    """

    spot: Ints
    now: Ints
    outside: Ints
    room: Ints
    price: Ints
    waits: npt.NDArray[np.bool_]
    fallen: Ints
    head: Ints
    after: Ints
    before: Ints


class Way(NamedTuple):
    """What is known of paths: distance of each spot, `FAR` between two searches, and the last move of its path."""

    far: Ints
    child: Ints
    pair: Ints


@compiled
def _leave(j: int, plan: Standing) -> None:
    left, right = plan.before[j], plan.after[j]
    if left >= 0:
        plan.after[left] = right
    else:
        plan.head[plan.spot[j]] = right
    if right >= 0:
        plan.before[right] = left


@compiled
def _arrive(j: int, spot: int, cost: int, plan: Standing) -> None:
    right = plan.head[spot]
    plan.after[j], plan.before[j], plan.head[spot] = right, -1, j
    if right >= 0:
        plan.before[right] = j
    plan.spot[j], plan.now[j] = spot, cost


@compiled
def _offer(
    j: int, base: int, best: int, end: int, hole: int, pairs: Pairs, plan: Standing, way: Way,
    queue: list[tuple[int, int]], seen: list[int],
) -> tuple[int, int]:  # fmt: skip
    """Look at every spot that child j could go to, ``base`` being the way to them less what they pay now."""
    if base + plan.outside[j] < best:
        best, end = base + int(plan.outside[j]), plan.room.size
        way.child[end], way.pair[end] = j, -1
    slack = base - plan.fallen[0]
    for k in range(pairs.start[j], pairs.stop[j]):
        if pairs.was[k] + slack >= best:
            break
        h = int(pairs.home[k])
        far = base + int(pairs.cost[k] + plan.price[h])
        if far >= best or far >= way.far[h]:
            continue
        if way.far[h] == FAR:
            seen.append(h)
        way.far[h], way.child[h], way.pair[h] = far, j, k
        if plan.room[h] > 0 or h == hole:
            best, end = far, h
        else:
            heappush(queue, (far, h))
    return best, end


@compiled
def _insert(i: int, hole: int, pairs: Pairs, plan: Standing, way: Way) -> bool:
    """Put a child who is at no spot where all pay least; whether that filled the place kept at home ``hole``."""
    queue, seen = [(FAR, 0)], [0]  # what they hold tells numba their type
    queue.clear()
    seen.clear()
    best, end = _offer(i, 0, FAR, plan.room.size, hole, pairs, plan, way, queue, seen)
    while len(queue) > 0:
        far, spot = heappop(queue)
        if far >= best:
            break
        if far > way.far[spot]:
            continue
        j = int(plan.head[spot])
        while j >= 0:
            if not plan.waits[j]:
                base = far - int(plan.now[j] + plan.price[spot])
                best, end = _offer(j, base, best, end, hole, pairs, plan, way, queue, seen)
            j = int(plan.after[j])
    for spot in seen:
        if way.far[spot] < best:
            plan.price[spot] += best - way.far[spot]
        way.far[spot] = FAR
    if end < plan.room.size and end != hole:
        plan.room[end] -= 1
    spot = end
    while True:
        j, k = int(way.child[spot]), int(way.pair[spot])
        left = int(plan.spot[j])
        if j != i:
            _leave(j, plan)
        _arrive(j, spot, int(plan.outside[j] if k < 0 else pairs.cost[k]), plan)
        if j == i:
            return end == hole
        spot = left


@compiled
def _call(
    spot: int, far: int, best: int, end: int, pairs: Pairs, plan: Standing, way: Way,
    queue: list[tuple[int, int]], seen: list[int],
) -> tuple[int, int]:  # fmt: skip
    """Look at every child who could come to a spot, ``far`` being the way from it to the place to be filled."""
    for at in range(pairs.first[spot], pairs.first[spot + 1]):
        k = pairs.order[at]
        j = pairs.child[k]
        here = int(plan.spot[j])
        near = far + int(pairs.cost[k] + plan.price[spot] - plan.now[j] - plan.price[here])
        if here == spot or near >= best or near >= way.far[here] or plan.waits[j]:
            continue
        if way.far[here] == FAR:
            seen.append(here)
        way.far[here], way.pair[here] = near, k
        if near + plan.price[here] < best:
            best, end = near + int(plan.price[here]), here
        if here < plan.room.size:
            heappush(queue, (near, here))
    return best, end


@compiled
def _fill(hole: int, pairs: Pairs, plan: Standing, way: Way) -> None:
    """Bring somebody to a place kept at a home with a price, or let it be free: prices fall until that is in order."""
    queue, seen = [(0, hole)], [hole]
    way.far[hole] = 0
    best, end = int(plan.price[hole]), hole
    while len(queue) > 0:
        far, spot = heappop(queue)
        if far >= best:
            break
        if far == way.far[spot]:
            best, end = _call(spot, far, best, end, pairs, plan, way, queue, seen)
    for spot in seen:
        if way.far[spot] < best:
            plan.price[spot] -= best - way.far[spot]
        way.far[spot] = FAR
    plan.fallen[0] += best
    if end < plan.room.size:
        plan.room[end] += 1
    while end != hole:
        k = int(way.pair[end])
        j, end = int(pairs.child[k]), int(pairs.home[k])
        _leave(j, plan)
        _arrive(j, end, int(pairs.cost[k]), plan)


@compiled
def move_all(children: Ints, pairs: Pairs, plan: Standing, way: Way) -> None:
    """Put in order each of these children who would rather be elsewhere, one after another."""
    nowhere = plan.room.size
    for each in children:
        i = int(each)
        spot, plan.waits[i] = int(plan.spot[i]), False
        pays = plan.now[i] + plan.price[spot]
        better = plan.outside[i] < pays
        for k in range(pairs.start[i], pairs.stop[i]):
            if pairs.cost[k] + plan.price[pairs.home[k]] < pays:
                better = True
                break
        if not better:
            continue
        _leave(i, plan)
        hole = -1
        if spot < nowhere:
            if plan.price[spot] > 0:
                hole = spot
            else:
                plan.room[spot] += 1
        if not _insert(i, hole, pairs, plan, way) and hole >= 0:
            _fill(hole, pairs, plan, way)

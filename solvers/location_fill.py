"""The loop that gives demands to chosen sites of limited capacity: the largest first, then moves and exchanges."""

from __future__ import annotations

from solvers.compiling import compiled
from solvers.location_loops import Ints


@compiled
def fill(cost: Ints, outside: Ints, load: Ints, room: Ints, order: Ints, place: Ints) -> int:  # noqa: C901
    """Give demands to sites, one site each, and make it cheaper while one move or one exchange of two does.

    Args:
        cost: Cost of each demand at each chosen site, ``(demands, chosen)``, -1 where that cannot be.
        outside: What each demand costs if none serves it.
        load: What each demand takes of a site's room.
        room: Room of each chosen site; what is left of it afterwards.
        order: The order in which demands are given a site at first.
        place: Filled with the column of each demand's site, -1 for none.

    Returns:
        What it costs.
    """
    demands, sites = cost.shape
    place[:] = -1
    for i in order:
        best, at = outside[i], -1
        for j in range(sites):
            if 0 <= cost[i, j] < best and load[i] <= room[j]:
                best, at = cost[i, j], j
        place[i] = at
        if at >= 0:
            room[at] -= load[i]
    better = True
    while better:
        better = False
        for i in range(demands):
            here = place[i]
            now = outside[i] if here < 0 else cost[i, here]
            for j in range(sites):
                if j == here or cost[i, j] < 0 or cost[i, j] >= now:
                    continue
                if load[i] <= room[j]:
                    if place[i] >= 0:
                        room[place[i]] += load[i]
                    place[i], now, better = j, cost[i, j], True
                    room[j] -= load[i]
                elif place[i] == here and _exchange(cost, outside, load, room, place, i, j):
                    better = True
                    break
    total = 0
    for i in range(demands):
        total += outside[i] if place[i] < 0 else cost[i, place[i]]
    return total


@compiled
def _exchange(cost: Ints, outside: Ints, load: Ints, room: Ints, place: Ints, i: int, j: int) -> bool:
    """Give a demand a full site in place of one there, which goes wherever there is room, if that is cheaper."""
    here = place[i]
    now = outside[i] if here < 0 else cost[i, here]
    for other in range(place.size):
        if place[other] != j or room[j] + load[other] < load[i]:
            continue
        saved = now - cost[i, j] + cost[other, j]
        goes, least = -2, saved
        if outside[other] < least:
            goes, least = -1, outside[other]
        for k in range(room.size):
            free = room[k] + (load[i] if k == here else 0)
            if k != j and 0 <= cost[other, k] < least and load[other] <= free:
                goes, least = k, cost[other, k]
        if goes > -2:
            room[j] += load[other] - load[i]
            if here >= 0:
                room[here] += load[i]
            if goes >= 0:
                room[goes] -= load[other]
            place[i], place[other] = j, goes
            return True
    return False

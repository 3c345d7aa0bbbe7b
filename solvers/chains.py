"""Chains of children, each moving to where the next made room: what a cheapest plan becomes when one place changes.

Each function takes a plan that no chain can improve and gives one of the changed problem that none can improve: the
cheapest path of the residual graph is what an optimal flow changes by when it gains or loses one unit.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from solvers.arcs import NEVER
from solvers.problem import Ints
from solvers.residual import Mask, Residual
from solvers.singles import Singles


def with_room(plan: Singles, home: int, more: int) -> Singles:
    """The plan with so many more free places at a home, nobody moved."""
    room = plan.room.copy()
    room[home] += more
    return replace(plan, room=room)


def opened(plan: Singles, home: int, places: int = 1) -> Singles:
    """So many places more at a home: each filled where a chain from elsewhere saves by it, else free."""
    for filled in range(places):
        if plan.room[home] > 0:
            return with_room(plan, home, places - filled)
        graph = plan.graph()
        distance = graph.distance_from(graph.nowhere)
        if distance[home] >= 0:
            return with_room(plan, home, places - filled)
        plan = plan.after(graph, graph.path(graph.nowhere, home, graph.tight(distance)))
    return plan


def emptied(plan: Singles, home: int, places: int = 1) -> Singles | None:
    """So many places fewer at a home, each by the cheapest chain out of it; None where nobody can leave."""
    free = min(places, int(plan.room[home]))
    plan = with_room(plan, home, -free)
    for _ in range(places - free):
        graph = plan.graph()
        distance = graph.distance_to(graph.nowhere)
        if distance[home] >= NEVER:
            return None
        plan = plan.after(graph, graph.path(home, graph.nowhere, _towards(graph, distance)))
    return plan


def moved(plan: Singles, child: int, to: int | None = None, *, must: bool) -> Singles | None:
    """A child leaves for the best spot there is, or for one home, and a chain from there fills the place left.

    The child need no longer have a pair with the home they leave.

    Args:
        plan: The plan.
        child: A child who may move.
        to: The home to go to; any, or none, if None.
        must: Whether the child leaves even where that saves nothing.

    Returns:
        The plan after, None where there is no such chain.
    """
    graph, at = plan.graph(), int(plan.spot[child])
    keep = np.flatnonzero(graph.child != child)
    others = Residual(graph.tail[keep], graph.head[keep], graph.cost[keep], graph.child[keep], graph.spots)
    distance = others.distance_to(at)
    away = np.flatnonzero((graph.child == child) & (distance[graph.head] < NEVER))
    if to is not None:
        away = away[graph.head[away] == to]
    if not away.size:
        return None if must else plan
    change = graph.cost[away] + distance[graph.head[away]]
    if not must and change.min() >= 0:
        return plan
    first = away[change.argmin()]
    rest = others.path(int(graph.head[first]), at, _towards(others, distance))
    return plan.after(graph, np.append(first, keep[rest]))


def _towards(graph: Residual, distance: Ints) -> Mask:
    """The arcs on cheapest paths, given what `distance_to` returned."""
    reached = distance[graph.head] < NEVER
    return np.asarray(reached & (distance[graph.tail] == graph.cost + distance[graph.head]))

"""Children without groups: a transportation problem, solved exactly as a minimum-cost flow.

One unit leaves each child and reaches the sink through a home, at the pair's cost, or directly, at the
charge for leaving the child without one. A home's arc to the sink carries at most its capacity. Flows are
integral, so the optimum of the flow is the optimum of the assignment.

The prices of homes come from the optimal flow by shortest paths over its residual graph (OR-Tools gives no
duals). With ``d`` the shortest distance to every node from a virtual source joined to all at no cost,
``price[h] = max(0, d[sink] - d[h])`` is an optimal dual: it is 0 at any home with room left, and
``min(unplaced[i], min over h of cost[i, h] + price[h])`` summed over children, less price times capacity,
equals the optimum in exact integers.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from solvers.arcs import Arcs
from solvers.problem import Ints


def flow_assignment(arcs: Arcs, capacity: Ints, unplaced: Ints) -> Ints:
    """Return the arc each child uses in an optimal plan, -1 for none.

    Args:
        arcs: The allowed pairs.
        capacity: Children each home can take, ``(homes,)``.
        unplaced: Charge for each child without a home.
    """
    from ortools.graph.python import min_cost_flow

    children, homes = len(unplaced), len(capacity)
    used = np.full(children, -1, dtype=np.int64)
    keep = np.flatnonzero((arcs.cost <= unplaced[arcs.child]) & (capacity[arcs.home] > 0))
    if not keep.size:
        return used
    sink = children + homes
    graph = min_cost_flow.SimpleMinCostFlow()
    ones = np.ones(keep.size, dtype=np.int64)
    every_child = np.arange(children, dtype=np.int32)
    every_home = np.arange(children, sink, dtype=np.int32)
    pair_arcs = graph.add_arcs_with_capacity_and_unit_cost(
        arcs.child[keep].astype(np.int32), (children + arcs.home[keep]).astype(np.int32), ones, arcs.cost[keep]
    )
    graph.add_arcs_with_capacity_and_unit_cost(
        every_child, np.full(children, sink, dtype=np.int32), np.ones(children, dtype=np.int64), unplaced
    )
    graph.add_arcs_with_capacity_and_unit_cost(
        every_home, np.full(homes, sink, dtype=np.int32),
        np.minimum(capacity, children), np.zeros(homes, dtype=np.int64),
    )  # fmt: skip
    graph.set_nodes_supplies(every_child, np.ones(children, dtype=np.int64))
    graph.set_node_supply(sink, -children)
    status = graph.solve()
    if status != graph.OPTIMAL:
        raise RuntimeError(f"the flow solver stopped with {status} on a problem that has a plan")
    chosen = keep[np.asarray(graph.flows(pair_arcs)) > 0]
    used[arcs.child[chosen]] = chosen
    return used


def flow_prices(arcs: Arcs, capacity: Ints, unplaced: Ints, used: Ints) -> Ints:
    """Return optimal prices of the homes, >= 0, given an optimal plan.

    Args:
        arcs: The allowed pairs.
        capacity: Children each home can take.
        unplaced: Charge for each child without a home.
        used: The arc each child uses, as `flow_assignment` gives it.
    """
    children, homes = len(unplaced), len(capacity)
    sink = children + homes
    at_home = np.flatnonzero(used >= 0)
    forward = np.ones(arcs.child.size, dtype=bool)
    forward[used[at_home]] = False
    placed = np.bincount(arcs.home[used[at_home]], minlength=homes)
    every_child, every_home = np.arange(children), np.arange(homes)
    alone = every_child[used < 0]
    room, taken = every_home[placed < capacity], every_home[placed > 0]
    pieces = [
        (arcs.child[forward], children + arcs.home[forward], arcs.cost[forward]),
        (children + arcs.home[used[at_home]], at_home, -arcs.cost[used[at_home]]),
        (at_home, np.full(at_home.size, sink), unplaced[at_home]),
        (np.full(alone.size, sink), alone, -unplaced[alone]),
        (children + room, np.full(room.size, sink), np.zeros(room.size, dtype=np.int64)),
        (np.full(taken.size, sink), children + taken, np.zeros(taken.size, dtype=np.int64)),
    ]
    tail, head, cost = (np.concatenate(column) for column in zip(*pieces, strict=True))
    distance = _shortest(tail, head, cost.astype(np.int64), sink + 1)
    prices: Ints = np.maximum(0, distance[sink] - distance[children:sink])
    return prices


def _shortest(tail: npt.NDArray[np.intp], head: npt.NDArray[np.intp], cost: Ints, nodes: int) -> Ints:
    """Bellman-Ford from a source joined to every node at no cost; the graph has no negative cycle."""
    order = np.argsort(head, kind="stable")
    tail, head, cost = tail[order], head[order], cost[order]
    first = np.flatnonzero(np.r_[True, head[1:] != head[:-1]]) if head.size else np.zeros(0, dtype=np.intp)
    reached = head[first]
    distance = np.zeros(nodes, dtype=np.int64)
    for _ in range(nodes + 1):
        if not head.size:
            break
        nearer = np.minimum.reduceat(distance[tail] + cost, first)
        if (nearer >= distance[reached]).all():
            break
        distance[reached] = np.minimum(distance[reached], nearer)
    return distance

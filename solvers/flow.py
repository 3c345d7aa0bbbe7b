"""Children without groups: a transportation problem, solved exactly as a minimum-cost flow.

One unit leaves each child and reaches the sink through a home, at the pair's cost, or directly, at the
charge for leaving the child without one. A home's arc to the sink carries at most its capacity. Flows are
integral, so the optimum of the flow is the optimum of the assignment.

The prices of homes come from the residual graph of the optimal flow (OR-Tools gives no duals): they are an optimal
dual, ``min(unplaced[i], min over h of cost[i, h] + price[h])`` summed over children, less price times capacity,
equals the optimum in exact integers.
"""

from __future__ import annotations

import numpy as np

from solvers.arcs import Arcs
from solvers.problem import Ints
from solvers.residual import residual_graph


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
    placed = np.flatnonzero(used >= 0)
    place_of, pair_cost = np.full(used.size, -1, dtype=np.int64), np.zeros(used.size, dtype=np.int64)
    place_of[placed], pair_cost[placed] = arcs.home[used[placed]], arcs.cost[used[placed]]
    room = capacity - np.bincount(place_of[placed], minlength=capacity.size)
    return residual_graph(arcs, place_of, pair_cost, room, unplaced).prices()[:-1]

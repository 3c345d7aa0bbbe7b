"""Whether another plan is as good as an optimal one, and if so, which.

Two optimal plans of children alone differ by cycles of the residual graph that cost nothing. Under the prices of
`solvers.residual.Residual.prices` no arc costs less than nothing, so such a cycle consists of arcs that cost
nothing: there is one exactly where a move lies inside a strongly connected component of those arcs. A cycle
along which nobody moves (in and out of a home with room) is no other plan, hence a move is asked for. Pairs that
no one listed count too: all that could be in an optimal plan cost nothing under the prices.
"""

from __future__ import annotations

import numpy as np

from solvers.problem import Ints
from solvers.residual import Places, Residual


def free_cycle(graph: Residual, prices: Ints) -> Places | None:
    """Find moves that cost nothing together and end where they began.

    Args:
        graph: The residual graph of an optimal plan.
        prices: What its `prices` returned, or others under which no arc costs less than nothing, ``(spots,)``.

    Returns:
        Arcs of a cycle in which each child moves at most once and at least one does; None if there is none,
        and then no other plan over these pairs is as good.
    """
    from scipy import sparse

    free = graph.cost + prices[graph.head] == prices[graph.tail]
    ends = (graph.tail[free], graph.head[free])
    arcs = sparse.csr_array((np.ones(ends[0].size), ends), shape=(graph.spots, graph.spots))
    _, part = sparse.csgraph.connected_components(arcs, connection="strong")
    inside = np.flatnonzero(free & (graph.child >= 0) & (part[graph.tail] == part[graph.head]))
    if not inside.size:
        return None
    move = inside[0]
    back = graph.path(int(graph.head[move]), int(graph.tail[move]), free)
    return np.append(back, move)

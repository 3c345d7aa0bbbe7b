"""Exact methods for children one by one: brothers and sisters are beyond them."""

import numpy as np
import scipy.sparse as sp
from ortools.graph.python import min_cost_flow
from scipy.optimize import linear_sum_assignment
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from benchmarks.assignment.answer import Answer, Task
from matcher.scoring.arrays import Int64
from solvers import AssignmentProblem


def flow(task: Task) -> Answer:
    """OR-Tools' SimpleMinCostFlow over every listed pair.

    Groups are not looked at: a plan without regard to them costs no more than the best with, so what it costs before
    they are charged for is a bound.
    """
    problem = task.problem
    children, homes = np.arange(problem.children), np.arange(problem.homes)
    sink = problem.children + problem.homes
    graph = min_cost_flow.SimpleMinCostFlow()
    pairs = graph.add_arcs_with_capacity_and_unit_cost(
        problem.child, problem.children + problem.home, np.ones_like(problem.cost), problem.cost
    )
    graph.add_arcs_with_capacity_and_unit_cost(
        children, np.full_like(children, sink), np.ones_like(children), problem.unplaced
    )
    graph.add_arcs_with_capacity_and_unit_cost(
        problem.children + homes, np.full_like(homes, sink), problem.capacity[:, 0], np.zeros_like(homes)
    )
    graph.set_nodes_supplies(children, np.ones_like(children))
    graph.set_node_supply(sink, -problem.children)
    if graph.solve() != graph.OPTIMAL:
        return Answer(None, None)
    used = np.flatnonzero(graph.flows(pairs))
    places = np.full(problem.children, -1)
    places[problem.child[used]] = problem.home[used]
    return Answer(places, int(graph.optimal_cost()))


def matrix(task: Task) -> Answer:
    """SciPy's linear_sum_assignment: a row for each child, a column for each place and for each child's having none."""
    problem = task.problem
    home_of = np.repeat(np.arange(problem.homes), problem.capacity[:, 0])
    cost = np.repeat(problem.unplaced[:, None], problem.homes + 1, axis=1).astype(np.float64)
    cost[problem.child, problem.home] = problem.cost
    home_of = np.concatenate([home_of, np.full(problem.children, problem.homes)])
    child, column = linear_sum_assignment(cost[:, home_of])
    return _proved(problem, child, home_of[column])


def sparse_matching(task: Task) -> Answer:
    """SciPy's min_weight_full_bipartite_matching: an edge for each listed pair and place, one for having none."""
    problem = task.problem
    capacity = problem.capacity[:, 0]
    times, ends = capacity[problem.home], np.cumsum(capacity)
    child, cost = np.repeat(problem.child, times), np.repeat(problem.cost, times)
    number = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    column = np.repeat((ends - capacity)[problem.home], times) + number
    everyone, places = np.arange(problem.children), int(capacity.sum())
    # An explicit 0 is no edge to SciPy, so that every edge costs 1 more; each child uses one.
    edges = sp.csr_array(
        (
            np.concatenate([cost, problem.unplaced]) + 1.0,
            (np.concatenate([child, everyone]), np.concatenate([column, places + everyone])),
        ),
        shape=(problem.children, places + problem.children),
    )
    rows, chosen = min_weight_full_bipartite_matching(edges)
    home_of = np.concatenate([np.repeat(np.arange(problem.homes), capacity), np.full(problem.children, problem.homes)])
    return _proved(problem, rows, home_of[chosen])


def _proved(problem: AssignmentProblem, child: Int64, home: Int64) -> Answer:
    """The answer where these pairs are the cheapest; the last home and pairs that are not allowed stand for none."""
    known = np.append(problem.child * problem.homes + problem.home, np.iinfo(np.int64).max)
    at = np.searchsorted(known, child * problem.homes + home)
    listed = (home < problem.homes) & (known[at] == child * problem.homes + home)
    places = np.full(problem.children, -1)
    places[child[listed]] = home[listed]
    bound = problem.cost[at[listed]].sum() + problem.unplaced[child[~listed]].sum()
    return Answer(places, int(bound))

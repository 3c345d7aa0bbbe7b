"""Which children of a plan may be moved one at a time, and the residual graph of moving them.

Where each child uses one place, that is every child, and the graph says exactly how the optimum changes. With groups
that share or pay for living apart, and with pairs that use other than one of each resource, it is a part of what could
be done, chosen so that every move of it is lawful in the whole problem: members of groups stay where they are;
a child may leave only a pair that uses at least one of each resource, and so frees a place; may go only to a pair
that uses at most one of each, and so fits in a place; and a home has as many free places as its scarcest resource.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from solvers.arcs import Arcs
from solvers.flow import flow_assignment
from solvers.plan import Plan, room_left
from solvers.problem import AssignmentProblem, Ints
from solvers.residual import Mask, Places, Residual, residual_graph
from solvers.resources import Resources
from solvers.result import AssignmentResult
from solvers.transport import is_transport


@dataclass(frozen=True, eq=False)
class Singles:
    """A plan no move of single children can improve, and what is needed to move them.

    Attributes:
        arcs: Pairs that children who may move can move to.
        place_of: Home of each child, -1 for none, ``(children,)``.
        now: What each child costs now, with a home or without, ``(children,)``.
        room: Free places of each home, ``(homes,)``.
        unplaced: Charge for each child without a home.
        movable: Which children may move.
        exact: Whether single children's moves are all there are to make, from a plan proved optimal.
        above: How far above the optimum the plan may be, 0 when it is proved optimal.
        objective: What the plan costs.
    """

    arcs: Arcs
    place_of: Ints
    now: Ints
    room: Ints
    unplaced: Ints
    movable: Mask
    exact: bool
    above: int
    objective: int

    @property
    def spot(self) -> Ints:
        """Node of the residual graph each child is at, ``(children,)``."""
        return np.where(self.place_of >= 0, self.place_of, self.arcs.homes)

    def graph(self) -> Residual:
        """The residual graph over the pairs known."""
        return residual_graph(self.arcs, self.place_of, self.now, self.room, self.unplaced, self.movable)

    def after(self, graph: Residual, path: Places) -> Singles:
        """The plan after the moves of a path or cycle of its graph, of which the rest is still true.

        A path from nowhere into a home fills a place that the home does not have yet; see that it has.
        """
        steps = path[graph.child[path] >= 0]
        rest = path[graph.child[path] < 0]
        now, room = self.now.copy(), self.room.copy()
        now[graph.child[steps]] += graph.cost[steps]
        for end, change in ((graph.tail[rest], -1), (graph.head[rest], 1)):
            room[end[end < graph.nowhere]] += change
        change = int(graph.cost[path].sum())
        place_of = graph.moved(self.place_of, path)
        return replace(self, place_of=place_of, now=now, room=room, objective=self.objective + change)


def singles_of(problem: AssignmentProblem, result: AssignmentResult) -> Singles:
    """Prepare a result for moving its children one at a time.

    A plan that is not proved optimal is first made the best that moving single children can make it.
    """
    if result.status == "optimal":
        return standing(problem, result)
    return _improved(replace(standing(problem, result), exact=False, above=result.gap_cost))


def standing(problem: AssignmentProblem, plan: Plan | AssignmentResult) -> Singles:
    """The same for a plan known to be optimal."""
    exact = is_transport(problem)
    movable = np.ones(problem.children, dtype=bool)
    fits: Mask = np.ones(problem.child.size, dtype=bool)
    if not exact:
        for group in problem.groups:
            movable[list(group)] = False
        if problem.units is not None:
            placed = np.flatnonzero(plan.place_of >= 0)
            use = problem.units[problem.find(placed, plan.place_of[placed])]
            movable[placed[(use < 1).any(axis=1)]] = False
            fits = np.asarray((problem.units <= 1).all(axis=1))
    keep = fits & movable[problem.child]
    arcs = Arcs.sorted(problem.child[keep], problem.home[keep], problem.cost[keep], problem.children, problem.homes)
    now = np.where(plan.place_of >= 0, plan.pair_cost, problem.unplaced)
    room = _room(problem, plan.place_of)
    return Singles(arcs, plan.place_of, now, room, problem.unplaced, movable, exact, 0, plan.objective)


def _room(problem: AssignmentProblem, place_of: Ints) -> Ints:
    if problem.use is not None or problem.units is not None:
        left: Ints = room_left(problem, Resources(problem), place_of).min(axis=1)
        return left
    scarcest: Ints = problem.capacity.min(axis=1, initial=np.iinfo(np.int64).max)
    scarcest -= np.bincount(place_of[place_of >= 0], minlength=problem.homes)
    return scarcest


def _improved(plan: Singles) -> Singles:
    """The cheapest plan with everybody who may not move where they are."""
    arcs, mover = plan.arcs, plan.movable
    leaving = np.flatnonzero(mover & (plan.place_of >= 0))
    arcs, _ = arcs.with_pairs(leaving, plan.place_of[leaving], plan.now[leaving])
    capacity = plan.room + np.bincount(plan.place_of[leaving], minlength=arcs.homes)
    used = flow_assignment(arcs, capacity, np.where(mover, plan.unplaced, 0))
    place_of, now = plan.place_of.copy(), plan.now.copy()
    found = mover & (used >= 0)
    place_of[mover], now[mover] = -1, plan.unplaced[mover]
    place_of[found], now[found] = arcs.home[used[found]], arcs.cost[used[found]]
    room = capacity - np.bincount(place_of[found], minlength=arcs.homes)
    saved = int(plan.now.sum() - now.sum())
    return replace(
        plan, place_of=place_of, now=now, room=room, above=plan.above - saved, objective=plan.objective - saved
    )

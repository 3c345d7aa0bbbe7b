"""What places are worth, and what giving a child a place costs the other children.

Prices of a linear program are not these figures: where many plans are as good, they are often far too high.
Here each figure is a cheapest path in the residual graph (`solvers.residual`): an optimal flow with one unit more or
less, or through one given arc, differs from the optimal flow by one cheapest path. So for children alone every figure
equals what solving the changed problem would give. A place more or less is one of each resource.

With groups, or pairs that use other than one of each resource, the path moves single children only, and so gives a
lawful plan of the changed problem but perhaps not its best (`solvers.singles`). What follows is on one side of the
truth and never on the other, as the docstrings show; `solvers.resolved` then solves again what matters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from solvers.arcs import NEVER
from solvers.price import Price, ask
from solvers.problem import LARGEST_TOTAL, AssignmentProblem, Ints
from solvers.residual import Mask
from solvers.result import AssignmentResult
from solvers.singles import Singles, singles_of
from solvers.validate import whole_array


@dataclass(frozen=True, eq=False)
class Values:
    """What one place more, or fewer, at each home would change, all >= 0.

    With ``V`` the optimum, ``U`` the plan's objective and ``x``, ``y`` what the cheapest paths save and
    cost: a place more allows a plan that costs ``U - x``, so the optimum falls by at least ``x - (U - V)``; with one
    fewer there is still a plan that costs ``U + y``, so it rises by at most ``y + (U - V)``; ``U - V`` is at most
    the plan's gap.

    Attributes:
        more: How much the optimum falls with one more place, ``(homes,)``: exact, or *at least*.
        fewer: How much it rises with one fewer: exact, or *at most*; 0 at a home without places; -1 where nobody
            can leave by single children's moves, so that nothing is said.
        exact: Whether the figures are exact.
    """

    more: Ints
    fewer: Ints
    exact: bool


@dataclass(frozen=True, eq=False)
class Others:
    """What it costs the other children if one child must have a given home.

    Attributes:
        possible: Homes that moving others, one at a time, can make a place in, ``(homes,)``.
        rest: How much more all others cost together, of any sign, than in the plan, ``(homes,)``: exact, or *at most*.
            0 where not possible.
        objective: The optimum if the child must have that home: exact, or *at most*; -1 where the pair
            is not allowed or not possible.
        exact: Whether the figures are exact.
    """

    possible: Mask
    rest: Ints
    objective: Ints
    exact: bool


@dataclass(frozen=True, eq=False)
class Proposed:
    """What homes that do not exist yet would save.

    Attributes:
        total: How much the optimum falls with 1, 2, ... places of each home, ``(proposed, places)``, rising: exact,
            or *at least*, as in `Values.more`.
        exact: Whether the figures are exact.
    """

    total: Ints
    exact: bool


def value_of_one_more(problem: AssignmentProblem, result: AssignmentResult, *, price: Price | None = None) -> Values:
    """Find what one more place, and one fewer, at each home would change.

    Args:
        problem: The problem.
        result: A plan of it.
        price: The callback the problem was solved with, so that pairs not listed count too: a few more calls.
    """
    plan, price = _start(problem, result, price)
    gain, plan = _from_nowhere(plan, price)
    loss, plan = _to(plan, problem.homes, price)
    more = np.maximum(0, np.maximum(0, -gain[:-1]) - plan.above)
    fewer = np.where(loss[:-1] < NEVER, loss[:-1] + plan.above, -1)
    fewer[problem.capacity.min(axis=1, initial=1) == 0] = 0
    return Values(more, fewer, plan.exact)


def value_of_proposed(
    problem: AssignmentProblem,
    result: AssignmentResult,
    costs: npt.ArrayLike,
    *,
    places: int = 1,
    price: Price | None = None,
) -> Proposed:
    """Find what homes that do not exist yet would be worth, each as if it alone were opened.

    Args:
        problem: The problem.
        result: A plan of it.
        costs: int64 ``(children,)`` for one proposed home or ``(children, proposed)``: what each child would cost
            there, -1 where the child may not live there. Every child uses one place.
        places: How many places each would have, 1 or more.
        price: As in `value_of_one_more`.

    Raises:
        ValueError: Naming the cell that is wrong and what was expected.
    """
    table = whole_array(costs, "costs", (1, 2), least=-1, rule="0 or more, or -1 where the child may not live there")
    if len(table) != problem.children:
        raise ValueError(f"costs has {len(table)} rows: expected one for each of {problem.children} children")
    if not table.max(initial=0) <= LARGEST_TOTAL // (problem.children + problem.homes + 4):
        raise ValueError(f"costs has {table.max()}: totals would overflow 64 bits; use a larger unit")
    if places < 1:
        raise ValueError(f"places is {places}: expected 1 or more")
    plan, price = _start(problem, result, price)
    columns = (table[:, None] if table.ndim == 1 else table).T
    saved = _one_place(plan, columns, price)[:, None]
    if places > 1:
        saved = np.array([_open(plan, column, places, price) for column in columns]).reshape(len(columns), places)
    return Proposed(np.maximum(0, saved - plan.above), plan.exact)


def cost_to_others(
    problem: AssignmentProblem, result: AssignmentResult, child: int, *, price: Price | None = None
) -> Others:
    """Find, for every home, what it costs the other children if this child must have it.

    The child goes to the home, somebody there moves on, and so forth until a child takes the place this one left
    or nobody has to move: the cheapest path from the home to where the child is now.

    Args:
        problem: The problem.
        result: A plan of it.
        child: The child, ``0 .. children - 1``.
        price: As in `value_of_one_more`.

    Raises:
        ValueError: If there is no such child.
    """
    if not 0 <= child < problem.children:
        raise ValueError(f"child is {child}: expected 0 to {problem.children - 1}")
    plan, price = _start(problem, result, price)
    if not plan.movable[child]:
        nobody = np.zeros(problem.homes, dtype=np.int64)
        return Others(nobody > 0, nobody, nobody - 1, exact=False)
    distance, plan = _to(plan, int(plan.spot[child]), price)
    possible = distance[:-1] < NEVER
    others = np.where(possible, distance[:-1], 0)
    pairs = plan.arcs
    mine = slice(pairs.start[child], pairs.start[child + 1])
    objective = np.full(problem.homes, -1, dtype=np.int64)
    objective[pairs.home[mine]] = plan.objective - plan.now[child] + pairs.cost[mine] + others[pairs.home[mine]]
    objective[~possible] = -1
    if plan.place_of[child] >= 0:
        objective[plan.place_of[child]] = plan.objective
    at = result.place_of[child]
    before = result.objective - (result.pair_cost[child] if at >= 0 else problem.unplaced[child])
    rest = np.where(possible, others + plan.objective - plan.now[child] - before, 0)
    return Others(possible, rest, objective, plan.exact)


def _start(problem: AssignmentProblem, result: AssignmentResult, price: Price | None) -> tuple[Singles, Price | None]:
    """Only a plan proved optimal over all pairs can be sure that pairs not listed do not improve it."""
    return singles_of(problem, result), price if result.status == "optimal" else None


def _from_nowhere(plan: Singles, price: Price | None) -> tuple[Ints, Singles]:
    """Distances from no home to every spot, exact where they are below 0; the pairs asked for are kept."""
    while True:
        distance = plan.graph().distance_from(plan.arcs.homes)
        new = 0
        if price is not None:
            plan, new = _with_pairs(plan, price, np.maximum(0, -distance))
        if not new:
            return distance, plan


def _to(plan: Singles, spot: int, price: Price | None) -> tuple[Ints, Singles]:
    """Distances from every spot to this one; the pairs asked for are kept."""
    while True:
        distance = plan.graph().distance_to(spot)
        new = 0
        if price is not None:
            plan, new = _with_pairs(plan, price, distance - min(0, int(distance.min())))
        if not new:
            return distance, plan


def _with_pairs(plan: Singles, price: Price, charge: Ints) -> tuple[Singles, int]:
    """Ask for the pairs not listed that would make a path cheaper: less what is charged at the spots they join."""
    pays = np.where(plan.movable, plan.now + charge[plan.spot], 0)
    charges = np.minimum(charge[:-1], pays.max(initial=0))
    arcs, new = plan.arcs.with_pairs(*ask(price, pays, charges, 0))
    return replace(plan, arcs=arcs), new


def _one_place(plan: Singles, columns: Ints, price: Price | None) -> Ints:
    """What one place of each proposed home saves, ``(proposed,)``: its best entry, and what follows from leaving."""
    distance, plan = _from_nowhere(plan, price)
    leaving = np.where(plan.movable, distance[plan.spot] - plan.now, 0)
    changes = np.where((columns >= 0) & plan.movable, columns + leaving, 0)
    saved: Ints = -changes.min(axis=1, initial=0)
    return saved


def _open(plan: Singles, column: Ints, places: int, price: Price | None) -> Ints:
    """What 1, 2, ... places of one proposed home save: one cheapest path from nowhere into it after another."""
    home = plan.arcs.homes
    coming = np.flatnonzero((column >= 0) & plan.movable)
    arcs, _ = replace(plan.arcs, homes=home + 1).with_pairs(coming, np.full(coming.size, home), column[coming])
    plan = replace(plan, arcs=arcs, room=np.append(plan.room, 0))
    known = None if price is None else _without_last(price)
    saved = np.zeros(places, dtype=np.int64)
    for place in range(places):
        distance, plan = _from_nowhere(plan, known)
        if distance[home] >= 0:
            break
        saved[place:] -= distance[home]
        graph = plan.graph()
        path = graph.path(graph.nowhere, home, graph.tight(distance))
        plan = plan.after(graph, path)
    return saved


def _without_last(price: Price) -> Price:
    """The callback, which knows nothing of the home proposed."""

    def known(
        child_prices: Ints, home_prices: Ints, threshold: int, *, most: int | None = None
    ) -> tuple[Any, Any, Any]:
        return price(child_prices, home_prices[:-1], threshold, most=most)

    return known

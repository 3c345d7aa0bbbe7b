"""An independent check of a plan: reads the problem and the answer, trusts neither solver nor result.

Plain loops on purpose: nothing here is shared with the code that makes plans.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from solvers.price import Price
from solvers.problem import AssignmentProblem, Ints
from solvers.result import AssignmentResult


class PlanError(AssertionError):
    """A plan breaks a rule of its problem, or its certificate does not add up."""


def check_assignment(problem: AssignmentProblem, result: AssignmentResult, *, price: Price | None = None) -> None:
    """Check a result against its problem from first principles.

    Recomputed: one home or none for each child, every pair allowed at the cost claimed, every resource of
    every home within capacity, the objective and its parts, bound <= objective, that ``optimal`` means
    they are equal, and that a tie is another plan that costs as little. That an optimal plan has no tie
    cannot be seen from the answer.

    Args:
        problem: The problem solved.
        result: The answer to check.
        price: The callback the problem was solved with; pairs not listed in the problem are asked of it.

    Raises:
        PlanError: Saying which child, home, group or figure is wrong.
    """
    places = _places(problem, result.place_of)
    if result.pair_cost.shape != (problem.children,):
        raise PlanError(f"pair_cost has shape {result.pair_cost.shape} for {problem.children} children")
    costs, unplaced, apart = _costs(problem, places, result, price)
    for i, cost in enumerate(costs):
        _expect(f"pair cost of child {i}", int(result.pair_cost[i]), cost)
    _expect("unplaced charge", result.unplaced_charge, unplaced)
    _expect("apart charge", result.apart_charge, apart)
    _expect("objective", result.objective, sum(costs) + unplaced + apart)
    if result.bound > result.objective:
        raise PlanError(f"bound {result.bound} is above the objective {result.objective}")
    if result.status == "optimal" and result.bound != result.objective:
        raise PlanError(f"status is optimal, but bound {result.bound} is not objective {result.objective}")
    _check_tie(problem, result, places, price)


def _check_tie(problem: AssignmentProblem, result: AssignmentResult, places: list[int], price: Price | None) -> None:
    if result.uniqueness != "not determined" and result.status != "optimal":
        raise PlanError(f"the plan is said to be {result.uniqueness}, but is not proved optimal")
    if (result.tie is not None) != (result.uniqueness == "tied"):
        raise PlanError(f"the plan is said to be {result.uniqueness}, with {'no' if result.tie is None else 'a'} tie")
    if result.tie is None:
        return
    others = _places(problem, result.tie)
    if others == places:
        raise PlanError("the tie is the plan itself")
    costs, unplaced, apart = _costs(problem, others, result, price)
    _expect("objective of the tie", result.objective, sum(costs) + unplaced + apart)


def _expect(name: str, claimed: int, true: int) -> None:
    if claimed != true:
        raise PlanError(f"{name} is given as {claimed}; the plan's is {true}")


def _places(problem: AssignmentProblem, place_of: Ints) -> list[int]:
    if place_of.shape != (problem.children,):
        raise PlanError(f"the plan has {place_of.shape} entries for {problem.children} children")
    places = [int(home) for home in place_of]
    for i, home in enumerate(places):
        if not -1 <= home < problem.homes:
            raise PlanError(f"child {i} is given home {home}: there are {problem.homes}, numbered from 0")
    return places


def _costs(
    problem: AssignmentProblem, places: list[int], result: AssignmentResult, price: Price | None
) -> tuple[list[int], int, int]:
    """Cost of every pair, charge for children without a home and charge for living apart of a lawful plan."""
    costs = _pair_costs(problem, places, result, price)
    _check_capacity(problem, places)
    unplaced = sum(int(problem.unplaced[i]) for i in range(problem.children) if places[i] < 0)
    return costs, unplaced, sum(_apart(problem, number, places) for number in range(len(problem.groups)))


def _pair_costs(
    problem: AssignmentProblem, places: list[int], result: AssignmentResult, price: Price | None
) -> list[int]:
    """The true cost of every pair used: from the problem where listed, else from the callback."""
    costs = [0] * problem.children
    unlisted = []
    starts = np.searchsorted(problem.child, np.arange(problem.children + 1))
    for i, home in enumerate(places):
        if home < 0:
            continue
        mine = problem.home[starts[i] : starts[i + 1]].tolist()
        if home in mine:
            costs[i] = int(problem.cost[starts[i] + mine.index(home)])
        else:
            unlisted.append(i)
    if unlisted:
        known = _ask(problem, unlisted, places, result.pair_cost.tolist(), price)
        # Where the cost claimed is too low, any cost: none is more than all of them together.
        dearer = [i for i in unlisted if (i, places[i]) not in known]
        known |= _ask(problem, dearer, places, [max(result.objective, 0)] * problem.children, price)
        for i in unlisted:
            if (i, places[i]) not in known:
                raise PlanError(f"child {i} may not live in home {places[i]}: the pair is not allowed")
            costs[i] = known[i, places[i]]
    return costs


def _ask(
    problem: AssignmentProblem, unlisted: list[int], places: list[int], most: list[int], price: Price | None
) -> dict[tuple[int, int], int]:
    """Ask the callback for the pairs of these children with their homes that cost no more than ``most``, by child."""
    if price is None or not unlisted:
        return {}
    child_prices = np.zeros(problem.children, dtype=np.int64)
    child_prices[unlisted] = [most[i] + 1 for i in unlisted]
    home_of = np.array(places, dtype=np.int64)
    home_prices = np.full(problem.homes, max(0, *most) + 1, dtype=np.int64)
    home_prices[home_of[unlisted]] = 0
    child, home, cost = (np.asarray(part) for part in price(child_prices, home_prices, 0))
    own = home_of[child] == home
    return {(i, h): c for i, h, c in zip(*(part[own].tolist() for part in (child, home, cost)), strict=True)}


def _check_capacity(problem: AssignmentProblem, places: list[int]) -> None:
    """Add up what is used at each home: siblings of one group together, everyone else alone."""
    group_of = {i: number for number, group in enumerate(problem.groups) for i in group}
    together: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, home in enumerate(places):
        if home >= 0:
            together[home, group_of.get(i, -1 - i)].append(i)
    used: dict[int, list[int]] = {}
    for (home, group), members in together.items():
        row = [len(members)] * problem.capacity.shape[1]
        if problem.units is not None and len(members) == 1:
            first, end = np.searchsorted(problem.child, (members[0], members[0] + 1))
            arc = first + problem.home[first:end].tolist().index(home)
            row = [int(number) for number in problem.units[arc]]
        if problem.use is not None and len(members) > 1:
            row = [int(number) for number in np.atleast_1d(problem.use(group, tuple(members), home))]
        used[home] = [a + b for a, b in zip(used.get(home, [0] * len(row)), row, strict=True)]
    for home, row in used.items():
        for resource, number in enumerate(row):
            if number > problem.capacity[home, resource]:
                held = int(problem.capacity[home, resource])
                raise PlanError(f"home {home} holds {held} of resource {resource}; the plan uses {number}")


def _apart(problem: AssignmentProblem, number: int, places: list[int]) -> int:
    at = [places[i] for i in problem.groups[number]]
    parts = len({home for home in at if home >= 0}) + sum(1 for home in at if home < 0)
    return int(problem.apart[number]) * (parts - 1)

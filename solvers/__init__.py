"""Who should live where: pure optimisation over arrays, with proof.

`AssignmentProblem` holds the arrays, `solve_assignment` finds a plan and a bound, `check_assignment` checks
any plan from first principles. Nothing here knows what a child or a home is beyond their numbers.

Names are imported when first asked for, so that importing the package alone costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solvers.blocking import BlockingPairs, blocking_pairs
    from solvers.check import PlanError, check_assignment
    from solvers.clashes import Clash, solve_without_clashes
    from solvers.pooling import Pooling, pool_owners
    from solvers.price import Price
    from solvers.problem import AssignmentProblem
    from solvers.resolved import Between, exact_cost_to_others, exact_values
    from solvers.result import AssignmentResult
    from solvers.sensitivity import Sensitivity, survives
    from solvers.solve import solve_assignment
    from solvers.tradeoffs import FrontierPoint, frontier
    from solvers.turning import Turn, turning_weights
    from solvers.value import Others, Proposed, Values, cost_to_others, value_of_one_more, value_of_proposed

__all__ = [
    "AssignmentProblem",
    "AssignmentResult",
    "Between",
    "BlockingPairs",
    "Clash",
    "FrontierPoint",
    "Others",
    "PlanError",
    "Pooling",
    "Price",
    "Proposed",
    "Sensitivity",
    "Turn",
    "Values",
    "blocking_pairs",
    "check_assignment",
    "cost_to_others",
    "exact_cost_to_others",
    "exact_values",
    "frontier",
    "pool_owners",
    "solve_assignment",
    "solve_without_clashes",
    "survives",
    "turning_weights",
    "value_of_one_more",
    "value_of_proposed",
]

PLACEWELL = "solvers"
"""Marks this package as Placewell own; matcher/__init__.py checks it."""

_MODULE_OF = {
    "AssignmentProblem": "problem",
    "AssignmentResult": "result",
    "Between": "resolved",
    "BlockingPairs": "blocking",
    "Clash": "clashes",
    "FrontierPoint": "tradeoffs",
    "Others": "value",
    "PlanError": "check",
    "Pooling": "pooling",
    "Price": "price",
    "Proposed": "value",
    "Sensitivity": "sensitivity",
    "Turn": "turning",
    "Values": "value",
    "blocking_pairs": "blocking",
    "check_assignment": "check",
    "cost_to_others": "value",
    "exact_cost_to_others": "resolved",
    "exact_values": "resolved",
    "frontier": "tradeoffs",
    "pool_owners": "pooling",
    "solve_assignment": "solve",
    "solve_without_clashes": "clashes",
    "survives": "sensitivity",
    "turning_weights": "turning",
    "value_of_one_more": "value",
    "value_of_proposed": "value",
}


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)

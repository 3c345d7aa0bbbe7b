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
    from solvers.price import Price
    from solvers.problem import AssignmentProblem
    from solvers.result import AssignmentResult
    from solvers.solve import solve_assignment
    from solvers.tradeoffs import FrontierPoint, frontier

__all__ = [
    "AssignmentProblem",
    "AssignmentResult",
    "BlockingPairs",
    "Clash",
    "FrontierPoint",
    "PlanError",
    "Price",
    "blocking_pairs",
    "check_assignment",
    "frontier",
    "solve_assignment",
    "solve_without_clashes",
]

PLACEWELL = "solvers"
"""Marks this package as Placewell own; matcher/__init__.py checks it."""

_MODULE_OF = {
    "AssignmentProblem": "problem",
    "AssignmentResult": "result",
    "BlockingPairs": "blocking",
    "Clash": "clashes",
    "FrontierPoint": "tradeoffs",
    "PlanError": "check",
    "Price": "price",
    "blocking_pairs": "blocking",
    "check_assignment": "check",
    "frontier": "tradeoffs",
    "solve_assignment": "solve",
    "solve_without_clashes": "clashes",
}


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)

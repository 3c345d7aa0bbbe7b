"""Who should live where: pure optimisation over arrays, with proof.

`AssignmentProblem` holds the arrays, `solve_assignment` finds a plan and a bound, `check_assignment` checks
any plan from first principles. Nothing here knows what a child or a home is beyond their numbers.

Names are imported when first asked for, so that importing the package alone costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solvers.again import Live, prepare, solve_again
    from solvers.blocking import BlockingPairs, blocking_pairs
    from solvers.change import Arrived, Closed, Forbidden, Locked, Places, Withdrawn
    from solvers.check import PlanError, check_assignment
    from solvers.check_rules import check_rules
    from solvers.clashes import Clash, solve_without_clashes
    from solvers.clauses import Clause, ContradictionError
    from solvers.limits import Limit
    from solvers.location import LocationResult, solve_location
    from solvers.location_check import LocationError, check_location
    from solvers.pooling import Pooling, pool_owners
    from solvers.price import Price
    from solvers.problem import AssignmentProblem
    from solvers.proving import Proving, go_on_proving
    from solvers.resolved import Between, exact_cost_to_others, exact_values
    from solvers.result import AssignmentResult
    from solvers.rules import solve_with_rules
    from solvers.sensitivity import Sensitivity, survives
    from solvers.solve import solve_assignment
    from solvers.tradeoffs import FrontierPoint, frontier
    from solvers.turning import Turn, turning_weights
    from solvers.value import Others, Proposed, Values, cost_to_others, value_of_one_more, value_of_proposed

__all__ = [
    "Arrived",
    "AssignmentProblem",
    "AssignmentResult",
    "Between",
    "BlockingPairs",
    "Clash",
    "Clause",
    "Closed",
    "ContradictionError",
    "Forbidden",
    "FrontierPoint",
    "Limit",
    "Live",
    "LocationError",
    "LocationResult",
    "Locked",
    "Others",
    "Places",
    "PlanError",
    "Pooling",
    "Price",
    "Proposed",
    "Proving",
    "Sensitivity",
    "Turn",
    "Values",
    "Withdrawn",
    "blocking_pairs",
    "check_assignment",
    "check_location",
    "check_rules",
    "cost_to_others",
    "exact_cost_to_others",
    "exact_values",
    "frontier",
    "go_on_proving",
    "pool_owners",
    "prepare",
    "solve_again",
    "solve_assignment",
    "solve_location",
    "solve_with_rules",
    "solve_without_clashes",
    "survives",
    "turning_weights",
    "value_of_one_more",
    "value_of_proposed",
]

PLACEWELL = "solvers"
"""Marks this package as Placewell own; matcher/__init__.py checks it."""

_MODULE_OF = {
    "Arrived": "change",
    "AssignmentProblem": "problem",
    "AssignmentResult": "result",
    "Between": "resolved",
    "BlockingPairs": "blocking",
    "Clash": "clashes",
    "Closed": "change",
    "Forbidden": "change",
    "Clause": "clauses",
    "ContradictionError": "clauses",
    "FrontierPoint": "tradeoffs",
    "Live": "again",
    "Locked": "change",
    "Limit": "limits",
    "LocationError": "location_check",
    "LocationResult": "location",
    "Others": "value",
    "Places": "change",
    "PlanError": "check",
    "Pooling": "pooling",
    "Price": "price",
    "Proposed": "value",
    "Proving": "proving",
    "Sensitivity": "sensitivity",
    "Turn": "turning",
    "Values": "value",
    "Withdrawn": "change",
    "blocking_pairs": "blocking",
    "check_assignment": "check",
    "check_location": "location_check",
    "check_rules": "check_rules",
    "cost_to_others": "value",
    "exact_cost_to_others": "resolved",
    "exact_values": "resolved",
    "frontier": "tradeoffs",
    "go_on_proving": "proving",
    "pool_owners": "pooling",
    "prepare": "again",
    "solve_again": "again",
    "solve_assignment": "solve",
    "solve_location": "location",
    "solve_with_rules": "rules",
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

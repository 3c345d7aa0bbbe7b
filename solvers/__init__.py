"""Who should live where: pure optimisation over arrays, with proof.

`AssignmentProblem` holds the arrays, `solve_assignment` finds a plan and a bound, `check_assignment` checks
any plan from first principles. Nothing here knows what a child or a home is beyond their numbers.
"""

from solvers.check import PlanError, check_assignment
from solvers.clashes import Clash, solve_without_clashes
from solvers.price import Price
from solvers.problem import AssignmentProblem
from solvers.result import AssignmentResult
from solvers.solve import solve_assignment

__all__ = [
    "AssignmentProblem",
    "AssignmentResult",
    "Clash",
    "PlanError",
    "Price",
    "check_assignment",
    "solve_assignment",
    "solve_without_clashes",
]

PLACEWELL = "solvers"
"""Marks this package as Placewell own; matcher/__init__.py checks it."""

"""An independent check that a plan obeys its rules: plain loops, nothing shared with the code that makes plans."""

from __future__ import annotations

from collections.abc import Sequence

from solvers.check import PlanError
from solvers.clauses import Clause
from solvers.limits import Limit
from solvers.problem import AssignmentProblem, Ints


def check_rules(
    problem: AssignmentProblem, place_of: Ints, *, limits: Sequence[Limit] = (), clauses: Sequence[Clause] = ()
) -> None:
    """Check limits and clauses; `check_assignment` checks everything else.

    Args:
        problem: The problem solved.
        place_of: Home of each child, -1 for none, ``(children,)``.
        limits: The limits it was solved with.
        clauses: The clauses it was solved with.

    Raises:
        PlanError: Naming the first limit or clause that is broken.
    """
    places = [int(home) for home in place_of]
    for number, limit in enumerate(limits):
        for home in range(problem.homes) if limit.homes is None else limit.homes:
            here = sum(1 for child in set(limit.children) if places[child] == home)
            if here > limit.most:
                raise PlanError(f"limits[{number}] allows {limit.most} children at home {home}; the plan has {here}")
    for number, clause in enumerate(clauses):
        holds = False
        for child, home, wanted in clause.literals:
            there = places[child] == home
            holds = holds or (there if wanted else not there)
        if not holds:
            raise PlanError(f"clauses[{number}] is broken: none of its {len(clause.literals)} literals holds")

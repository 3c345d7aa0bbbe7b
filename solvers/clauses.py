"""Logical side rules: in every plan, at least one of certain statements about single children holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from solvers.problem import AssignmentProblem, Ints

#: ``(child, home, holds)``: that the child is at that home (-1: without a home), or is not.
Literal = tuple[int, int, bool]


@dataclass(frozen=True)
class Clause:
    """At least one of these literals holds.

    "If A is at h, B is not at g" is ``((A, h, False), (B, g, False))``; "A or B has a home" is
    ``((A, -1, False), (B, -1, False))``.
    """

    literals: tuple[Literal, ...]

    def obeyed(self, place_of: Ints) -> bool:
        """Whether a plan obeys the clause."""
        return any((place_of[child] == home) == holds for child, home, holds in self.literals)


class ContradictionError(ValueError):
    """No plan obeys every rule, not even one that leaves children without a home."""


def refuse_clauses(clauses: Sequence[Clause], problem: AssignmentProblem) -> None:
    """Refuse clauses that name what is not there.

    Raises:
        ValueError: Naming the clause, and the child or home that is out of range.
    """
    for number, clause in enumerate(clauses):
        for child, home, _ in clause.literals:
            if not 0 <= child < problem.children:
                raise ValueError(
                    f"clauses[{number}] names child {child}: there are {problem.children}, numbered from 0"
                )
            if not -1 <= home < problem.homes:
                raise ValueError(
                    f"clauses[{number}] names home {home}: there are {problem.homes}, numbered from 0; -1 is none"
                )

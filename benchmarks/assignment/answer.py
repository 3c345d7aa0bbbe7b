"""What every contender is given, and what it hands back: a plan and a bound, neither yet believed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from matcher.scoring.arrays import Int64
from solvers import AssignmentProblem, Price


class Point(NamedTuple):
    """How far a contender was: seconds since it began, the objective and the bound it had then."""

    seconds: float
    objective: int
    bound: int


@dataclass(frozen=True)
class Task:
    """What a contender is given.

    Attributes:
        problem: The problem, with the pairs that are listed.
        day: Day each child needs a home, ``(children,)``, larger is later.
        seconds: Time it may take.
        price: Where not all pairs are listed, the kernel that finds others, for who can use it.
    """

    problem: AssignmentProblem
    day: Int64
    seconds: float
    price: Price | None = None


@dataclass(frozen=True)
class Answer:
    """What it found.

    Attributes:
        place_of: Home of each child, -1 for none, ``(children,)``; None where it found no plan.
        bound: What it says no plan can cost less than; None where it says nothing.
        all_pairs: Whether the bound holds for pairs that are not listed too.
        progress: How its objective and bound came closer, where it tells.
    """

    place_of: Int64 | None
    bound: int | None
    all_pairs: bool = False
    progress: list[Point] = field(default_factory=list)


Solve: TypeAlias = Callable[[Task], Answer]

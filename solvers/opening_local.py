"""Samples worked out in this process, one after another, each stated once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from solvers.opening import Outcome
from solvers.opening_problem import OpeningProblem, OpeningSample
from solvers.opening_sample import Cut, SampleProgram, plan_sample
from solvers.problem import Ints

Many = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]


class LocalSamples:
    """Samples held here.

    Args:
        problem: The options they are about.
        samples: One or more.
        gap: How near each true plan must be proved; see `solvers.solve.solve_assignment`.
        seconds: For each true plan.
        many: Calls a function with each of some things and gives the answers in order, as `map`: say, on threads.

    Raises:
        ValueError: No samples, or one that names options there are not.
    """

    def __init__(
        self,
        problem: OpeningProblem,
        samples: Sequence[OpeningSample],
        *,
        gap: float = 0.0,
        seconds: float | None = None,
        many: Many = map,
    ) -> None:
        if not samples:
            raise ValueError("there are no samples: give one or more")
        for sample in samples:
            problem.check_sample(sample)
        self.programs = list(many(partial(SampleProgram, options=problem.options), samples))
        self.gap, self.seconds, self.many = gap, seconds, many
        self._planned: dict[bytes, list[Outcome]] = {}

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.programs)

    def cuts(self, taken: npt.NDArray[np.float64]) -> list[tuple[float, Cut]]:
        """As `solvers.opening.Samples`."""
        return list(self.many(lambda program: program.cut(taken), self.programs))

    def plans(self, taken: Ints) -> list[Outcome]:
        """As `solvers.opening.Samples`; what was planned before is known."""
        key = taken.tobytes()
        if key not in self._planned:
            plan = partial(outcome_of, taken=taken, gap=self.gap, seconds=self.seconds)
            self._planned[key] = list(self.many(plan, self.programs))
        return self._planned[key]


def outcome_of(program: SampleProgram, taken: Ints, *, gap: float, seconds: float | None) -> Outcome:
    """One sample's true plan at a choice of options, and what it says of other choices."""
    found = plan_sample(program.sample, taken, gap=gap, time_limit=seconds)
    charges, unplaced = found.unplaced_charge + found.apart_charge, int((found.place_of < 0).sum())
    return Outcome(found.objective, found.bound, charges, unplaced, program.cut_here(taken, found.bound))

"""What one place more or fewer at each home is worth to a plan: ranked at once, then solved again.

Only what was solved again is told, so that brothers and sisters, and children who may not share, count in full.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from matcher.services.fewest_moves import solve_again
from matcher.services.problem import Run
from matcher.services.promise import moving_values, promising
from matcher.services.room_changed import RoomChanged
from matcher.services.swaps import who_moves
from matcher.services.value_results import OneFewer, OneMore, PlaceValues
from models.vocabulary import HomeKind, kind_label
from solvers import (
    AssignmentProblem,
    AssignmentResult,
    Between,
    exact_values,
)

SOLVED_AGAIN = 10
"""How many homes are solved again with one place more, and with one fewer beside those nobody can leave alone."""


def place_values(
    run: Run,
    result: AssignmentResult,
    *,
    seconds: float,
    cancel: Callable[[], bool] | None = None,
    progress: Callable[[str], None] | None = None,
) -> PlaceValues:
    """Find where one more place would save most, and where losing one would cost most.

    Args:
        run: The run.
        result: Its plan.
        seconds: For solving again, in all; what is not looked at by then is said to be not known.
        cancel: Asked from time to time whether to stop.
        progress: Told, in words, what is going on.
    """
    return _Values(run, result, seconds, cancel, progress or (lambda _words: None)).find()


class _Values:
    """One plan's values, within a time."""

    def __init__(
        self,
        run: Run,
        result: AssignmentResult,
        seconds: float,
        cancel: Callable[[], bool] | None,
        tell: Callable[[str], None],
    ) -> None:
        self.run, self.result, self.cancel, self.tell = run, result, cancel, tell
        self.ends = time.monotonic() + seconds

    def find(self) -> PlaceValues:
        """Places more first, then places fewer in what time is left."""
        self.tell("finding where one more place would save most")
        more = RoomChanged(self.run, 1)
        result = self._at_charges(more)
        gained = [
            self._more(more, result, h) for h in self._in_time(promising(more, result, self._left())[:SOLVED_AGAIN])
        ]
        self.tell("finding where losing a place would cost most")
        used, stuck = self._used()
        fewer = RoomChanged(self.run, -1)
        lost = {home: self._fewer(fewer, home) for home in self._in_time(used[: len(stuck) + SOLVED_AGAIN])}
        homes = self.run.case.homes
        household = [home.kind in (HomeKind.FOSTER, HomeKind.CONNECTED) for home in homes]
        return PlaceValues(
            more=tuple(sorted((one for one in gained if one.most_pence), key=_dearest)),
            fewer=tuple(sorted((one for one in lost.values() if one.most_pence), key=_dearest)),
            solved_again=len(gained),
            not_known=tuple(homes[home].id for home in stuck if home not in lost),
            at_limit=int((np.array(household, dtype=bool) & (more.change[:, 0] == 0)).sum()),
        )

    def _at_charges(self, more: RoomChanged) -> AssignmentResult:
        """The plan where leaving a child out costs more than the dearest pair that a place more would allow."""
        dearer = more.plain.unplaced - self.run.problem.unplaced
        if not dearer.any():
            return self.result
        added = int(dearer[self.result.place_of < 0].sum())
        bound = self._solve(self.run, more.plain).bound
        return replace(
            self.result,
            objective=self.result.objective + added,
            unplaced_charge=self.result.unplaced_charge + added,
            bound=bound,
            status="optimal" if bound == self.result.objective + added else "feasible",
            uniqueness="not determined",
            tie=None,
        )

    def _used(self) -> tuple[list[int], list[int]]:
        """Homes the plan uses, dearest to lose first, and those whose loss no move of single children can make good."""
        capacity = self.run.problem.capacity
        loss = moving_values(self.run.problem, self.result, self._left()).fewer
        given = np.unique(self.result.place_of[: self.run.searching]).tolist()
        used = [home for home in given if home >= 0 and capacity[home].any()]
        used.sort(key=lambda home: (loss[home] >= 0, -loss[home], home))
        return used, [home for home in used if loss[home] < 0]

    def _more(self, more: RoomChanged, result: AssignmentResult, home: int) -> OneMore:
        value, again = self._again(more, result, home)
        return OneMore(
            **self._told(home, value),
            placed_more=self._placed(again) - self._placed(result),
            moved=who_moves(self.run, result.place_of, again.place_of),
        )

    def _fewer(self, fewer: RoomChanged, home: int) -> OneFewer:
        value, again = self._again(fewer, self.result, home)
        return OneFewer(**self._told(home, value), placed_fewer=self._placed(self.result) - self._placed(again))

    def _again(self, changed: RoomChanged, result: AssignmentResult, home: int) -> tuple[Between, AssignmentResult]:
        run, answers = changed.at(home), list[AssignmentResult]()

        def solve(problem: AssignmentProblem) -> AssignmentResult:
            answers.append(self._solve(run, problem))
            return answers[-1]

        value = exact_values(run.problem, result, [home], change=changed.change[home], solve=solve)
        return value, answers[-1]

    def _solve(self, run: Run, problem: AssignmentProblem) -> AssignmentResult:
        return solve_again(
            run,
            problem,
            self.result.place_of,
            time_limit=self._left(),
            cancel=self.cancel,
            seed=self.result.seed,
        )

    def _left(self) -> float:
        return max(self.ends - time.monotonic(), 0.05)

    def _in_time(self, homes: Sequence[int]) -> Iterator[int]:
        """These homes, while there is time."""
        for home in homes:
            if time.monotonic() > self.ends or (self.cancel and self.cancel()):
                return
            yield home

    def _told(self, home: int, value: Between) -> dict[str, object]:
        record = self.run.case.homes[home]
        return {
            "home_id": record.id,
            "kind_label": kind_label(record.kind, record.sector),
            "least_pence": int(value.least[0]),
            "most_pence": int(value.most[0]),
        }

    def _placed(self, result: AssignmentResult) -> int:
        return int(np.count_nonzero(result.place_of[: self.run.searching] >= 0))


def _dearest(one: OneMore | OneFewer) -> tuple[int, int, str]:
    return (-one.least_pence, -one.most_pence, one.home_id)

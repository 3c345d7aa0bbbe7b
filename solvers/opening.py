"""What to open, by Benders decomposition: cuts of every sample, a master program that chooses, exact plans at the end.

1. Parts of options. The master program's relaxation and the samples' linear programs take turns; points half way to
   the best point so far are tried first, which keeps the answers from jumping about.
2. Whole options. The master program with whole options, cuts at its answer, until it costs what the master said.
3. Plans. Every sample's true plan at the best choice, brothers and sisters and clashes included. Where those cost more
   than the linear programs by more than the gap asked for, each sample says by how much this choice is dearer, as a cut
   that binds here and loosens with every option changed (Laporte and Louveaux), and step 2 goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from solvers.clock import Clock, Progress
from solvers.opening_master import Choice, OpeningMaster
from solvers.opening_problem import OpeningProblem
from solvers.opening_sample import Cut
from solvers.problem import Ints
from solvers.result import relative_gap

Floats = npt.NDArray[np.float64]
#: Rounds of parts of options at most; the share of the gap asked for at which they are good enough; and how near cuts
#: must come, in units, to be in the first program of whole options.
_ROUNDS, _ENOUGH, _NEAR = 60, 0.2, 0.05
#: Whole rounds at most between two looks at true plans.
_WHOLE_ROUNDS = 40


class NoPlanError(ValueError):
    """No choice of options meets what is asked within the budget."""


class Outcome(NamedTuple):
    """A sample's plan at one choice of options.

    What it costs, what no plan costs less than, the charges in it, how many have no home, and its cut.
    """

    objective: int
    bound: int
    charges: int
    unplaced: int
    cut: Cut


class Samples(Protocol):
    """Where samples are worked out: here, or wherever they live (see `solvers.opening_local.LocalSamples`)."""

    @property
    def count(self) -> int:
        """How many there are."""

    def cuts(self, taken: Floats) -> Sequence[tuple[float, Cut]]:
        """Every sample's linear program at a choice of (parts of) options: value and cut, in order."""

    def plans(self, taken: Ints) -> Sequence[Outcome]:
        """Every sample's plan at a choice of options, in order."""


@dataclass(frozen=True, eq=False)
class OpeningResult:
    """Which options to take, and how good that is proved to be; figures are of all samples together.

    Attributes:
        taken: 0 or 1 for each option, ``(options,)``.
        objective: What that costs, exact: options and every sample's checked plan.
        bound: No choice costs less, exact.
        charges: The part of the objective charged for children without a home and groups apart.
        spent: What the options take of the budget.
        outcomes: Each sample's plan.
        status: ``optimal`` only when objective equals bound; ``cancelled``; ``feasible`` otherwise.
        seconds: Time taken.
        rounds: How often every sample's linear program was solved.
        cuts: What was learnt of the samples, which holds for other costs and budgets; see `solve_openings`.
    """

    taken: Ints
    objective: int
    bound: int
    charges: int
    spent: int
    outcomes: tuple[Outcome, ...]
    status: Literal["optimal", "feasible", "cancelled"]
    seconds: float
    rounds: int
    cuts: tuple[tuple[int, Cut], ...]

    @property
    def gap(self) -> float:
        """(objective - bound) / (objective - charges); 0 if equal, infinite if nothing is left to compare with."""
        return relative_gap(self.objective, self.bound, self.charges)


def solve_openings(
    problem: OpeningProblem,
    samples: Samples,
    *,
    gap: float = 0.01,
    start: npt.ArrayLike | None = None,
    known: Sequence[tuple[int, Cut]] = (),
    time_limit: float | None = None,
    cancel: Callable[[], bool] | None = None,
    progress: Progress | None = None,
) -> OpeningResult:
    """Find which options to take, with a bound that no choice can beat.

    Args:
        problem: Options, what they cost, what may be spent.
        samples: What each choice leads to.
        gap: Stop once `OpeningResult.gap` is proved to be at most this.
        start: A choice to begin from, ``(options,)`` of 0 and 1: rules of thumb, or what each option is worth alone.
        known: Cuts found before for the same samples, each with its sample, as with another budget; `samples` may add.
        time_limit: Seconds after which the best choice so far is returned with its honest bound.
        cancel: Asked from time to time; True stops the work.
        progress: Told seconds, objective and bound whenever one of the latter gets better.

    Raises:
        NoPlanError: Nothing lawful meets ``problem.most``.
        ValueError: A start that is not lawful.
    """
    return _Search(problem, samples, gap, Clock(time_limit, cancel, progress), known).run(start)


class _Search:
    def __init__(
        self, problem: OpeningProblem, samples: Samples, gap: float, clock: Clock, known: Sequence[tuple[int, Cut]]
    ) -> None:
        self.problem, self.samples, self.gap, self.clock = problem, samples, gap, clock
        self.rounds = 0
        known = tuple(known) or self._first_cuts()
        # Nothing costs less than nothing.
        floors, highest = [0] * samples.count, [0] * samples.count
        none = np.zeros(problem.options, dtype=np.int64)
        for sample, cut in known:
            floors[sample] = max(floors[sample], _floor(cut))
            highest[sample] = max(highest[sample], cut.at(none))
        self.master = OpeningMaster(problem, floors, max(1.0, float(np.mean(np.subtract(highest, floors)))))
        self.master.add(known)
        self.bound = self.master.problem.times * sum(floors) + samples.count * int(np.minimum(problem.cost, 0).sum())
        self.best: tuple[int, Ints, tuple[Outcome, ...]] | None = None
        self.seen: set[bytes] = set()

    def _first_cuts(self) -> tuple[tuple[int, Cut], ...]:
        """Cuts with everything there, from which floors are known, and with nothing taken."""
        both = (self.samples.cuts(np.full(self.problem.options, taken)) for taken in (1.0, 0.0))
        return tuple((sample, cut) for found in both for sample, (_, cut) in enumerate(found))

    def run(self, start: npt.ArrayLike | None) -> OpeningResult:
        first = np.zeros(self.problem.options, dtype=np.int64) if start is None else np.asarray(start, dtype=np.int64)
        if not self.problem.lawful(first):
            raise ValueError("start is not within the budget, the limits and the order of options")
        self._plan(first)
        self._parts(first.astype(np.float64))
        self._wholes()
        return self._result()

    def _parts(self, centre: Floats) -> None:
        """Cuts by taking parts of options, from points half way between the master's choice and the best point."""
        best = np.inf
        for turn in range(_ROUNDS):
            choice = self.master.relaxed()
            self._raise(choice)
            if choice.taken is None or self.clock.stop():
                return
            at = choice.taken if turn % 3 == 2 else 0.5 * (choice.taken + centre)
            value = self._cut(at)
            if value < best:
                best, centre = value, at
            if best - self.bound <= _ENOUGH * self._wanted(best):
                return

    def _wholes(self) -> None:
        """Whole options, until the bound is near enough to true plans, or all is tried."""
        relaxed = self.master.relaxed()
        if relaxed.taken is not None:
            self.master.hold_binding(relaxed.taken, _NEAR)
        known = set[bytes]()
        for _ in range(_WHOLE_ROUNDS):
            if self._done():
                return
            choice = self.master.chosen(self.clock.left, self._gap_of_choice())
            if choice.infeasible:
                self._none_left()
                return
            self._raise(choice)
            if choice.taken is None or self._done():
                return
            taken = np.rint(choice.taken).astype(np.int64)
            # A choice that comes again with all its cuts known has nothing left to learn but its true plans; one
            # whose plans are known as well is the best there is, as far as floating point tells.
            if taken.tobytes() in self.seen:
                return
            if taken.tobytes() in known:
                self._plan(taken)
                continue
            known.add(taken.tobytes())
            value = self._cut(choice.taken)
            if value - choice.bound <= _ENOUGH * self._wanted(value):
                self._plan(taken)

    def _none_left(self) -> None:
        """Every choice still open costs more than ``most``, or there is none."""
        if self.best is None:
            raise NoPlanError("no choice of options within the budget brings all samples' plans down to what is asked")

    def _cut(self, taken: Floats) -> float:
        """Learn every sample's cut at a choice; what options and linear programs cost there."""
        self.rounds += 1
        found = self.samples.cuts(taken)
        self.master.add([(sample, cut) for sample, (_, cut) in enumerate(found)])
        own = self.samples.count * float(self.problem.cost @ taken)
        return own + self.problem.times * sum(value for value, _ in found)

    def _plan(self, taken: Ints) -> None:
        """Work out every sample's true plan at a choice, keep it if best, and learn what it says of this choice."""
        if taken.tobytes() in self.seen or not self.problem.lawful(taken):
            return
        self.seen.add(taken.tobytes())
        outcomes = tuple(self.samples.plans(taken))
        self.master.add([(sample, outcome.cut) for sample, outcome in enumerate(outcomes)])
        plans = sum(outcome.objective for outcome in outcomes)
        if self.problem.most is not None and plans > self.problem.most:
            return
        objective = self.samples.count * int(self.problem.cost @ taken) + self.problem.times * plans
        if self.best is None or objective < self.best[0]:
            self.best = objective, taken, outcomes
            self.clock.tell(objective, min(self.bound, objective))

    def _raise(self, choice: Choice) -> None:
        if not choice.infeasible and choice.bound > self.bound:
            self.bound = choice.bound
            if self.best is not None:
                self.clock.tell(self.best[0], min(self.bound, self.best[0]))

    def _charges(self) -> int:
        return 0 if self.best is None else self.problem.times * sum(outcome.charges for outcome in self.best[2])

    def _wanted(self, value: float) -> float:
        """The gap asked for at about this objective, in cost units."""
        return max(self.gap * max(value - self._charges(), 0.0), 0.5)

    def _gap_of_choice(self) -> float:
        """The same as a share of the shifted objective that the master program sees."""
        if self.best is None:
            return 1e-4
        wanted = _ENOUGH * self._wanted(self.best[0])
        shifted = self.best[0] - self.problem.times * sum(self.master.floors)
        return min(0.5, wanted / max(abs(shifted), 1.0)) if self.gap > 0 else 0.0

    def _done(self) -> bool:
        if self.clock.stop():
            return True
        return self.best is not None and relative_gap(self.best[0], self.bound, self._charges()) <= self.gap

    def _result(self) -> OpeningResult:
        if self.best is None:
            raise NoPlanError("no choice of options was found in time that brings all plans down to what is asked")
        objective, taken, outcomes = self.best
        bound = min(self.bound, objective)
        status: Literal["optimal", "feasible", "cancelled"] = "cancelled" if self.clock.cancelled else "feasible"
        return OpeningResult(
            taken, objective, bound, self._charges(), int(self.problem.spend @ taken), outcomes,
            "optimal" if bound == objective else status, self.clock.seconds, self.rounds, tuple(self.master.cuts),
        )  # fmt: skip


def _floor(cut: Cut) -> int:
    """What a sample costs at least by one cut, whatever is taken."""
    return -(-(cut.constant + int(np.minimum(cut.slope, 0).sum())) // cut.scale)

"""The proof that goes on behind a plan made in haste: solved again from the beginning, while the plan is looked at."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import replace

from solvers.again import Live, prepare
from solvers.check import check_assignment
from solvers.problem import AssignmentProblem
from solvers.result import AssignmentResult
from solvers.solve import solve_assignment


class Proving:
    """A proof under way; make one with `go_on_proving`, and end one not wanted any more with `cancel`."""

    def __init__(self, live: Live, gap: float, time_limit: float | None) -> None:
        self._live = live
        self._stop = threading.Event()
        self._future: Future[AssignmentResult] = Future()
        self._thread = threading.Thread(target=self._run, args=(gap, time_limit), daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether the work has ended, by a proof, the time limit or `cancel`."""
        return self._future.done()

    def cancel(self) -> None:
        """Ask the work to end; `result` then gives the best plan there is."""
        self._stop.set()

    def result(self, timeout: float | None = None) -> AssignmentResult:
        """Wait for the better of the two plans, with the better of the two bounds.

        Args:
            timeout: Seconds to wait.

        Raises:
            TimeoutError: If the work has not ended by then; it goes on.
        """
        return self._future.result(timeout)

    def live(self, timeout: float | None = None) -> Live:
        """The same, ready for the next change; locks stay.

        Raises:
            TimeoutError: As `result`.
        """
        return prepare(self._live.problem, self.result(timeout), locks=self._live.locks)

    def _run(self, gap: float, time_limit: float | None) -> None:
        quick = self._live.result
        try:
            slow = solve_assignment(
                self._live.problem, gap=gap, time_limit=time_limit, cancel=self._stop.is_set, seed=quick.seed
            )
            self._future.set_result(better(self._live.problem, quick, slow))
        except BaseException as error:
            self._future.set_exception(error)


def go_on_proving(live: Live, *, gap: float = 0.0, time_limit: float | None = None) -> Proving:
    """Go on to prove, or better, a plan that `solve_again` gave, in a thread of its own.

    Args:
        live: The changed problem and its plan.
        gap: As in `solve_assignment`.
        time_limit: Seconds; none if None.
    """
    return Proving(live, gap, time_limit)


def better(problem: AssignmentProblem, first: AssignmentResult, second: AssignmentResult) -> AssignmentResult:
    """The cheaper of two plans of one problem, the first where they cost the same, under the higher of their bounds."""
    plan = min(first, second, key=lambda result: result.objective)
    bound = max(first.bound, second.bound)
    seconds = first.seconds + second.seconds
    if plan.objective > bound:
        best = replace(plan, bound=bound, status=second.status, seconds=seconds)
    else:
        known = second if second.objective == plan.objective and second.status == "optimal" else plan
        best = replace(known, bound=bound, status="optimal", seconds=seconds)
    check_assignment(problem, best)
    return best

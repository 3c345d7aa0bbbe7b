"""What each budget could do: the best choice at several, and what the next pound brings."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matcher.services.opening.menu_options import Option
from matcher.services.opening.results import BudgetPoint
from solvers.opening import OpeningResult, solve_openings
from solvers.opening_local import LocalSamples
from solvers.opening_problem import OpeningProblem

Ints = npt.NDArray[np.int64]
_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)


def budget_points(
    problem: OpeningProblem,
    samples: LocalSamples,
    found: OpeningResult,
    options: Sequence[Option],
    gap: float,
    cancel: Callable[[], bool] | None,
    progress: Callable[[str], None],
) -> tuple[BudgetPoint, ...]:
    """The best choice at budgets below and above the one asked for, or what the best choice spends where none was.

    What cuts say of the samples holds at every budget, so each is found from where the last one ended.
    """
    middle = problem.budget if problem.budget is not None else found.spent
    budgets = sorted({round(share * middle) for share in _SHARES})
    results: list[tuple[int, OpeningResult]] = []
    start, known = np.zeros(problem.options, dtype=np.int64), found.cuts
    for budget in budgets:
        progress(f"what £{budget / 100:,.0f} a year could do")
        if budget == problem.budget:
            result = found
        else:
            within = replace(problem, budget=budget)
            result = solve_openings(within, samples, gap=gap, start=start, known=known, cancel=cancel)
        # More money is never worse: the last choice is lawful here too, and better where proofs stopped short.
        if results and results[-1][1].objective < result.objective:
            result = results[-1][1]
        results.append((budget, result))
        start, known = result.taken, result.cuts
    return tuple(_point(samples, options, results, at) for at in range(len(results)))


def _point(
    samples: LocalSamples, options: Sequence[Option], results: Sequence[tuple[int, OpeningResult]], at: int
) -> BudgetPoint:
    budget, result = results[at]
    taken = [option.item.name for number, option in enumerate(options) if result.taken[number]]
    return BudgetPoint(
        budget_pence=budget,
        spent_pence=result.spent,
        objective_pence=result.objective // samples.count,
        bound_pence=result.bound // samples.count,
        unplaced=sum(outcome.unplaced for outcome in result.outcomes) / samples.count,
        items=tuple(f"{taken.count(name)} x {name}" for name in dict.fromkeys(taken)),
        next_pound=_next_pound(samples, results, at),
    )


def _next_pound(samples: LocalSamples, results: Sequence[tuple[int, OpeningResult]], at: int) -> float | None:
    """Pounds gained a year, all counted and the option paid for, for each further pound spent up to the next budget."""
    if at + 1 == len(results):
        return None
    (_, here), (_, ahead) = results[at], results[at + 1]
    more = ahead.spent - here.spent
    return (here.objective - ahead.objective) / samples.count / more if more > 0 else 0.0

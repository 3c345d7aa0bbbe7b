"""The menu as the solver takes it, the weeks that choices are judged by, and the best choice within a budget."""

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.services.forecast import forecast
from matcher.services.forecast.fitting import fit
from matcher.services.opening.futures import Future, futures, horizon_of
from matcher.services.opening.looking import looking
from matcher.services.opening.measuring import WEEKS_A_YEAR
from matcher.services.opening.menu_options import Option, options_of
from matcher.services.opening.sampling import Sample, sample_of
from matcher.services.opening.stays import chances_to_stay
from matcher.services.opening.told import WeekTold, tell
from matcher.services.opening.weeks import Today, Week, draw_week
from matcher.services.problem import build
from matcher.services.searches import clean_sheet
from matcher.services.spreading import spread, threads
from matcher.services.supply import supply_forecast
from models.case import Case
from models.forecast import BASELINE, Scenario
from models.policy import Policy
from solvers.opening import OpeningResult, solve_openings
from solvers.opening_local import LocalSamples
from solvers.opening_problem import AtMost, OpeningProblem

Ints = npt.NDArray[np.int64]
Progress = Callable[[str], None]
Cancel = Callable[[], bool]
_DRAWS = 1_000
_HEADROOM = 1.25
_PER_MILLE = 1000


@dataclass(frozen=True)
class Asking:
    """How a plan of openings is asked for; see `matcher.services.opening.plan.plan_openings`."""

    weeks_ahead: int
    samples: int
    fresh: int
    gap: float
    seed: int
    scenario: Scenario = BASELINE
    on: str = "here"


@dataclass(frozen=True, eq=False)
class Ahead:
    """What is known of the horizon before any week is drawn.

    Attributes:
        today: What weeks are made from.
        chosen_by: Futures that a choice is made by.
        fresh: Futures that it is tested on, none of them among the others.
        charge: Pence a week for a child without a home, the same in every week.
        too_late: Options that would be there after the horizon only.
    """

    today: Today
    chosen_by: tuple[Future, ...]
    fresh: tuple[Future, ...]
    charge: int
    too_late: tuple[Option, ...]


def look_ahead(case: Case, asking: Asking, progress: Progress) -> Ahead:
    """Forecast children and places to the horizon, and draw futures from both.

    Raises:
        HistoryTooShortError: there is too little history to tell anything from.
    """
    progress("forecasting children")
    fitted = fit(case)
    years = math.ceil(asking.weeks_ahead / WEEKS_A_YEAR + 0.5)
    draws = max(_DRAWS, asking.samples + asking.fresh)
    found = forecast(case, years=years, draws=draws, scenario=asking.scenario, seed=asking.seed, fitted=fitted)
    progress("forecasting places")
    supply = supply_forecast(case, years=years, draws=draws, seed=asking.seed, scenario=asking.scenario)
    month = horizon_of(found, asking.weeks_ahead)
    families = looking(case)
    order = np.random.default_rng(asking.seed).permutation(draws).tolist()
    parts = order[: asking.samples], order[asking.samples : asking.samples + asking.fresh]
    chosen_by, fresh = (futures(found, supply, fitted, families, month, part) for part in parts)
    every = options_of(case)
    in_time = tuple(option for option in every if option.item.lead_weeks <= asking.weeks_ahead)
    day = found.days[month]
    today = Today(case, supply.homes, families, chances_to_stay(fitted, day), day, in_time)
    late = tuple(option for option in every if option.item.lead_weeks > asking.weeks_ahead)
    return Ahead(today, chosen_by, fresh, _charge(case, in_time), late)


def _charge(case: Case, options: Sequence[Option]) -> int:
    """More than any child's home, new ones among them, costs with the dearest separation: a quarter to spare."""
    homes = [home for option in options for home in option.homes]
    wider = Case(**{name: getattr(case, name) for name in Case.model_fields} | {"homes": (*case.homes, *homes)})
    run = build(wider, clean_sheet(wider))
    charges = run.problem.unplaced
    return round(_HEADROOM * int(charges.min())) if charges.size else 0


def draw_samples(
    ahead: Ahead, drawn: Sequence[Future], asking: Asking, seed: int, progress: Progress, cancel: Cancel | None
) -> list[Sample]:
    """The weeks of some futures, stated for the solver; the same wherever they are worked out."""

    def told(done: int, total: int) -> None:
        progress(f"drawing weeks: {done:,} of {total:,}")

    return spread(_sample, drawn, shared=ahead, seed=seed, on=asking.on, progress=told, cancel=cancel)


def _sample(ahead: Ahead, future: Future, seed: np.random.SeedSequence) -> Sample:
    of_week, of_support = seed.spawn(2)
    week: Week = draw_week(ahead.today, future, of_week)
    return sample_of(week, ahead.today.options, ahead.charge, np.random.default_rng(of_support))


def problem_of(options: Sequence[Option], budget_pence: int | None, policy: Policy) -> OpeningProblem:
    """The menu as the solver takes it: what options cost weighs as the policy weighs fees; budgets are in pounds."""
    own = [weighed(own_pence(option), policy) for option in options]
    return OpeningProblem(
        np.array(own, dtype=np.int64),
        np.array([option.yearly_pence for option in options], dtype=np.int64),
        budget=budget_pence,
        at_most=tuple(_limits(options)),
        follows=np.array(list(_follows(options)), dtype=np.int64).reshape(-1, 2),
        times=WEEKS_A_YEAR,
    )


def own_pence(option: Option) -> int:
    """What an option costs a year if every place that can be sold is; using one then forgoes the income."""
    places = sum(home.terms.places for home in option.homes)
    return option.yearly_pence - WEEKS_A_YEAR * option.credit_per_unused_place_pence * places


def weighed(pence: int, policy: Policy) -> int:
    """What money counts for beside welfare, as the policy weighs a fee."""
    return pence * policy.fee_per_mille // _PER_MILLE


def _limits(options: Sequence[Option]) -> Iterator[AtMost]:
    """As many of each item as its limit; and one option at most that changes each home."""
    by_item: dict[str, list[int]] = {}
    by_home: dict[str, list[int]] = {}
    for number, option in enumerate(options):
        by_item.setdefault(option.item.id, []).append(number)
        for home, _ in option.replaces:
            by_home.setdefault(home, []).append(number)
    for numbers in by_item.values():
        if len(numbers) > options[numbers[0]].item.limit:
            yield AtMost(tuple(numbers), options[numbers[0]].item.limit)
    yield from (AtMost(tuple(numbers), 1) for numbers in by_home.values() if len(numbers) > 1)


def _follows(options: Sequence[Option]) -> Iterator[tuple[int, int]]:
    """Copies of one item are alike: the second comes only after the first."""
    for number, option in enumerate(options[1:], start=1):
        before = options[number - 1]
        if before.item.id == option.item.id and not option.replaces and not before.replaces:
            yield number, number - 1


@contextmanager
def judged_by(problem: OpeningProblem, samples: Sequence[Sample], gap: float) -> Iterator[LocalSamples]:
    """The samples as the solver asks about them, on as many threads as may run here."""
    with ThreadPoolExecutor(threads()) as pool:
        yield LocalSamples(problem, [sample.solver for sample in samples], gap=gap, many=pool.map)


def choose(
    problem: OpeningProblem,
    samples: LocalSamples,
    *,
    gap: float,
    start: Ints | None = None,
    time_limit: float | None = None,
    cancel: Cancel | None = None,
    progress: Progress = lambda _words: None,
) -> OpeningResult:
    """The best choice within a budget, proved to a gap."""

    def told(seconds: float, objective: int, bound: int) -> None:
        above = (objective - bound) / samples.count / 100
        progress(f"choosing: at most £{above:,.0f} a year from the best after {seconds:.0f} s")

    return solve_openings(problem, samples, gap=gap, start=start, time_limit=time_limit, cancel=cancel, progress=told)


@dataclass(frozen=True, eq=False)
class _Trial:
    ahead: Ahead
    choices: tuple[Ints, ...]
    gap: float


def told_weeks(
    ahead: Ahead,
    drawn: Sequence[Future],
    choices: Sequence[Ints],
    asking: Asking,
    seed: int,
    progress: Progress,
    cancel: Cancel | None,
) -> list[list[WeekTold]]:
    """The weeks of some futures, planned with each of some choices of options: by choice, then week."""

    def told(done: int, total: int) -> None:
        progress(f"trying the choice on other weeks: {done:,} of {total:,}")

    trial = _Trial(ahead, tuple(choices), asking.gap / 4)
    weeks = spread(_try, drawn, shared=trial, seed=seed, on=asking.on, progress=told, cancel=cancel)
    return [list(by_choice) for by_choice in zip(*weeks, strict=True)]


def _try(trial: _Trial, future: Future, seed: np.random.SeedSequence) -> list[WeekTold]:
    return tell(_sample(trial.ahead, future, seed), trial.choices, trial.gap)

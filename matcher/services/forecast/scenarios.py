"""Several scenarios of one case beside each other, wherever they are run."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from typing import NamedTuple

import numpy as np

from matcher.services.forecast.fitting import Fitted, fit
from matcher.services.forecast.results import Forecast
from matcher.services.forecast.running import drawn_ahead
from matcher.services.spreading import spread
from models.case import Case
from models.forecast import Scenario


class _Sweep(NamedTuple):
    past: Fitted
    synthetic: bool
    years: int
    draws: int
    seed: int


def forecast_scenarios(
    case: Case,
    scenarios: Iterable[Scenario],
    *,
    years: int = 5,
    draws: int = 1_000,
    seed: int = 1,
    fitted: Fitted | None = None,
    on: str | Executor = "here",
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> list[Forecast]:
    """A forecast of each scenario, in their order, each as :func:`forecast` gives it alone.

    The past is read once. Draws of the same number start from the same seed, so that two scenarios differ by what they
    change and less by luck. Elsewhere goes every child's way through care, by the child's number in the files, and
    nothing else of the case; what comes back is each draw's counts.

    Args:
        case: the authority, with the episodes of two years or more.
        scenarios: what is to change in each.
        years: how far ahead, 1 to 10.
        draws: futures of each.
        seed: of all that is drawn.
        fitted: what :func:`fit` found in the case, if it was called before.
        on: where, as :func:`~matcher.services.spreading.spread` has it. Here each uses every processor already.
        progress: called with how many scenarios are done, and how many there are.
        cancel: asked whether to stop.

    Raises:
        HistoryTooShortError: there is too little history to tell anything from.
        ScenarioError: a scenario asks for something that means nothing here.
        ValueError: years or draws out of range; a place that cannot be.
        StoppedError, WorkersLostError, ClusterError: as ``spread`` has them.
    """
    sweep = _Sweep(fitted or fit(case), case.synthetic, years, draws, seed)
    return spread(_one, scenarios, shared=sweep, on=on, progress=progress, cancel=cancel)


def _one(sweep: _Sweep, scenario: Scenario, _: np.random.SeedSequence) -> Forecast:
    past, synthetic, years, draws, seed = sweep
    return drawn_ahead(
        past, years=years, draws=draws, scenario=scenario, seed=seed, tell=lambda _: None, synthetic=synthetic
    )

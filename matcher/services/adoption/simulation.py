"""How children fare under four ways of finding families, week by week, under the same chance."""

import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import t

from matcher.services.adoption.acceptance import AcceptanceModel
from matcher.services.adoption.simulation_pool import Chance, Types, draw, types_of
from matcher.services.adoption.simulation_results import (
    OUTCOME_WORDS,
    STRATEGY_WORDS,
    Measured,
    Outcome,
    PairedDifference,
    Simulation,
    SimulationSettings,
    Strategy,
    StrategyOutcomes,
)
from matcher.services.adoption.simulation_strategies import CHOICES, Board
from matcher.services.intervals import Interval
from matcher.services.spreading import spread
from models.adoption_policy import AdoptionPolicy
from models.case import Case

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_NEVER = 1_000_000


@dataclass(frozen=True, eq=False)
class Lived:
    """What came of one replication under one strategy.

    Attributes:
        matched: int64 (n,), the week of each unit's match, beyond every period where there is none.
        family: int64 (n,), the family matched with, -1 for none.
        declines: How often a family said no.
    """

    matched: Ints
    family: Ints
    declines: int


def simulate(
    case: Case,
    settings: SimulationSettings | None = None,
    *,
    policy: AdoptionPolicy | None = None,
    model: AcceptanceModel | None = None,
    on: str | Executor = "here",
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Simulation:
    """Simulate the pool of a case under every strategy.

    Children and families join as often as in the case's own year, each drawn from everybody on record; families answer
    as the acceptance model assumes. Every strategy meets the same people, the same answers and the same leavings, so
    that differences between them are paired.

    Args:
        case: The pool, with everybody on record.
        settings: What is simulated.
        policy: Prices; the case's own if None.
        model: How likely families are to say yes.
        on: Where replications run, as :func:`~matcher.services.spreading.spread` has it; the figures are the same.
        progress: Called with how many replications are done, and how many there are.
        cancel: Asked whether to stop.

    Raises:
        NothingToSimulateError: the pool has no children, or no families.
        StoppedError, WorkersLostError, ClusterError: as ``spread`` has them.
    """
    started, settings = time.perf_counter(), settings or SimulationSettings()
    types = types_of(case, policy, model)
    rows = spread(
        _replication, range(settings.replications), shared=(types, settings), on=on, progress=progress, cancel=cancel
    )
    found = dict(zip(Strategy, np.array(rows).swapaxes(0, 1), strict=True))
    return Simulation(
        settings=settings,
        outcomes=OUTCOME_WORDS,
        units_a_week=types.units_a_week,
        families_a_week=types.families_a_week,
        units_at_start=len(types.waits_now),
        families_at_start=types.families_now,
        strategies=tuple(
            StrategyOutcomes(strategy=s, words=STRATEGY_WORDS[s], measured=_measured(found[s])) for s in Strategy
        ),
        differences=tuple(
            PairedDifference(strategy=one, less=other, measured=_measured(found[one] - found[other]))
            for one in (Strategy.LINKING, Strategy.EXPECTED)
            for other in Strategy
            if other is not one and (one, other) != (Strategy.LINKING, Strategy.EXPECTED)
        ),
        seconds=time.perf_counter() - started,
    )


def _replication(
    shared: tuple[Types, SimulationSettings], replication: int, _: np.random.SeedSequence
) -> list[list[float]]:
    """What came of one replication under each strategy, all under the chance of its number."""
    types, settings = shared
    chance = draw(types, settings, replication)
    return [outcomes(types, chance, settings, live(types, chance, settings, strategy)) for strategy in Strategy]


def live(types: Types, chance: Chance, settings: SimulationSettings, strategy: Strategy) -> Lived:
    """One replication, week by week."""
    board, choose = Board(types, chance, settings), CHOICES[strategy]
    matched, family = np.full(chance.unit.size, _NEVER, np.int64), np.full(chance.unit.size, -1, np.int64)
    unit_free, family_free = np.ones(chance.unit.size, np.bool_), np.ones(chance.family.size, np.bool_)
    yes = chance.answers < types.chance[np.ix_(chance.unit, chance.family)]
    asked: dict[int, list[tuple[int, int]]] = {}
    declines = 0
    for week in range(settings.weeks):
        for unit, other in asked.pop(week, ()):
            if yes[unit, other]:
                matched[unit], family[unit] = week + settings.weeks_to_match, other
            else:
                unit_free[unit], family_free[other], board.allowed[unit, other] = True, True, False
                declines += 1
        here = unit_free & (chance.unit_joins <= week) & (chance.unit_leaves > week)
        open_to = family_free & (chance.family_joins <= week) & (chance.family_leaves > week)
        pairs = choose(board, np.flatnonzero(here), np.flatnonzero(open_to), week)
        for unit, other in pairs:
            unit_free[unit], family_free[other] = False, False
        asked[week + settings.weeks_to_answer] = pairs
    return Lived(matched, family, declines)


def outcomes(types: Types, chance: Chance, settings: SimulationSettings, lived: Lived) -> list[float]:
    """What came of a replication, in the order of :class:`Outcome`; children count, not groups."""
    sizes = types.sizes[chance.unit]
    done = lived.matched < settings.weeks
    left = ~done & (chance.unit_leaves < settings.weeks)
    days = days_waited(chance, settings, lived)
    joined = chance.unit_joins >= 0
    early = joined & (7 * (settings.weeks - chance.unit_joins) > settings.threshold_days)
    unit, family = chance.unit[done], chance.family[lived.family[done]]
    return [
        float(sizes[done].sum()),
        float(sizes[~done & ~left].sum()),
        _mean(days[joined], sizes[joined]),
        100 * _mean(days[early] > settings.threshold_days, sizes[early]),
        float(types.stretch[unit, family].sum() / max(1, sizes[done].sum())),
        float(lived.declines),
        float(types.fee[unit, family].sum()),
    ]


def days_waited(chance: Chance, settings: SimulationSettings, lived: Lived) -> Ints:
    """int64 (n,), days from joining to the match, or to leaving or the end of the period where there is none."""
    over = np.minimum(chance.unit_leaves, settings.weeks)
    found: Ints = 7 * (np.where(lived.matched < settings.weeks, lived.matched, over) - chance.unit_joins)
    return found


def _mean(values: npt.NDArray[np.generic], weights: Ints) -> float:
    return float(np.average(values.astype(np.float64), weights=weights)) if weights.size else 0.0


def _measured(values: Floats) -> tuple[Measured, ...]:
    columns = zip(Outcome, values.T, strict=True)
    return tuple(Measured(outcome=o, mean=float(column.mean()), interval=interval_of(column)) for o, column in columns)


def interval_of(values: Floats) -> Interval:
    """Student's 95% interval of the mean of one figure a replication, float64 (replications,) of two or more."""
    mean, error = float(values.mean()), float(values.std(ddof=1)) / values.size**0.5
    half = float(t.ppf(0.975, values.size - 1)) * error
    return Interval(low=mean - half, high=mean + half)

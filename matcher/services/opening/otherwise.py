"""What changes if the forecast is wrong: the same plan in the busiest and quietest futures, and in other scenarios."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matcher.services.opening.choice import Ahead, Asking, Cancel, Progress, look_ahead, told_weeks
from matcher.services.opening.measuring import WEEKS_A_YEAR, mean_of
from matcher.services.opening.results import Otherwise
from matcher.services.opening.told import WeekTold
from models.forecast import Scenario
from solvers.opening_problem import OpeningProblem

Ints = npt.NDArray[np.int64]
_TENTH = 10
_OTHER_SEED = 2


def otherwise(
    ahead: Ahead,
    asking: Asking,
    problem: OpeningProblem,
    taken: Ints,
    without: Sequence[WeekTold],
    with_plan: Sequence[WeekTold],
    others: Sequence[Scenario],
    progress: Progress,
    cancel: Cancel | None,
) -> tuple[Otherwise, ...]:
    """The plan in the tenth of fresh weeks with fewest and with most children looking, and under other scenarios."""
    own = int(problem.cost @ taken)
    order = np.argsort([future.new.sum() + future.moving for future in ahead.fresh], kind="stable").tolist()
    part = max(2, len(order) // _TENTH)
    found = [
        _told(name, [without[at] for at in some], [with_plan[at] for at in some], own)
        for name, some in (
            ("The tenth of futures with the least demand", order[:part]),
            ("The tenth of futures with the most demand", order[-part:]),
        )
    ]
    for scenario in others:
        progress(f"if it comes otherwise: {scenario.name}")
        asked = replace(asking, scenario=scenario, samples=0)
        there = replace(look_ahead(ahead.today.case, asked, progress), charge=ahead.charge)
        nothing, planned = told_weeks(
            there, there.fresh, (np.zeros_like(taken), taken), asked, asking.seed + _OTHER_SEED, progress, cancel
        )
        found.append(_told(scenario.name, nothing, planned, own))
    return tuple(found)


def _told(name: str, without: Sequence[WeekTold], with_plan: Sequence[WeekTold], own_pence_a_year: int) -> Otherwise:
    gain = [
        (before.objective - after.objective) * WEEKS_A_YEAR - own_pence_a_year
        for before, after in zip(without, with_plan, strict=True)
    ]
    return Otherwise(
        name=name,
        weeks=len(without),
        children=float(np.mean([week.children for week in without])),
        unplaced_without=mean_of([week.unplaced for week in without]),
        unplaced_with=mean_of([week.unplaced for week in with_plan]),
        gain_pence_a_year=mean_of(gain),
    )

"""What to open with a budget: chosen by exact optimisation over weeks as they may come, tested on other weeks."""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matcher.services.opening.choice import (
    Ahead,
    Asking,
    Cancel,
    Progress,
    choose,
    draw_samples,
    judged_by,
    look_ahead,
    problem_of,
    told_weeks,
)
from matcher.services.opening.emergency import emergency_nights
from matcher.services.opening.frontier import budget_points
from matcher.services.opening.measuring import WEEKS_A_YEAR, effect, mean_of
from matcher.services.opening.otherwise import otherwise
from matcher.services.opening.reading import reading
from matcher.services.opening.results import BudgetPoint, Certificate, Effect, ItemChosen, OpeningPlan, Rival
from matcher.services.opening.rules_of_thumb import RuleOfThumb, follow, rules_of_thumb
from matcher.services.opening.sampling import Sample
from matcher.services.opening.told import WeekTold
from models.case import Case
from models.forecast import BASELINE, Scenario
from solvers.opening import OpeningResult
from solvers.opening_problem import OpeningProblem

Ints = npt.NDArray[np.int64]
_FRESH = 1
LEAST_WEEKS = 2


class NothingOnTheMenuError(ValueError):
    """The case has no menu, or nothing on it would be there in time."""


def plan_openings(
    case: Case,
    *,
    budget_pence: int | None,
    weeks_ahead: int = 78,
    samples: int = 200,
    fresh: int = 200,
    gap: float = 0.01,
    seed: int = 1,
    scenario: Scenario = BASELINE,
    money_per_mille: int | None = None,
    others: Sequence[Scenario] = (),
    on: str = "here",
    time_limit: float | None = None,
    cancel: Cancel | None = None,
    progress: Progress | None = None,
) -> OpeningPlan:
    """Choose from the menu of a case what does most for children per pound.

    Args:
        case: The authority, with a menu and episodes of two years or more.
        budget_pence: What the options chosen may cost a year together; None for no limit.
        weeks_ahead: How far ahead the weeks lie that the choice is made for.
        samples: Weeks that it is chosen by.
        fresh: Weeks of other futures that it is tested on.
        gap: Proved to: of the expected cost, net of charges for children without a home.
        seed: Of all that is drawn.
        scenario: What is to change beside the menu.
        money_per_mille: What a pound counts for beside a pound of welfare, in thousandths; None is the policy's.
        others: Scenarios under which the plan is tried as well.
        on: Where weeks are drawn and planned; see `matcher.services.spreading.spread`.
        time_limit: Seconds for choosing; then the best choice so far is given with its honest gap.
        cancel: Asked from time to time whether to stop.
        progress: Told, in words, what is going on.

    Raises:
        NothingOnTheMenuError: No option would be there in time.
        HistoryTooShortError: There is too little history to forecast from.
        ValueError: Fewer than two weeks to choose by or to test on.
    """
    if min(samples, fresh) < LEAST_WEEKS:
        raise ValueError(f"{samples} weeks to choose by and {fresh} to test on: expected {LEAST_WEEKS} or more of each")
    tell = progress or (lambda _words: None)
    asking = Asking(weeks_ahead, samples, fresh, gap, seed, scenario, on)
    if money_per_mille is not None:
        policy = case.policy.model_copy(update={"fee_per_mille": money_per_mille})
        case = Case(**{name: getattr(case, name) for name in Case.model_fields} | {"policy": policy})
    ahead = look_ahead(case, asking, tell)
    if not ahead.today.options:
        raise NothingOnTheMenuError(
            f"The menu has nothing that would be there in {weeks_ahead} weeks: expected menu.toml in the case folder."
        )
    chosen_by = draw_samples(ahead, ahead.chosen_by, asking, seed, tell, cancel)
    problem = problem_of(ahead.today.options, budget_pence, case.policy)
    with judged_by(problem, chosen_by, gap / 8) as judged:
        found = choose(problem, judged, gap=gap, time_limit=time_limit, cancel=cancel, progress=tell)
        points = budget_points(problem, judged, found, ahead.today.options, gap, cancel, tell)
    return _Telling(ahead, asking, problem, found, chosen_by, tell, cancel).plan(budget_pence, points, others)


class _Telling:
    """Tells a choice by fresh weeks."""

    def __init__(
        self,
        ahead: Ahead,
        asking: Asking,
        problem: OpeningProblem,
        found: OpeningResult,
        chosen_by: Sequence[Sample],
        progress: Progress,
        cancel: Cancel | None,
    ) -> None:
        self.ahead, self.asking, self.problem, self.found = ahead, asking, problem, found
        self.chosen_by, self.progress, self.cancel = chosen_by, progress, cancel
        self.options = ahead.today.options
        self.items = self._items_taken()
        self.rules = rules_of_thumb(self.options, (sample.run.case for sample in chosen_by))
        budget = found.spent if problem.budget is None else problem.budget
        self.followed = [follow(rule, replace(problem, budget=budget)) for rule in self.rules]
        nothing = np.zeros(problem.options, dtype=np.int64)
        without = [self._less(numbers) for numbers in self.items]
        choices = (found.taken, nothing, *without, *self.followed)
        told = told_weeks(ahead, ahead.fresh, choices, asking, asking.seed + _FRESH, progress, cancel)
        self.with_plan, self.nothing = told[:2]
        self.without, self.following = told[2 : 2 + len(without)], told[2 + len(without) :]

    def _items_taken(self) -> list[list[int]]:
        """The options taken, by item."""
        by_item: dict[str, list[int]] = defaultdict(list)
        for number in np.flatnonzero(self.found.taken).tolist():
            by_item[self.options[number].item.id].append(number)
        return list(by_item.values())

    def _less(self, numbers: Sequence[int]) -> Ints:
        """The options taken without some."""
        rest = self.found.taken.copy()
        rest[list(numbers)] = 0
        return rest

    def plan(
        self, budget_pence: int | None, points: tuple[BudgetPoint, ...], others: Sequence[Scenario]
    ) -> OpeningPlan:
        case, found = self.ahead.today.case, self.found
        chosen = {option.item.id for number, option in enumerate(self.options) if found.taken[number]}
        every = {option.item.id: option.item.name for option in self.options}
        net = found.gap
        return OpeningPlan(
            case=case.name,
            synthetic=case.synthetic,
            as_at=case.as_at,
            horizon=self.ahead.today.day,
            budget_pence=budget_pence,
            spent_pence=found.spent,
            items=tuple(map(self._item, self.items, self.without)),
            whole=self._effect(self.nothing, found.taken),
            children=mean_of([week.children for week in self.nothing]),
            unplaced_without=mean_of([week.unplaced for week in self.nothing]),
            unplaced_with=mean_of([week.unplaced for week in self.with_plan]),
            certificate=Certificate(
                status=found.status,
                samples=len(self.chosen_by),
                objective_pence=found.objective // len(self.chosen_by),
                bound_pence=found.bound // len(self.chosen_by),
                gap_percent=net * 100 if math.isfinite(net) else None,
                rounds=found.rounds,
                seconds=round(found.seconds, 1),
                seed=self.asking.seed,
            ),
            fresh_weeks=len(self.nothing),
            rivals=tuple(map(self._rival, self.rules, self.followed, self.following)),
            frontier=points,
            otherwise=otherwise(
                self.ahead,
                self.asking,
                self.problem,
                found.taken,
                self.nothing,
                self.with_plan,
                others,
                self.progress,
                self.cancel,
            ),
            emergency=emergency_nights(self.ahead.fresh, self.nothing, self.options),
            too_late=tuple(dict.fromkeys(option.item.name for option in self.ahead.too_late)),
            not_chosen=tuple(name for item, name in every.items() if item not in chosen),
            reading=reading(self.asking, self.ahead, budget_pence),
        )

    def _effect(self, without: Sequence[WeekTold], taken: Ints) -> Effect:
        picked = [option for number, option in enumerate(self.options) if taken[number]]
        yearly = sum(option.yearly_pence for option in picked)
        return effect(without, self.with_plan, yearly, int(self.problem.cost @ taken))

    def _item(self, numbers: Sequence[int], without: Sequence[WeekTold]) -> ItemChosen:
        """One item's copies: what the plan loses without them."""
        options = [self.options[number] for number in numbers]
        item = options[0].item
        yearly = sum(option.yearly_pence for option in options)
        horizon, today = self.ahead.today.day, self.ahead.today.case.as_at
        return ItemChosen(
            item_id=item.id,
            name=item.name,
            what=item.what,
            copies=len(numbers),
            limit=item.limit,
            begin_by=max(today, horizon - dt.timedelta(weeks=max(option.item.lead_weeks for option in options))),
            yearly_pence=yearly,
            set_up_pence=sum(option.item.set_up_pence for option in options),
            effect=effect(without, self.with_plan, yearly, int(self.problem.cost[list(numbers)].sum())),
            used_percent=self._used(numbers),
            break_even_percent=self._break_even(numbers, without),
        )

    def _used(self, numbers: Sequence[int]) -> float | None:
        """The share of places in use in a mean week; None for what brings no places of its own."""
        places = sum(home.terms.places for number in numbers for home in self.options[number].homes)
        if not places:
            return None
        used = [sum(option in numbers for option in week.option) for week in self.with_plan]
        return 100 * float(np.mean(used)) / places

    def _break_even(self, numbers: Sequence[int], without: Sequence[WeekTold]) -> float | None:
        """The share of beds in use at which they cost what their children would cost elsewhere; None if they never do.

        Asked of what is paid for whether used or not. Elsewhere is where the same children live in the same weeks
        without these beds, for those who have a home there.
        """
        options = [self.options[number] for number in numbers]
        places = sum(home.terms.places for option in options for home in option.homes)
        saved = [
            (before.fees[child] or 0) - (after.fees[child] or 0)
            for before, after in zip(without, self.with_plan, strict=True)
            for child, option in enumerate(after.option)
            if option in numbers and before.fees[child] is not None
        ]
        if not places or not saved:
            return None
        credit = sum(o.credit_per_unused_place_pence * sum(home.terms.places for home in o.homes) for o in options)
        each = float(np.mean(saved)) - credit / places
        fixed = sum(option.yearly_pence for option in options) / WEEKS_A_YEAR - credit
        return 100 * fixed / (each * places) if each > 0 else None

    def _rival(self, rule: RuleOfThumb, taken: Ints, weeks: Sequence[WeekTold]) -> Rival:
        """A rule of thumb with the money that the plan may spend, on the same fresh weeks."""
        own = int(self.problem.cost @ (taken - self.found.taken))
        dearer = [
            (theirs.objective - mine.objective) * WEEKS_A_YEAR + own
            for theirs, mine in zip(weeks, self.with_plan, strict=True)
        ]
        names = [option.item.name for number, option in enumerate(self.options) if taken[number]]
        return Rival(
            name=rule.name,
            rule=rule.says,
            items=tuple(f"{names.count(name)} x {name}" for name in dict.fromkeys(names)),
            spent_pence=int(self.problem.spend @ taken),
            unplaced=mean_of([week.unplaced for week in weeks]),
            dearer_pence_a_year=mean_of(dearer),
        )

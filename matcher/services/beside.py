"""What else can be asked of a plan: what places are worth, money against welfare, and what other weights change."""

from collections.abc import Callable
from dataclasses import dataclass

from matcher.services.both_rather import both_rather
from matcher.services.problem import Run
from matcher.services.trade_off import trade_off
from matcher.services.trade_results import Sensitivity
from matcher.services.values import place_values
from matcher.services.weights import SHARE, unsteady_homes
from models.record import Record
from solvers import AssignmentResult

VALUE_SECONDS = 5.0
TRADE_OFF_SECONDS = 20.0
SENSITIVITY_SECONDS = 30.0
"""How long to look at each, unless told otherwise."""


@dataclass(frozen=True)
class Beside:
    """What to work out beside a plan, as seconds for each; 0 leaves it out.

    Attributes:
        values: What one place more or fewer would change, `matcher.services.values`.
        trade_off: Plans between least welfare cost and least fees, `matcher.services.trade_off`.
        sensitivity: Homes that do not survive other weights, `matcher.services.weights`, and pairs that would both
            rather have each other, `matcher.services.both_rather`.
    """

    values: float = 0.0
    trade_off: float = 0.0
    sensitivity: float = 0.0

    def of(
        self,
        run: Run,
        result: AssignmentResult,
        cancel: Callable[[], bool] | None = None,
        tell: Callable[[str], None] = lambda _words: None,
    ) -> dict[str, Record]:
        """What was asked for, by field of the plan."""
        found: dict[str, Record] = {}
        if self.values:
            found["values"] = place_values(run, result, seconds=self.values, cancel=cancel, progress=tell)
        if self.trade_off:
            tell("weighing money against welfare")
            found["trade_off"] = trade_off(run, result, seconds=self.trade_off, cancel=cancel)
        if self.sensitivity:
            tell("solving again under other weights")
            found["sensitivity"] = _sensitivity(run, result, self.sensitivity, cancel)
        return found


PLAN_ALONE = Beside()


def beside_for(
    time_limit: float | None, *, values: bool = False, trade_off: bool = False, sensitivity: bool = False
) -> Beside:
    """What is wanted, each with its usual seconds or, if that is less, the time limit of the plan."""
    most = float("inf") if time_limit is None else time_limit
    return Beside(
        values=min(VALUE_SECONDS, most) * values,
        trade_off=min(TRADE_OFF_SECONDS, most) * trade_off,
        sensitivity=min(SENSITIVITY_SECONDS, most) * sensitivity,
    )


def _sensitivity(run: Run, result: AssignmentResult, seconds: float, cancel: Callable[[], bool] | None) -> Sensitivity:
    unsteady, left_out = unsteady_homes(run, result, seconds=seconds, cancel=cancel)
    rather, with_siblings = both_rather(run, result)
    return Sensitivity(
        share_percent=SHARE * 100,
        children=run.searching,
        steady=run.searching - len(unsteady),
        unsteady=unsteady,
        cases_left_out=left_out,
        both_rather=rather,
        with_siblings=with_siblings,
    )

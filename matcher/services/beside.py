"""What else can be asked of a plan: what places are worth."""

from collections.abc import Callable
from dataclasses import dataclass

from matcher.services.problem import Run
from matcher.services.values import place_values
from models.record import Record
from solvers import AssignmentResult

VALUE_SECONDS = 5.0
"""How long to look at what places are worth, unless told otherwise."""


@dataclass(frozen=True)
class Beside:
    """What to work out beside a plan, as seconds for each; 0 leaves it out.

    Attributes:
        values: What one place more or fewer would change, `matcher.services.values`.
    """

    values: float = 0.0

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
        return found


PLAN_ALONE = Beside()

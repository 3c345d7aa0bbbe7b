"""What a plan would cost beside today: the same children at full prices and at what each decision really changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from matcher.services.money.costs import CostLine, Paid, cost_line, cost_lines, paid_now
from matcher.services.money.funding import Split, shared_as
from matcher.services.money.service import service_in, service_of
from matcher.services.results import Plan
from matcher.services.stock import home_of
from models.case import Case
from models.home import Home
from models.money import WEEKS_A_YEAR
from models.record import Record

TOTAL = "All children looked after or referred"
DEFINITION = (
    "Children in the run and all others looked after. Who stays in the same home keeps today's price; who moves, or "
    "comes into care, costs the full fee of the home the plan names; whom it finds no home stays at today's "
    "price, or has none. Marginal: what the council's spending changes by, the fee less what is paid for the place "
    "whether or not somebody lives there. A child keeps the shares of social care, education and health known today; "
    "who pays for a child without shares is not known"
)


class Step(StrEnum):
    """What a run means for a child's place."""

    STAYS = "stays"
    MOVES = "moves"
    NEW = "new"
    NO_HOME = "no_home"


STEP_LABELS = {
    Step.STAYS: "Stay where they live",
    Step.MOVES: "Would move",
    Step.NEW: "Would come into a home from none on record",
    Step.NO_HOME: "No home found; today's place, if any, counted on",
}


class StepCost(Record):
    """Children of one step, pence a week today and in the run, over those whose price is known in both.

    For ``NEW`` there is no price today: both sums of today are 0 and the sums of the run are what they add.
    ``not_compared`` are children of the step left out of these sums because today's price is not known; what the
    run costs for them is ``not_compared_full_pence`` and ``not_compared_marginal_pence``.
    """

    step: Step
    label: str
    children: tuple[str, ...]
    not_compared: tuple[str, ...]
    today_pence: int
    today_marginal_pence: int
    full_pence: int
    marginal_pence: int
    not_compared_full_pence: int
    not_compared_marginal_pence: int


class RunCost(Record):
    """A run's weekly cost at full prices by service, beside today's and at the margin, in pence.

    The steps' full prices, compared and not, add up to ``total``'s; so do their marginal prices and those of today.
    """

    run: str
    definition: str
    source: str
    lines: tuple[CostLine, ...]
    total: CostLine
    marginal_pence: int
    today_pence: int
    today_marginal_pence: int
    steps: tuple[StepCost, ...]

    @property
    def marginal_yearly_pence(self) -> int:
        """Fifty-two weeks of the run at the margin."""
        return WEEKS_A_YEAR * self.marginal_pence


@dataclass(frozen=True)
class Outcome:
    """One child's place in a run, and what today's and the run's place cost at the margin (None: not known)."""

    step: Step
    today: Paid | None
    paid: Paid
    today_marginal: int | None
    marginal: int | None

    @property
    def compared(self) -> bool:
        """Whether the prices are known that the child's step is told by."""
        return self.paid.fee_pence is not None and (self.step is Step.NEW or self.today_marginal is not None)


def run_cost(case: Case, plan: Plan) -> RunCost:
    """The cost of a plan for every child looked after or in it; definition in :data:`DEFINITION`."""
    found = outcomes(case, plan)
    total = cost_line(None, (one.paid for one in found)).model_copy(update={"label": TOTAL})
    steps = tuple(_step(step, [one for one in found if one.step is step]) for step in Step)
    return RunCost(
        run=plan.run,
        definition=DEFINITION,
        source="The run's plan; placements and homes sheets",
        lines=cost_lines(one.paid for one in found),
        total=total,
        marginal_pence=sum(one.marginal or 0 for one in found),
        today_pence=sum(one.today.fee_pence or 0 for one in found if one.today),
        today_marginal_pence=sum(one.today_marginal or 0 for one in found),
        steps=steps,
    )


def outcomes(case: Case, plan: Plan) -> list[Outcome]:
    """What the plan means for every child looked after, and then for those it adds."""
    today = {one.child_id: one for one in paid_now(case)}
    rows = {row.child_id: row for row in plan.rows}
    found = []
    for child_id in (*today, *(child for child in rows if child not in today)):
        row = rows.get(child_id)
        home = case.home[row.home_id] if row and row.home_id else None
        found.append(_outcome(case, child_id, today.get(child_id), home, in_run=row is not None))
    return found


def marginal_fee(fee_pence: int, home: Home | None) -> int:
    """What a place at this fee changes spending by: the fee less what its home costs whoever lives there, not under 0.

    A home's fee less its marginal fee is paid anyway (a block bed, a fixed cost); extras on top of the home's
    fee, such as hours of one-to-one care, are not.
    """
    return fee_pence if home is None else max(fee_pence - (home.fee_pence - home.marginal_fee_pence), 0)


def _outcome(case: Case, child_id: str, today: Paid | None, home: Home | None, *, in_run: bool) -> Outcome:
    placement = case.placement_of.get(child_id)
    now = home_of(case, placement)
    spent = marginal_fee(today.fee_pence, now) if today and today.fee_pence is not None else None
    if home is None or (now is not None and home.id == now.id):
        step = Step.NO_HOME if in_run and home is None else Step.STAYS
        paid = today or Paid(child_id, service_of(case, placement), None, Split())
        return Outcome(step, today, paid, spent, spent)
    shares = shared_as(home.fee_pence, today.split if today else Split())
    paid = Paid(child_id, service_in(case, home), home.fee_pence, shares)
    step = Step.MOVES if today and placement else Step.NEW
    return Outcome(step, today, paid, spent, home.marginal_fee_pence)


def _step(step: Step, found: Iterable[Outcome]) -> StepCost:
    all_ = list(found)
    compared = [one for one in all_ if one.compared]
    return StepCost(
        step=step,
        label=STEP_LABELS[step],
        children=tuple(one.paid.child_id for one in all_),
        not_compared=tuple(one.paid.child_id for one in all_ if not one.compared),
        today_pence=sum(one.today.fee_pence or 0 for one in compared if one.today),
        today_marginal_pence=sum(one.today_marginal or 0 for one in compared),
        full_pence=sum(one.paid.fee_pence or 0 for one in compared),
        marginal_pence=sum(one.marginal or 0 for one in compared),
        not_compared_full_pence=sum(one.paid.fee_pence or 0 for one in all_ if not one.compared),
        not_compared_marginal_pence=sum(one.marginal or 0 for one in all_ if not one.compared),
    )

"""Everything the money chapter of a statement holds, worked out in one go."""

from matcher.services.money.averages import AverageCosts, average_costs
from matcher.services.money.blocks import Blocks, block_contracts
from matcher.services.money.costs import CostNow, cost_now
from matcher.services.money.price_of_need import PriceOfNeed, price_of_need
from matcher.services.money.runs import RunCost, run_cost
from matcher.services.money.savings import Savings, savings
from matcher.services.money.uplift import DEFINITION as UPLIFT_DEFINITION
from matcher.services.money.uplift import YearCost, cost_by_year
from matcher.services.results import Plan
from models.case import Case
from models.record import Record


class MoneyFigures(Record):
    """Money now, in each run and in coming years. ``run_years`` follow ``runs``, year by year."""

    now: CostNow
    averages: AverageCosts
    runs: tuple[RunCost, ...]
    uplift_definition: str
    years: tuple[YearCost, ...]
    run_years: tuple[tuple[YearCost, ...], ...]
    blocks: Blocks
    savings: Savings
    price_of_need: PriceOfNeed


def money_figures(case: Case, *plans: Plan) -> MoneyFigures:
    """Work out the money chapter of a case: today, and beside it each of the plans (operational, clean sheet)."""
    now = cost_now(case)
    runs = tuple(run_cost(case, plan) for plan in plans)
    return MoneyFigures(
        now=now,
        averages=average_costs(case),
        runs=runs,
        uplift_definition=UPLIFT_DEFINITION,
        years=cost_by_year(case, now.lines),
        run_years=tuple(cost_by_year(case, run.lines) for run in runs),
        blocks=block_contracts(case),
        savings=savings(case, runs),
        price_of_need=price_of_need(case),
    )

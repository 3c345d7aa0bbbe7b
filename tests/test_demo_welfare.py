"""Money stays in its place: on the demo, the default plan is all but the best there is for children's welfare.

Welfare is what the placed pairs cost without their fees, so charges for children without a home and for brothers and
sisters apart are not in it. Where a run is not proved to the penny, the proved bound stands for the best there is
among plans that keep brothers and sisters together as often.
"""

from importlib.resources import files
from pathlib import Path

import pytest

from matcher.intake.case import read_case
from matcher.services.plan import make_plan
from matcher.services.results import Plan
from matcher.services.searches import Searches, clean_sheet, operational
from models.case import Case

HALF_A_PERCENT = 0.005


@pytest.fixture(scope="module")
def demo() -> Case:
    case = read_case(Path(str(files("placewell_data") / "demo"))).case
    assert case is not None
    return case


def _apart(plan: Plan) -> int:
    """What a plan is charged for brothers and sisters apart."""
    return plan.certificate.objective_pence - sum(row.cost_pence for row in plan.rows)


def _plans(case: Case, searches: Searches, gap: float) -> tuple[Plan, Plan]:
    """The default plan and the plan for welfare only."""
    assert case.policy.fee_per_mille > 0
    no_money = case.model_copy(update={"policy": case.policy.model_copy(update={"fee_per_mille": 0})})
    return make_plan(case, "default", searches, gap=gap), make_plan(no_money, "welfare only", searches, gap=gap)


def test_the_week_s_plan_is_within_one_percent_of_the_best_for_welfare(demo: Case) -> None:
    default, best = _plans(demo, operational(demo), gap=0.0)
    assert default.certificate.status == best.certificate.status == "optimal"
    assert default.after.placed == best.after.placed == default.certificate.most_that_could_be_placed
    assert best.welfare_pence <= default.welfare_pence <= best.welfare_pence * 1.01
    assert default.after.weekly_fee_pence < best.after.weekly_fee_pence


def test_the_clean_sheet_is_within_one_percent_of_the_best_for_welfare(demo: Case) -> None:
    default, best = _plans(demo, clean_sheet(demo), gap=HALF_A_PERCENT)
    assert default.after.placed == best.after.placed == len(best.rows)
    assert _apart(default) == _apart(best) > 0
    at_best = best.certificate.bound_pence - _apart(best)
    assert at_best <= best.welfare_pence
    assert default.welfare_pence <= at_best * 1.01
    assert default.after.weekly_fee_pence < best.after.weekly_fee_pence

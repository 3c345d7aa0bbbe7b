"""Savings by scheme and year, and what a run would save, by hand."""

from typing import Any

from matcher.services.money.runs import run_cost
from matcher.services.money.savings import SavingLine, savings
from models.commissioning import Saving
from tests.money_case import a_case, a_plan


def saving(scheme: str, year: int, pence: int, **fields: Any) -> Saving:
    given = {"scheme": scheme, "year": year, "pence": pence, "cashable": True, "cost_pence": 0} | fields
    return Saving.model_validate(given)


SCHEMES = (
    saving("Carers for teenagers", 2019, 10_000, cost_pence=25_000),
    saving("Carers for teenagers", 2020, 30_000),
    saving("Fewer breakdowns", 2019, 5_000, cashable=False),
    saving("Fewer breakdowns", 2021, 7_000, cashable=False),
)


def figures(line: SavingLine) -> list[tuple[int, int, int, int]]:
    return [(y.saved_pence, y.net_pence, y.cumulative_saved_pence, y.cumulative_net_pence) for y in line.years]


def test_each_scheme_by_year_and_in_all_years_so_far() -> None:
    found = savings(a_case(savings=SCHEMES), ())
    assert found.years == ("2018/19", "2019/20", "2020/21")
    carers, breakdowns = found.schemes
    assert (carers.label, carers.cashable) == ("Carers for teenagers", True)
    assert figures(carers) == [
        (10_000, -15_000, 10_000, -15_000),
        (30_000, 30_000, 40_000, 15_000),
        (0, 0, 40_000, 15_000),
    ]
    assert figures(breakdowns) == [(5_000, 5_000, 5_000, 5_000), (0, 0, 5_000, 5_000), (7_000, 7_000, 12_000, 12_000)]


def test_cashable_and_avoided_add_up_to_all() -> None:
    found = savings(a_case(savings=SCHEMES), ())
    for cashable, avoided, total in zip(*map(figures, (found.cashable, found.avoided, found.total)), strict=True):
        assert tuple(map(sum, zip(cashable, avoided, strict=True))) == total
    assert found.total.years[-1].cumulative_net_pence == 27_000


def test_without_a_savings_sheet_there_are_no_years() -> None:
    found = savings(a_case(), ())
    assert (found.years, found.schemes, found.total.years, found.runs) == ((), (), (), ())


def test_what_a_run_saves_is_the_margin_on_those_it_moves() -> None:
    case = a_case()
    runs = [run_cost(case, a_plan(case, {"NEW": "F1", "E": home})) for home in ("BLOCK", "I1")]
    to_block, to_agency = savings(case, runs).runs
    assert to_block.children == ("E",)
    assert to_block.full_weekly_pence == 400_000 - 300_000
    assert to_block.cashable_weekly_pence == 400_000  # the bed is paid for already
    assert to_agency.cashable_weekly_pence == to_agency.full_weekly_pence == 310_000
    assert to_agency.cashable_yearly_pence == 52 * 310_000


def test_leaving_a_block_bed_saves_nothing_but_the_extras() -> None:
    case = a_case()
    case = case.model_copy(update={"referrals": (case.referrals[0].model_copy(update={"child_id": "G"}),)})
    (run,) = savings(case, [run_cost(case, a_plan(case, {"G": "R1"}))]).runs
    assert run.full_weekly_pence == 350_000 - 400_000
    assert run.cashable_weekly_pence == 50_000 - 400_000

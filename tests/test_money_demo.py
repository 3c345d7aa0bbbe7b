"""Money on the demo authority: the published weekly prices, and every sum reconciled with every other."""

from importlib.resources import files
from pathlib import Path

import pytest

from matcher.intake.case import read_case
from matcher.reports.live_sheets import Formula
from matcher.reports.workbook_money import what_if_sheets
from matcher.services.allocate import allocate
from matcher.services.money.figures import MoneyFigures, money_figures
from models.case import Case
from tests.live_formulas import Spreadsheet

PUBLISHED = {  # pounds a week, Hertfordshire 2017/18; parent and child is not in the report and the demo's own
    "In-house fostering": 414,
    "Connected person": 414,
    "In-house residential home": 3_046,
    "IFA fostering": 915,
    "IFA fostering, disability": 1_265,
    "Independent residential home": 3_810,
    "Independent supported accommodation": 1_115,
    "Secure children's home": 3_412,
    "Independent parent and child": 3_250,
    "Independent residential school": 3_235,
    "Independent residential school, disability": 2_192,
}


@pytest.fixture(scope="module")
def demo() -> Case:
    case = read_case(Path(str(files("placewell_data") / "demo"))).case
    assert case is not None
    return case


@pytest.fixture(scope="module")
def money(demo: Case) -> MoneyFigures:
    return money_figures(demo, allocate(demo))


def test_the_published_average_weekly_costs(money: MoneyFigures) -> None:
    told = {row.line.label: row.line.mean_pence for row in money.averages.rows}
    assert told == {label: 100 * pounds for label, pounds in PUBLISHED.items()}
    for row in money.averages.rows:
        if row.low_pence is not None and row.high_pence is not None:
            assert row.low_pence < (row.line.mean_pence or 0) < row.high_pence
        else:
            assert row.line.priced < 10


def test_by_service_by_living_and_by_who_pays_it_is_the_same_money(money: MoneyFigures) -> None:
    now = money.now
    assert len(now.total.children) == 903
    assert now.total.unpriced == ()
    assert now.total.weekly_pence == sum(line.weekly_pence for line in now.lines) == 74_262_000
    assert now.total.weekly_pence == sum(cost.total_pence for cost in now.by_living)
    bodies = zip(*(line.weekly.parts for line in now.lines), strict=True)
    assert tuple(map(sum, bodies)) == now.total.weekly.parts
    assert now.shares_differ == ()
    assert all(now.total.weekly.parts)


def test_the_weeks_run_reconciles_with_today(money: MoneyFigures) -> None:
    (run,) = money.runs
    assert run.today_pence == money.now.total.weekly_pence
    change = sum(step.full_pence - step.today_pence + step.not_compared_full_pence for step in run.steps)
    assert run.total.weekly_pence == run.today_pence + change
    assert sum(len(step.children) for step in run.steps) == len(run.total.children)


def test_price_per_point_counts_only_full_assessments(money: MoneyFigures) -> None:
    found = money.price_of_need
    assert len({point.child_id for point in found.points} | set(found.left_out)) == len(found.points) + len(
        found.left_out
    )
    by_service = {row.label: row for row in found.by_service}
    home, agency = by_service["Independent residential home"], by_service["IFA fostering"]
    assert (home.pence_per_point or 0) > 2 * (agency.pence_per_point or 0)
    for outlier in found.outliers:
        assert not outlier.low_pence <= outlier.point.fee_pence <= outlier.high_pence


def test_what_if_sheets_of_a_whole_county_work_out(money: MoneyFigures) -> None:
    sheets = what_if_sheets(money)
    book = Spreadsheet(sheets)
    for (sheet, name), held in book.cells.items():
        if isinstance(held, Formula):
            assert book.value(sheet, name) == pytest.approx(held.value, abs=0.011 * 52), f"{sheet} {name}"

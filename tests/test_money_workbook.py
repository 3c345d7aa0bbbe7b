"""What-if sheets: every formula worked out from its text gives the figure beside it, and follows a changed price."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from matcher.reports.live_sheets import Formula, Input, LiveSheet, cell, write_live_sheets
from matcher.reports.workbook_money import BLOCKS, PRICES, YEARS, what_if_sheets
from matcher.services.money.figures import MoneyFigures, money_figures
from models.commissioning import Uplift
from models.home import Provider
from models.vocabulary import HomeKind, Sector
from tests.live_formulas import Spreadsheet
from tests.money_case import a_case, a_plan
from tests.test_money_blocks import contract

HOSTILE = '=HYPERLINK("https://evil.example";"click")'
UPLIFTS = (
    Uplift(year=2019, kind=None, hundredths=210),
    Uplift(year=2019, kind=HomeKind.RESIDENTIAL, hundredths=633),
    Uplift(year=2020, kind=None, hundredths=175),
)


@pytest.fixture(scope="module")
def money() -> MoneyFigures:
    case = a_case(
        uplifts=UPLIFTS,
        contracts=(contract(id=HOSTILE), contract(id="B2", home_ids=("BLOCK", "I1"))),
        providers=(Provider(id="P1", name="+44 Elm homes", sector=Sector.PRIVATE),),
    )
    now, best = a_plan(case, {"NEW": "F1", "E": "BLOCK"}), a_plan(case, {"NEW": None, "E": "R1"})
    return money_figures(case, now, best.model_copy(update={"run": "clean-sheet"}))


@pytest.fixture
def sheets(money: MoneyFigures) -> tuple[LiveSheet, ...]:
    return what_if_sheets(money)


def where(sheet: LiveSheet, label: str, title: str) -> str:
    row = next(number for number, row in enumerate(sheet.rows) if row[0] == label)
    column = [column.title for column in sheet.columns].index(title)
    return cell(sheet.row(row), column)


def test_every_formula_comes_to_the_figure_beside_it(sheets: tuple[LiveSheet, ...]) -> None:
    book = Spreadsheet(sheets)
    formulas = [(key, held) for key, held in book.cells.items() if isinstance(held, Formula)]
    assert len(formulas) > 50
    for (sheet, name), held in formulas:
        assert book.value(sheet, name) == pytest.approx(held.value, abs=1e-9), f"{sheet} {name} {held.text}"


def test_the_totals_are_the_reports(money: MoneyFigures, sheets: tuple[LiveSheet, ...]) -> None:
    book, prices, years = Spreadsheet(sheets), sheets[0], sheets[1]
    assert book.value(PRICES, where(prices, "Total", "What-if cost, £ a week")) == 10_520
    assert book.value(PRICES, where(prices, "Total", "What-if cost, £ a year")) == 10_520 * 52
    for run in money.runs:
        title = f"{run.run}: what-if cost, £ a week"
        assert book.value(PRICES, where(prices, "Total", title)) == run.total.weekly_pence / 100
    for year in money.years:
        told = book.value(YEARS, where(years, "Total", f"Cost {year.year}, £ a year"))
        assert told == pytest.approx(year.yearly_pence / 100)


def test_a_changed_price_moves_every_total(sheets: tuple[LiveSheet, ...]) -> None:
    book, prices, years = Spreadsheet(sheets), sheets[0], sheets[1]
    label = "Independent residential home"
    book.set(PRICES, where(prices, label, "What-if price, £ a week"), 4_000.0)  # two places at 3,750 on average
    assert book.value(PRICES, where(prices, label, "Change, £ a week")) == 500
    assert book.value(PRICES, where(prices, "Total", "What-if cost, £ a year")) == (10_520 + 500) * 52
    uplifted = round(8_000 * 1.0633 * 1.0175, 2)
    assert book.value(YEARS, where(years, label, "Cost 2019/20, £ a year")) == pytest.approx(52 * uplifted)


def test_a_changed_uplift_moves_the_years_from_its_own_on(sheets: tuple[LiveSheet, ...]) -> None:
    book, years = Spreadsheet(sheets), sheets[1]
    first, second = (where(years, "Total", f"Cost {year}, £ a year") for year in ("2018/19", "2019/20"))
    before = book.value(YEARS, first), book.value(YEARS, second)
    book.set(YEARS, where(years, "IFA fostering", "Uplift 2019/20"), 0.5)
    assert book.value(YEARS, first) == before[0]
    assert book.value(YEARS, second) > before[1]


def test_a_fuller_block_costs_less_for_each_place(sheets: tuple[LiveSheet, ...]) -> None:
    book, blocks = Spreadsheet(sheets), sheets[2]
    assert blocks.name == BLOCKS
    used, more = (where(blocks, HOSTILE, title) for title in ("Used by our children", blocks.columns[-1].title))
    assert book.value(BLOCKS, more) == 3_000
    book.set(BLOCKS, used, 3)
    assert book.value(BLOCKS, more) == -5_000
    assert book.value(BLOCKS, where(blocks, HOSTILE, "Unused places, £ a week")) == 0


def test_where_no_spot_price_is_known_no_formula_stands_on_it(sheets: tuple[LiveSheet, ...]) -> None:
    row = next(row for row in sheets[2].rows if row[0] == "B2")
    assert [held is None for held in row] == [False] * 8 + [True] * 3 + [False, True]


def test_without_uplifts_five_years_wait_to_be_filled() -> None:
    years = what_if_sheets(money_figures(a_case()))[1]
    inputs = [held for row in years.rows for held in row if isinstance(held, Input)]
    assert len(inputs) == 5 * (len(years.rows) - 1)
    assert {held.value for held in inputs} == {0}
    assert years.columns[2].title == "Uplift 2018/19"


@pytest.fixture
def written(sheets: tuple[LiveSheet, ...], tmp_path: Path) -> Path:
    path = tmp_path / "what-if.xlsx"
    with xlsxwriter.Workbook(path) as book:  # the most trusting settings: the sheets must be safe by themselves
        write_live_sheets(book, sheets)
    return path


def test_what_files_say_is_never_run(sheets: tuple[LiveSheet, ...], written: Path) -> None:
    ours = sum(isinstance(held, Formula) for sheet in sheets for row in sheet.rows for held in row)
    with zipfile.ZipFile(written) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sum(text.count("<f>") for text in texts) == ours
    assert not any("HYPERLINK" in text for text in texts)
    words = CalamineWorkbook.from_path(written).get_sheet_by_name(BLOCKS).to_python()
    assert [HOSTILE, "+44 Elm homes"] in [row[:2] for row in words]


def test_programs_that_do_not_calculate_show_the_figures(written: Path) -> None:
    rows = CalamineWorkbook.from_path(written).get_sheet_by_name(PRICES).to_python()
    assert rows[-1][0] == "Total"
    assert rows[-1][5] == 10_520

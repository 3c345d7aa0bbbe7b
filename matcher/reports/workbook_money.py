"""What-if sheets: change a price, an uplift or a contract, and the totals follow by the spreadsheet's own formulas."""

import datetime as dt
from collections.abc import Iterable
from itertools import accumulate

from matcher.reports.live_sheets import POUNDS, SHARE, Column, Formula, Input, LiveCell, LiveSheet, cell
from matcher.services.money.blocks import Block, Blocks
from matcher.services.money.costs import CostLine
from matcher.services.money.figures import MoneyFigures
from matcher.services.money.uplift import MOST_YEARS, WHOLE, uplifted
from models.money import WEEKS_A_YEAR
from models.record import Record
from models.ssda903.years import collection_year, year_label

PRICES, YEARS, BLOCKS = "What if prices", "What if years", "What if blocks"
_CHANGE = "Shaded cells are for you to change; everything else follows."
_WHAT_IF_WEEKLY = 5


class WhatIfRow(Record):
    """One service of the what-if sheets: its price now, and (priced children, pence a week) today and in each run."""

    label: str
    mean_pence: int
    amounts: tuple[tuple[int, int], ...]


def what_if_sheets(money: MoneyFigures) -> tuple[LiveSheet, ...]:
    """The live sheets of a money chapter: prices by kind, coming years, and block contracts where there are any."""
    rows = what_if_rows(money)
    blocks = (_blocks(money.blocks),) if money.blocks.contracts else ()
    return (_prices(money, rows), _years(money, rows), *blocks)


def what_if_rows(money: MoneyFigures) -> tuple[WhatIfRow, ...]:
    """Every service with a known price today or in a run, in the order of the tables."""
    tables = [{line.label: line for line in lines} for lines in (money.now.lines, *(r.lines for r in money.runs))]
    found = {line.label: line for table in reversed(tables) for line in table.values() if line.priced}
    order = sorted(found.values(), key=lambda line: line.service.order if line.service else ())
    return tuple(_row(line, tables) for line in order)


def _row(line: CostLine, tables: Iterable[dict[str, CostLine]]) -> WhatIfRow:
    lines = [table.get(line.label) for table in tables]
    amounts = tuple((each.priced, each.weekly_pence) if each else (0, 0) for each in lines)
    return WhatIfRow(label=line.label, mean_pence=line.mean_pence or 0, amounts=amounts)


def _prices(money: MoneyFigures, rows: tuple[WhatIfRow, ...]) -> LiveSheet:
    columns = [
        Column("Service"),
        Column("Children with a price today"),
        Column("Mean price now, £ a week", POUNDS),
        Column("What-if price, £ a week", POUNDS),
        Column("Cost today, £ a week", POUNDS),
        Column("What-if cost, £ a week", POUNDS),
        Column("Change, £ a week", POUNDS),
        Column("What-if cost, £ a year", POUNDS),
    ]
    for run in money.runs:
        columns.append(Column(f"{run.run}: children with a price"))
        columns.append(Column(f"{run.run}: cost, £ a week", POUNDS))
        columns.append(Column(f"{run.run}: what-if cost, £ a week", POUNDS))
    words = (
        "What if a price changed? The cost of today's placements and of each run, at prices you set.",
        f"{_CHANGE} A new price moves every child's price of that service by the difference from the mean price now.",
        f"A year is {WEEKS_A_YEAR} weeks. Prices as at {money.now.as_at}. Children without a known price are not here.",
    )
    sheet = LiveSheet(PRICES, words, tuple(columns), ())
    table = [_price_row(row, sheet.row(number)) for number, row in enumerate(rows)]
    table.append(_totals(table, sheet, keep_out=(2, 3)))
    return LiveSheet(PRICES, words, tuple(columns), table)


def _price_row(row: WhatIfRow, at: int) -> tuple[LiveCell, ...]:
    (priced, weekly), *runs = row.amounts
    moved = f"({cell(at, 3)}-{cell(at, 2)})"
    what_if = f"=ROUND({cell(at, 4)}+{cell(at, 1)}*{moved},2)"
    cells: list[LiveCell] = [row.label, priced, row.mean_pence / 100, Input(row.mean_pence / 100), weekly / 100]
    cells.append(Formula(what_if, weekly / 100))
    cells.append(Formula(f"={cell(at, 5)}-{cell(at, 4)}", 0))
    cells.append(Formula(f"={cell(at, 5)}*{WEEKS_A_YEAR}", weekly * WEEKS_A_YEAR / 100))
    for number, (children, pence) in enumerate(runs):
        first = 8 + 3 * number
        live = f"=ROUND({cell(at, first + 1)}+{cell(at, first)}*{moved},2)"
        cells += [children, pence / 100, Formula(live, pence / 100)]
    return tuple(cells)


def _years(money: MoneyFigures, rows: tuple[WhatIfRow, ...]) -> LiveSheet:
    years, rates = _rates(money, rows)
    columns = (
        Column("Service"),
        Column("What-if cost, £ a week", POUNDS),
        *(Column(f"Uplift {year}", SHARE) for year in years),
        *(Column(f"Cost {year}, £ a year", POUNDS) for year in years),
    )
    words = (
        "What would today's children cost in coming years? From the what-if prices, uplifted year upon year.",
        f"{_CHANGE} A week's cost is rounded once to a penny after all uplifts; a year is {WEEKS_A_YEAR} weeks.",
        "Uplifts as supplied." if money.years else "No uplifts were supplied: they stand at 0 until you set them.",
    )
    sheet = LiveSheet(YEARS, words, columns, ())
    above = LiveSheet(PRICES, words, (), ()).row(0)
    table: list[tuple[LiveCell, ...]] = []
    for number, row in enumerate(rows):
        at, weekly = sheet.row(number), row.amounts[0][1]
        link = Formula(f"='{PRICES}'!{cell(above + number, _WHAT_IF_WEEKLY)}", weekly / 100)
        inputs = [Input(rate / WHOLE) for rate in rates[row.label]]
        table.append((row.label, link, *inputs, *_year_cells(at, weekly, rates[row.label])))
    keep_out = tuple(range(2, 2 + len(years)))
    return LiveSheet(YEARS, words, columns, [*table, _totals(table, sheet, keep_out)])


def _year_cells(at: int, weekly: int, rates: tuple[int, ...]) -> Iterable[Formula]:
    factors = accumulate((f"(1+{cell(at, 2 + number)})" for number in range(len(rates))), lambda a, b: f"{a}*{b}")
    for number, factor in enumerate(factors):
        pence = uplifted(weekly, rates[: number + 1]) * WEEKS_A_YEAR
        yield Formula(f"=ROUND({cell(at, 1)}*{factor},2)*{WEEKS_A_YEAR}", pence / 100)


def _rates(money: MoneyFigures, rows: tuple[WhatIfRow, ...]) -> tuple[list[str], dict[str, tuple[int, ...]]]:
    """The coming years and each service's uplifts in them; five years of nothing where none were supplied."""
    if not money.years:
        first = collection_year(dt.date.fromisoformat(money.now.as_at)) + 1
        return [year_label(first + n) for n in range(MOST_YEARS)], {row.label: (0,) * MOST_YEARS for row in rows}
    told: dict[str, list[int]] = {}
    for years in (*money.run_years, money.years):
        for label in {line.label for year in years for line in year.lines}:
            told[label] = [line.hundredths for year in years for line in year.lines if line.label == label]
    return [year.year for year in money.years], {row.label: tuple(told[row.label]) for row in rows}


def _totals(table: list[tuple[LiveCell, ...]], sheet: LiveSheet, keep_out: tuple[int, ...]) -> tuple[LiveCell, ...]:
    """A row of sums; nothing under the columns kept out."""
    cells: list[LiveCell] = ["Total"]
    for column in range(1, len(sheet.columns)):
        if column in keep_out or not table:
            cells.append(None)
            continue
        amounts = [_value(row[column]) for row in table]
        span = f"{cell(sheet.row(0), column)}:{cell(sheet.row(len(table) - 1), column)}"
        cells.append(Formula(f"=SUM({span})", round(sum(round(100 * amount) for amount in amounts)) / 100))
    return tuple(cells)


def _value(held: LiveCell) -> float:
    if isinstance(held, Formula | Input):
        return held.value
    return held if isinstance(held, int | float) else 0


def _blocks(blocks: Blocks) -> LiveSheet:
    columns = (
        Column("Contract"),
        Column("Provider"),
        Column("Places bought"),
        Column("Used by our children"),
        Column("Sold"),
        Column("Unused"),
        Column("Contract, £ a week", POUNDS),
        Column("Paid by neighbours, £ a week", POUNDS),
        Column("Spot price, £ a week", POUNDS),
        Column("Break-even, places"),
        Column("Break-even, % of places", "0.0%"),
        Column("Unused places, £ a week", POUNDS),
        Column("Dearer than spot (-: cheaper), £ a week", POUNDS),
    )
    words = (
        "What if a contract, its use or the spot price changed?",
        _CHANGE,
        "Cells stay empty where no spot price is known.",
    )
    sheet = LiveSheet(BLOCKS, words, columns, (), total=False)
    table = [_block_row(block, sheet.row(number)) for number, block in enumerate(blocks.contracts)]
    return LiveSheet(BLOCKS, words, columns, table, total=False)


def _block_row(block: Block, at: int) -> tuple[LiveCell, ...]:
    places, used, sold, unused, price, income, spot = (cell(at, column) for column in range(2, 9))
    priced = bool(block.spot_pence)
    share = block.weekly_pence / ((block.spot_pence or 1) * block.places)
    return (
        block.contract_id,
        block.provider,
        block.places,
        Input(block.used),
        Input(block.sold),
        Formula(f"=MAX({places}-{sold}-{used},0)", block.unused),
        Input(block.weekly_pence / 100),
        Input(block.income_pence / 100),
        Input(block.spot_pence / 100) if block.spot_pence else None,
        _if(priced, f"=ROUNDUP(ROUND({price}/{spot},6),0)", block.break_even_places),
        _if(priced, f"={price}/({spot}*{places})", share),
        Formula(f"=ROUND({price}*{unused}/{places},2)", block.unused_pence / 100),
        _if(priced, f"={price}-{income}-{used}*{spot}", (block.more_than_spot_pence or 0) / 100),
    )


def _if(known: bool, text: str, value: float | None) -> Formula | None:
    """A formula where what it stands on is known."""
    return Formula(text, value or 0) if known else None

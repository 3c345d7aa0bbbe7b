"""What placements cost, who pays, what block beds are used for, and what could cost less."""

from collections.abc import Sequence

from matcher.reports.document import Block, Cell, Heading, Mark, Money, Paragraph, Section, Table
from matcher.reports.drawing.scatter import scatter
from matcher.reports.statement.copies import Copy, ShownMoney, ShownPercent
from matcher.reports.statement.sections.gap_inside import PRINTED
from matcher.reports.writers.cells import number, text
from matcher.services.money.averages import Against, AverageCost
from matcher.services.money.costs import CostLine
from matcher.services.money.runs import RunCost
from matcher.services.money.savings import SavingLine
from matcher.services.money.uplift import YearCost
from matcher.services.statement.statement import Statement

_PAYERS = ("Social care", "Education", "Health", "Not known")


def costs(statement: Statement, copy: Copy) -> Section:
    """Cost now by kind, against last year and benchmark, by who pays, and in coming years."""
    money = statement.money
    # Sums by kind stay inside: a sum over its average is a count, which other tables may have had to hide.
    by_kind = [_now(money.now.lines, money.now.total)] if copy.internal else []
    blocks: list[Block] = [
        Paragraph(money.now.definition),
        *by_kind,
        _averages(statement, copy),
        _years("cost_by_year", "Cost of today's placements in coming years", money.years, money.uplift_definition),
    ]
    if copy.internal:
        blocks += [Heading("What each plan would cost"), *(_run(run, money.now.total) for run in money.runs)]
        blocks += [Heading("Price and need"), *_price_of_need(statement)]
    return Section("costs", "What placements cost", tuple(blocks))


def commissioning(statement: Statement, copy: Copy) -> Section:
    """Block contracts, and savings planned."""
    blocks: list[Block] = []
    if copy.internal:
        blocks.append(_blocks(statement))
    savings = statement.money.savings
    if savings.schemes:
        every = [*savings.schemes, savings.cashable, savings.avoided, savings.total]
        rows: list[tuple[Cell, ...]] = [_saving(line, savings.schemes) for line in every]
        columns = ("Scheme", *savings.years, "Cumulative net")
        blocks.append(
            Table("savings", "Savings planned, net of cost", columns, rows, savings.definition, savings.source)
        )
    if copy.internal:
        found: list[tuple[Cell, ...]] = [
            (each.run, len(each.children), Money(each.full_weekly_pence), Money(each.cashable_yearly_pence))
            for each in savings.runs
        ]
        columns = ("Plan", "Children who would move", "Full fees a week less", "Cashable in a full year")
        note = savings.runs[0].definition if savings.runs else ""
        blocks.append(Table("run_savings", "What each plan would save on those who move", columns, found, note))
    blocks.append(
        Paragraph(
            "What to open, recruit or close with a given budget is worked out in a plan of its own, not here yet."
        )
    )
    return Section("commissioning", "Commissioning", tuple(blocks))


def _amount(pence: int | None) -> Cell:
    return Mark.NOT_AVAILABLE if pence is None else ShownMoney(pence)


def _now(lines: Sequence[CostLine], total: CostLine) -> Table:
    rows = [_line(line, line.label) for line in lines]
    columns = ("Kind", "Placements with a price", "Mean a week", "A week", "A year", *(f"{p}, a week" for p in _PAYERS))
    title = "Full price of placements, and who pays"
    return Table("cost_now", title, columns, [*rows, _line(total, "All")], total=True)


def _line(line: CostLine, label: str) -> tuple[Cell, ...]:
    return (
        label,
        line.priced,
        _amount(line.mean_pence),
        Money(line.weekly_pence),
        Money(line.yearly_pence),
        *(Money(part) for part in line.weekly.parts),
    )


def _averages(statement: Statement, copy: Copy) -> Table:
    found = statement.money.averages
    priced = [row.line.priced for row in found.rows]
    means = copy.averages([(row.line.mean_pence, n) for row, n in zip(found.rows, priced, strict=True)], ShownMoney)
    rows = [
        (
            row.line.label,
            mean,
            *((_interval(row),) if copy.internal else ()),
            *_against(row.last_year, mean, published=False),
            *_against(row.benchmark, mean, published=True),
        )
        for row, mean in zip(found.rows, means, strict=True)
    ]
    # Outside, an interval, which takes ten prices, would tell a count of nine from one of ten.
    interval = ("95% interval",) if copy.internal else ()
    columns = ("Kind", f"Mean {found.year}", *interval, "Last year", "Change", "Benchmark", "Difference")
    return Table("averages", "Average weekly cost against last year and benchmark", columns, rows, found.definition)


def _interval(row: AverageCost) -> Cell:
    if row.low_pence is None or row.high_pence is None:
        return Mark.NOT_APPLICABLE
    return f"£{row.low_pence / 100:,.0f} to £{row.high_pence / 100:,.0f}"


def _against(found: Against | None, mean: Cell, *, published: bool) -> tuple[Cell, Cell]:
    """A price to compare with, and the change from it. Where the mean is hidden, so is last year's own of as few."""
    if found is None:
        return Mark.NOT_AVAILABLE, Mark.NOT_AVAILABLE
    if mean is Mark.HIDDEN:
        return ShownMoney(found.pence) if published else Mark.HIDDEN, Mark.HIDDEN
    if found.change_percent is None:
        return ShownMoney(found.pence), Mark.NOT_APPLICABLE
    return ShownMoney(found.pence), ShownPercent(found.change_percent)


def _years(key: str, title: str, years: Sequence[YearCost], note: str) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (each.year, ShownMoney(each.weekly_pence), ShownMoney(each.yearly_pence)) for each in years
    ]
    return Table(key, title, ("Year", "A week", "A year"), rows, note, "Uplifts sheet")


def _run(run: RunCost, today: CostLine) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (step.label, len(step.children), Money(step.today_pence), Money(step.full_pence), Money(step.marginal_pence))
        for step in run.steps
    ]
    total = (run.total.label, len(run.total.children), Money(today.weekly_pence), Money(run.total.weekly_pence), "")
    columns = ("Children who", "Children", "Today, a week", "In the plan, a week", "Marginal, a week")
    key = f"run_cost_{run.run.replace(' ', '_')}"
    return Table(key, f"Cost of the {run.run} plan", columns, [*rows, total], run.definition, run.source, total=True)


def _price_of_need(statement: Statement) -> list[Block]:
    found = statement.money.price_of_need
    by: list[tuple[Cell, ...]] = [
        (
            each.label,
            each.provider or "All",
            len(each.children),
            Money(each.weekly_pence),
            _amount(each.pence_per_point),
        )
        for each in (*found.by_service, *found.by_provider)
    ]
    out: list[tuple[Cell, ...]] = [
        (
            each.point.provider,
            each.point.child_id,
            each.point.label,
            each.point.score_tenths / 10,
            Money(each.point.fee_pence),
            Money(each.expected_pence),
            f"£{each.low_pence / 100:,.0f} to £{each.high_pence / 100:,.0f}",
            Money(each.difference_pence),
        )
        for each in found.outliers
    ]
    columns = ("Provider", "Child", "Kind", "Score", "Fee", "Expected at that score", "Usual range", "Difference")
    per = ("Kind", "Provider", "Children", "Fees a week", "Price per point")
    strange = {each.point.child_id for each in found.outliers}
    points: list[tuple[Cell, ...]] = [
        (each.child_id, each.label, each.provider, each.score_tenths / 10, Money(each.fee_pence))
        for each in found.points
    ]
    told = Table(
        "fee_and_need",
        "Fee and needs score, child by child",
        ("Child", "Kind", "Provider", "Score", "Fee"),
        points,
        printed=0,
    )
    alt = _fees(points, [row for row in points if row[0] in strange])
    return [
        scatter(told, 3, 4, alt=alt, outliers=[i for i, row in enumerate(points) if row[0] in strange]),
        Paragraph(found.definition),
        Table(
            "price_per_point",
            "Price per needs point, by kind and provider",
            per,
            by,
            source=found.source,
            printed=PRINTED,
        ),
        Table("negotiation", "Fees far from what such needs usually cost", columns, out, found.rule, found.source),
    ]


def _fees(points: Sequence[tuple[Cell, ...]], strange: Sequence[tuple[Cell, ...]]) -> str:
    """The lowest and the highest fee with their needs, and whose fee lies far from what such needs usually cost."""
    if not points:
        return "No placement has both a fee and a needs score."
    low, high = (choose(points, key=lambda row: number(row[4]) or 0) for choose in (min, max))
    far = ", ".join(f"{row[0]} {text(row[4])} at {text(row[3])}" for row in strange) or "nobody's"
    return (
        f"Fees run from {text(low[4])} at a needs score of {text(low[3])} to {text(high[4])} at {text(high[3])}. Far "
        f"from what such needs usually cost: {far}."
    )


def _blocks(statement: Statement) -> Table:
    found = statement.money.blocks
    rows: list[tuple[Cell, ...]] = [
        (
            each.contract_id,
            each.provider,
            each.places,
            each.used,
            each.sold,
            each.unused,
            Money(each.weekly_pence),
            Money(each.income_pence),
            _amount(each.per_used_pence),
            _amount(each.spot_pence),
            Mark.NOT_AVAILABLE if each.break_even_percent is None else ShownPercent(each.break_even_percent),
            Money(each.unused_pence),
        )
        for each in found.contracts
    ]
    columns = (
        "Contract", "Provider", "Places", "Used", "Sold on", "Unused", "Paid a week", "Income a week",
        "Net cost of a used place", "Spot price", "Break-even occupancy", "Unused, a week",
    )  # fmt: skip
    return Table("blocks", "Block contracts", columns, rows, found.definition, found.source)


def _saving(line: SavingLine, schemes: Sequence[SavingLine]) -> tuple[Cell, ...]:
    label = f"{line.label} ({'cashable' if line.cashable else 'avoided'})" if line in schemes else line.label
    last = line.years[-1].cumulative_net_pence if line.years else 0
    return (label, *(ShownMoney(year.net_pence) for year in line.years), ShownMoney(last))

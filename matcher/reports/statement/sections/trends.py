"""How the authority does: every indicator by quarter, some over two years, and the stock month by month."""

import datetime as dt
from collections.abc import Container

from matcher.reports.document import Block, Cell, Heading, Mark, Paragraph, Section, Table, Tone
from matcher.reports.drawing.lines import lines
from matcher.reports.statement.copies import Copy, ShownDecimal, ShownPercent
from matcher.reports.statement.points import from_to
from matcher.reports.statement.sections.quarterly import definitions, hidden_on, quarterly, rounded
from matcher.reports.words import day
from matcher.services.indicators.reading import Indicator
from matcher.services.indicators.trends import Month
from matcher.services.statement.statement import Statement


def indicators(statement: Statement, copy: Copy) -> Section:
    """Every indicator now and a quarter before, compared with what was supplied; and the stock month by month."""
    months = _monthly(statement, copy)
    blocks: list[Block] = [
        quarterly(statement, copy),
        Paragraph("Previous values are worked out afresh from the return as it is today.", Tone.NOTE),
        definitions(statement),
        *_trends(statement, copy),
        Heading("Month by month"),
        lines(months, (1, 2), alt=from_to(months, (1, 2))),
    ]
    if copy.internal:
        rows: list[tuple[Cell, ...]] = [(group.label, len(group.ids)) for group in statement.new_placements]
        title = "Placements begun in the year, by distance from home"
        blocks.append(Table("new_placements", title, ("Where", "Placements"), rows, source="SSDA903 return"))
    return Section("indicators", "Indicators", tuple(blocks))


def _trends(statement: Statement, copy: Copy) -> list[Block]:
    """Shares quarter by quarter; a quarter whose count is small, or is not known, is a gap in the line."""
    if not statement.trends:
        return []
    hidden = hidden_on(statement, copy)
    days = [one.on for one in statement.trends[0]]
    rows: list[tuple[Cell, ...]] = [
        (day(on.isoformat()), *(_share(series[i], copy, hidden) for series in statement.trends))
        for i, on in enumerate(days)
    ]
    titles = [series[0].title for series in statement.trends]
    table = Table("trends", "Quarter by quarter", ("Quarter ending", *titles), rows, source="SSDA903 return")
    columns = range(1, len(titles) + 1)
    return [Heading("Quarter by quarter"), lines(table, columns, alt=from_to(table, columns), unit="%")]


def _share(indicator: Indicator, copy: Copy, hidden: Container[tuple[str, dt.date]]) -> Cell:
    reading = indicator.reading
    if reading is None or reading.value is None:
        return Mark.NOT_AVAILABLE
    if (indicator.key, indicator.on) in hidden or not copy.may_show(len(reading.counted), len(reading.out_of)):
        return Mark.HIDDEN
    return ShownPercent(round(rounded(indicator, reading.value, copy), 0 if copy.base > 1 else 1))


def _monthly(statement: Statement, copy: Copy) -> Table:
    rows = [(day(month.on.isoformat()), *_month(month, statement, copy)) for month in statement.monthly]
    moves = ("Started", "Left") if copy.internal else ()
    columns = ("Month ending", "Looked after", "Without UASC", "UASC", *moves, "Per 10,000")
    return Table("monthly", "Children looked after, month by month", columns, rows, source="SSDA903 return")


def _month(month: Month, statement: Statement, copy: Copy) -> tuple[Cell, ...]:
    stock, uasc = len(month.looked_after), len(month.unaccompanied)
    is_now = month.on.isoformat() == statement.provenance.as_at
    shown = copy.may_show(uasc, stock) and not (is_now and copy.hides("uasc", "yes"))
    parts = (copy.near(stock - uasc), copy.near(uasc)) if shown else (Mark.HIDDEN, Mark.HIDDEN)
    near = copy.near(stock)
    rate = Mark.NOT_AVAILABLE if month.per_10_000 is None else ShownDecimal(month.per_10_000 * near / max(stock, 1))
    # Outside, starts and leavings are left out: with the stock of two months one gives the other away.
    flows = (len(month.started), len(month.left)) if copy.internal else ()
    return (near, *parts, *flows, rate)

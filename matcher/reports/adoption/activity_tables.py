"""Month by month: what happened, who stood where, whether the one follows from the other, and the rolling figures."""

from collections.abc import Sequence

from matcher.reports.document import Block, Cell, Heading, Mark, Percent, Section, Table
from matcher.reports.drawing.lines import lines
from matcher.services.adoption.activity import Balance, MonthlyRow
from matcher.services.adoption.annual_report import AdoptionReport
from matcher.services.adoption.figures import Figure, FigureUnit
from matcher.services.adoption.timeliness import A1_THRESHOLD_DAYS

_MOST_ACROSS = 8
"""Measures that a page upright holds beside the month."""


def by_month_section(report: AdoptionReport) -> Section:
    """The rolling figures at the end of each month, with a chart of the mean days."""
    days = [series for series in report.by_month if series[0].unit is FigureUnit.DAYS]
    rows: list[tuple[Cell, ...]] = [
        (f"{at_end[0].on:%b %y}", *(_cell(figure) for figure in at_end)) for at_end in zip(*days, strict=True)
    ]
    short = tuple(series[0].key.upper() for series in days)
    means = Table("mean_days", "Mean days, rolling twelve months", ("Month", *short), rows)
    a1 = [figure.value for figure in days[0]]
    alt = f"A1 went from {a1[0] or 0:,.0f} to {a1[-1] or 0:,.0f} days; the threshold of A1 is {A1_THRESHOLD_DAYS}."
    chart = lines(means, tuple(range(1, len(short) + 1)), alt=alt, target=A1_THRESHOLD_DAYS, unit="Days")
    return Section("by_month", "Month by month", (chart, _shares(report)))


def _shares(report: AdoptionReport) -> Table:
    shares = [series for series in report.by_month if series[0].unit is FigureUnit.PERCENT]
    columns = ["Month"]
    for series in shares:
        columns += [series[0].title, "Counted", "Out of"]
    rows: list[tuple[Cell, ...]] = []
    for at_end in zip(*shares, strict=True):
        cells = [each for one in at_end for each in (_cell(one), len(one.counted), len(one.out_of))]
        rows.append((f"{at_end[0].on:%b %y}", *cells))
    return Table("shares_by_month", "Shares, rolling twelve months", tuple(columns), rows)


def _cell(figure: Figure) -> Cell:
    if figure.value is None:
        return Mark.NOT_AVAILABLE
    return Percent(figure.value) if figure.unit is FigureUnit.PERCENT else round(figure.value)


def activity_section(report: AdoptionReport) -> Section:
    """What happened and who stood where, for children and families, and whether stocks follow from flows."""
    told = report.activity
    months = [f"{end:%b %y}" for end in told.months]
    blocks: list[Block] = []
    for who, activity, status, opening, balance in (
        ("Children", told.children_activity, told.children_status, told.children_opening, told.children_balance),
        ("Families", told.families_activity, told.families_status, told.families_opening, told.families_balance),
    ):
        key, before = who.lower(), dict(opening)
        note = _balance_words(who, balance)
        blocks += [
            Heading(who),
            *_flows(f"{key}_activity", f"{who}: what happened in each month", activity, months),
            _stocks(f"{key}_status", f"{who}: where they stood at each month's end", status, before, months, note),
        ]
    return Section("activity", "Activity and status", tuple(blocks))


def _flows(key: str, title: str, rows: Sequence[MonthlyRow], months: Sequence[str]) -> list[Table]:
    """What happened, a row a month; in two tables where one page does not hold every column."""
    half = len(rows) if len(rows) <= _MOST_ACROSS else (len(rows) + 1) // 2 + 1
    found = []
    for number, start in enumerate(range(0, len(rows), half)):
        some = rows[start : start + half]
        cells: list[tuple[Cell, ...]] = [
            (month, *counts) for month, *counts in zip(months, *(row.counts for row in some), strict=True)
        ]
        cells.append(("Year", *(sum(row.counts) for row in some)))
        columns = ("Month", *(row.label for row in some))
        found.append(Table(f"{key}_{number}", f"{title}{', continued' if number else ''}", columns, cells, total=True))
    return found


def _stocks(
    key: str,
    title: str,
    rows: Sequence[MonthlyRow],
    opening: dict[str, int],
    months: Sequence[str],
    note: str,
) -> Table:
    """Who stood where, a row a month, the day before the first month above them."""
    first = [opening[row.key] for row in rows]
    cells: list[tuple[Cell, ...]] = [("Before", *first, sum(first))]
    for month, *counts in zip(months, *(row.counts for row in rows), strict=True):
        cells.append((month, *counts, sum(counts)))
    return Table(key, title, ("Month", *(row.label for row in rows), "All active"), cells, note)


def _balance_words(who: str, balances: Sequence[Balance]) -> str:
    astray = sorted({name for balance in balances for name in balance.unexplained})
    off = [balance.label for balance in balances if not _adds_up(balance)]
    if not astray and not off:
        return (
            f"{who}: every stock is the one before it with those who came and without those who went, and all who "
            "moved had an event that month."
        )
    return f"{who}: stocks do not follow from what happened for {', '.join([*off, *astray])}: look at their dates."


def _adds_up(balance: Balance) -> bool:
    months = zip(balance.opening, balance.came, balance.went, balance.closing, strict=True)
    return all(opening + came - went == closing for opening, came, went, closing in months)

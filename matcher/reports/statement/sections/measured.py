"""How the authority does: the quarterly table, stock month by month, and how steady placements are."""

from collections.abc import Callable, Collection, Mapping

from matcher.reports.document import Block, Bullets, Cell, Heading, Mark, Paragraph, Section, Table, Tone
from matcher.reports.drawing.lines import lines
from matcher.reports.statement.copies import Copy, ShownDecimal, ShownPercent
from matcher.reports.words import day
from matcher.services.indicators.quarterly import QuarterRow
from matcher.services.indicators.reading import Counted, Indicator, Reading, Unit
from matcher.services.statement.statement import Statement
from matcher.services.step_down_settings import WAY_LABELS

_MOST_STEADY = 25
_UASC = ("unaccompanied", "looked_after_without_uasc")
_WAYS = ("left_by_adoption", "left_by_special_guardianship", "left_by_adoption_or_special_guardianship")
_BANDS = ("long_term_stability_1_4", "long_term_stability_5_9", "long_term_stability_10_15")
_FAR = ("at_a_distance", "over_20_miles", "out_of_area_over_20_miles")
_TOLD_BY_OTHERS: tuple[tuple[tuple[str, ...], tuple[tuple[str, str], ...]], ...] = (
    (_UASC, tuple((each, "") for each in _UASC)),
    (_WAYS, (*((each, "") for each in _WAYS[:2]), ("left", _WAYS[2]))),
    (_BANDS, tuple((each, "") for each in _BANDS)),
    (_FAR, (*((each, "") for each in _FAR), ("out_of_area", _FAR[0]), ("out_of_area", _FAR[2]), (_FAR[1], _FAR[2]))),
)
"""Indicators that are parts of each other: all are hidden where one of their counts, or differences, is small."""
_QUARTERLY = (
    "Indicator", "Previous quarter", "Now", "95% interval", "Target", "Statistical neighbours", "England", "Quartile",
    "Direction", "Polarity", "Per 10,000",
)  # fmt: skip


def indicators(statement: Statement, copy: Copy) -> Section:
    """Every indicator now and a quarter before, compared with what was supplied; and the stock month by month."""
    blocks: list[Block] = [
        _quarterly(statement, copy),
        Paragraph("Previous values are worked out afresh from the return as it is today.", Tone.NOTE),
        _definitions(statement),
        *_trends(statement, copy),
        Heading("Month by month"),
        lines(
            _monthly(statement, copy),
            (1, 2),
            alt="Children looked after at the end of each month, with and without UASC",
        ),
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
    days = [one.on for one in statement.trends[0]]
    rows: list[tuple[Cell, ...]] = [
        (day(on.isoformat()), *(_share(series[i], copy) for series in statement.trends)) for i, on in enumerate(days)
    ]
    titles = [series[0].title for series in statement.trends]
    table = Table("trends", "Quarter by quarter", ("Quarter ending", *titles), rows, source="SSDA903 return")
    alt = "Stability and place over two years: " + "; ".join(titles)
    return [Heading("Quarter by quarter"), lines(table, range(1, len(titles) + 1), alt=alt, unit="%")]


def _share(indicator: Indicator, copy: Copy) -> Cell:
    reading = indicator.reading
    if reading is None or reading.value is None:
        return Mark.NOT_AVAILABLE
    if not copy.may_show(len(reading.counted), len(reading.out_of)):
        return Mark.HIDDEN
    return ShownPercent(round(reading.value, 0 if copy.base > 1 else 1))


def stability(statement: Statement, copy: Copy) -> Section:
    """The published stability points, tested on the authority's own endings."""
    found = statement.stability
    calibration = found.calibration
    blocks: list[Block] = [Paragraph(found.definition), Paragraph(calibration.statement)]
    if copy.internal:
        rows: list[tuple[Cell, ...]] = [
            (
                each.child_id,
                each.points,
                f"{each.least} to {each.most}",
                Mark.NOT_AVAILABLE if each.probability_percent is None else f"{each.probability_percent:.0f}%",
                "; ".join(driver.label for driver in each.drivers),
            )
            for each in found.placements[:_MOST_STEADY]
        ]
        columns = (
            "Child",
            "Points",
            "If what is not known were known",
            "Chance of an unplanned ending",
            "What drives it",
        )
        title = f"The {len(rows)} placements with most points: whom to ask first"
        blocks.append(Table("stability", title, columns, rows, "A score decides nothing: it says whom to ask first."))
    return Section("stability", "Stability of placements", tuple(blocks))


def _quarterly(statement: Statement, copy: Copy) -> Table:
    now, before = (_apart(statement, copy, side) for side in (lambda row: row.now, lambda row: row.previous))
    rows: list[tuple[Cell, ...]] = [_row(each, copy, now, before) for each in statement.quarterly]
    return Table("quarterly", "Indicators by quarter", _QUARTERLY, rows, source="SSDA903 return; comparators sheet")


def _row(row: QuarterRow, copy: Copy, apart_now: Collection[str], apart_before: Collection[str]) -> tuple[Cell, ...]:
    key, interval = row.now.key, row.now.reading.interval if row.now.reading else None
    now = Mark.HIDDEN if key in apart_now else _value(row.now, copy, f"ind_{key}")
    before = Mark.HIDDEN if key in apart_before else _value(row.previous, copy)
    hidden, moved = now is Mark.HIDDEN, row.direction.value if row.direction else Mark.NOT_AVAILABLE
    wide = f"{interval.low:.1f} to {interval.high:.1f}" if interval else Mark.NOT_APPLICABLE
    rate = Mark.NOT_APPLICABLE if row.now.per_10_000 is None else ShownDecimal(row.now.per_10_000)
    return (
        row.now.title,
        before,
        now,
        Mark.HIDDEN if hidden else wide,
        *(_figure(value) for value in _compared(row)),
        Mark.HIDDEN if hidden else row.quartile.value if row.quartile else Mark.NOT_AVAILABLE,
        Mark.HIDDEN if hidden or before is Mark.HIDDEN else moved,
        row.now.polarity.value,
        Mark.HIDDEN if hidden else rate,
    )


def _apart(statement: Statement, copy: Copy, side: Callable[[QuarterRow], Indicator]) -> set[str]:
    """Keys of indicators that would tell a small count of another by adding or subtracting; none inside.

    Where counted tables hold all of some, on the as-at date, these protect them.
    """
    if copy.internal:
        return set()
    now = {row.now.key for row in statement.quarterly if side(row) is row.now}
    readings = {row.now.key: reading for row in statement.quarterly if (reading := side(row).reading)}
    hidden: set[str] = set()
    for keys, told in _TOLD_BY_OTHERS:
        if now and all(f"ind_{key}" in copy.tables for key in keys if key in readings):
            continue
        if any(_is_small(readings, whole, part, copy) for whole, part in told):
            hidden |= set(keys)
    return hidden


def _is_small(readings: Mapping[str, Reading], whole: str, part: str, copy: Copy) -> bool:
    """Whether an indicator's count, or what is left of it without another, is small; not if either is not known."""
    if whole not in readings or (part and part not in readings):
        return False
    found = readings[whole]
    if part:
        return not copy.may_show(len(found.counted) - len(readings[part].counted), 0)
    return not copy.may_show(len(found.counted), len(found.out_of))


def _compared(row: QuarterRow) -> tuple[float | None, ...]:
    given = row.compared
    return (given.target, given.neighbours, given.england) if given else (None, None, None)


def _value(indicator: Indicator, copy: Copy, table: str = "") -> Cell:
    """The value with what it is made of: ``12.0% (108 of 903)``; hidden where the counted table hides either part."""
    reading = indicator.reading
    if reading is None or reading.value is None:
        return Mark.NOT_AVAILABLE
    count, whole = len(reading.counted), len(reading.out_of)
    in_table = table in copy.tables and None in (copy.tables[table].count(each) for each in ("yes", "no"))
    if in_table or (indicator.counts is not Counted.HOMES and not copy.may_show(count, whole)):
        return Mark.HIDDEN
    if indicator.unit is Unit.PERCENT:
        share = f"{reading.value:.{0 if copy.base > 1 else 1}f}%"
        return f"{share} ({copy.near(count):,} of {copy.near(whole):,})" if whole else share
    return f"{copy.near(count):,}" if indicator.unit is Unit.NUMBER else f"{reading.value:,.1f}"


def _figure(value: float | None) -> Cell:
    return Mark.NOT_AVAILABLE if value is None else ShownDecimal(value)


def _definitions(statement: Statement) -> Table:
    rows = [(each.now.title, each.now.definition, each.now.source) for each in statement.quarterly]
    return Table("definitions", "What each indicator counts", ("Indicator", "Definition", "Source"), rows)


def _monthly(statement: Statement, copy: Copy) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for month in statement.monthly:
        stock, uasc = len(month.looked_after), len(month.unaccompanied)
        shown = copy.may_show(uasc, stock)
        parts = (copy.near(stock - uasc), copy.near(uasc)) if shown else (Mark.HIDDEN, Mark.HIDDEN)
        rate = Mark.NOT_AVAILABLE if month.per_10_000 is None else ShownDecimal(month.per_10_000)
        # Outside, starts and leavings are left out: with the stock of two months one gives the other away.
        flows = (len(month.started), len(month.left)) if copy.internal else ()
        rows.append((day(month.on.isoformat()), copy.near(stock), *parts, *flows, rate))
    moves = ("Started", "Left") if copy.internal else ()
    columns = ("Month ending", "Looked after", "Without UASC", "UASC", *moves, "Per 10,000")
    return Table("monthly", "Children looked after, month by month", columns, rows, source="SSDA903 return")


def step_down(statement: Statement, copy: Copy) -> Section:
    """Children whose profile fits a less intensive setting: a list with evidence, never an instruction."""
    found = statement.step_down
    rows: list[tuple[Cell, ...]] = []
    for total in found.totals:
        counts = [_counted(len(ids), len(total.looked_at), copy) for ids in (total.assessed, total.to_assess)]
        few = not copy.may_show(len(total.assessed), 0)
        money = [Mark.HIDDEN if few else copy.money(each.pence) for each in (total.saving, total.marginal_saving)]
        rows.append((WAY_LABELS[total.way], _counted(len(total.looked_at), 0, copy), *counts, *money))
    columns = (
        "What it would be",
        "Looked at",
        "On the list",
        "To assess first",
        "Saving a week",
        "of it, at the margin",
    )
    blocks: list[Block] = [
        Paragraph(found.definition),
        Table("step_down", "Children whose profile fits a less intensive setting", columns, rows),
    ]
    if copy.internal:
        for option in found.options:
            blocks.append(Heading(f"{option.child_id}: {WAY_LABELS[option.way]}"))
            said = [f"The child says: {words}" for words in option.child_says]
            said += [f"Evidence: {words}" for words in option.evidence] + [f"Gain: {words}" for words in option.gains]
            said += [f"Risk: {words}" for words in option.risks] + [f"Assumed: {words}" for words in option.assumptions]
            blocks.append(Bullets((*said, f"Ask first: {option.ask}")))
    return Section("step_down", "Who might live in a less intensive setting", tuple(blocks))


def _counted(count: int, whole: int, copy: Copy) -> Cell:
    return copy.near(count) if copy.may_show(count, whole) else Mark.HIDDEN

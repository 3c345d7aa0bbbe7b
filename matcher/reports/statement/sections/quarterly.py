"""The quarterly table: every indicator now and a quarter before, beside what was supplied to compare it with."""

import datetime as dt
from collections.abc import Callable, Mapping

from matcher.reports.document import Cell, Mark, Table
from matcher.reports.statement.copies import Copy, ShownDecimal
from matcher.services.indicators.quarterly import QuarterRow
from matcher.services.indicators.reading import Counted, Indicator, Reading, Unit
from matcher.services.intervals import wilson
from matcher.services.statement.statement import Statement
from models.commissioning import Comparator

_UASC = ("unaccompanied", "looked_after_without_uasc")
_WAYS = ("left_by_adoption", "left_by_special_guardianship", "left_by_adoption_or_special_guardianship")
_BANDS = ("long_term_stability_1_4", "long_term_stability_5_9", "long_term_stability_10_15")
_FAR = ("at_a_distance", "over_20_miles", "out_of_area_over_20_miles")
_UNKNOWN = "distance_not_known"
_TOLD_BY_OTHERS: tuple[tuple[tuple[str, ...], tuple[tuple[str, str], ...]], ...] = (
    (_UASC, tuple((each, "") for each in _UASC)),
    (_WAYS, (*((each, "") for each in _WAYS[:2]), ("left", _WAYS[2]))),
    (_BANDS, tuple((each, "") for each in _BANDS)),
    (_FAR, (*((each, "") for each in _FAR), ("out_of_area", _FAR[0]), ("out_of_area", _FAR[2]), (_FAR[1], _FAR[2]))),
    ((_UNKNOWN,), ((_UNKNOWN, _UASC[0]),)),
)
"""Indicators that are parts of each other: all are hidden where one of their counts, or differences, is small."""
STOCK = {"looked_after": (), "unaccompanied": ("yes",), "looked_after_without_uasc": ("no",)}
"""Indicators that are cells of the counted table of unaccompanied children on the as-at date."""
_COLUMNS = (
    "Indicator", "Previous quarter", "Now", "95% interval", "Target", "Statistical neighbours", "England", "Quartile",
    "Direction", "Polarity", "Per 10,000", "Neighbours per 10,000",
)  # fmt: skip


def quarterly(statement: Statement, copy: Copy) -> Table:
    """Every indicator, a row each; what is hidden of one is told by no other."""
    rows: list[tuple[Cell, ...]] = [_row(*each, copy) for each in _valued(statement, copy)]
    note = "Blank: nothing was supplied to compare with, or neither way is better" + (
        ". Shares, intervals and rates are of the rounded counts; quartile and direction would be of the true ones"
        if copy.base > 1
        else ""
    )
    return Table("quarterly", "Indicators by quarter", _COLUMNS, rows, note, "SSDA903 return; comparators sheet")


def hidden_on(statement: Statement, copy: Copy) -> set[tuple[str, dt.date]]:
    """Indicators that the table hides, each with the day it is of: nothing else may show them on that day."""
    found = _valued(statement, copy)
    before = {(row.now.key, row.previous.on) for row, cell, _ in found if cell is Mark.HIDDEN}
    return before | {(row.now.key, row.now.on) for row, _, cell in found if cell is Mark.HIDDEN}


def _valued(statement: Statement, copy: Copy) -> list[tuple[QuarterRow, Cell, Cell]]:
    """Every row with its value a quarter before and now."""
    now, before = (_apart(statement, copy, side) for side in (lambda row: row.now, lambda row: row.previous))
    return [
        (
            row,
            Mark.HIDDEN if row.now.key in before else _value(row.previous, copy, None),
            Mark.HIDDEN if row.now.key in now else _value(row.now, copy, _where(row.now.key)),
        )
        for row in statement.quarterly
    ]


def definitions(statement: Statement) -> Table:
    """What each indicator counts, and where that definition is from."""
    rows = [(each.now.title, each.now.definition, each.now.source) for each in statement.quarterly]
    return Table("definitions", "What each indicator counts", ("Indicator", "Definition", "Source"), rows)


def _row(row: QuarterRow, before: Cell, now: Cell, copy: Copy) -> tuple[Cell, ...]:
    hidden = now is Mark.HIDDEN
    quartile: Cell = Mark.HIDDEN if hidden and row.quartile else row.quartile.value if row.quartile else ""
    moved: Cell = row.direction.value if row.direction else Mark.NOT_AVAILABLE
    moved = Mark.HIDDEN if hidden or before is Mark.HIDDEN else moved
    given = row.compared or Comparator(indicator=row.now.key)
    return (
        row.now.title,
        before,
        now,
        Mark.HIDDEN if hidden else _interval(row.now.reading, copy),
        *(_figure(value) for value in (given.target, given.neighbours, given.england)),
        *(("", "") if copy.base > 1 else (quartile, moved)),
        row.now.polarity.value,
        Mark.HIDDEN if hidden and row.now.per_10_000 is not None else _rate(row.now, copy),
        _figure(given.neighbours_per_10_000),
    )


def _where(key: str) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """The counted table that holds an indicator of the as-at date, and its cells."""
    return ("uasc", (STOCK[key],)) if key in STOCK else (f"ind_{key}", (("yes",), ("no",)))


def _value(indicator: Indicator, copy: Copy, held: tuple[str, tuple[tuple[str, ...], ...]] | None) -> Cell:
    """The value with what it is made of: ``12.0% (108 of 903)``; hidden where the counted table hides either part."""
    reading = indicator.reading
    if reading is None or reading.value is None:
        return Mark.NOT_AVAILABLE
    count, whole = len(reading.counted), len(reading.out_of)
    if held and held[0] in copy.tables and any(copy.hides(held[0], *each) for each in held[1]):
        return Mark.HIDDEN
    if indicator.counts is not Counted.HOMES and not copy.may_show(count, whole):
        return Mark.HIDDEN
    value, decimals = rounded(indicator, reading.value, copy), 0 if copy.base > 1 else 1
    if indicator.unit is Unit.PERCENT:
        return f"{value:.{decimals}f}%" + (f" ({copy.near(count):,} of {copy.near(whole):,})" if whole else "")
    return f"{copy.near(count):,}" if indicator.unit is Unit.NUMBER else f"{value:,.{decimals}f}"


def rounded(indicator: Indicator, value: float, copy: Copy) -> float:
    """An indicator's value, of the rounded counts where counts are rounded: so it tells no more than they."""
    if copy.base == 1 or indicator.reading is None:
        return value
    count, whole = len(indicator.reading.counted), len(indicator.reading.out_of)
    if whole:
        return 100 * copy.near(count) / max(copy.near(whole), 1)
    return value * copy.near(count) / count if count else value


def _interval(reading: Reading | None, copy: Copy) -> Cell:
    """The 95% interval; where counts are rounded that of the rounded ones, which gives away no more than they do."""
    if reading is None or reading.interval is None:
        return ""
    low, high = reading.interval.low, reading.interval.high
    if copy.base > 1:
        count, whole = copy.near(len(reading.counted)), copy.near(len(reading.out_of))
        if not 0 < count <= whole:
            return Mark.NOT_AVAILABLE
        low, high = wilson(count, whole)
    return f"{low:.1f} to {high:.1f}"


def _rate(indicator: Indicator, copy: Copy) -> Cell:
    """The rate per 10,000; where counts are rounded that of the rounded one."""
    if indicator.per_10_000 is None or indicator.reading is None:
        return ""
    count = len(indicator.reading.counted)
    return ShownDecimal(indicator.per_10_000 * (copy.near(count) / count if count else 1))


def _figure(value: float | None) -> Cell:
    return "" if value is None else ShownDecimal(value)


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
        if now and copy.base == 1 and all(f"ind_{key}" in copy.tables for key in keys if key in readings):
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
        return not copy.may_show(abs(len(found.counted) - len(readings[part].counted)), 0)
    return not copy.may_show(len(found.counted), len(found.out_of))

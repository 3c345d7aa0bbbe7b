"""Rows of our own sheets as typed values; every cell that cannot be read is told of, once."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from matcher.intake import cells
from matcher.intake.columns import Column, Kind, Sheet
from matcher.intake.findings import At, Log
from matcher.intake.tables import SheetTable

Value = str | int | bool | dt.date | tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One row: where it is and the value of every column that is not blank."""

    at: At
    values: Mapping[str, Value]

    def text(self, name: str) -> str | None:
        """The text, identifier, postcode or coded word of a column; None if blank."""
        return cast("str | None", self.values.get(name))

    def words(self, name: str) -> tuple[str, ...]:
        """The words of a column that holds several; none if blank."""
        return cast("tuple[str, ...]", self.values.get(name, ()))

    def number(self, name: str) -> int | None:
        """A whole number, level, amount in pence or number of hundredths; None if blank."""
        return cast("int | None", self.values.get(name))

    def day(self, name: str) -> dt.date | None:
        """A date; None if blank."""
        return cast("dt.date | None", self.values.get(name))

    def flag(self, name: str) -> bool | None:
        """Y or N; None if blank."""
        return cast("bool | None", self.values.get(name))

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def need(self, name: str) -> str:
        """The text of a required column, which a row never lacks."""
        return cast("str", self.values[name])

    def need_day(self, name: str) -> dt.date:
        """The date of a required column, which a row never lacks."""
        return cast("dt.date", self.values[name])

    def need_number(self, name: str) -> int:
        """The number of a required column, which a row never lacks."""
        return cast("int", self.values[name])


def read_sheet(tables: Sequence[SheetTable], log: Log) -> list[Row]:
    """Every usable row of the tables that are one sheet, in order; identical rows count once."""
    seen: dict[tuple[str, ...], At] = {}
    rows: list[Row] = []
    for table in tables:
        missing = _tell_missing_columns(table, log)
        for number, texts in table.raw.rows:
            at = At(table.raw.file, number)
            whole = tuple(text.strip() for text in texts)
            if whole in seen:
                _tell_duplicate(at, seen[whole], log)
                continue
            seen[whole] = at
            _tell_overflow(at, texts, len(table.raw.headings), log)
            row = _read_row(table, at, texts, missing, log)
            if row is not None:
                rows.append(row)
    return rows


def _tell_missing_columns(table: SheetTable, log: Log) -> frozenset[str]:
    lacking = [c for c in table.sheet.columns if c.required and c.name not in table.position]
    for column in lacking:
        log.error(
            "column-missing",
            At(table.raw.file, table.raw.heading_row, column.name),
            f"{table.sheet.name} has no column {column.name}, which every row needs",
            expected=column.help,
            action="no row of the file can be used",
        )
    return frozenset(column.name for column in lacking)


def _tell_duplicate(at: At, first: At, log: Log) -> None:
    where = f"row {first.row}" if first.file == at.file else f"row {first.row} of {first.file}"
    log.warn(
        "row-duplicated", at, f"the row says the same as {where}", expected="each row once", action="it counts once"
    )


def _tell_overflow(at: At, texts: Sequence[str], width: int, log: Log) -> None:
    beyond = [text for text in texts[width:] if text.strip()]
    if beyond:
        log.warn(
            "cells-beyond-headings",
            at,
            f"the row has {len(beyond)} more cells than there are headings",
            expected="one cell for each heading; a cell with a comma in it needs quotation marks",
            action="the cells beyond are not read",
            value=beyond[0],
        )


def _read_row(table: SheetTable, at: At, texts: Sequence[str], missing: frozenset[str], log: Log) -> Row | None:
    sheet = table.sheet
    values: dict[str, Value] = {}
    problems: list[tuple[Column, cells.CellError]] = []
    for column in sheet.columns:
        index = table.position.get(column.name)
        text = texts[index].strip() if index is not None and index < len(texts) else ""
        if text:
            problems += [(column, error) for error in _read_into(values, column, text, at, log)]
        elif column.required and column.name not in missing:
            problems.append((column, cells.CellError(f"{column.name} is blank", _expected(column))))
    usable = not missing
    what, id_column = sheet.about
    name = str(values.get(id_column, f"in row {at.row} of {at.file}"))
    if missing:
        log.set_aside(what, name, f"{sheet.name} has no column {min(missing)}")
    for column, error in problems:
        usable &= not _tell_problem(column, error, at, (what, name), texts, table, log)
    return Row(at, values) if usable else None


def _tell_problem(
    column: Column,
    error: cells.CellError,
    at: At,
    about: tuple[str, str],
    texts: Sequence[str],
    table: SheetTable,
    log: Log,
) -> bool:
    """Tell of one cell; returns whether the row cannot be used because of it."""
    index = table.position.get(column.name, len(texts))
    value = texts[index] if index < len(texts) else None
    where = at.in_column(column.name)
    code = "cell-blank" if not (value or "").strip() else "cell-unreadable"
    is_name = column.name == about_column(table.sheet)
    if column.vital or (is_name and about[0] == "home"):
        log.aside(*about, code, where, str(error), expected=error.expected, value=value)
        return True
    action = "the row is left out" if column.required else "it is read as blank"
    log.warn(code, where, str(error), expected=error.expected, action=action, value=value, subject=about[1])
    return column.required


def about_column(sheet: Sheet) -> str:
    """The column that names the record a sheet is about."""
    return sheet.about[1]


def _read_into(values: dict[str, Value], column: Column, text: str, at: At, log: Log) -> Iterator[cells.CellError]:
    """Read a cell into ``values``; yields what is wrong with it. Of a list the good words are kept."""
    if len(text) > cells.LONGEST_TEXT:
        log.warn(
            "cell-long",
            at.in_column(column.name),
            f"the cell holds {len(text):,} characters",
            expected=f"at most {cells.LONGEST_TEXT:,}, as a spreadsheet does",
            action="it is kept whole",
            value=text,
        )
    if column.kind is Kind.CODES:
        good: list[str] = []
        for part in cells.split_list(text.replace(",", ";")):
            try:
                good.append(cells.read_word(part, column.allowed))
            except cells.CellError as error:
                yield error
        values[column.name] = tuple(dict.fromkeys(good))
        return
    try:
        values[column.name] = read_cell(column, text)
    except cells.CellError as error:
        yield error


def read_cell(column: Column, text: str) -> Value:
    """The value of a cell that is not blank; CellError when it is not what the column holds."""
    match column.kind:
        case Kind.INTEGER | Kind.LEVEL:
            return cells.read_integer(text, 0, column.most)
        case Kind.CODE:
            return cells.read_word(text, column.allowed)
        case Kind.CODES:
            return cells.read_words(text, column.allowed)
        case _:
            return _READERS[column.kind](text)


_READERS: Mapping[Kind, Callable[[str], Value]] = {
    Kind.ID: cells.read_id,
    Kind.TEXT: str,
    Kind.TEXTS: cells.split_list,
    Kind.DATE: cells.read_date,
    Kind.YES_NO: cells.read_yes_no,
    Kind.MONEY: cells.read_money,
    Kind.AMOUNT: cells.read_amount,
    Kind.HUNDREDTHS: cells.read_hundredths,
    Kind.POSTCODE: cells.read_postcode,
    Kind.ANSWER: cells.read_answer,
}


def _expected(column: Column) -> str:
    return f"one of {', '.join(column.allowed)}" if column.allowed else column.form

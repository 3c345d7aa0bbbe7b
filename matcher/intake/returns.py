"""Rows of SSDA903 tables as typed values, each judged by the code sets of its own collection year."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from matcher.intake import cells
from matcher.intake.findings import At, Log
from matcher.intake.raw_table import RawTable
from matcher.intake.return_rows import VITAL, Fault, ReturnRow, Returns, Value, tell_faults
from matcher.intake.tables import ReturnTable, latest_common_year, year_named
from models import ssda903
from models.ssda903 import Column, ColumnKind
from models.ssda903.tables import table_spec


def read_returns(tables: Sequence[ReturnTable], log: Log) -> Returns:
    """Read every table of every return; faults in episodes and headers are kept with the row for later."""
    returns = Returns()
    for table in tables:
        for row in _rows(table, table.year, log):
            if row.child is None and not row.vital_faults:
                continue
            returns.rows[table.table].append(row)
    for rows in returns.rows.values():
        rows.sort(key=lambda row: row.year or 0)
    return returns


def with_years(tables: Sequence[ReturnTable]) -> list[ReturnTable]:
    """The tables, each with the collection year it is to be judged by."""
    group_years = _group_years(tables)
    return [replace(table, year=table.folder_year or group_years.get(_group(table.raw))) for table in tables]


def _group(raw: RawTable) -> tuple[tuple[str, ...], int | None]:
    """Files that are taken for one return: those of a folder whose names speak of the same year, or of none."""
    return raw.folders, year_named(raw.stem)


def _group_years(tables: Sequence[ReturnTable]) -> Mapping[tuple[tuple[str, ...], int | None], int | None]:
    """The collection year of each return: as its episodes' dates say, else as its file names say."""
    dated: defaultdict[tuple[tuple[str, ...], int | None], list[int]] = defaultdict(list)
    for table in tables:
        if table.table == "Episodes":
            dated[_group(table.raw)] += _years_of_dates(table)
    years = {_group(table.raw): _group(table.raw)[1] for table in tables}
    found = years | {group: latest_common_year(seen) or years[group] for group, seen in dated.items()}
    known = {year for year in found.values() if year is not None}
    only = next(iter(known)) if len(known) == 1 else None
    return {group: only if year is None else year for group, year in found.items()}


def _years_of_dates(table: ReturnTable) -> Iterator[int]:
    for name in ("DECOM", "DEC"):
        index = table.position.get(name)
        for _, texts in table.raw.rows if index is not None else ():
            if index is not None and index < len(texts) and texts[index].strip():
                try:
                    yield ssda903.collection_year(cells.read_date(texts[index].strip()))
                except cells.CellError:
                    continue


def _rows(table: ReturnTable, year: int | None, log: Log) -> Iterator[ReturnRow]:
    spec = table_spec(table.table)
    vital = VITAL.get(table.table, frozenset())
    columns = [(column, table.position.get(column.name), column.name in vital) for column in spec.columns]
    width = len(table.raw.headings)
    known: dict[tuple[str, str, int | None], Answer] = {}
    for number, texts in table.raw.rows:
        at = At(table.raw.file, number)
        if len(texts) > width and any(text.strip() for text in texts[width:]):
            log.warn(
                "cells-beyond-headings",
                at,
                "the row has more cells than there are headings",
                expected="one cell for each heading; a cell with a comma in it needs quotation marks",
                action="the cells beyond are not read",
            )
        row = _row(columns, at, texts, _row_year(table, texts) or year, known)
        if not vital:
            tell_faults(row, log)
        yield row


def _row_year(table: ReturnTable, texts: Sequence[str]) -> int | None:
    index = table.year_column
    return year_named(texts[index]) if index is not None and index < len(texts) else None


Answer = tuple[Value | None, Fault | None]


def _row(
    columns: Sequence[tuple[Column, int | None, bool]],
    at: At,
    texts: Sequence[str],
    year: int | None,
    known: dict[tuple[str, str, int | None], Answer],
) -> ReturnRow:
    """Read one row; ``known`` remembers the cells read so far, for files repeat themselves."""
    values: dict[str, Value] = {}
    faults: list[Fault] = []
    for column, index, vital in columns:
        text = texts[index].strip() if index is not None and index < len(texts) else ""
        if not text:
            if column.required and (index is not None or vital):
                faults.append(_blank(column, vital))
            continue
        key = (column.name, text, year)
        if key not in known:
            known[key] = _read(column, text, year)
        value, fault = known[key]
        if value is not None:
            values[column.name] = value
        if fault is not None:
            faults.append(fault if not (vital and value is None) else _as_vital(fault))
    return ReturnRow(at, year, values, tuple(_without_kept_codes(faults, values)))


def _without_kept_codes(faults: Sequence[Fault], values: Mapping[str, Value]) -> Iterator[Fault]:
    """Leave out codes that were listed when the episode began: it keeps its code for as long as it is open."""
    began = values.get("DECOM")
    for fault in faults:
        kept = isinstance(began, dt.date) and _judged_year(ssda903.collection_year(began)) in fault.years
        if not kept:
            yield fault


def _blank(column: Column, vital: bool) -> Fault:
    expected = "a code of the return" if column.code_set else f"a {column.kind.value.replace('_', ' ')}"
    return Fault("cell-blank", column.name, None, f"{column.name} is blank", expected, vital)


def _as_vital(fault: Fault) -> Fault:
    return Fault(fault.code, fault.column, fault.value, fault.message, fault.expected, True, fault.years)


_READERS: Mapping[ColumnKind, Callable[[str, Column], Value]] = {
    ColumnKind.CHILD_ID: lambda text, _: cells.read_id(text),
    ColumnKind.DATE: lambda text, _: cells.read_date(text),
    ColumnKind.POSTCODE: lambda text, _: cells.read_postcode(text),
    ColumnKind.INTEGER: lambda text, column: cells.read_integer(text, column.low, column.high),
    ColumnKind.TEXT: lambda text, _: text,
}


def _judged_year(year: int) -> int:
    return ssda903.nearest_known_year(year)


def _read(column: Column, text: str, year: int | None) -> Answer:
    """One cell's value and what is wrong with it."""
    if column.code_set is not None:
        return _read_code(column, column.code_set, text, year)
    try:
        return _READERS[column.kind](text, column), None
    except cells.CellError as error:
        return None, Fault("cell-unreadable", column.name, text, str(error), error.expected)


def _read_code(column: Column, code_set: str, text: str, year: int | None) -> tuple[str | None, Fault | None]:
    code = text.upper().removesuffix(".0")
    judged = _judged_year(year) if year is not None else None
    listed = ssda903.ever_listed(code_set) if judged is None else ssda903.codes(code_set, judged)
    if code in listed:
        return code, None
    expected = f"{column.name}: one of {', '.join(listed)}" if listed else f"{column.name} blank"
    years = ssda903.years_listing(code_set, code)
    if years:
        told = f"{code} is not a code of {ssda903.year_label(judged or years[-1])}; it was one in {_span(years)}"
        return code, Fault("code-of-another-year", column.name, text, told, expected, years=years)
    return None, Fault("code-unknown", column.name, text, f"{text!r} is not a code of any year", expected)


def _span(years: Sequence[int]) -> str:
    first, last = ssda903.year_label(years[0]), ssda903.year_label(years[-1])
    return first if first == last else f"{first} to {last}"

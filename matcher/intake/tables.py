"""Which table each file holds, told by its headings and never by its name."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from matcher.intake.archive import SourceFile
from matcher.intake.column_tables import ColumnTable, table_for, translated
from matcher.intake.columns import GUIDE_HEADINGS, Sheet
from matcher.intake.decode import DELIMITERS, csv_rows, decode
from matcher.intake.findings import At, Log, shown
from matcher.intake.raw_table import RawTable
from matcher.intake.workbook import WorkbookError, sheet_rows
from models.finding import Severity
from models.ssda903 import recognition
from models.ssda903.tables import normal_header

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls"})
_TEXTS = frozenset({".csv", ".tsv", ".txt"})
_HEADING_WITHIN = 15
"""Rows at the top of a file that are searched for the headings, below any title."""
_DAY = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_TWO_YEARS = re.compile(r"(?<!\d)(20\d\d)[-_/ ]?(?:20)?(\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True)
class SheetTable:
    """A table that is one of our own sheets; ``position`` is where each of its columns stands."""

    raw: RawTable
    sheet: Sheet
    position: Mapping[str, int]


@dataclass(frozen=True)
class ReturnTable:
    """A table of an SSDA903 return.

    Attributes:
        raw: its rows.
        table: its name in the return.
        position: where each of its columns stands.
        folder_year: the collection year its folder names.
        year_column: where a column YEAR stands, whose own word wins row by row.
        year: the collection year it is judged by: its folder's, else what its return's dates or names tell.
    """

    raw: RawTable
    table: str
    position: Mapping[str, int]
    folder_year: int | None
    year_column: int | None
    year: int | None = None


@dataclass
class Tables:
    """Every table recognised, in the order of the files."""

    returns: list[ReturnTable] = field(default_factory=list)
    sheets: list[SheetTable] = field(default_factory=list)

    def of_sheet(self, name: str) -> list[SheetTable]:
        """The tables that are this sheet."""
        return [table for table in self.sheets if table.sheet.name == name]


def year_named(text: str) -> int | None:
    """The collection year a folder or file name speaks of, by the year it ends in; None if it names none.

    ``2018`` is the year ending 2018; ``2017-18`` and ``201718`` too; ``20180331`` is the year that day lies in.
    """
    if match := _DAY.search(text):
        return int(match[1]) + (int(match[2]) > 3)
    for match in _TWO_YEARS.finditer(text):
        if (int(match[1]) + 1) % 100 == int(match[2]):
            return int(match[1]) + 1
    match = _YEAR.search(text)
    return int(match[1]) if match else None


def read_tables(
    files: Sequence[SourceFile], sheets: Mapping[str, Sheet], log: Log, exports: Sequence[ColumnTable] = ()
) -> Tables:
    """Recognise every table in the files given; each one that is not is told of. ``exports`` are other systems'."""
    tables = Tables()
    for file in files:
        for raw in _raw_tables(file, sheets, exports, log):
            export = table_for(raw.headings, exports)
            _place(translated(raw, export) if export else raw, sheets, tables, log)
    return tables


def _raw_tables(
    file: SourceFile, sheets: Mapping[str, Sheet], exports: Sequence[ColumnTable], log: Log
) -> Iterator[RawTable]:
    suffix = PurePosixPath(file.path).suffix.lower()
    if suffix in _WORKBOOKS:
        yield from _workbook_tables(file, sheets, exports, log)
    elif suffix in _TEXTS:
        rows = _text_rows(file, log)
        for raw in _below_headings(file, file.path, rows, sheets, exports, log) if rows is not None else ():
            _tell_swallowed(raw, log)
            yield raw
    else:
        _not_recognised(At(file.path), "it is not a kind of file that is read", log)


def _workbook_tables(
    file: SourceFile, sheets: Mapping[str, Sheet], exports: Sequence[ColumnTable], log: Log
) -> Iterator[RawTable]:
    try:
        read = list(sheet_rows(file.data))
    except WorkbookError as error:
        expected = "a workbook without a password, or CSV files"
        log.error("file-refused", At(file.path), str(error), expected=expected, action="the file is left out")
        return
    for name, rows in read:
        label = f"{file.path} [{name}]" if len(read) > 1 else file.path
        yield from _below_headings(file, label, rows, sheets, exports, log)


def _text_rows(file: SourceFile, log: Log) -> list[list[str]] | None:
    """The rows of a CSV file; None, and told why, if it is not one."""
    decoded = decode(file.data)
    at = At(file.path)
    if decoded.nul_characters or decoded.unreadable_characters:
        damaged = decoded.nul_characters + decoded.unreadable_characters
        log.warn(
            "characters-damaged",
            at,
            f"{damaged} characters of the file cannot be read",
            expected="text saved as UTF-8",
            action="they are left out or shown as \N{REPLACEMENT CHARACTER}; check names and notes",
        )
    try:
        return csv_rows(decoded.text)
    except csv.Error as error:
        expected = "CSV text; look for a quotation mark that is never closed"
        log.error("file-refused", at, f"the file is not CSV: {error}", expected=expected, action="the file is left out")
        return None


def _tell_swallowed(raw: RawTable, log: Log) -> None:
    """Tell of a cell that has whole rows in it: a quotation mark was opened and not closed."""
    most = len(raw.headings) - 1
    for number, row in raw.rows if most > 1 else ():
        for cell in row:
            if "\n" not in cell:
                continue
            swallowed = sum(max(map(line.count, DELIMITERS)) >= most for line in cell.splitlines()[1:])
            if swallowed:
                log.error(
                    "rows-swallowed",
                    At(raw.file, number),
                    f"a cell holds {swallowed} whole rows: its quotation mark is closed too late",
                    expected="quotation marks in pairs; one inside a cell is written twice",
                    action="the rows in it are not read",
                    value=cell,
                )


def _below_headings(
    file: SourceFile,
    label: str,
    rows: Sequence[Sequence[str]],
    sheets: Mapping[str, Sheet],
    exports: Sequence[ColumnTable],
    log: Log,
) -> Iterator[RawTable]:
    """The table in the rows: its headings are the first row that is recognised, else the first with any text."""
    filled = [(number, row) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    if not filled:
        severity = Severity.NOTE if label != file.path else Severity.WARNING  # spare sheets of a workbook are usual
        told, expected = "there is nothing in it", "a row of headings"
        log.add(severity, "file-empty", At(label), told, expected=expected, action="it is passed over")
        return
    top = [row for _, row in filled[:_HEADING_WITHIN]]
    index = next((i for i, row in enumerate(top) if _is_known(row, sheets, exports)), 0)
    number, headings = filled[index]
    yield RawTable(
        file=label,
        folders=file.folders,
        stem=PurePosixPath(file.path).stem,
        headings=tuple(cell.strip() for cell in headings),
        rows=filled[index + 1 :],
        heading_row=number,
    )


def _is_known(row: Sequence[str], sheets: Mapping[str, Sheet], exports: Sequence[ColumnTable]) -> bool:
    return bool(recognition(row) or _sheet_of(row, sheets) or table_for(row, exports))


def _place(raw: RawTable, sheets: Mapping[str, Sheet], tables: Tables, log: Log) -> None:
    at = At(raw.file, raw.heading_row)
    if [heading.lower() for heading in raw.headings[: len(GUIDE_HEADINGS)]] == list(GUIDE_HEADINGS):
        return
    folder_year = next(filter(None, map(year_named, reversed(raw.folders))), None)
    sheet = _sheet_of(raw.headings, sheets)
    known = None if sheet else recognition(raw.headings, folder_year)
    if sheet:
        _tell_headings(raw, sheet.name, [c.name for c in sheet.columns], log)
        tables.sheets.append(SheetTable(raw, sheet, _positions(raw.headings)))
    elif known:
        year_column = _positions(raw.headings).get("year")
        tables.returns.append(ReturnTable(raw, known.table, known.position, folder_year, year_column))
        _tell_headings(raw, known.table, [*known.position, "LA", "YEAR"], log)
        _tell_missing(known.table, known.missing, at, log)
    else:
        _not_recognised(at, f"its headings are those of no table: {', '.join(map(shown, raw.headings[:8]))}", log)
        return
    if not raw.rows:
        log.note("file-empty", at, "there is nothing in it below the headings", expected="rows", action="none needed")


def _positions(headings: Sequence[str]) -> dict[str, int]:
    """Where each heading stands; of two alike the first counts."""
    found: dict[str, int] = {}
    for index, heading in enumerate(headings):
        found.setdefault(normal_header(heading).lower(), index)
    return found


def _sheet_of(headings: Sequence[str], sheets: Mapping[str, Sheet]) -> Sheet | None:
    """The sheet whose key columns are all there; of several the one with the most columns there."""
    names = set(_positions(headings))
    fits = [sheet for sheet in sheets.values() if names.issuperset(sheet.key)]
    return max(fits, key=lambda sheet: sum(column.name in names for column in sheet.columns), default=None)


def _tell_headings(raw: RawTable, table: str, known: Sequence[str], log: Log) -> None:
    names = [normal_header(heading).lower() for heading in raw.headings]
    wanted = {name.lower() for name in known}
    extra = [raw.headings[i] for i, name in enumerate(names) if name and name not in wanted]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    at = At(raw.file, raw.heading_row)
    if extra:
        told = f"columns that {table} does not have: {', '.join(map(shown, extra[:20]))}"
        log.note("columns-extra", at, told, expected="the columns listed in the guide", action="they are not read")
    if twice:
        told = f"headings that occur twice: {', '.join(twice)}"
        log.warn("columns-twice", at, told, expected="each heading once", action="the first of each is read")


def _tell_missing(table: str, missing: Sequence[str], at: At, log: Log) -> None:
    if missing:
        told = f"columns of {table} that are not there: {', '.join(missing)}"
        log.warn("columns-missing", at, told, expected="every column of the table", action="they are read as blank")


def _not_recognised(at: At, why: str, log: Log) -> None:
    log.warn(
        "file-not-recognised",
        at,
        f"the file was not recognised: {why}",
        expected="a table of the SSDA903 return or a sheet that `placewell template` writes",
        action="the file is left out",
    )


def latest_common_year(years: Sequence[int]) -> int | None:
    """The latest collection year that at least one date in a hundred falls in: a typing error does not move it."""
    enough = max(1, len(years) // 100)
    return max((year for year in set(years) if years.count(year) >= enough), default=None)

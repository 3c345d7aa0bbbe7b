"""Exports of other systems as our own sheets: a table that says which heading is which column, and which word which.

Two are Placewell's own, for Annex A's lists of children and of adopters; a case may bring more in
``adoption_columns.toml``, for Link Maker or any system that exports a spreadsheet.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

from pydantic import Field, ValidationError

from matcher.intake.archive import SourceFile
from matcher.intake.columns import Sheet
from matcher.intake.decode import decode
from matcher.intake.findings import At, Log
from matcher.intake.raw_table import RawTable
from models.record import Record

COLUMN_TABLES_FILE = "adoption_columns.toml"


class OneRowEach(Record):
    """Rows that share a value are one; of ``joined`` columns the values are put together, of the others the first."""

    by: str
    joined: tuple[str, ...] = ()


class ColumnTable(Record):
    """How an export of another system is read as one of our sheets.

    Attributes:
        name: What people call the export.
        sheet: The sheet it is read as.
        known_by: Headings that tell it from every other table.
        columns: Our column, by heading.
        words: By our column, our word for each of theirs; ``*`` stands for any letters, case does not matter.
        instead: By our column, another heading to take where the column is blank.
        passed_over: Headings that are known and not read.
        one_row_each: Where several rows of the export are one of ours.
    """

    name: str
    sheet: str
    known_by: tuple[str, ...] = Field(min_length=1)
    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    instead: Mapping[str, str] = Field(default_factory=dict)
    passed_over: tuple[str, ...] = ()
    one_row_each: OneRowEach | None = None


@cache
def own_tables() -> tuple[ColumnTable, ...]:
    """The tables for Annex A, from the package's data."""
    folder = files("placewell_data").joinpath("adoption/columns")
    texts = [each.read_text(encoding="utf-8") for each in folder.iterdir() if each.name.endswith(".toml")]
    found = [ColumnTable.model_validate(tomllib.loads(text)) for text in texts]
    return tuple(sorted(found, key=lambda table: table.name))


def column_tables(read: Sequence[SourceFile], sheets: Mapping[str, Sheet], log: Log) -> tuple[ColumnTable, ...]:
    """The tables of the case, which come first, and our own; a table that is wrong is told of and left out."""
    found: list[ColumnTable] = []
    for file in read:
        if file.name.lower() == COLUMN_TABLES_FILE:
            found += _of_file(file, sheets, log)
    return (*found, *own_tables())


def _of_file(file: SourceFile, sheets: Mapping[str, Sheet], log: Log) -> list[ColumnTable]:
    try:
        listed = tomllib.loads(decode(file.data).text).get("table", [])
    except tomllib.TOMLDecodeError as error:
        _tell(file, f"the file is not TOML: {error}", log)
        return []
    found = []
    for number, each in enumerate(listed if isinstance(listed, list) else [listed], 1):
        try:
            table = ColumnTable.model_validate(each)
        except ValidationError as error:
            for fault in error.errors():
                where = ".".join(str(part) for part in fault["loc"])
                _tell(file, f"table {number} is wrong at {where}: {fault['msg']}", log)
            continue
        if wrong := _strays(table, sheets):
            _tell(file, f"table {table.name} names {wrong}", log)
            continue
        found.append(table)
    return found


def _strays(table: ColumnTable, sheets: Mapping[str, Sheet]) -> str:
    """What a table names that there is not, in words."""
    if table.sheet not in sheets:
        return f"sheet {table.sheet}, which is none"
    ours = {column.name for column in sheets[table.sheet].columns}
    strays = sorted({*table.columns.values(), *table.words, *table.instead} - ours)
    return f"columns that {table.sheet} does not have: {', '.join(strays)}" if strays else ""


def _tell(file: SourceFile, message: str, log: Log) -> None:
    expected = "[[table]] with name, sheet, known_by and columns, as in the data contract"
    log.error("column-table-wrong", At(file.path), message, expected=expected, action="the table is not used")


def table_for(headings: Sequence[str], tables: Sequence[ColumnTable]) -> ColumnTable | None:
    """The first table whose headings are all there."""
    there = set(map(_plain, headings))
    return next((table for table in tables if there.issuperset(map(_plain, table.known_by))), None)


def translated(raw: RawTable, table: ColumnTable) -> RawTable:
    """The rows with our headings and our words; headings that nobody mapped stay as they are, to be told of."""
    ours = {_plain(heading): column for heading, column in table.columns.items()}
    known = set(map(_plain, table.passed_over))
    plain = [_plain(heading) for heading in raw.headings]
    keep = [index for index, heading in enumerate(plain) if heading in ours or heading not in known]
    headings = tuple(ours.get(_plain(raw.headings[index]), raw.headings[index]) for index in keep)
    spare = {column: plain.index(_plain(other)) for column, other in table.instead.items() if _plain(other) in plain}
    rows = []
    for number, texts in raw.rows:
        cells = [texts[index].strip() if index < len(texts) else "" for index in keep]
        for place, heading in enumerate(headings):
            if not cells[place] and heading in spare and spare[heading] < len(texts):
                cells[place] = texts[spare[heading]].strip()
            cells[place] = _word(cells[place], table.words.get(heading, {}))
        rows.append((number, cells))
    if table.one_row_each and table.one_row_each.by in headings:
        rows = _one_row_each(rows, headings, table.one_row_each)
    return replace(raw, headings=headings, rows=rows)


def _one_row_each(
    rows: Sequence[tuple[int, list[str]]], headings: Sequence[str], how: OneRowEach
) -> list[tuple[int, list[str]]]:
    by, joined = headings.index(how.by), [headings.index(name) for name in how.joined if name in headings]
    found: dict[str, tuple[int, list[str]]] = {}
    for number, cells in rows:
        first = found.setdefault(cells[by] or f"row {number}", (number, cells))
        if first[1] is not cells:
            for index, text in enumerate(cells):
                if index in joined and text:
                    first[1][index] = ";".join(filter(None, (first[1][index], text)))
                else:
                    first[1][index] = first[1][index] or text
    return list(found.values())


def _word(text: str, words: Mapping[str, str]) -> str:
    plain = text.casefold()
    return next((ours for theirs, ours in words.items() if text and fnmatchcase(plain, theirs.casefold())), text)


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().split())

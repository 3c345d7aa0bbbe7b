"""The tables of the SSDA903 return, column by column, and how to tell them apart by their headers."""

import json
import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter, model_validator

from models.record import Record


class ColumnKind(StrEnum):
    """What a column holds, which decides how its text is read."""

    CHILD_ID = "child_id"
    DATE = "date"
    POSTCODE = "postcode"
    CODE = "code"
    INTEGER = "integer"
    TEXT = "text"


class Column(Record):
    """One column of a table.

    Attributes:
        name: as the department writes it.
        kind: what it holds.
        code_set: for a code, the name of its code set.
        required: whether every row must hold a value.
        low: for an integer, the least value allowed.
        high: for an integer, the greatest value allowed.
        since: the first collection year (by the year it ends in) that had it; None for always.
        until: the last collection year that had it; None for still.
    """

    name: str
    kind: ColumnKind
    code_set: str | None = None
    required: bool = False
    low: int | None = None
    high: int | None = None
    since: int | None = None
    until: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _split_code_kind(cls, values: dict[str, object]) -> dict[str, object]:
        """Read ``code:SET`` as kind ``code`` with that set."""
        kind, colon, code_set = str(values["kind"]).partition(":")
        return values | {"kind": kind, "code_set": code_set} if colon else values


class Table(Record):
    """One table: its columns in order, and the few that no other table has (``known_by``)."""

    name: str
    about: str
    since: int | None = None
    until: int | None = None
    known_by: tuple[str, ...]
    columns: tuple[Column, ...]

    def collected_in(self, year_ending: int) -> bool:
        """Whether the department collected this table in that year."""
        return (self.since or year_ending) <= year_ending <= (self.until or year_ending)

    def columns_in(self, year_ending: int) -> tuple[Column, ...]:
        """The columns that were asked for in that year, in order."""
        return tuple(
            column
            for column in self.columns
            if (column.since or year_ending) <= year_ending <= (column.until or year_ending)
        )

    def column(self, name: str) -> Column:
        """The column of that name; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


class Recognition(Record):
    """What a row of headers was taken for.

    Attributes:
        table: the table's name.
        position: for each of the table's columns that is there, its position among the headers.
        missing: the table's columns that are not there.
        extra: the headers that belong to no column of the table, as they were written.
        not_collected: true when the department did not collect this table in the year asked about.
    """

    table: str
    position: dict[str, int]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    not_collected: bool = False


@cache
def all_tables() -> tuple[Table, ...]:
    """Every table of the return, in the department's order."""
    text = (files("placewell_data") / "ssda903" / "tables.json").read_text(encoding="utf-8")
    return TypeAdapter(tuple[Table, ...]).validate_python(json.loads(text))


def table_spec(name: str) -> Table:
    """The table of that name, e.g. ``"Episodes"``; ValueError when there is none."""
    for table in all_tables():
        if table.name == name:
            return table
    raise ValueError(f"There is no SSDA903 table {name!r}; there are {', '.join(t.name for t in all_tables())}.")


def normal_header(text: str) -> str:
    """A header as the specification would write it: ``" pl post"`` gives ``PL_POST``.

    Drops a byte-order mark (also one that was read as cp1252), surrounding quotes and spaces, and takes inner
    spaces and hyphens for underscores.
    """
    bare = text.removeprefix("\ufeff").removeprefix("\u00ef\u00bb\u00bf").strip().strip("\"'").strip()
    return re.sub(r"[\s\-]+", "_", bare).upper()


def recognise(headers: Sequence[str], year_ending: int | None = None) -> str | None:
    """The name of the table a row of headers belongs to, or None; see :func:`recognition`."""
    found = recognition(headers, year_ending)
    return found.table if found else None


def recognition(headers: Sequence[str], year_ending: int | None = None) -> Recognition | None:
    """Tell which SSDA903 table a row of headers belongs to, whatever the file is called.

    A table is in question when CHILD and all columns it is known by are there; extra columns do
    no harm. Of several, the one wins that (1) was collected in the year, (2) has the most of its columns
    there, (3) lacks the fewest, (4) comes first in the return. So a header file that also carries
    DUC is a Header, and UASC is the table of four columns.

    Args:
        headers: the headers as written, in any case, with stray spaces or a byte-order mark.
        year_ending: the collection year of the return, if known.
    """
    position: dict[str, int] = {}
    for index, text in enumerate(headers):
        position.setdefault(normal_header(text), index)
    fits = [table for table in all_tables() if {"CHILD", *table.known_by} <= position.keys()]
    if not fits:
        return None

    def rank(table: Table) -> tuple[bool, int, int]:
        here = sum(column.name in position for column in table.columns)
        return year_ending is None or table.collected_in(year_ending), here, here - len(table.columns)

    return _describe(max(fits, key=rank), headers, position, year_ending)


def _describe(table: Table, headers: Sequence[str], position: dict[str, int], year_ending: int | None) -> Recognition:
    asked = table.columns if year_ending is None else table.columns_in(year_ending)
    here = {column.name: position[column.name] for column in table.columns if column.name in position}
    used = set(here.values())
    return Recognition(
        table=table.name,
        position=here,
        missing=tuple(column.name for column in asked if column.name not in here),
        extra=tuple(text for index, text in enumerate(headers) if index not in used and text.strip()),
        not_collected=year_ending is not None and not table.collected_in(year_ending),
    )

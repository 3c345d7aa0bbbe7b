"""One row of an SSDA903 return as typed values, and what is wrong with its cells."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from matcher.intake.findings import At, Log
from models.finding import Severity

Value = str | int | dt.date

# What cannot be done without: where one of these is missing or unreadable, the child is set aside.
VITAL: Mapping[str, frozenset[str]] = {
    "Episodes": frozenset({"CHILD", "DECOM", "DEC", "LS", "PLACE"}),
    "Header": frozenset({"CHILD", "DOB"}),
}


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell; ``years`` are those that list a code which its own year does not."""

    code: str
    column: str
    value: str | None
    message: str
    expected: str
    vital: bool = False
    years: tuple[int, ...] = ()


@dataclass(frozen=True)
class ReturnRow:
    """One row of a return: its collection year (None if nothing tells it) and every value that could be read."""

    at: At
    year: int | None
    values: Mapping[str, Value]
    faults: tuple[Fault, ...]

    @property
    def child(self) -> str | None:
        """The child's id."""
        return self.text("CHILD")

    @property
    def vital_faults(self) -> tuple[Fault, ...]:
        """The faults for which the row cannot be used."""
        return tuple(fault for fault in self.faults if fault.vital)

    def text(self, name: str) -> str | None:
        """The code or text of a column; None if blank or unreadable."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def day(self, name: str) -> dt.date | None:
        """The date of a column; None if blank or unreadable."""
        value = self.values.get(name)
        return value if isinstance(value, dt.date) else None

    def number(self, name: str) -> int | None:
        """The whole number of a column; None if blank or unreadable."""
        value = self.values.get(name)
        return value if isinstance(value, int) else None


@dataclass
class Returns:
    """Every row of every return, by table, oldest return first and in the order of the files."""

    rows: dict[str, list[ReturnRow]] = field(default_factory=lambda: defaultdict(list))

    def of(self, table: str) -> Sequence[ReturnRow]:
        """The rows of one table."""
        return self.rows.get(table, [])

    @property
    def years(self) -> tuple[int, ...]:
        """The collection years whose episodes are there, earliest first."""
        return tuple(sorted({row.year for row in self.of("Episodes") if row.year is not None}))


def tell_faults(row: ReturnRow, log: Log, *, subject: str | None = None) -> None:
    """Tell of every fault of a row that does not set a child aside."""
    for fault in row.faults:
        if fault.vital:
            continue
        action = "the code is kept" if fault.years else "it is read as blank"
        if fault.column == "CHILD":
            action = "the row is left out"
        log.add(
            Severity.WARNING,
            fault.code,
            row.at.in_column(fault.column),
            fault.message,
            expected=fault.expected,
            action=action,
            value=fault.value,
            subject=subject or row.child,
        )

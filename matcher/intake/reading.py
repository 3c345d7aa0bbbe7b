"""What reading a case gives: the case, all that was found, and what was left out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from matcher.intake.archive import ArchiveError
from matcher.intake.findings import At, Log
from models.case import Case
from models.finding import Finding, SetAside, Severity

Progress = Callable[[str], None]
"""Called with a few words before each step."""


@dataclass(frozen=True)
class TableRead:
    """One table that was recognised: what it is, its rows, and the collection year a return is judged by."""

    file: str
    table: str
    rows: int
    year: int | None = None


@dataclass(frozen=True)
class Reading:
    """What reading a case brought up.

    Attributes:
        case: the case built from all that was good; None if nothing could be used.
        findings: everything found, by file and row.
        tables: every table recognised.
        set_aside: every record left out by name, also in ``case.set_aside``.
    """

    case: Case | None
    findings: tuple[Finding, ...]
    tables: tuple[TableRead, ...]
    set_aside: tuple[SetAside, ...]

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def not_opened(path: Path, error: ArchiveError, log: Log) -> Reading:
    """The reading of a case that could not be opened at all: one error that says why."""
    expected = "a folder or zip with an SSDA903 return and the sheets that `placewell template` writes"
    log.error("case-not-opened", At(path.name), str(error), expected=expected, action="nothing was read")
    return Reading(None, tuple(log.findings), (), ())

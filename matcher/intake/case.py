"""One case from its folder or zip: the whole road from files to records."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from matcher.intake.archive import ArchiveError, SourceFile, is_wanted, source_files
from matcher.intake.assemble import Progress, assemble
from matcher.intake.findings import At, Log
from matcher.intake.returns import with_years
from matcher.intake.settings import is_settings, read_settings
from matcher.intake.sheets import sheets
from matcher.intake.tables import Tables, read_tables
from models.case import Case
from models.finding import Finding, SetAside, Severity

_DOCUMENTS = (".md", ".pdf", ".docx", ".html")
"""Kinds of file that people keep beside the data and that are passed over without a word."""


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


def read_case(path: Path, *, progress: Progress | None = None) -> Reading:
    """Read a case folder or zip; what is wrong with it becomes findings, never an exception.

    Args:
        path: a folder or a .zip, its files in folders or not.
        progress: called with a few words before each step.
    """
    tell = progress or (lambda _: None)
    log = Log()
    tell("opening files")
    try:
        files = source_files(path, log)
    except ArchiveError as error:
        expected = "a folder or zip with an SSDA903 return and the sheets that `placewell template` writes"
        log.error("case-not-opened", At(path.name), str(error), expected=expected, action="nothing was read")
        return Reading(None, tuple(log.findings), (), ())
    settings = read_settings(files, log)
    tell("reading tables")
    wanted = [file for file in files if not is_settings(file) and not file.name.lower().endswith(_DOCUMENTS)]
    tables = read_tables(wanted, sheets(settings.framework), log)
    tables.returns = with_years(tables.returns)
    case = assemble(settings, tables, log, tell)
    if case is not None:
        case = case.model_copy(update={"sources": _hashes(files)})
    return Reading(case, _in_order(log.findings, files), _tables_read(tables), log.records_aside)


def _hashes(files: Sequence[SourceFile]) -> dict[str, str]:
    """SHA-256 of every file of a kind that is read, so that a report can say exactly what it was made from."""
    return {file.path: sha256(file.data).hexdigest() for file in files if is_wanted(file.path)}


def _in_order(findings: Sequence[Finding], files: Sequence[SourceFile]) -> tuple[Finding, ...]:
    order = {file.path: index for index, file in enumerate(files)}

    def place(finding: Finding) -> tuple[int, str, int]:
        return order.get(finding.file.partition(" [")[0], -1), finding.file, finding.row or 0

    return tuple(sorted(findings, key=place))


def _tables_read(tables: Tables) -> tuple[TableRead, ...]:
    of_returns = [TableRead(t.raw.file, t.table, len(t.raw.rows), t.year) for t in tables.returns]
    of_sheets = [TableRead(t.raw.file, t.sheet.name, len(t.raw.rows)) for t in tables.sheets]
    return tuple(sorted((*of_returns, *of_sheets), key=lambda table: table.file))

"""One case from its folder or zip: the whole road from files to records."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from matcher.intake.archive import ArchiveError, SourceFile, is_wanted, source_files
from matcher.intake.assemble import assemble
from matcher.intake.column_tables import COLUMN_TABLES_FILE, column_tables
from matcher.intake.findings import Log
from matcher.intake.reading import Progress, Reading, TableRead, not_opened
from matcher.intake.returns import with_years
from matcher.intake.settings import is_settings, read_settings
from matcher.intake.sheets import sheets
from matcher.intake.tables import Tables, read_tables
from models.finding import Finding

__all__ = ["Reading", "TableRead", "read_case", "read_files"]

_DOCUMENTS = (".md", ".pdf", ".docx", ".html")
"""Kinds of file that people keep beside the data and that are passed over without a word."""


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
        return not_opened(path, error, log)
    return read_files(files, log, tell)


def read_files(files: Sequence[SourceFile], log: Log, tell: Progress) -> Reading:
    """Read the files of a case that is open; ``log`` holds what opening it brought up."""
    settings = read_settings(files, log)
    tell("reading tables")
    wanted = [file for file in files if not (is_settings(file) or _is_passed_over(file))]
    every = sheets(settings.framework)
    tables = read_tables(wanted, every, log, column_tables(files, every, log))
    tables.returns = with_years(tables.returns)
    case = assemble(settings, tables, log, tell)
    if case is not None:
        case = case.model_copy(update={"sources": _hashes(files)})
    return Reading(case, _in_order(log.findings, files), _tables_read(tables), log.records_aside)


def _is_passed_over(file: SourceFile) -> bool:
    """Documents, and the table of other systems' columns, which is read beforehand."""
    return file.name.lower().endswith(_DOCUMENTS) or file.name.lower() == COLUMN_TABLES_FILE


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

"""``placewell check``: everything that is wrong with a case's files, by file, row and column."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli.options import CaseArgument, JsonOption

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from matcher.intake.findings_report import Summary
    from matcher.intake.reading import Reading
    from models.case import Case
    from models.finding import Finding


def check(
    case: CaseArgument,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="Write every finding to this Excel file.")
    ] = None,
    rows: Annotated[
        int, typer.Option("--rows", metavar="N", min=0, help="How many findings to print; the rest are counted.")
    ] = 20,
    as_json: JsonOption = False,
) -> None:
    """List every fault in a case's files. Exit code 0: clean or warnings only; 1: errors; 2: bad usage."""
    from matcher.cli.reading import read
    from matcher.cli.screen import writing

    reading = read(case, afresh=True)
    if xlsx is not None:
        from matcher.intake.findings_report import write_findings_xlsx

        with writing(xlsx):
            write_findings_xlsx(reading.findings, xlsx)
    if as_json:
        _print_json(reading)
    else:
        print_reading(reading, rows, xlsx)
    raise typer.Exit(1 if reading.has_errors else 0)


def _print_json(reading: "Reading") -> None:
    from dataclasses import asdict

    from matcher.cli.screen import print_json
    from matcher.intake.findings_report import summarise

    record = {
        "counts": summarise(reading.findings).by_severity,
        "tables": [asdict(table) for table in reading.tables],
        "set_aside": [aside.model_dump(mode="json") for aside in reading.set_aside],
        "findings": [finding.model_dump(mode="json") for finding in reading.findings],
    }
    print_json(record)


def print_reading(reading: "Reading", rows: int, xlsx: Path | None) -> None:
    """Print the tables read, findings by sort, the first of them in full, and the totals."""
    from matcher.cli.screen import output, show
    from matcher.intake.findings_report import summarise
    from matcher.reports.words import plural

    console = output()
    summary = summarise(reading.findings)
    if reading.case is not None:
        console.print(_what(reading.case), markup=False)
    if reading.tables:
        show(console, _tables(reading))
    if reading.findings:
        show(console, _by_code(summary))
    worst = sorted(reading.findings, key=lambda finding: list(summary.by_severity).index(finding.severity))
    for finding in worst[:rows]:
        _print_finding(console, finding)
    if len(worst) > rows:
        console.print(f"... and {len(worst) - rows:,} more; --xlsx FILE writes them all.", markup=False)
    if xlsx is not None:
        console.print(f"Every finding is in {xlsx}", markup=False, soft_wrap=True)
    parts = [plural(count, severity.value) for severity, count in summary.by_severity.items()]
    aside = plural(len(reading.set_aside), "record")
    console.print(f"{', '.join(parts)}; {aside} set aside.", style="bold", markup=False)


def _what(case: "Case") -> str:
    """One line that says what was read: whose files, of which day, how much of each."""
    from matcher.reports.words import day, plural
    from matcher.services.stock import looked_after

    made = "SYNTHETIC DATA. " if case.synthetic else ""
    children = plural(len(looked_after(case)), "child", "children")
    counts = (
        f"{children} looked after, {plural(len(case.homes), 'home')}, {plural(len(case.referrals), 'open referral')}"
    )
    return f"{made}{case.name}, as at {day(case.as_at.isoformat())}: {counts}."


def _print_finding(console: "Console", finding: "Finding") -> None:
    row = f", row {finding.row}" if finding.row else ""
    column = f", {finding.column}" if finding.column else ""
    value = f" (found {finding.value!r})" if finding.value is not None else ""
    console.print(f"{finding.severity.upper()} {finding.file}{row}{column}: {finding.message}{value}", markup=False)
    console.print(f"    expected: {finding.expected}; done: {finding.action}", markup=False, style="dim")


def _tables(reading: "Reading") -> "Table":
    """A row for each table, with how many files and rows it came from."""
    from matcher.cli.screen import add_row, table

    made = table("Tables read", "Table", "Files", "Rows", "Years", right=("Files", "Rows"))
    for name in dict.fromkeys(read.table for read in reading.tables):
        parts = [read for read in reading.tables if read.table == name]
        years = sorted({read.year for read in parts if read.year})
        shown = f"{years[0]} to {years[-1]}" if len(years) > 1 else "".join(map(str, years))
        add_row(made, name, str(len(parts)), f"{sum(read.rows for read in parts):,}", shown)
    return made


def _by_code(summary: "Summary") -> "Table":
    from matcher.cli.screen import add_row, table

    made = table("Findings", "Severity", "Finding", "Times", "For example", right=("Times",))
    for found in summary.by_code:
        example = found.example
        at = example.file + (f", row {example.row}" if example.row else "")
        add_row(made, found.severity.value, found.code.replace("-", " "), f"{found.count:,}", at)
    return made

"""``placewell check``: everything that is wrong with a case's files, by file, row and column."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli.options import CaseArgument, JsonOption

if TYPE_CHECKING:
    from matcher.intake.case import Reading


def check(
    case: CaseArgument,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="Write every finding to this Excel file.")
    ] = None,
    rows: Annotated[int, typer.Option("--rows", min=0, help="How many findings to print; the rest are counted.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """Read a case and list what is wrong with it. Exit code 0: clean or warnings only; 1: errors; 2: bad usage."""
    from matcher.cli.reading import read
    from matcher.cli.screen import fail

    reading = read(case)
    if xlsx is not None:
        from matcher.reports.findings_file import write_findings

        try:
            write_findings(reading, xlsx)
        except OSError as error:
            fail(f"{xlsx} cannot be written: {error.strerror}.")
    if as_json:
        _print_json(reading)
    else:
        _print(reading, rows, xlsx)
    raise typer.Exit(1 if reading.has_errors else 0)


def _print_json(reading: "Reading") -> None:
    import json
    import sys

    counts = {severity: _count(reading, severity) for severity in ("error", "warning", "note")}
    record = {
        "counts": counts,
        "tables": [vars(table) for table in reading.tables],
        "set_aside": [aside.model_dump(mode="json") for aside in reading.set_aside],
        "findings": [finding.model_dump(mode="json") for finding in reading.findings],
    }
    json.dump(record, sys.stdout, indent=2)
    sys.stdout.write("\n")


def _count(reading: "Reading", severity: str) -> int:
    return sum(finding.severity == severity for finding in reading.findings)


def _print(reading: "Reading", rows: int, xlsx: Path | None) -> None:
    from matcher.cli.screen import output
    from matcher.reports.words import plural

    console = output()
    if reading.tables:
        console.print(_tables(reading))
    if reading.findings:
        console.print(_by_code(reading))
    worst = sorted(reading.findings, key=lambda finding: ("error", "warning", "note").index(finding.severity))
    for finding in worst[:rows]:
        where = ", ".join(
            [finding.file, *([f"row {finding.row}"] if finding.row else []), *([finding.column] if finding.column else [])]
        )
        value = f" (found {finding.value!r})" if finding.value is not None else ""
        console.print(f"{finding.severity.upper()} {where}: {finding.message}{value}", markup=False)
        console.print(f"    expected: {finding.expected}; done: {finding.action}", markup=False, style="dim")
    if len(worst) > rows:
        console.print(f"... and {len(worst) - rows:,} more; --xlsx FILE writes them all.", markup=False)
    if xlsx is not None:
        console.print(f"Every finding is in {xlsx}", markup=False, soft_wrap=True)
    parts = [plural(_count(reading, word), word) for word in ("error", "warning", "note")]
    aside = plural(len(reading.set_aside), "record")
    console.print(f"{', '.join(parts)}; {aside} set aside.", style="bold", markup=False)


def _tables(reading: "Reading") -> object:
    from matcher.cli.screen import add_row, table

    made = table("Tables read", "Table", "Year", "Rows", "File", right=("Year", "Rows"))
    for read in reading.tables:
        add_row(made, read.table, str(read.year or ""), f"{read.rows:,}", read.file)
    return made


def _by_code(reading: "Reading") -> object:
    from collections import Counter

    from matcher.cli.screen import add_row, table

    made = table("Findings", "Severity", "Finding", "Times", "First at", right=("Times",))
    counts = Counter((finding.severity, finding.code) for finding in reading.findings)
    first: dict[tuple[str, str], str] = {}
    for finding in reading.findings:
        at = finding.file + (f", row {finding.row}" if finding.row else "")
        first.setdefault((finding.severity, finding.code), at)
    order = ("error", "warning", "note")
    for (severity, code), count in sorted(counts.items(), key=lambda kv: (order.index(kv[0][0]), -kv[1], kv[0][1])):
        add_row(made, severity, code.replace("-", " "), f"{count:,}", first[severity, code])
    return made

"""Findings counted for the screen, and written out in full for whoever puts the files right."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.finding import Finding, Severity

_HEADINGS = (
    ("severity", 10),
    ("code", 24),
    ("file", 40),
    ("row", 8),
    ("column", 22),
    ("value", 28),
    ("what is wrong", 70),
    ("what was expected", 50),
    ("what was done", 50),
    ("about", 18),
)
MOST_ROWS = 1_000_000
"""One sheet holds little more; what does not fit is told of in its last row."""


@dataclass(frozen=True)
class CodeCount:
    """How often one sort of finding came up, and the first of them as an example."""

    severity: Severity
    code: str
    count: int
    files: int
    example: Finding


@dataclass(frozen=True)
class Summary:
    """Findings counted by severity, by sort (errors first, then the commonest) and by file."""

    by_severity: dict[Severity, int]
    by_code: tuple[CodeCount, ...]
    by_file: tuple[tuple[str, dict[Severity, int]], ...]

    @property
    def total(self) -> int:
        """All findings."""
        return sum(self.by_severity.values())


def summarise(findings: Sequence[Finding]) -> Summary:
    """Count findings by severity, by sort and by file; the counts of each add up to all of them."""
    by_severity = Counter(finding.severity for finding in findings)
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    files: dict[str, Counter[Severity]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.code), []).append(finding)
        files.setdefault(finding.file, Counter())[finding.severity] += 1
    ranks = {severity: rank for rank, severity in enumerate(Severity)}
    codes = [
        CodeCount(severity, code, len(found), len({f.file for f in found}), found[0])
        for (severity, code), found in groups.items()
    ]
    return Summary(
        by_severity={severity: by_severity[severity] for severity in Severity},
        by_code=tuple(sorted(codes, key=lambda count: (ranks[count.severity], -count.count, count.code))),
        by_file=tuple((file, {severity: counts[severity] for severity in Severity}) for file, counts in files.items()),
    )


def write_findings_xlsx(findings: Sequence[Finding], path: Path) -> None:
    """Write every finding to one sheet that can be filtered; text is never taken for a formula or a link.

    Raises:
        OSError: the file cannot be written.
    """
    import xlsxwriter

    with path.open("wb") as file, xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        page = book.add_worksheet("findings")
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF4"})
        for index, (name, width) in enumerate(_HEADINGS):
            page.set_column(index, index, width)
            page.write_string(0, index, name, bold)
        page.freeze_panes(1, 0)
        written = findings[:MOST_ROWS]
        for number, finding in enumerate(written, start=1):
            for index, value in enumerate(_cells(finding)):
                if isinstance(value, int):
                    page.write_number(number, index, value)
                elif value:
                    page.write_string(number, index, value)
        if len(findings) > len(written):
            more = f"{len(findings) - len(written):,} more findings do not fit on one sheet"
            page.write_string(len(written) + 1, 0, more)
        page.autofilter(0, 0, len(written), len(_HEADINGS) - 1)


def _cells(finding: Finding) -> tuple[str | int | None, ...]:
    return (
        finding.severity.value,
        finding.code,
        finding.file,
        finding.row,
        finding.column,
        finding.value,
        finding.message,
        finding.expected,
        finding.action,
        finding.subject,
    )

"""``placewell needs``: needs scores and how common each need is."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli.options import CaseArgument, JsonOption

if TYPE_CHECKING:
    from rich.table import Table

    from matcher.services.needs import NeedsReport

_MOST_COMMON = 10
_COMMON_IN_GROUP = 5


class By(StrEnum):
    """What groups of children needs are shown by, in the words of the command line."""

    AGE = "age"
    SEX = "sex"
    LIVING = "living"
    AREA = "area"


_CHARACTERISTIC = {By.AGE: "Age", By.SEX: "Sex", By.LIVING: "Living arrangement", By.AREA: "Area"}


def needs(
    case: CaseArgument,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write every child's score to this CSV file.")
    ] = None,
    by: Annotated[
        By | None, typer.Option("--by", help="Show the commonest high needs of each group by this as well.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Score needs; show how common each one is.

    By age, sex, living arrangement and area; SDQ totals beside the scores.
    """
    from matcher.cli.reading import usable
    from matcher.cli.screen import print_json, working

    found = usable(case)
    with working("scoring needs"):
        from matcher.services.needs import needs_report

        report = needs_report(found)
    if csv is not None:
        _write(report, csv)
    if as_json:
        print_json(report)
        return
    print_needs(report, by)


def _write(report: "NeedsReport", path: Path) -> None:
    from matcher.cli.screen import notes, writing
    from matcher.reports.needs_files import needs_sheet
    from matcher.reports.sheets import write_csv

    with writing(path):
        write_csv(needs_sheet(report), path)
    notes().print(f"Every child's score is in {path}", markup=False, soft_wrap=True)


def print_needs(report: "NeedsReport", by: By | None = None) -> None:
    """Print mean scores by group and the commonest high needs."""
    from matcher.cli.screen import output, show
    from matcher.reports.words import day

    console = output()
    made = "SYNTHETIC DATA. " if report.synthetic else ""
    console.print(f"{made}{report.case}, as at {day(report.as_at)}. {report.framework}.", markup=False)
    show(console, _groups(report))
    if any(row.full or row.part for row in report.groups):
        show(console, _most_common(report))
        if by is not None:
            show(console, _most_common_by(report, by))
    else:
        console.print("\nNo child's needs are known: fill in the needs sheet that `placewell template` writes.")
    console.print(report.definition, style="dim", markup=False)


def _groups(report: "NeedsReport") -> "Table":
    from matcher.cli.screen import add_row, table
    from matcher.reports.words import number, tenths

    numbers = ("Children", "Full", "Part", "None", "Score", "Needs", "High", "SDQ")
    made = table("Needs scores (means over children fully assessed)", "Group", *numbers, right=numbers)
    last = ""
    for row in report.groups:
        if row.characteristic != last:
            made.add_section()
        last = row.characteristic
        counts = (number(n) for n in (row.children, row.full, row.part, row.none))
        means = (row.mean_score_tenths, row.mean_needs_tenths, row.mean_high_needs_tenths, row.mean_sdq_tenths)
        add_row(made, row.group, *counts, *(tenths(value) for value in means))
    return made


def _most_common(report: "NeedsReport") -> "Table":
    from matcher.cli.screen import add_row, table
    from matcher.reports.words import number, share

    everyone = report.prevalence[0].rows if report.prevalence and report.prevalence[0].groups else ()
    numbers = ("Known", "Any level", "High level")
    made = table(f"The {_MOST_COMMON} commonest high needs", "Need", *numbers, right=numbers)
    for row in sorted(everyone, key=lambda need: -(need.cells[0].high_percent or 0))[:_MOST_COMMON]:
        cell = row.cells[0]
        add_row(made, row.label, number(cell.known), share(cell.any_percent), share(cell.high_percent))
    return made


def _most_common_by(report: "NeedsReport", by: By) -> "Table":
    """A row for each group: its commonest high needs, each with how many have it of those of whom it is known."""
    from matcher.cli.screen import add_row, table

    found = next(one for one in report.prevalence if one.characteristic == _CHARACTERISTIC[by])
    made = table(f"The {_COMMON_IN_GROUP} commonest high needs by {by.value}", "Group", "High needs")
    for column, group in enumerate(found.groups):
        cells = [(need.cells[column], need.label) for need in found.rows]
        common = sorted((pair for pair in cells if pair[0].high), key=lambda pair: -(pair[0].high_percent or 0))
        words = (f"{label} {cell.high} of {cell.known}" for cell, label in common[:_COMMON_IN_GROUP])
        add_row(made, group, "; ".join(words) or "-")
    return made

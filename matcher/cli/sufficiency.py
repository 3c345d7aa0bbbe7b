"""``placewell sufficiency``: the sufficiency statement, internal and public, in every format; or as JSON."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from matcher.cli.options import (
    EACH_PLAN_SECONDS,
    CaseArgument,
    EachPlanSecondsOption,
    JsonOption,
    OutOption,
    RoundOption,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from matcher.reports.document import Document, Table
    from matcher.services.statement.statement import Statement


def sufficiency(
    case: CaseArgument,
    out: OutOption = Path("placewell-sufficiency"),
    seconds: EachPlanSecondsOption = EACH_PLAN_SECONDS,
    round_to: RoundOption = None,
    as_json: JsonOption = False,
) -> None:
    """Report which places are missing, and where.

    DIR/internal names single children; DIR/public may be published: small numbers are hidden in it. Each has the
    statement as a web page, Word file, PDF and workbook; public has a copy for young people too.
    """
    from matcher.cli.reading import usable
    from matcher.cli.screen import folder, print_json, working, writing

    found = usable(case)
    folder(out)
    with working("making the statement") as tell:
        from matcher.reports.statement.files import write_statement
        from matcher.services.statement.build import make_statement

        statement = make_statement(found, time_limit=seconds, round_to=round_to, progress=tell)
        with writing(out):
            written = write_statement(statement, out, tell)
    if as_json:
        print_json(statement, exclude=NOT_IN_JSON)
    else:
        print_statement(statement, written)


_NO_EXPLANATION = {"plan": {"rows": {"__all__": {"explanation"}}}}
NOT_IN_JSON: dict[str, Any] = {
    "operational": _NO_EXPLANATION,
    "clean_sheet": _NO_EXPLANATION,
    "stability": {"placements": {"__all__": {"factors"}}, "calibration": {"days"}},
}
"""Left out of the JSON: ``placewell match`` explains each pair; with them the statement runs to many megabytes."""


def print_statement(statement: "Statement", written: "Sequence[Path]") -> None:
    """Print the headlines, the gap by kind of home and what was hidden, and where the files are."""
    from matcher.cli.screen import output
    from matcher.reports.certificate import certificate_words
    from matcher.reports.statement.copies import Audience
    from matcher.reports.statement.documents import document

    console = output()
    made = document(statement, Audience.INTERNAL)
    console.print(f"{made.title}, {made.subtitle}", style="bold", markup=False)
    if made.banner:
        console.print(made.banner, markup=False)
    _headlines(console, made)
    _print_table(console, next(table for table in made.tables() if table.key == "clean_kind"))
    for run in (statement.clean_sheet.plan, statement.operational.plan):
        console.print(f"{run.run}: {' '.join(certificate_words(run.certificate))}", style="dim", markup=False)
    console.print(_protection_words(statement), style="dim", markup=False)
    for path in written:
        console.print(f"Written: {path}", markup=False, soft_wrap=True)


def _headlines(console: "Console", made: "Document") -> None:
    from matcher.reports.document import Bullets, Facts

    for block in made.sections[0].blocks:
        if isinstance(block, Facts):
            for fact in block.facts:
                console.print(f"  {fact.figure} {fact.words}", markup=False)
        elif isinstance(block, Bullets):
            for item in block.items:
                console.print(item, markup=False)


def _print_table(console: "Console", found: "Table") -> None:
    from matcher.cli.screen import add_row, show, table
    from matcher.reports.writers.cells import text

    made = table(found.title, *found.columns, right=found.columns[1:])
    for row in found.rows:
        add_row(made, *(text(cell) for cell in row))
    show(console, made)


def _protection_words(statement: "Statement") -> str:
    rounded, found = statement.rounding, statement.disclosure
    if rounded is not None:
        return (
            f"Public copy: counts are rounded to the nearest {rounded.base}. Of {rounded.small:,} small ones "
            f"{rounded.narrowed:,} can still be told more narrowly than hiding would leave them; hide them to be safe."
        )
    if found is None:
        return ""
    best = "no safe choice hides fewer" if found.fewest else f"no safe choice hides fewer than {found.at_least:,}"
    return (
        f"Public copy: {found.hidden_figures:,} of {found.figures:,} counts are hidden ({found.small_figures:,} "
        f"because they are small, the others so that nobody can work those out); {best}. Checked in whole numbers."
    )

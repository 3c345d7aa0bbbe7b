"""``placewell sufficiency``: the sufficiency report as one HTML page, or as JSON."""

from pathlib import Path
from typing import TYPE_CHECKING

from matcher.cli.options import EACH_PLAN_SECONDS, CaseArgument, EachPlanSecondsOption, JsonOption, OutOption

if TYPE_CHECKING:
    from rich.table import Table

    from matcher.services.sufficiency import SufficiencyReport

PAGE = "sufficiency.html"


def sufficiency(
    case: CaseArgument,
    out: OutOption = Path("placewell-sufficiency"),
    seconds: EachPlanSecondsOption = EACH_PLAN_SECONDS,
    as_json: JsonOption = False,
) -> None:
    """Report which places are missing, and where.

    One HTML page that needs no network, written to DIR.
    """
    from matcher.cli.reading import usable
    from matcher.cli.screen import folder, print_json, working, writing

    found = usable(case)
    folder(out)
    with working("making the report") as tell:
        from matcher.reports.html import write_sufficiency
        from matcher.services.sufficiency import sufficiency as make

        report = make(found, time_limit=seconds, progress=tell)
        with writing(out / PAGE):
            path = write_sufficiency(report, out / PAGE)
    if as_json:
        print_json(report, exclude=WITHOUT_EXPLANATIONS)
    else:
        print_report(report, path)


WITHOUT_EXPLANATIONS = {
    "operational": {"rows": {"__all__": {"explanation"}}},
    "clean_sheet": {"rows": {"__all__": {"explanation"}}},
}
"""Left out of the JSON: ``placewell match`` explains each pair, and with them the report runs to megabytes."""


def print_report(report: "SufficiencyReport", path: Path) -> None:
    """Print the headlines and the gap by kind of home, and where the page is."""
    from matcher.cli.screen import output, show
    from matcher.reports.certificate import certificate_words
    from matcher.reports.headlines import sentences, tiles, who_is_in_the_clean_sheet
    from matcher.reports.words import day

    console = output()
    made = "SYNTHETIC DATA. " if report.figures.synthetic else ""
    console.print(f"{made}{report.title}, as at {day(report.figures.as_at)}", style="bold", markup=False)
    for tile in tiles(report):
        console.print(f"  {tile.figure} {tile.words}", markup=False)
    for sentence in sentences(report):
        console.print(sentence, markup=False)
    show(console, _gap(report))
    console.print(who_is_in_the_clean_sheet(report), markup=False)
    for run, plan in (("Clean sheet", report.clean_sheet), ("Children who need a home now", report.operational)):
        console.print(f"{run}: {' '.join(certificate_words(plan.certificate))}", style="dim", markup=False)
    console.print(f"Written: {path}", markup=False, soft_wrap=True)


def _gap(report: "SufficiencyReport") -> "Table":
    from matcher.cli.screen import add_row, table
    from matcher.reports.words import number

    numbers = ("Children", "Places", "In area", "Outside", "Unmet")
    made = table("Clean sheet: what today's homes could do at best", "Kind", *numbers, "Why", right=numbers)
    for row in (*report.clean_sheet_gap.by_kind, *report.clean_sheet_gap.total):
        why = row.why[0].label if row.why else "-"
        inside = row.matched - row.matched_out_of_area
        counts = (number(n) for n in (row.children, row.places, inside, row.matched_out_of_area, row.unmet))
        add_row(made, row.kind_label or "all", *counts, why)
    return made

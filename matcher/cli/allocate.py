"""``placewell allocate``: the best plan for the children who need a home now, as CSV and XLSX."""

from pathlib import Path
from typing import TYPE_CHECKING

from matcher.cli.options import CaseArgument, JsonOption, OutOption, SecondsOption

if TYPE_CHECKING:
    from rich.table import Table

    from matcher.services.results import Plan


def allocate(
    case: CaseArgument,
    out: OutOption = Path("placewell-plan"),
    seconds: SecondsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find homes for all open referrals at once.

    Placements that are ending count as well. Writes plan.csv and plan.xlsx to DIR.
    """
    from matcher.cli.reading import usable
    from matcher.cli.screen import fail, print_json, working

    found = usable(case)
    with working("finding the best plan") as tell:
        from matcher.reports.plan_files import write_plan
        from matcher.services.allocate import allocate as allocate_

        plan = allocate_(found, time_limit=seconds, progress=tell)
        try:
            paths = write_plan(plan, out)
        except OSError as error:
            fail(f"The plan cannot be written to {out}: {error.strerror}.")
    if as_json:
        print_json(plan)
    else:
        print_plan(plan, paths)


def print_plan(plan: "Plan", paths: tuple[Path, ...]) -> None:
    """Print totals before and after, who has no home and why, the outcomes by group, and the proof."""
    from matcher.cli.screen import output
    from matcher.reports.certificate import certificate_words

    console = output()
    console.print(_totals(plan))
    unplaced = _unplaced(plan)
    if unplaced is not None:
        console.print(unplaced)
    console.print(_equality(plan))
    for note in plan.notes:
        console.print(f"Note: {note}", markup=False)
    console.print(" ".join(certificate_words(plan.certificate)), markup=False)
    for path in paths:
        console.print(f"Written: {path}", markup=False, soft_wrap=True)


def _totals(plan: "Plan") -> "Table":
    from matcher.cli.screen import add_row, table
    from matcher.reports.plan_files import totals_rows

    made = table(
        f"{plan.case}: children who need a home now", "", "Today", "In the plan", right=("Today", "In the plan")
    )
    for name, before, after in totals_rows(plan):
        add_row(made, name, _figure(before), _figure(after))
    return made


def _figure(value: str | float | None) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else value or "-"


def _unplaced(plan: "Plan") -> "Table | None":
    from matcher.cli.screen import add_row, table
    from matcher.reports.unmet import unmet_words

    rows = [row for row in plan.rows if row.home_id is None]
    if not rows:
        return None
    made = table(f"No home in the plan: {len(rows)}", "Referral", "Child", "Why")
    for row in rows:
        add_row(made, row.referral_id, row.child_id, unmet_words(row))
    return made


def _equality(plan: "Plan") -> "Table":
    from matcher.cli.screen import add_row, table
    from matcher.reports.words import number, tenths

    numbers = ("Children", "With a home", "In area", "Mean miles")
    made = table("Outcomes by group", "", "Group", *numbers, right=numbers)
    last = ""
    for row in plan.equality:
        shown = row.characteristic if row.characteristic != last else ""
        last = row.characteristic
        counts = (number(n) for n in (row.children, row.placed, row.in_area))
        add_row(made, shown, row.group, *counts, tenths(row.mean_miles_tenths))
    return made

"""``placewell allocate``: the best plan for the children who need a home now, as CSV and XLSX."""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli.options import CaseArgument, JsonOption, OutOption, SecondsOption

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from matcher.services.results import Plan, PlanRow

WhyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--why",
        metavar="CHILD",
        help="Also explain this child or referral in full, home or none; may be given more than once.",
    ),
]
ValuesOption = Annotated[
    bool,
    typer.Option(
        "--values/--no-values", help="Say at which homes one place more would help most, and one fewer cost most."
    ),
]
TradeOffOption = Annotated[
    bool, typer.Option("--trade-off", help="Also find the plans between the least welfare cost and the lowest fees.")
]
SensitivityOption = Annotated[
    bool,
    typer.Option(
        "--sensitivity",
        help="Also say whose home would change were one weight 20% less or more, and who would both rather have each "
        "other.",
    ),
]
_LEGEND = (
    "Home: children with a home. Cost: mean full fee a week. Miles: mean from the family home, where it is known. "
    "Area, Adjoining, Far: homes in the area, in an adjoining authority, at a distance. Together: sets of brothers "
    "and sisters to live together who do. The same figures for today are in plan.xlsx and --json."
)


def allocate(
    case: CaseArgument,
    out: OutOption = Path("placewell-plan"),
    seconds: SecondsOption = None,
    as_json: JsonOption = False,
    why: WhyOption = None,
    values: ValuesOption = True,
    trade_off: TradeOffOption = False,
    sensitivity: SensitivityOption = False,
) -> None:
    """Find homes for all open referrals at once.

    Placements that are ending count as well. Writes plan.csv and plan.xlsx to DIR.
    """
    from matcher.cli.reading import usable
    from matcher.cli.screen import fail, folder, print_json, working, writing

    found = usable(case)
    folder(out)
    with working("finding the best plan") as tell:
        from matcher.reports.plan_files import write_plan
        from matcher.services.allocate import allocate as allocate_
        from matcher.services.beside import beside_for
        from matcher.services.why_unplaced import NotInRunError

        beside = beside_for(seconds, values=values, trade_off=trade_off, sensitivity=sensitivity)
        try:
            plan = allocate_(found, time_limit=seconds, progress=tell, asked=why or (), beside=beside)
        except NotInRunError as error:
            fail(str(error))
        with writing(out):
            paths = write_plan(plan, out)
    if as_json:
        print_json(plan)
    else:
        print_plan(plan, paths, asked=why or ())


def print_plan(plan: "Plan", paths: tuple[Path, ...], *, asked: Collection[str] = ()) -> None:
    """Print totals before and after, who has no home and why, the outcomes by group, and the proof.

    Children or referrals ``asked`` about are explained in full.
    """
    from matcher.cli.beside_tables import print_beside
    from matcher.cli.screen import output, show
    from matcher.reports.certificate import certificate_words
    from matcher.reports.shortage_words import shortages_words
    from matcher.reports.words import day

    console = output()
    made = "SYNTHETIC DATA. " if plan.synthetic else ""
    console.print(f"{made}{plan.case}, as at {day(plan.as_at)}.", markup=False)
    show(console, _totals(plan))
    unplaced = _unplaced(plan)
    if unplaced is not None:
        show(console, unplaced)
    for words in shortages_words(plan.shortages):
        console.print(words, markup=False)
    for row in plan.rows:
        if {row.child_id, row.referral_id} & set(asked):
            _explain(console, row)
    print_beside(console, plan)
    show(console, _equality(plan))
    console.print(_LEGEND, style="dim", markup=False)
    for note in plan.notes:
        console.print(f"Note: {note}", markup=False)
    for words in certificate_words(plan.certificate):
        console.print(words, markup=False)
    for path in paths:
        console.print(f"Written: {path}", markup=False, soft_wrap=True)


def _totals(plan: "Plan") -> "Table":
    from matcher.cli.screen import add_row, table
    from matcher.reports.totals import told

    numbers = ("Today", "In the plan")
    made = table("The children who need a home now", "", *numbers, right=numbers)
    for measure in told(plan.before, plan.after):
        add_row(made, *measure)
    return made


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


def _explain(console: "Console", row: "PlanRow") -> None:
    """The rules as a funnel, what would open a home, and what other homes that suit would change."""
    from matcher.cli.screen import add_row, show, table
    from matcher.reports.unmet import least_changes, opening_words, swap_words

    numbers = ("Alone", "In all", "Left")
    made = table(f"{row.child_id}: homes that each rule removes", "Rule", *numbers, right=numbers)
    for count in sorted(row.why_unplaced, key=lambda count: count.rule):
        add_row(made, count.title, f"{count.alone:,}", f"{count.in_all:,}", f"{count.left:,}")
    show(console, made)
    given = f"{row.child_id} has {row.home_id} in the plan." if row.home_id else f"{row.child_id} has no home."
    told = (given, *map(swap_words, least_changes(row)), *map(opening_words, row.openings))
    for words in told:
        console.print(words, markup=False)


def _equality(plan: "Plan") -> "Table":
    from matcher.cli.screen import add_row, table
    from matcher.reports.words import money, number, tenths

    numbers = ("Children", "Home", "Cost", "Miles", "Area", "Adjoining", "Far", "Together")
    made = table("In the plan, by sex, ethnic group, disability and UASC", "Group", *numbers, right=numbers)
    last = ""
    for row in plan.equality:
        if row.characteristic != last:
            made.add_section()
        last, after = row.characteristic, row.after
        counts = (number(n) for n in (after.in_area, after.adjoining, after.at_a_distance))
        means = (money(after.mean_fee_pence), tenths(after.mean_miles_tenths))
        together = f"{after.sibling_units_together} of {after.sibling_units}"
        add_row(made, row.group, number(after.children), number(after.placed), *means, *counts, together)
    return made

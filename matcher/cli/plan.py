"""``placewell plan``: what to open with a budget, as commissioning intentions in every format; or as JSON."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli.options import CaseArgument, JsonOption, OutOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.reports.document import Table
    from matcher.services.opening.results import OpeningPlan

BudgetOption = Annotated[
    float | None,
    typer.Option(
        "--budget", metavar="POUNDS", min=0, help="What openings may cost a year together; no limit if not given."
    ),
]
WeeksOption = Annotated[int, typer.Option("--weeks-ahead", min=4, max=260, help="How far ahead to plan for.")]
SamplesOption = Annotated[int, typer.Option("--samples", min=2, help="Weeks drawn to choose by.")]
FreshOption = Annotated[int, typer.Option("--fresh", min=2, help="Other weeks drawn to test the choice on.")]
GapOption = Annotated[float, typer.Option("--gap", min=0, help="Stop once proved to be so near the best: 0.01 is 1%.")]
SeedOption = Annotated[int, typer.Option("--seed", help="The same seed draws the same weeks.")]
ScenarioOption = Annotated[
    str | None, typer.Option("--scenario", metavar="NAME", help="A scenario of scenarios.toml to plan under.")
]
TryOption = Annotated[
    list[str] | None,
    typer.Option("--try", metavar="NAME", help="Also try the plan under this scenario; may be given more than once."),
]
MoneyOption = Annotated[
    float | None,
    typer.Option(
        "--money",
        metavar="PERCENT",
        min=0,
        help="What a pound counts for beside a pound of welfare, in per cent; the policy's weight if not given.",
    ),
]
OnOption = Annotated[
    str,
    typer.Option(
        "--on",
        metavar="WHERE",
        help="Where to work: here, processes, processes:N, or dask://host:port, which is sent children's records.",
    ),
]


def plan(
    case: CaseArgument,
    budget: BudgetOption = None,
    out: OutOption = Path("placewell-openings"),
    weeks_ahead: WeeksOption = 78,
    samples: SamplesOption = 200,
    fresh: FreshOption = 200,
    gap: GapOption = 0.01,
    seed: SeedOption = 1,
    scenario: ScenarioOption = None,
    money: MoneyOption = None,
    try_also: TryOption = None,
    on: OnOption = "processes",
    as_json: JsonOption = False,
) -> None:
    """Choose what to open with a budget.

    Forecasts children and places, draws weeks as they may come, and finds which items of the menu do most for children
    per pound. Writes the plan to DIR as a web page, Word file, PDF and workbook.
    """
    from matcher.cli.reading import usable
    from matcher.cli.scenarios import scenario_named
    from matcher.cli.screen import fail, folder, print_json, working, writing

    found = usable(case)
    under = scenario_named(found, scenario)
    others = tuple(scenario_named(found, name) for name in try_also or ())
    folder(out)
    with working("planning what to open") as tell:
        from matcher.reports.opening.files import write_openings
        from matcher.services.forecast import HistoryTooShortError
        from matcher.services.opening.plan import NothingOnTheMenuError, plan_openings
        from matcher.services.spreading import ClusterError

        try:
            made = plan_openings(
                found, budget_pence=None if budget is None else round(budget * 100), weeks_ahead=weeks_ahead,
                samples=samples, fresh=fresh, gap=gap, seed=seed, scenario=under, others=others, on=on, progress=tell,
                money_per_mille=None if money is None else round(money * 10),
            )  # fmt: skip
        except (NothingOnTheMenuError, HistoryTooShortError, ClusterError) as error:
            fail(str(error))
        with writing(out):
            written = write_openings(made, out)
    if as_json:
        print_json(made)
    else:
        print_openings(made, written)


def print_openings(made: "OpeningPlan", written: "Sequence[Path]") -> None:
    """Print what to open, what it does, the proof, and where the files are."""
    from matcher.cli.screen import output
    from matcher.reports.document import Facts
    from matcher.reports.opening.page import opening_document, proof_words
    from matcher.reports.opening.tables import effects_table, frontier_table, intentions_table, rivals_table

    console, document = output(), opening_document(made)
    console.print(f"{document.title}: {document.subtitle}", style="bold", markup=False)
    if document.banner:
        console.print(document.banner, markup=False)
    for block in document.sections[0].blocks:
        if isinstance(block, Facts):
            for fact in block.facts:
                console.print(f"  {fact.figure} {fact.words}", markup=False)
    for table, columns in (
        (intentions_table(made), (0, 1, 2, 4, 8)),
        (effects_table(made), (0, 1, 2, 3)),
        (frontier_table(made), (0, 1, 2, 3)),
        (rivals_table(made), (0, 2, 3, 4, 5, 6)),
    ):
        _print_table(table, columns)
    console.print(proof_words(made), style="dim", markup=False)
    for path in written:
        console.print(f"Written: {path}", markup=False, soft_wrap=True)


def _print_table(found: "Table", columns: "Sequence[int]") -> None:
    """Some columns of a table: a terminal is narrow, and the files have them all."""
    from matcher.cli.screen import add_row, output, show, table
    from matcher.reports.writers.cells import text

    names = [found.columns[column] for column in columns]
    made = table(found.title, *names, right=tuple(names[1:]))
    for row in found.rows:
        add_row(made, *(text(row[column]) for column in columns))
    show(output(), made)

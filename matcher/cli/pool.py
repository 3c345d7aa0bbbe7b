"""``placewell pool``: several authorities' children and homes in one plan, and who gains what."""

from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli.options import JsonOption, SecondsOption

if TYPE_CHECKING:
    from matcher.services.pool_results import Pool

_MOST_POUNDS = 1_000_000

CasesArgument = Annotated[
    list[str],
    typer.Argument(metavar="CASE", help="Folders or zips of two or more authorities' files, of one day."),
]
BorrowingOption = Annotated[
    int | None,
    typer.Option(
        "--borrowing",
        metavar="POUNDS",
        min=0,
        max=_MOST_POUNDS,
        help="What an authority pays another a week for each place of its own that it lends, beside the fee; 0 if not "
        "said.",
    ),
]
ForbidOption = Annotated[
    bool, typer.Option("--forbid", help="Lend no places of one's own: share independent homes only.")
]


def pool(
    cases: CasesArgument,
    borrowing: BorrowingOption = None,
    forbid: ForbidOption = False,
    seconds: SecondsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find homes for several authorities' children together.

    Says what each gains beside its best plan alone, and who lends to whom.
    """
    from matcher.cli.reading import usable
    from matcher.cli.screen import fail, print_json, working

    if forbid and borrowing is not None:
        fail("Give --borrowing POUNDS or --forbid, not both.")
    _refuse_twice(cases)
    found = [usable(case) for case in cases]
    with working("pooling") as tell:
        from matcher.services.joined import PoolError
        from matcher.services.pooling import pool as pool_

        try:
            answer = pool_(
                found, price_pence=None if forbid else 100 * (borrowing or 0), time_limit=seconds, progress=tell
            )
        except PoolError as error:
            fail(str(error))
    if as_json:
        print_json(answer)
    else:
        print_pool(answer)


def _refuse_twice(cases: list[str]) -> None:
    from matcher.cli.reading import case_path
    from matcher.cli.screen import fail

    paths = [case_path(case).resolve() for case in cases]
    if len(paths) < 2:
        fail("A pool needs two authorities or more: give the folder or zip of each.")
    for position, path in enumerate(paths):
        if path in paths[:position]:
            fail(f"{cases[position]} is given twice: give the folder or zip of another authority.")


def print_pool(pool: "Pool") -> None:
    """Print who gains what, who moves to whose homes, and the proof."""
    from matcher.cli.screen import add_row, output, show, table
    from matcher.reports.pool_words import COLUMNS, LEGEND, MOVED_COLUMNS, moved_rows, pool_words, rows
    from matcher.reports.words import day

    console = output()
    made = "SYNTHETIC DATA. " if pool.synthetic else ""
    names = ", ".join(authority.name for authority in pool.authorities)
    console.print(f"{made}{names}, as at {day(pool.as_at)}.", markup=False)
    gains = table("Who gains what: each authority alone, and all together", *COLUMNS, right=COLUMNS[1:])
    for row in rows(pool):
        add_row(gains, *row)
    show(console, gains)
    console.print(LEGEND, style="dim", markup=False)
    moved = moved_rows(pool)
    if moved:
        homes = table(f"In a home on another authority's sheet: {len(moved)}", *MOVED_COLUMNS)
        for row in moved:
            add_row(homes, *row)
        show(console, homes)
    for words in pool_words(pool):
        console.print(words, markup=False)

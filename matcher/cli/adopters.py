"""``placewell adopters``: families for a child, children for a family, links for the whole pool, and who waits."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli.options import CaseArgument, JsonOption, SecondsOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.cli.adopters_answers import Answer
    from models.case import Case

ChildOption = Annotated[str | None, typer.Option("--child", metavar="ID", help="The families for this child.")]
FamilyOption = Annotated[str | None, typer.Option("--family", metavar="ID", help="The children for this family.")]
PoolOption = Annotated[bool, typer.Option("--pool", help="Proposed links for everybody at once, and whom to recruit.")]
ScorecardOption = Annotated[
    bool, typer.Option("--scorecard", help="The report of the year: A1, A2, A3, activity; internal and public copies.")
]
EventsOption = Annotated[
    int | None,
    typer.Option("--events", metavar="SEATS", min=1, max=1000, help="Whom to invite to an event with so many seats."),
]
LikelyOption = Annotated[
    bool,
    typer.Option(
        "--likely", help="With --pool: weigh each link by how likely the family is to say yes, by assumption."
    ),
]
TopOption = Annotated[int, typer.Option("--top", metavar="N", min=1, max=1000, help="How many to show with reasons.")]
BlindOption = Annotated[
    bool, typer.Option("--blind", help="With --child: the families without scores or order, to form a view first.")
]
ViewOption = Annotated[
    list[str] | None,
    typer.Option("--view", metavar="FAMILY=yes|maybe:why|no:why", help="With --child: record a view of a family."),
]
ViewsOption = Annotated[
    Path | None, typer.Option("--views", metavar="FILE", help="The file of views; beside the case if not said.")
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Also write pages, sheets to print and workbooks to DIR.")
]


def adopters(
    case: CaseArgument,
    child: ChildOption = None,
    family: FamilyOption = None,
    pool: PoolOption = False,
    scorecard: ScorecardOption = False,
    events: EventsOption = None,
    likely: LikelyOption = False,
    top: TopOption = 10,
    blind: BlindOption = False,
    view: ViewOption = None,
    views: ViewsOption = None,
    out: OutOption = None,
    seconds: SecondsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Screen adoptive families for every child who waits for one.

    Without --child, --family, --pool, --events or --scorecard: who waits, for how long, and what is due.
    """
    from matcher.cli import adopters_answers as answers
    from matcher.cli.adopters_views import ViewsFile
    from matcher.cli.screen import folder, working

    asked = {"--child": child, "--family": family, "--pool": pool, "--events": events, "--scorecard": scorecard}
    _refuse([name for name, given in asked.items() if given], blind=blind, view=bool(view), likely=likely)
    found = _with_a_pool(case)
    if out is not None:
        folder(out)
    if scorecard:
        _give(answers.report(found), out, as_json=as_json)
        return
    with working("screening the pool"):
        from matcher.services.adoption.pool_case import pool_case
        from matcher.services.adoption.screening import screen

        screened = screen(pool_case(found))
    kept = ViewsFile(case, views)
    if child is not None and view:
        answers.record_views(screened.pool, child, view, kept)
        return
    if child is not None:
        answer = (
            answers.without_scores(screened, child, kept) if blind else answers.for_child(screened, child, top, kept)
        )
    elif family is not None:
        answer = answers.for_family(screened, family, top, kept)
    elif pool:
        answer = answers.for_pool(screened, seconds, kept, likely=likely)
    elif events:
        answer = answers.for_event(screened, events, seconds, kept)
    else:
        answer = answers.overview(screened, kept)
    _give(answer, out, as_json=as_json)


def _give(answer: "Answer", out: Path | None, *, as_json: bool) -> None:
    """Write the files, if asked to, and print the answer."""
    from matcher.cli.documents import print_document
    from matcher.cli.screen import notes, print_json, working, writing

    written: list[Path] = []
    if out is not None:
        with working("writing") as tell, writing(out):
            written = answer.write(out, tell)
    if as_json:
        print_json(answer.record)
    else:
        print_document(answer.document)
    for path in written:
        notes().print(f"Written: {path}", markup=False, soft_wrap=True)


def _refuse(asked: "Sequence[str]", *, blind: bool, view: bool, likely: bool) -> None:
    """End the command where what was asked does not go together."""
    from matcher.cli.screen import fail

    if len(asked) > 1:
        fail(f"Ask for one thing at a time: {' or '.join(asked)}.")
    if (blind or view) and "--child" not in asked:
        fail("--blind and --view are about one child: give --child ID too.")
    if likely and "--pool" not in asked:
        fail("--likely is about links for the whole pool: give --pool too.")
    if blind and view:
        fail("Look with --blind first, then record what you think with --view.")


def _with_a_pool(case: str) -> "Case":
    from matcher.cli.reading import usable
    from matcher.cli.screen import fail

    found = usable(case)
    if not found.adoption.children:
        fail(
            f"{case} has no child with a plan for adoption: fill in the sheets adoption_children and adopters, which "
            "'placewell template' writes blank."
        )
    return found

"""``placewell match``: the ranked homes for one child, why, what nearly matched, and what would change the order."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli.options import CaseArgument, JsonOption

if TYPE_CHECKING:
    from rich.table import Table

    from matcher.services.results import Matches, RankedHome
    from models.case import Case
    from models.referral import Referral

_EXPLAINED = 5
"""Homes whose parts are set side by side: as many as 80 columns hold."""
_QUESTIONS = 5
_LEGEND = (
    "Fee: full, a week. Cost: what the home costs the child, pounds-equivalent a week; least is best. Approval: "
    "who must agree because of where it is. Step: the law's order (section 22C, Children Act 1989): 1 connected "
    "person, who is always first, 2 foster carer, 3 children's home, 4 other."
)


def match(
    case: CaseArgument,
    referral: Annotated[str | None, typer.Option("--referral", metavar="ID", help="The referral to find for.")] = None,
    child: Annotated[
        str | None, typer.Option("--child", metavar="ID", help="Or the child whose referral it is.")
    ] = None,
    in_house_first: Annotated[
        bool, typer.Option("--in-house-first", help="In-house homes first, and what that order costs the child.")
    ] = False,
    top: Annotated[int, typer.Option("--top", metavar="N", min=1, max=1000, help="How many homes to show.")] = 10,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write the homes with every part to this CSV file.")
    ] = None,
    others: Annotated[
        bool,
        typer.Option(
            "--others", help="Also say what each home would cost the other children who wait, and who would move."
        ),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Rank every home for one referral and say why."""
    from matcher.cli.reading import usable
    from matcher.cli.screen import fail, print_json, working, writing

    if (referral is None) == (child is None):
        fail("Say which child to find a home for: --referral ID or --child ID, one of the two.")
    found = usable(case)
    request = _referral(found, referral, child)
    with working("ranking homes") as tell:
        from matcher.services.match import match as match_

        matches = match_(found, request, top=top, in_house_first=in_house_first)
        if others:
            from matcher.services.others import others_waiting

            shown = [home.home_id for home in matches.ranked]
            waiting = others_waiting(found, request.child_id, shown, progress=tell)
            matches = matches.model_copy(update={"others": waiting})
    if csv is not None:
        from matcher.reports.match_files import matches_sheet
        from matcher.reports.sheets import write_csv

        with writing(csv):
            write_csv(matches_sheet(found, matches), csv)
    if as_json:
        print_json(matches)
    else:
        print_matches(found, matches)


def _referral(case: "Case", referral: str | None, child: str | None) -> "Referral":
    from difflib import get_close_matches

    from matcher.cli.screen import fail
    from matcher.services.match import UnknownReferralError, find_referral

    try:
        return find_referral(case, referral_id=referral, child_id=child)
    except UnknownReferralError as error:
        known = [request.id if referral else request.child_id for request in case.referrals]
        near = get_close_matches(referral or child or "", known, n=3, cutoff=0.5)
        fail(str(error) + (f" Did you mean {' or '.join(near)}?" if near else ""))


def print_matches(case: "Case", matches: "Matches") -> None:
    """Print ranked homes, their parts, what nearly matched, what flips the first choice, assumptions and questions."""
    from matcher.cli.screen import output, show
    from matcher.reports.match_words import about_the_order, agencies_to_ask, who_may_relax
    from matcher.reports.words import day, number, plural

    console = output()
    made = "SYNTHETIC DATA. " if case.synthetic else ""
    console.print(
        f"{made}Referral {matches.referral_id}, child {matches.child_id}, needed by {day(matches.needed_by)}: "
        f"{number(matches.homes_passing)} of {plural(matches.homes_considered, 'home')} pass every rule.",
        markup=False,
    )
    if not matches.ranked:
        console.print("No home passes every rule.", style="bold", markup=False)
        show(console, _removed(matches))
    else:
        show(console, _ranked(matches.ranked, "In-house first" if matches.in_house_first else "Best first"))
        console.print(_LEGEND, style="dim", markup=False)
        for line in about_the_order(matches):
            console.print(line, markup=False)
        show(console, _parts(matches.ranked[:_EXPLAINED]))
        _print_others(matches)
    agencies = agencies_to_ask(matches)
    if agencies:
        console.print(agencies, markup=False)
    if matches.nearly:
        show(console, _nearly(matches))
        for line in who_may_relax(matches):
            console.print(f"  {line}", markup=False)
    _print_flips(matches)
    _print_assumptions(matches)


def _ranked(homes: "tuple[RankedHome, ...]", title: str) -> "Table":
    from matcher.cli.screen import add_row, table
    from matcher.reports.words import SECTOR_WORDS, SHORT_APPROVAL_WORDS, money, place, tenths
    from models.geography import Locality
    from models.vocabulary import KIND_LABELS

    numbers = ("#", "Miles", "Fee", "Cost", "Step")
    made = table(
        title, "#", "Home", "Kind", "Sector", "Miles", "Where", "Fee", "Cost", "Approval", "Step", right=numbers
    )
    for home in homes:
        add_row(
            made,
            str(home.rank),
            home.home_id + (" (ask)" if home.ask else ""),
            KIND_LABELS[home.kind],
            SECTOR_WORDS[home.sector],
            tenths(home.miles_tenths),
            "distance" if home.locality is Locality.AT_A_DISTANCE else place(home.locality),
            money(home.fee_pence),
            money(home.cost_pence),
            SHORT_APPROVAL_WORDS[home.approval],
            str(home.statutory),
        )
    return made


def _parts(homes: "tuple[RankedHome, ...]") -> "Table":
    from matcher.cli.screen import add_row, table
    from matcher.reports.words import money

    names = tuple(home.home_id for home in homes)
    title = "What the cost is made of, pounds-equivalent a week (parts that are 0 for all are left out)"
    made = table(title, "Part", *names, right=names)
    for parts in zip(*(home.explanation.parts for home in homes), strict=True):
        if any(part.pence for part in parts):
            add_row(made, parts[0].label, *(money(part.pence) for part in parts))
    made.add_section()
    add_row(made, "together", *(money(home.cost_pence) for home in homes))
    return made


def _print_others(matches: "Matches") -> None:
    from matcher.cli.screen import add_row, output, show, table
    from matcher.reports import others_words as words

    if matches.others is None:
        return
    made = table(words.TITLE, *words.COLUMNS, right=("Costs them",))
    for row in words.others_rows(matches.others):
        add_row(made, *row)
    console = output()
    show(console, made)
    for note in words.others_notes(matches.others):
        console.print(note, style="dim", markup=False)


def _removed(matches: "Matches") -> "Table":
    from matcher.cli.screen import add_row, table

    numbers = ("Alone", "In all")
    made = table("How many homes each rule removes", "Rule", *numbers, right=numbers)
    for count in matches.removed_by:
        add_row(made, count.title, f"{count.alone:,}", f"{count.in_all:,}")
    return made


def _nearly(matches: "Matches") -> "Table":
    from matcher.cli.screen import add_row, table
    from matcher.reports.match_words import in_the_way
    from matcher.reports.words import money, tenths

    numbers = ("Miles", "Fee", "Cost")
    made = table(
        "Nearly matched: one rule stands in the way, which somebody may relax",
        "Home",
        "Kind",
        *numbers,
        "Rule",
        right=numbers,
    )
    for near in matches.nearly:
        home = near.home
        figures = (tenths(home.miles_tenths), money(home.fee_pence), money(home.cost_pence))
        add_row(made, home.home_id, home.kind_label, *figures, in_the_way(near))
    return made


def _print_flips(matches: "Matches") -> None:
    from matcher.cli.screen import output
    from matcher.reports.match_words import flip_words, no_flip_words

    console = output()
    first = matches.first_choice
    if not first or matches.homes_passing == 1:
        return
    if not matches.flips:
        why = no_flip_words(matches)
        console.print(f"\nNo change of one weight would put another home before {first.home_id}: {why}.", markup=False)
        return
    console.print(f"\nWhat change of one weight would put another home before {first.home_id}:", style="bold")
    for flip in matches.flips:
        console.print(f"  {flip_words(flip)}", markup=False)


def _print_assumptions(matches: "Matches") -> None:
    """Print what was assumed of the first choice, and which unanswered questions could put another home first."""
    from matcher.cli.screen import output
    from matcher.reports.words import plural

    first = matches.first_choice
    if not first:
        return
    console = output()
    assumed = plural(len(first.explanation.assumed), "level")
    console.print(
        f"\nAssumed, because nobody has recorded them: {assumed} of the child's needs and of {first.home_id}'s skills.",
        markup=False,
    )
    if matches.questions:
        console.print("Worth asking, because the answer could change the first choice:", style="bold", markup=False)
    for question in matches.questions[:_QUESTIONS]:
        whom = f"home {question.home_id}" if question.home_id else "the child"
        then = f"{question.new_first} would come first" if question.new_first else f"{first.home_id} would not suit"
        told = f"assumed level {question.taken_as} of 4; at level {question.level} {then}"
        console.print(f"  {whom}: {question.label}: {told}.", markup=False)
    left = len(matches.questions) - _QUESTIONS
    if left > 0:
        console.print(f"  ... and {left} more; --json gives them all, and every assumption.", markup=False)

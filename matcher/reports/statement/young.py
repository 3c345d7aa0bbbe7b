"""The young people's copy: two pages in plain words. Every figure in it is from the public copy."""

from matcher.reports.document import Block, Bullets, Cell, Fact, Facts, Heading, Mark, Paragraph, Percent, Section
from matcher.reports.statement.copies import Copy
from matcher.services.statement.runs import SHORT
from matcher.services.statement.statement import Statement

_SAID = (
    (
        "ind_long_term_stability",
        "of those under 16 who have been in care for long have had the same carers for two years.",
    ),
    ("ind_siblings_together", "of children with brothers or sisters in care live with all of them."),
    ("ind_three_or_more_placements", "have lived in three places or more within one year."),
    ("ind_at_a_distance", "live far away: further than the areas next to ours."),
)
_MOST_NEEDED = 3
_HOMES = {
    "Fostering": "Foster families",
    "Residential home": "Children's homes",
    "Supported accommodation": "Supported homes, where young people live more on their own",
}


def for_young_people(statement: Statement, copy: Copy) -> tuple[Section, ...]:
    """Where children live now, and which homes are missing; then whom to talk to."""
    del statement
    return (Section("now", "Where children live now", _now(copy)), Section("next", "What happens next", _next(copy)))


def _now(copy: Copy) -> tuple[Block, ...]:
    facts = (
        Fact(copy.words("age"), "children and young people are looked after by the council"),
        Fact(_whole(copy.share("locality", ("in_area",))), "of them live in the council's own area"),
        Fact(
            _whole(copy.share("living", ("in_house_and_connected_fostering",))),
            "live with foster carers of the council, or with family or friends",
        ),
    )
    said = [(copy.rate(table), words) for table, words in _SAID if table in copy.tables]
    told = tuple(
        f"{_out_of_ten(share.value)} ({share.value:.0f}%) {words}"
        for share, words in said
        if isinstance(share, Percent)
    )
    return (
        Paragraph(
            "When children cannot live with their own family, the council must find them a good home. The law says "
            "there should be enough homes, near where they come from. Every year the council checks. This is what it "
            "found."
        ),
        Facts(tuple(fact for fact in facts if fact.figure != Mark.HIDDEN.value)),
        Heading("What the figures say"),
        Bullets(told or ("There are too few children here to say more without somebody being recognised.",)),
        Heading("What the figures do not say"),
        Paragraph(
            "Numbers cannot tell how it feels to live somewhere. Only you can. If something here is not how it is for "
            "you, say so: the people who plan homes need to hear it."
        ),
    )


def _whole(share: Cell) -> str:
    """A share without decimals, or the mark of one that is not shown."""
    return f"{share.value:.0f}%" if isinstance(share, Percent) else Mark.HIDDEN.value


def _out_of_ten(percent: float) -> str:
    """A share as people say it: ``About 7 in 10``."""
    ten = round(percent / 10)
    return f"About {ten} in 10" if 0 < ten < 10 else "Nearly all" if ten else "Fewer than 1 in 10"


def _next(copy: Copy) -> tuple[Block, ...]:
    return (
        Paragraph(
            "To check, a computer compared what each child needs with what each home can do. It does not decide where "
            "anybody lives. People decide, and they must ask you first."
        ),
        Heading("Which homes are missing most"),
        Bullets(_missing(copy)),
        Paragraph(
            "The council must now say what it will do about it. You may ask for its plan and say what you think."
        ),
        Heading("Your rights"),
        Bullets(
            (
                "You have a right to say what you want, and to be listened to.",
                "Before you move, somebody must talk with you about it, unless it is an emergency.",
                "You can ask for an advocate: a person on your side who helps you to be heard.",
                "If you are unhappy about where you live, you can complain. Nobody may be cross with you for it.",
            )
        ),
        Heading("Who to talk to"),
        Paragraph(
            "Your social worker, your independent reviewing officer (the person who checks that your plan is right for "
            "you) or a carer you trust. You can also call Childline on 0800 1111, at any time, for free."
        ),
    )


def _missing(copy: Copy) -> tuple[str, ...]:
    """The kinds of home that most children are short of, of those that may be shown."""
    table = copy.tables["clean_kind"]
    counts = [(count, kind.label) for kind in table.dimensions[0].values if (count := table.count(kind.key, SHORT))]
    worst = sorted(counts, reverse=True)[:_MOST_NEEDED]
    if not worst:
        return ("No kind of home stands out.",)
    return tuple(f"{_HOMES.get(kind, kind)}: {count:,} children need one nearer." for count, kind in worst)

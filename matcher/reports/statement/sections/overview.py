"""What a member of the committee reads first: the headlines, and what the duty is."""

from collections.abc import Iterator

from matcher.reports.certificate import certificate_words
from matcher.reports.document import Block, Bullets, Fact, Facts, Heading, Mark, Paragraph, Percent, Section, Tone
from matcher.reports.statement.copies import Copy
from matcher.reports.words import day, money, plural
from matcher.services.statement.places import NOT_AVAILABLE, VACANT
from matcher.services.statement.runs import IN_AREA, SETTLED, SHORT
from matcher.services.statement.statement import Statement

_FIRST = ("three_or_more_placements", "long_term_stability", "out_of_area", "over_20_miles")
_ASKED = (
    "To note which places are missing (section 3) and what the children's present homes cost (section 12), and to "
    "decide what is to be done about it. The financial implications stand in sections 12 and 13, those for equality in "
    "section 14."
)
_TO_FILL_IN = (
    "Recommendations: for the authority to write.",
    "Legal implications beyond section 22G, risks, and who was consulted: for the authority to write.",
)
_DUTY = (
    "Section 22G of the Children Act 1989 asks every local authority to secure, so far as reasonably practicable, "
    "enough accommodation within its area that meets the needs of the children it looks after. A shortfall is measured "
    "here by matching: each child's needs against each home's own terms, skills and open places, law and safety first."
)


def summary(statement: Statement, copy: Copy) -> Section:
    """The headline figures and what they come to in sentences."""
    clean = statement.clean_sheet.plan
    facts = [
        Fact(copy.words("age"), "children looked after"),
        Fact(copy.percent_words("locality", "in_area"), "of them live in the authority's own area"),
        Fact(money(statement.money.now.total.weekly_pence), "a week for the placements whose price is known"),
        Fact(
            copy.words("own_fostering", VACANT),
            "vacant places in the authority's own fostering households; "
            f"{copy.words('own_fostering', NOT_AVAILABLE)} more are approved, but not available",
        ),
        Fact(
            copy.words("clean_short", SHORT),
            "children would have no home in the area even if every home were filled afresh: places that are missing",
            alert=True,
        ),
        Fact(
            copy.words("now", "unmet"), "without a home in the best plan, of the children who need one now", alert=True
        ),
    ]
    shown = [fact for fact in facts if any(letter.isdigit() for letter in fact.figure)]
    found: list[Block] = [
        Facts(tuple(shown)),
        Bullets(tuple(_sentences(statement, copy))),
        Heading("What is asked of the committee"),
        Paragraph(_ASKED),
        Bullets(_TO_FILL_IN),
    ]
    if copy.internal:
        found += [Heading("How sure the clean sheet is"), Bullets(certificate_words(clean.certificate, seconds=False))]
    return Section("summary", "Summary", tuple(found))


def _sentences(statement: Statement, copy: Copy) -> list[str]:
    said = [*_outside(copy), *_indicators(statement, copy)]
    table = copy.tables["clean_kind"]
    short = [(table.count(value.key, SHORT), value.label) for value in table.dimensions[0].values]
    worst = sorted(((count, label) for count, label in short if count), reverse=True)
    if worst:
        told = ", ".join(f"{label.lower()} ({count:,})" for count, label in worst[:3])
        said.append(f"Children short of a home in the area, by the kind of home they need: {told}.")
    return said


def _outside(copy: Copy) -> Iterator[str]:
    """Where children live today and could with the same homes, as far as it may be shown."""
    whole, today, best = copy.words("clean"), copy.words("side_today", IN_AREA), copy.words("side_clean", IN_AREA)
    if all(words[0].isdigit() for words in (whole, today, best)):
        yield (
            f"Of {whole} children who can be moved or who wait, {today} live in the area today; the best use of the "
            f"same homes would find a home in it for {best}."
        )
    settled = copy.count("clean_short", SETTLED)
    if isinstance(settled, int) and settled:
        yield f"{plural(settled, 'child', 'children')} would still live outside, though not for want of a home."


def _indicators(statement: Statement, copy: Copy) -> Iterator[str]:
    """The indicators a committee is asked about first, beside England's figure."""
    for row in statement.quarterly:
        shown = copy.rate(f"ind_{row.now.key}") if f"ind_{row.now.key}" in copy.tables else Mark.NOT_AVAILABLE
        if row.now.key in _FIRST and isinstance(shown, Percent):
            england = "" if row.england is None else f" (England {row.england:g}%)"
            yield f"{row.now.title}: {shown.value:.1f}%{england}."


def _protected(statement: Statement) -> str:
    if statement.rounding:
        base = statement.rounding.base
        return (
            f"Every count of children is rounded to the nearest {base} on its own, so that totals may not add up. Some "
            "small counts can still be told from others: never publish this copy beside one of the same day in which "
            "small counts are hidden."
        )
    return (
        f"Counts of fewer than {statement.fewest} children are not shown, and enough other figures are left out that "
        "nobody can work them out from the rest."
    )


def duty(statement: Statement, copy: Copy) -> Section:
    """What the duty is, how the statement measures against it, and what it cannot say."""
    made = "The data are synthetic: no child, carer or home in them is real. " if statement.figures.synthetic else ""
    blocks: list[Block] = [
        Paragraph(_DUTY),
        Paragraph(
            f"{made}Everything is as at {day(statement.provenance.as_at)}. Two plans are made: one for the children "
            "who need a home now, and a clean sheet that shows what these homes could do at best for every child who "
            "can be moved. Both are proposals by arithmetic, proved as far as is said; a person decides."
        ),
        Paragraph(
            "Not in this statement: a forecast of need, a plan of what to open, children on the edge of care, and why "
            "children were placed out of the area before, which the return does not tell. Homes that the authority "
            "does not know of, and places that providers hold back, cannot be counted.",
            Tone.NOTE,
        ),
    ]
    if not copy.internal:
        blocks.append(Paragraph(_protected(statement), Tone.NOTE))
    return Section("duty", "The duty, and how it is measured", tuple(blocks))

"""The families for one child, or for brothers and sisters together: a page, and a sheet of a page or two to print."""

from collections.abc import Iterator, Sequence

from matcher.reports.adoption.brings import about_children, asked_keys, so_far
from matcher.reports.adoption.due import draft_section, due_blocks
from matcher.reports.adoption.frame import banner, footer, subtitle
from matcher.reports.adoption.views import View
from matcher.reports.adoption.views_table import views_block
from matcher.reports.adoption.words import (
    NOT_A_WINNER,
    SCORE_LEGEND,
    STANDS_WORDS,
    TIER_WORDS,
    listed,
    not_known_pence,
    other_pence,
    question_words,
    sets_apart,
    stands_between,
    stretch_short,
    stretch_words,
    who_may_relax,
)
from matcher.reports.document import Block, Bullets, Cell, Document, Money, Paragraph, Section, Table, Tone
from matcher.reports.words import plural
from matcher.services.adoption.screening import Screened, family_for
from matcher.services.adoption.screening_results import FamiliesForChild, ScreenedFamily

_TICK = "yes\u2003maybe\u2003no"
_QUESTIONS, _ON_SHEET, _QUESTIONS_ON_SHEET = 25, 6, 6


def child_document(screened: Screened, found: FamiliesForChild, views: Sequence[View] = ()) -> Document:
    """Everything a family finder needs to judge the families for these children.

    Args:
        screened: The pool.
        found: The families for the children.
        views: Views that were given of families for them.
    """
    pool = screened.pool
    sections = [
        _children(screened, found),
        Section("due", "What is due", due_blocks(pool, found.children)),
        _families(screened, found),
        *_nearly(found),
        _questions(screened, found, _QUESTIONS),
        *([Section("views", "Views given", (views_block(views, found),))] if views else []),
        *draft_section(pool, found.children),
        Section("parts", "What the scores are made of", (_parts(found), Paragraph(SCORE_LEGEND, Tone.NOTE))),
    ]
    title = f"Families for {listed(found.children)}"
    return Document(title, subtitle(pool.case), banner(pool.case), tuple(sections), footer(pool.case))


def family_finding_sheet(screened: Screened, found: FamiliesForChild, views: Sequence[View] = ()) -> Document:
    """The same on a page or two, with room for what those who meet decide."""
    pool = screened.pool
    few = found.model_copy(update={"families": found.families[:_ON_SHEET]})
    blocks: list[Block] = [_table(few, short=True), Paragraph(NOT_A_WINNER, Tone.NOTE)]
    sections = [
        _children(screened, found),
        Section("due", "What is due", due_blocks(pool, found.children, fees=False)),
        Section("families", "Families to read", tuple(blocks)),
        _questions(screened, few, _QUESTIONS_ON_SHEET),
        *([Section("views", "Views given", (views_block(views, few),))] if views else []),
        Section("decided", "What we decided", (_room(few),)),
        *draft_section(pool, found.children),
    ]
    title = f"Family-finding sheet: {listed(found.children)}"
    return Document(title, subtitle(pool.case), banner(pool.case), tuple(sections), footer(pool.case))


def _children(screened: Screened, found: FamiliesForChild) -> Section:
    times = so_far(screened.pool, found.children)
    about = Bullets(about_children(screened.pool, found.children))
    title = "The child" if len(found.children) == 1 else "The children, for whom one family is looked for"
    return Section("children", title, (times, about))


def _families(screened: Screened, found: FamiliesForChild) -> Section:
    blocks: list[Block] = [Paragraph(_how_many(found), Tone.LEAD)]
    if found.families:
        blocks += [_table(found, short=False), Paragraph(NOT_A_WINNER, Tone.NOTE)]
    blocks += [Paragraph(words) for words in _linked_and_not_listed(screened, found)]
    if found.removed_by:
        blocks.append(_removed(found))
    return Section("families", "Families to read", tuple(blocks))


def _linked_and_not_listed(screened: Screened, found: FamiliesForChild) -> Iterator[str]:
    """Where a family stands whose link is under way and who is not among those listed."""
    pool, child = screened.pool, found.children[0]
    listed_here = {each.family_id for each in (*found.families, *found.nearly)}
    live = [k for k in pool.pool.links if k.child_id in found.children and k.live_on(pool.case.as_at)]
    for name in dict.fromkeys(link.family_id for link in live if link.family_id not in listed_here):
        family = family_for(screened, child, name)
        if family is None:
            stands = "is not open to a child on this day"
        elif family.rank is None:
            stands = f"is not eligible: {stands_between(family)}"
        else:
            stands = f"is number {family.rank} of the {found.eligible} eligible"
        yield f"A link with family {name} is under way, who {stands}."


def _how_many(found: FamiliesForChild) -> str:
    if not found.eligible:
        return f"None of {plural(found.families_considered, 'family', 'families')} is eligible: ask the nearest below."
    within = found.eligible - found.with_a_stretch
    return (
        f"{found.eligible} of {plural(found.families_considered, 'family', 'families')} are eligible: {within} within "
        f"what they said, {found.with_a_stretch} with a stretch beyond it."
    )


def _table(found: FamiliesForChild, *, short: bool) -> Table:
    """The list; ``short`` for a printed sheet."""
    first = found.families[0] if found.families else None
    rows: list[tuple[Cell, ...]] = []
    for each in found.families:
        agency = TIER_WORDS[each.tier] if short else f"{each.agency} ({TIER_WORDS[each.tier]})"
        apart = sets_apart(each, first) if first else ""
        beyond = stretch_short(each) if short else stretch_words(each)
        rows.append((each.family_id, each.rank or 0, agency, Money(each.cost_pence), beyond, apart))
    columns = (
        "Family",
        "Place",
        "Agency",
        "Score",
        "Beyond what they said yes to",
        "What sets it apart from the first",
    )
    return Table("families", "Families, closest first", columns, rows)


def _removed(found: FamiliesForChild) -> Table:
    rows: list[tuple[Cell, ...]] = [(each.rule, each.alone, each.in_all) for each in found.removed_by]
    columns = ("What stands between", "Alone", "In all")
    return Table("removed", "How many families each rule leaves out", columns, rows)


def _nearly(found: FamiliesForChild) -> tuple[Section, ...]:
    if not found.nearly:
        return ()
    rows: list[tuple[Cell, ...]] = [
        (each.family_id, f"{each.agency} ({TIER_WORDS[each.tier]})", stands_between(each)) for each in found.nearly
    ]
    table = Table(
        "nearly",
        "Families that one rule leaves out",
        ("Family", "Agency", "What stands between"),
        rows,
        who_may_relax(found.nearly),
    )
    return (Section("nearly", "Nearly eligible", (table,)),)


def _questions(screened: Screened, found: FamiliesForChild, most: int) -> Section:
    asked, shown = asked_keys(screened.pool), found.questions[:most]
    rows: list[tuple[Cell, ...]] = [question_words(each, asked) for each in shown]
    left = len(found.questions) - len(shown)
    more = f" {plural(left, 'other question')} would change less." if left > 0 else ""
    table = Table(
        "questions",
        "Questions, those that could change most first",
        ("Ask", "About", "Taken as", "The answer"),
        rows,
        f"Of a child: what level it is. Of a family: up to what level they would say yes.{more}",
    )
    return Section("questions", "Questions to ask", (table,))


def _parts(found: FamiliesForChild) -> Table:
    columns = ("Family", "How it stands", "Score", "Stretch", "Not known", "Other", "Fee once, if placed")
    rows: list[tuple[Cell, ...]] = [
        (each.family_id, STANDS_WORDS[each.eligibility], *_pounds(each)) for each in found.families
    ]
    return Table("score_parts", "Scores, pounds a week, and the inter-agency fee", columns, rows)


def _pounds(each: ScreenedFamily) -> tuple[Cell, ...]:
    amounts = (each.cost_pence, each.stretch_pence, not_known_pence(each), other_pence(each), each.fee_pence)
    return tuple(Money(pence) for pence in amounts)


def _room(found: FamiliesForChild) -> Table:
    """Room to write by hand, or in Word."""
    rows: list[tuple[Cell, ...]] = [(each.family_id, _TICK, "", "") for each in found.families]
    columns = ("Family", "Our view", "Why, and what we still need to know", "Next step, who takes it and by when")
    return Table("decided", "To fill in", columns, rows)

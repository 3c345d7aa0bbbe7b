"""The children for one family: those nearest to what it said first, with the family's place in each of their lists."""

from matcher.reports.adoption.frame import banner, footer, subtitle
from matcher.reports.adoption.words import (
    NOT_A_WINNER,
    SCORE_LEGEND,
    TIER_WORDS,
    approved_for,
    child_words,
    hopes_for,
    household_words,
    since,
    stands_between,
    stretch_words,
    who_may_relax,
)
from matcher.reports.document import Block, Bullets, Cell, Document, Money, Paragraph, Section, Table, Tone
from matcher.reports.words import day, plural
from matcher.services.adoption.screening import Screened
from matcher.services.adoption.screening_results import ChildrenForFamily, ScreenedUnit
from models.adoption import Family


def family_document(screened: Screened, found: ChildrenForFamily) -> Document:
    """Everything a family finder needs to judge the children for this family."""
    case = screened.pool.case
    sections = [_family(screened, found), _children(screened, found), *_nearly(screened, found)]
    title = f"Children for family {found.family_id}"
    return Document(title, subtitle(case), banner(case), tuple(sections), footer(case))


def _family(screened: Screened, found: ChildrenForFamily) -> Section:
    case = screened.pool.case
    family = case.adoption.family[found.family_id]
    agency = case.adoption.agency[family.agency_id]
    said = [f"{agency.name} ({TIER_WORDS[agency.tier]})", *_journey(family)]
    waited = since(family.dates.approved_on, case.as_at)
    if waited is not None:
        said.append(f"Has waited {plural(waited, 'day')} since approval")
    if family.dual_approval:
        said.append("Approved for early permanence: may take a child before a placement order")
    said += [f"Approved for {approved_for(family)}", f"Hopes for: {hopes_for(family)}"]
    said.append(f"At home: {household_words(family, case.as_at)}")
    answered = plural(len(family.criteria.answers), "answer")
    said.append(f"{answered} on what they would accept are on record")
    support = sorted(family.languages | family.faiths | family.heritage)
    if support:
        said.append(f"Speaks, shares or can support: {', '.join(support)}")
    return Section("family", "The family", (Bullets(tuple(f"{each}." for each in said)),))


def _journey(family: Family) -> list[str]:
    approved = family.dates.approved_on
    return [f"Approved on {day(approved.isoformat())}"] if approved else ["Not approved yet"]


def _children(screened: Screened, found: ChildrenForFamily) -> Section:
    considered = plural(found.units_considered, "child or group", "children or groups")
    within = found.eligible - found.with_a_stretch
    lead = f"Eligible for {found.eligible} of {considered}: {within} within what they said, "
    blocks: list[Block] = [Paragraph(f"{lead}{found.with_a_stretch} with a stretch beyond it.", Tone.LEAD)]
    if found.units:
        blocks += [_table(screened, found), Paragraph(NOT_A_WINNER, Tone.NOTE), Paragraph(SCORE_LEGEND, Tone.NOTE)]
    if found.removed_by:
        rows: list[tuple[Cell, ...]] = [(each.rule, each.alone, each.in_all) for each in found.removed_by]
        columns = ("What stands between", "Alone", "In all")
        blocks.append(Table("removed", "How many children or groups each rule leaves out", columns, rows))
    return Section("children", "Children to read about", tuple(blocks))


def _table(screened: Screened, found: ChildrenForFamily) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for unit in found.units:
        score = Money(unit.family.cost_pence)
        waits = _longest_wait(screened, unit)
        place = unit.family.rank or 0
        rows.append((_who(screened, unit), unit.rank or 0, waits, score, stretch_words(unit.family), place))
    columns = (
        "Who",
        "Place",
        "Days since the decision",
        "Score",
        "Beyond what they said yes to",
        "Place in their list",
    )
    return Table("units", "Children, nearest to what the family said first", columns, rows)


def _who(screened: Screened, unit: ScreenedUnit) -> str:
    pool = screened.pool
    return "; ".join(child_words(pool.pool.child[child], pool.case.as_at) for child in unit.children)


def _longest_wait(screened: Screened, unit: ScreenedUnit) -> int:
    pool = screened.pool
    return max((pool.case.as_at - pool.pool.child[child].dates.decided_on).days for child in unit.children)


def _nearly(screened: Screened, found: ChildrenForFamily) -> tuple[Section, ...]:
    if not found.nearly:
        return ()
    rows: list[tuple[Cell, ...]] = [(_who(screened, unit), stands_between(unit.family)) for unit in found.nearly]
    title = "Children whom one rule leaves out"
    note = who_may_relax([unit.family for unit in found.nearly])
    return (
        Section("nearly", "Nearly eligible", (Table("nearly", title, ("Who", "What stands between"), rows, note),)),
    )

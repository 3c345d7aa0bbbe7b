"""Who waits for a family, for how long, how many families are eligible, and what is under way."""

from collections.abc import Sequence

from matcher.reports.adoption.frame import banner, footer, subtitle
from matcher.reports.adoption.words import STAGE_WORDS, listed, since
from matcher.reports.document import Block, Cell, Document, Fact, Facts, Mark, Paragraph, Section, Table
from matcher.reports.words import number, plural
from matcher.services.adoption.screening import Screened
from models.adoption import AgencyTier

_NOBODY = "nothing"


def overview_document(screened: Screened, due: Sequence[Section] = ()) -> Document:
    """Everybody who waits on one page, our own children first.

    Args:
        screened: The pool.
        due: What is due or overdue by the clock, as sections.
    """
    case = screened.pool.case
    ours = [unit for unit in range(len(screened.pool.units)) if _is_ours(screened, unit)]
    others = [unit for unit in range(len(screened.pool.units)) if unit not in ours]
    sections = [_summary(screened, ours), *due, _who_waits(screened, ours, "ours", "Our children who wait")]
    if others:
        sections.append(_who_waits(screened, others, "others", "Other agencies' children who wait"))
    return Document("Children who wait for a family", subtitle(case), banner(case), tuple(sections), footer(case))


def _is_ours(screened: Screened, unit: int) -> bool:
    pool = screened.pool.pool
    return any(pool.agency[pool.child[child].agency_id].tier is AgencyTier.OWN for child in screened.pool.units[unit])


def _summary(screened: Screened, ours: Sequence[int]) -> Section:
    pool = screened.pool
    nobody = sum(len(pool.units[unit]) for unit in ours if not screened.eligible[unit].any())
    own = sum(pool.pool.agency[family.agency_id].tier is AgencyTier.OWN for family in pool.families)
    children = sum(len(unit) for unit in pool.units)
    mine = sum(len(pool.units[unit]) for unit in ours)
    facts = Facts(
        (
            Fact(number(mine), f"of our children wait for a family; {children - mine} of other agencies do"),
            Fact(number(len(pool.families)), f"families are open to them, {own} of them our own"),
            Fact(number(nobody), "of our children have no eligible family in the pool", alert=nobody > 0),
        )
    )
    blocks: list[Block] = [facts]
    idle = [unit for unit in ours if not _under_way(screened, unit)]
    if idle:
        waiting = plural(len(idle), "child or group of ours has", "children or groups of ours have")
        blocks.append(Paragraph(f"{waiting} no link under way: see placewell adopters CASE --child ID for each."))
    return Section("summary", "In short", tuple(blocks))


def _who_waits(screened: Screened, units: Sequence[int], key: str, title: str) -> Section:
    longest = sorted(units, key=lambda unit: (-_days(screened, unit, "decided_on"), unit))
    rows = [_row(screened, unit) for unit in longest]
    columns = (
        "Who",
        "Days in care",
        "Since the decision",
        "Since order or consent",
        "Families within what they said",
        "With a stretch",
        "Under way",
    )
    note = "Of brothers and sisters together the longest wait is shown."
    return Section(key, title, (Table(key, "Longest since the decision first", columns, rows, note),))


def _row(screened: Screened, unit: int) -> tuple[Cell, ...]:
    eligible = screened.eligible[unit]
    within = int((eligible & (screened.stretch[unit] == 0)).sum())
    order, care = _days(screened, unit, "may_be_placed_from"), _days(screened, unit, "entered_care")
    return (
        listed(screened.pool.units[unit]),
        care if care >= 0 else Mark.NOT_AVAILABLE,
        _days(screened, unit, "decided_on"),
        order if order >= 0 else "no order yet",
        within,
        int(eligible.sum()) - within,
        _under_way(screened, unit) or _NOBODY,
    )


def _days(screened: Screened, unit: int, what: str) -> int:
    """Days since a date of the plan, the longest of the children; -1 where it is not known or has not come."""
    pool = screened.pool
    days = [since(getattr(pool.pool.child[child].dates, what), pool.case.as_at) for child in pool.units[unit]]
    return max((each for each in days if each is not None), default=-1)


def _under_way(screened: Screened, unit: int) -> str:
    pool = screened.pool
    live = [
        f"{STAGE_WORDS[link.stage]} ({link.family_id})"
        for link in pool.pool.links
        if link.child_id in pool.units[unit] and link.live_on(pool.case.as_at)
    ]
    return "; ".join(dict.fromkeys(live))

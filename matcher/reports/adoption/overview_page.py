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
    """Everybody who waits on one page.

    Args:
        screened: The pool.
        due: What is due or overdue by the clock, as sections.
    """
    case = screened.pool.case
    sections = (_summary(screened), *due, _who_waits(screened))
    return Document("Children who wait for a family", subtitle(case), banner(case), sections, footer(case))


def _summary(screened: Screened) -> Section:
    pool = screened.pool
    nobody = sum(len(unit) for unit, may in zip(pool.units, screened.eligible, strict=True) if not may.any())
    own = sum(pool.pool.agency[family.agency_id].tier is AgencyTier.OWN for family in pool.families)
    facts = Facts(
        (
            Fact(number(sum(len(unit) for unit in pool.units)), "children wait for a family"),
            Fact(number(len(pool.families)), f"families are open to them, {own} of them our own"),
            Fact(number(nobody), "children for whom no family is eligible", alert=nobody > 0),
        )
    )
    blocks: list[Block] = [facts]
    idle = [unit for unit in range(len(pool.units)) if not _under_way(screened, unit)]
    if idle:
        waiting = plural(len(idle), "child or group has", "children or groups have")
        blocks.append(Paragraph(f"{waiting} no link under way: see placewell adopters CASE --child ID for each."))
    return Section("summary", "In short", tuple(blocks))


def _who_waits(screened: Screened) -> Section:
    pool = screened.pool
    longest = sorted(range(len(pool.units)), key=lambda unit: (-_days(screened, unit, "decided_on"), unit))
    rows: list[tuple[Cell, ...]] = []
    for unit in longest:
        eligible = screened.eligible[unit]
        within = int((eligible & (screened.stretch[unit] == 0)).sum())
        order = _days(screened, unit, "may_be_placed_from")
        care = _days(screened, unit, "entered_care")
        rows.append(
            (
                listed(pool.units[unit]),
                care if care >= 0 else Mark.NOT_AVAILABLE,
                _days(screened, unit, "decided_on"),
                order if order >= 0 else "no order yet",
                within,
                int(eligible.sum()) - within,
                _under_way(screened, unit) or _NOBODY,
            )
        )
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
    return Section("waiting", "Who waits", (Table("waiting", "Longest since the decision first", columns, rows, note),))


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

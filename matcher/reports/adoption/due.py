"""What is due by the clock: where to have looked by when, what is overdue, a note to edit, the fee beside waiting."""

import datetime as dt
from collections.abc import Sequence

from matcher.reports.adoption.words import TIER_WORDS, listed
from matcher.reports.document import Block, Cell, Mark, Money, Paragraph, Section, Table, Tone
from matcher.reports.words import day, plural
from matcher.services.adoption.clock import Clock, clocks
from matcher.services.adoption.fee_and_wait import fees_beside_wait
from matcher.services.adoption.pool_case import PoolCase
from matcher.services.adoption.timeliness import A1_THRESHOLD_DAYS, A2_THRESHOLD_DAYS
from matcher.services.adoption.widening import Widening, WideningRule, WideningStep, widening_of, widenings
from models.adoption import AgencyTier, LinkStage

THRESHOLDS = (f"A1, {A1_THRESHOLD_DAYS} days", f"A2, {A2_THRESHOLD_DAYS} days")
_HOW_TAKEN = "Taken: a link with such a family is on record, live or ended. The days are the council's own rule to set."
_NOT_IN_POUNDS = (
    "Weeks: after so many weeks of waiting the care costs as much as the fee. What delay costs the child is not in "
    "pounds: delay is likely to prejudice a child's welfare (section 1(3), Adoption and Children Act 2002)."
)


def left_words(left: int | None) -> str:
    """Days until a threshold: ``98 left``, ``23 past``; a dash where the clock does not run."""
    if left is None:
        return "-"
    return f"{left:,} left" if left >= 0 else f"{-left:,} past"


def due_blocks(pool: PoolCase, children: Sequence[str], *, fees: bool = True) -> tuple[Block, ...]:
    """What is due for children to be placed together: thresholds, where to look by when, and the fee beside waiting."""
    if not _ours(pool, children):
        agency = pool.pool.agency[pool.pool.child[children[0]].agency_id].name
        return (Paragraph(f"Looked for by {agency}, which keeps its own dates."),)
    if _panel_booked(pool, children):
        booked = Paragraph("A panel is booked: no wider search is due meanwhile.")
        return (booked, _fees(pool, children)) if fees else (booked,)
    found = [widening_of(pool.pool, pool.pool.child[child], pool.case.as_at, WideningRule()) for child in children]
    first = max(found, key=lambda each: max((step.overdue_days for step in each.steps), default=0))
    rows: list[tuple[Cell, ...]] = [
        (f"{s.words[:1].upper()}{s.words[1:]}", _date(s.due), _state(s)) for s in first.steps
    ]
    blocks: list[Block] = [
        Table("due", "Where to have looked by when", ("Where", "Due", "On record"), rows, _HOW_TAKEN),
    ]
    late = [step for step in first.steps if step.overdue_days]
    if late:
        said = listed(f"{step.words} ({plural(step.overdue_days, 'day')})" for step in late)
        blocks.insert(0, Paragraph(f"Nobody has looked yet, as far as is on record: {said} overdue.", Tone.WARNING))
    return (*blocks, _fees(pool, children)) if fees else tuple(blocks)


def _ours(pool: PoolCase, children: Sequence[str]) -> bool:
    agencies = {pool.pool.agency[pool.pool.child[child].agency_id].tier for child in children}
    return AgencyTier.OWN in agencies


def _panel_booked(pool: PoolCase, children: Sequence[str]) -> bool:
    live = [link for link in pool.pool.links if link.child_id in children and link.live_on(pool.case.as_at)]
    return any(link.stage is LinkStage.PANEL_BOOKED for link in live)


def _date(when: dt.date | None) -> str:
    return "after the order" if when is None else day(when.isoformat())


def _state(step: WideningStep) -> str:
    if step.taken:
        return "taken"
    return f"overdue by {plural(step.overdue_days, 'day')}" if step.overdue_days else "not due yet"


def _fees(pool: PoolCase, children: Sequence[str]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in fees_beside_wait(pool.case, tuple(children)):
        if each.tier is not AgencyTier.OWN:
            weekly: Cell = Mark.NOT_AVAILABLE if each.weekly_pence is None else Money(each.weekly_pence)
            weeks: Cell = Mark.NOT_AVAILABLE if each.weeks is None else each.weeks
            rows.append((TIER_WORDS[each.tier], Money(each.fee_pence), weekly, weeks))
    columns = ("Agency", "Fee once", "Care now, a week", "Weeks")
    return Table("fees", "The inter-agency fee beside the cost of waiting", columns, rows, _NOT_IN_POUNDS)


def draft_section(pool: PoolCase, children: Sequence[str]) -> tuple[Section, ...]:
    """The draft of a note to a manager, where a step is long overdue: to be read and changed before it is sent."""
    if _panel_booked(pool, children) or not _ours(pool, children):
        return ()
    today = pool.case.as_at
    drafts = [widening_of(pool.pool, pool.pool.child[child], today, WideningRule()).draft for child in children]
    said = next((draft for draft in drafts if draft), "")
    if not said:
        return ()
    lines = [line for line in said.splitlines() if line.strip()]
    blocks = [Paragraph("A draft: read it and change it before it is sent.", Tone.NOTE), *map(Paragraph, lines)]
    return (Section("draft", "A note to a manager", tuple(blocks)),)


def clock_of_units(pool: PoolCase) -> tuple[tuple[tuple[str, ...], Clock], ...]:
    """Our own children who wait, by who are placed together, in the order of the clock; each with its first clock."""
    unit_of = {child: unit for unit in pool.units for child in unit}
    found: dict[tuple[str, ...], Clock] = {}
    for clock in clocks(pool.pool, pool.case.as_at):
        if clock.child_id in unit_of:
            found.setdefault(unit_of[clock.child_id], clock)
    return tuple(found.items())


def threshold_words(clock: Clock) -> tuple[str, str]:
    """Days to the thresholds of A1 and A2, under the headings of :data:`THRESHOLDS`."""
    return left_words(clock.a1_days_left), left_words(clock.a2_days_left)


def overdue_section(pool: PoolCase) -> tuple[Section, ...]:
    """Every step of a search that is overdue, by who are placed together, the longest first."""
    by_unit: dict[tuple[str, ...], list[Widening]] = {}
    for each in widenings(pool.pool, pool.case.as_at):
        unit = pool.unit_of(each.child_id)
        if unit is not None and any(step.overdue_days for step in each.steps):
            by_unit.setdefault(pool.units[unit], []).append(each)
    if not by_unit:
        return ()
    rows: list[tuple[Cell, ...]] = []
    for children, found in by_unit.items():
        late = dict.fromkeys(step.words for each in found for step in each.steps if step.overdue_days)
        longest = max(step.overdue_days for each in found for step in each.steps)
        escalate = any(each.escalate for each in found)
        rows.append((listed(children), listed(late), longest, "tell a manager" if escalate else "look there"))
    columns = ("Who", "Not looked yet, as far as is on record", "Days overdue", "Next")
    table = Table("overdue", "Longest overdue first", columns, rows, _HOW_TAKEN)
    escalated = sum(any(each.escalate for each in found) for found in by_unit.values())
    lead = (
        f"{plural(len(rows), 'child or group', 'children or groups')} with a step overdue. For {escalated} of them a "
        "note to a manager is drafted: see placewell adopters CASE --child ID."
    )
    return (Section("overdue", "Overdue: where nobody has looked yet", (Paragraph(lead, Tone.LEAD), table)),)

"""Who waits for a family, for how long, how many families are eligible, and what is under way."""

from collections.abc import Sequence

from matcher.reports.adoption.due import THRESHOLDS, clock_of_units, overdue_section, threshold_words
from matcher.reports.adoption.frame import banner, footer, subtitle
from matcher.reports.adoption.words import listed, since, under_way
from matcher.reports.document import Block, Cell, Document, Fact, Facts, Mark, Paragraph, Section, Table
from matcher.reports.words import number, plural
from matcher.services.adoption.clock import Clock
from matcher.services.adoption.screening import Screened
from models.adoption import AgencyTier

_TIMES = ("Who", "Days in care", "Since the decision", "Since order or consent")
_FAMILIES = ("Families within what they said", "With a stretch")
_LONGEST = "Of brothers and sisters together the longest wait is shown."


def overview_document(screened: Screened) -> Document:
    """Everybody who waits on one page, our own children first, and what is overdue."""
    pool = screened.pool
    case, number_of = pool.case, {unit: number for number, unit in enumerate(pool.units)}
    ours = [(number_of[unit], clock) for unit, clock in clock_of_units(pool)]
    held = {unit for unit, _ in ours}
    others = [unit for unit in range(len(pool.units)) if unit not in held]
    sections = [_summary(screened, [unit for unit, _ in ours]), *overdue_section(pool), _our_children(screened, ours)]
    if others:
        sections.append(_other_children(screened, others))
    return Document("Children who wait for a family", subtitle(case), banner(case), tuple(sections), footer(case))


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
            Fact(number(nobody), "of our children without any eligible family in the pool", alert=nobody > 0),
        )
    )
    blocks: list[Block] = [facts]
    idle = [unit for unit in ours if not _under_way(screened, unit)]
    if idle:
        waiting = plural(len(idle), "child or group of ours has", "children or groups of ours have")
        blocks.append(Paragraph(f"{waiting} no link under way: see placewell adopters CASE --child ID for each."))
    return Section("summary", "In short", tuple(blocks))


def _our_children(screened: Screened, units: Sequence[tuple[int, Clock]]) -> Section:
    rows = [
        (
            *_times(screened, unit),
            *threshold_words(clock),
            *_families(screened, unit),
            _under_way(screened, unit) or "-",
        )
        for unit, clock in units
    ]
    columns = (*_TIMES, *THRESHOLDS, *_FAMILIES, "Under way")
    note = f"{_LONGEST} Thresholds are of the child who comes first by the clock."
    table = Table("ours", "Near a threshold first, then past one, then the others", columns, rows, note)
    return Section("ours", "Our children who wait", (table,))


def _other_children(screened: Screened, units: Sequence[int]) -> Section:
    longest = sorted(units, key=lambda unit: (-_days(screened, unit, "decided_on"), unit))
    rows = [(*_times(screened, unit), *_families(screened, unit)) for unit in longest]
    table = Table("others", "Longest since the decision first", (*_TIMES, *_FAMILIES), rows, _LONGEST)
    return Section("others", "Other agencies' children who wait", (table,))


def _times(screened: Screened, unit: int) -> tuple[Cell, ...]:
    order, care = _days(screened, unit, "may_be_placed_from"), _days(screened, unit, "entered_care")
    return (
        listed(screened.pool.units[unit]),
        care if care >= 0 else Mark.NOT_AVAILABLE,
        _days(screened, unit, "decided_on"),
        order if order >= 0 else "no order yet",
    )


def _families(screened: Screened, unit: int) -> tuple[Cell, ...]:
    eligible = screened.eligible[unit]
    within = int((eligible & (screened.stretch[unit] == 0)).sum())
    return within, int(eligible.sum()) - within


def _days(screened: Screened, unit: int, what: str) -> int:
    """Days since a date of the plan, the longest of the children; -1 where it is not known or has not come."""
    pool = screened.pool
    days = [since(getattr(pool.pool.child[child].dates, what), pool.case.as_at) for child in pool.units[unit]]
    return max((each for each in days if each is not None), default=-1)


def _under_way(screened: Screened, unit: int) -> str:
    pool = screened.pool
    return under_way(pool.pool, pool.units[unit], pool.case.as_at)

"""What happened month by month, and who stood where at each month's end, in the shape of the annual report's tables."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

from matcher.services.adoption.adopter_measures import own_families
from matcher.services.adoption.figures import own_children
from models.adoption import AdoptionPool, Family, FamilyDates, PlanChild, PlanDates
from models.record import Record

_T = TypeVar("_T", PlanChild, Family)


class MonthlyRow(Record):
    """One row of a table by month: ids for each month, and their number."""

    key: str
    label: str
    ids: tuple[tuple[str, ...], ...]

    @property
    def counts(self) -> tuple[int, ...]:
        """How many in each month."""
        return tuple(len(month) for month in self.ids)


class Balance(Record):
    """Whether a stock follows from what happened: opening, who came, who went, closing, month by month.

    ``unexplained`` are ids that came or went without the event that moves anybody: dates out of order, most often.
    """

    key: str
    label: str
    opening: tuple[int, ...]
    came: tuple[int, ...]
    went: tuple[int, ...]
    closing: tuple[int, ...]
    unexplained: tuple[str, ...]


class ActivityTables(Record):
    """The four tables of a year, for children and for families, and how stocks follow from flows.

    ``months`` are the last days of the months; the opening stocks are of the day before the first month.
    """

    months: tuple[date, ...]
    children_activity: tuple[MonthlyRow, ...]
    children_status: tuple[MonthlyRow, ...]
    families_activity: tuple[MonthlyRow, ...]
    families_status: tuple[MonthlyRow, ...]
    children_opening: tuple[tuple[str, int], ...]
    families_opening: tuple[tuple[str, int], ...]
    children_balance: tuple[Balance, ...]
    families_balance: tuple[Balance, ...]


_CHILDREN_EVENTS: tuple[tuple[str, str], ...] = (
    ("decided_on", "Best interest decision"),
    ("placement_order_on", "Placement order"),
    ("matched_on", "Match decision"),
    ("placed_on", "Placements"),
    ("adopted_on", "Adoption order"),
    ("reversed_on", "Decision reversed"),
    ("placement_ended_on", "Placements ended before an order"),
)
_FAMILIES_EVENTS: tuple[tuple[str, str], ...] = (
    ("stage_1_start", "Stage 1 start"),
    ("stage_1_end", "Stage 1 end"),
    ("stage_2_start", "Stage 2 start"),
    ("stage_2_end", "Stage 2 end"),
    ("applied_on", "Application received"),
    ("approved_on", "Approvals"),
    ("matched_on", "Match decision"),
    ("placed_on", "Placed"),
    ("adopted_on", "Adoption order"),
    ("left_on", "Withdrawn or cancelled"),
)
CHILD_STATUS = {
    "awaiting_order_to_place": "Awaiting placement order (decision, no order)",
    "awaiting_match": "Awaiting match (order, no match)",
    "awaiting_placement": "Awaiting placement (match, not placed)",
    "awaiting_adoption_order": "Awaiting adoption order (placed, no order)",
}
FAMILY_STATUS = {
    "stage_1": "In stage 1",
    "awaiting_stage_2": "Awaiting stage 2",
    "stage_2": "In stage 2",
    "being_decided": "Application being decided",
    "approved": "Approved (awaiting match)",
    "matched": "Matched (awaiting placement)",
    "placed": "Placed (awaiting adoption order)",
}


def child_status(dates: PlanDates, on: date) -> str | None:
    """Where a child with a plan stands at the end of a day; None before the plan and after it.

    A child matched before the order (early permanence, most often) stands where the match puts them.
    """
    over = (dates.adopted_on, dates.reversed_on, dates.placement_ended_on)
    if not _by(dates.decided_on, on) or any(_by(day, on) for day in over):
        return None
    if _by(dates.placed_on, on):
        return "awaiting_adoption_order"
    if _by(dates.matched_on, on):
        return "awaiting_placement"
    return "awaiting_match" if _by(dates.may_be_placed_from, on) else "awaiting_order_to_place"


def family_status(dates: FamilyDates, on: date) -> str | None:
    """Where a family stands at the end of a day; None before stage 1 and once they have left or adopted."""
    if any(_by(day, on) for day in (dates.adopted_on, dates.left_on, dates.placement_ended_on)):
        return None
    steps = (
        (dates.placed_on, "placed"),
        (dates.matched_on, "matched"),
        (dates.approved_on, "approved"),
        (dates.stage_2_end, "being_decided"),
        (dates.stage_2_start, "stage_2"),
        (dates.stage_1_end, "awaiting_stage_2"),
        (dates.stage_1_start, "stage_1"),
    )
    return next((status for day, status in steps if _by(day, on)), None)


def activity_tables(pool: AdoptionPool, on: date, *, months: int = 12) -> ActivityTables:
    """The tables of the months up to the one a day lies in, for the council's own children and families."""
    ends = _month_ends(on, months)
    before = _before(ends[0])
    children, families = own_children(pool), own_families(pool)

    def child_at(child: PlanChild, day: date) -> str | None:
        return child_status(child.dates, day)

    def family_at(family: Family, day: date) -> str | None:
        return family_status(family.dates, day)

    return ActivityTables(
        months=ends,
        children_activity=_activity(children, _CHILDREN_EVENTS, before, ends),
        children_status=_status(children, CHILD_STATUS, child_at, ends),
        families_activity=_activity(families, _FAMILIES_EVENTS, before, ends),
        families_status=_status(families, FAMILY_STATUS, family_at, ends),
        children_opening=_opening(children, CHILD_STATUS, child_at, before),
        families_opening=_opening(families, FAMILY_STATUS, family_at, before),
        children_balance=_balances(children, CHILD_STATUS, child_at, [before, *ends], _CHILDREN_EVENTS),
        families_balance=_balances(families, FAMILY_STATUS, family_at, [before, *ends], _FAMILIES_EVENTS),
    )


def _by(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _month_ends(on: date, months: int) -> tuple[date, ...]:
    last = on.year * 12 + on.month - 1
    found = [divmod(last - ago, 12) for ago in reversed(range(months))]
    return tuple(date(year, month + 1, monthrange(year, month + 1)[1]) for year, month in found)


def _before(end: date) -> date:
    """The last day of the month before."""
    year, month = (end.year, end.month - 1) if end.month > 1 else (end.year - 1, 12)
    return date(year, month, monthrange(year, month)[1])


def _event(each: PlanChild | Family, name: str) -> date | None:
    day = getattr(each.dates, name)
    return day if isinstance(day, date) else None


def _activity(
    everybody: Sequence[PlanChild] | Sequence[Family],
    events: Sequence[tuple[str, str]],
    before: date,
    ends: Sequence[date],
) -> tuple[MonthlyRow, ...]:
    spans = list(zip([before, *ends], ends, strict=False))
    rows = []
    for name, label in events:
        days = [(each.id, day) for each in everybody if (day := _event(each, name))]
        ids = tuple(tuple(who for who, day in days if start < day <= end) for start, end in spans)
        rows.append(MonthlyRow(key=name, label=label, ids=ids))
    return tuple(rows)


def _status(
    everybody: Sequence[_T], labels: dict[str, str], at: Callable[[_T, date], str | None], ends: Sequence[date]
) -> tuple[MonthlyRow, ...]:
    rows = []
    for key, label in labels.items():
        ids = tuple(tuple(each.id for each in everybody if at(each, end) == key) for end in ends)
        rows.append(MonthlyRow(key=key, label=label, ids=ids))
    return tuple(rows)


def _opening(
    everybody: Sequence[_T], labels: dict[str, str], at: Callable[[_T, date], str | None], before: date
) -> tuple[tuple[str, int], ...]:
    return tuple((key, sum(at(each, before) == key for each in everybody)) for key in labels)


def _balances(
    everybody: Sequence[_T],
    labels: dict[str, str],
    at: Callable[[_T, date], str | None],
    days: Sequence[date],
    events: Sequence[tuple[str, str]],
) -> tuple[Balance, ...]:
    return tuple(_balance(everybody, key, label, at, days, events) for key, label in labels.items())


def _balance(
    everybody: Sequence[_T],
    key: str,
    label: str,
    at: Callable[[_T, date], str | None],
    days: Sequence[date],
    events: Sequence[tuple[str, str]],
) -> Balance:
    there = [{each.id for each in everybody if at(each, day) == key} for day in days]
    moved = {who for one, other in pairwise(there) for who in one ^ other}
    happened = {each.id for each in everybody if any(_in(each, events, *span) for span in _spans(days))}
    return Balance(
        key=key,
        label=label,
        opening=tuple(len(one) for one in there[:-1]),
        came=tuple(len(other - one) for one, other in pairwise(there)),
        went=tuple(len(one - other) for one, other in pairwise(there)),
        closing=tuple(len(other) for other in there[1:]),
        unexplained=tuple(sorted(moved - happened)),
    )


def _spans(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    return pairwise(days)


def _in(each: PlanChild | Family, events: Sequence[tuple[str, str]], start: date, end: date) -> bool:
    return any((day := _event(each, name)) is not None and start < day <= end for name, _ in events)

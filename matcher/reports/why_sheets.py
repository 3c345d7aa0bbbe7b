"""Sheets on why children have no home: what each rule removes, what would open a home, swaps, and shortages."""

from collections.abc import Sequence

from matcher.reports.sheets import Cell, Sheet
from matcher.reports.totals import pounds
from matcher.services.results import Plan, PlanRow
from matcher.services.why_results import Moved


def why_sheets(plan: Plan) -> tuple[Sheet, ...]:
    """For children without a home and those asked about; and the totals that make a plan for everyone impossible."""
    rows = [row for row in plan.rows if row.why_unplaced]
    return (_rules(rows), _openings(rows), _swaps(rows), _shortages(plan))


def _rules(rows: Sequence[PlanRow]) -> Sheet:
    """A funnel for each child: the rules in order, and how many homes are left after each."""
    columns = ("child_id", "rule", "homes_it_alone_removes", "homes_it_removes", "homes_left_after_it")
    cells: list[tuple[Cell, ...]] = [
        (row.child_id, count.title, count.alone, count.in_all, count.left)
        for row in rows
        for count in sorted(row.why_unplaced, key=lambda count: count.rule)
    ]
    return Sheet("rules", columns, cells)


def _openings(rows: Sequence[PlanRow]) -> Sheet:
    columns = ("child_id", "rules_to_relax", "who_may_relax", "step", "homes", "homes_with_room", "best_homes")
    cells: list[tuple[Cell, ...]] = [
        (
            row.child_id,
            "; ".join(rule.title for rule in opening.rules),
            "; ".join(rule.by for rule in opening.rules),
            "; ".join(rule.step for rule in opening.rules),
            opening.homes,
            opening.with_room,
            ", ".join(home.home_id for home in opening.best),
        )
        for row in rows
        for opening in row.openings
    ]
    return Sheet("openings", columns, cells)


def _swaps(rows: Sequence[PlanRow]) -> Sheet:
    columns = ("child_id", "home_id", "held_by", "at_least_more_pounds", "at_most_more_pounds", "who_would_move")
    cells: list[tuple[Cell, ...]] = [
        (
            row.child_id,
            swap.home_id,
            ", ".join(swap.held_by),
            pounds(swap.at_least_pence),
            pounds(swap.change_pence),
            ", ".join(map(move, swap.moved)),
        )
        for row in rows
        for swap in row.swaps
    ]
    return Sheet("swaps", columns, cells)


def move(moved: Moved) -> str:
    """Who would live elsewhere, from where to where."""
    return f"{moved.child_id}: {moved.from_home_id or 'no home'} to {moved.to_home_id or 'no home'}"


def _shortages(plan: Plan) -> Sheet:
    columns = ("children", "places", "short", "child_ids", "homes_and_places", "what_they_share")
    cells: list[tuple[Cell, ...]] = [
        (
            len(shortage.child_ids),
            shortage.places,
            shortage.short,
            ", ".join(shortage.child_ids),
            ", ".join(f"{home.home_id}: {home.places}" for home in shortage.homes),
            "; ".join(shortage.shared),
        )
        for shortage in plan.shortages
    ]
    return Sheet("shortages", columns, cells)

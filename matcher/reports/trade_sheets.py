"""Sheets on money against welfare, and on what other weights would change."""

from matcher.reports.sheets import Cell, Sheet
from matcher.reports.totals import pounds
from matcher.services.results import Plan


def trade_sheets(plan: Plan) -> tuple[Sheet, ...]:
    """The sheets that were asked for."""
    return (*_trade(plan), *_sensitivity(plan))


def _trade(plan: Plan) -> tuple[Sheet, ...]:
    if plan.trade_off is None:
        return ()
    children = tuple(row.child_id for row in plan.rows)
    columns = (
        "weekly_fees_pounds",
        "welfare_cost_pounds",
        "least_welfare_cost_pounds",
        "gap_percent",
        "efficient",
        "children_placed",
        *(f"home_of_{child}" for child in children),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            pounds(point.fees_pence),
            pounds(point.welfare_pence),
            pounds(point.least_welfare_pence),
            point.gap_percent,
            "Y" if point.efficient else "N",
            point.placed,
            *(dict(point.homes)[child] for child in children),
        )
        for point in plan.trade_off.points
    ]
    return (Sheet("money against welfare", columns, rows),)


def _sensitivity(plan: Plan) -> tuple[Sheet, ...]:
    told = plan.sensitivity
    if told is None:
        return ()
    changes: list[tuple[Cell, ...]] = [
        (one.child_id, one.home_id, change.label, change.side, change.to_home_id, change.turns_at_percent)
        for one in told.unsteady
        for change in one.changes
    ]
    rather: list[tuple[Cell, ...]] = [
        (
            one.child_id,
            one.now_home_id,
            one.home_id,
            pounds(one.child_gain_pence),
            one.instead_of,
            pounds(one.home_gain_pence),
        )
        for one in told.both_rather
    ]
    weights = ("child_id", "home_id", "weight", "side", "would_have", "changes_at_percent_of_weight")
    pairs = (
        "child_id",
        "home_id",
        "rather_home_id",
        "better_for_child_pounds",
        "in_place_of",
        "better_for_home_pounds",
    )
    return (Sheet("other weights", weights, changes), Sheet("both rather", pairs, rather))

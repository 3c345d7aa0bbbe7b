"""Sheets on what one place more or fewer at a home is worth."""

from matcher.reports.sheets import Cell, Sheet
from matcher.reports.totals import pounds
from matcher.reports.why_sheets import move
from matcher.services.results import Plan


def value_sheets(plan: Plan) -> tuple[Sheet, ...]:
    """One sheet for a place more, one for a place fewer; none where they were not asked for."""
    values = plan.values
    if values is None:
        return ()
    figures = ("at_least_pounds", "at_most_pounds")
    more: list[tuple[Cell, ...]] = [
        (
            one.home_id,
            one.kind_label,
            pounds(one.least_pence),
            pounds(one.most_pence),
            one.placed_more,
            ", ".join(map(move, one.moved)),
        )
        for one in values.more
    ]
    fewer: list[tuple[Cell, ...]] = [
        (one.home_id, one.kind_label, pounds(one.least_pence), pounds(one.most_pence), one.placed_fewer)
        for one in values.fewer
    ]
    fewer += [(home, None, None, None, None) for home in values.not_known]
    return (
        Sheet("one place more", ("home_id", "kind", *figures, "more_children_with_a_home", "who_would_move"), more),
        Sheet("one place fewer", ("home_id", "kind", *figures, "fewer_children_with_a_home"), fewer),
    )
